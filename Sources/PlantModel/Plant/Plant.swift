public import Quantities

/// A plant as understood from its configuration: validated, in a fixed order, immutable.
///
/// One reference, so that every part of a scan may hold it at no cost; changing it makes another.
public struct Plant: Sendable, Equatable {
  @usableFromInline var contents: Contents

  public init(
    name: String, site: Site, scanPeriod: TimeSpan, parameters: Parameters, buses: [Bus],
    devices: [Device], points: [Point], circuits: [Circuit], valves: [Valve], pumps: [Pump],
    pumpGroups: [PumpGroup], units: [HeatPumpUnit], blocks: [ChangeOverBlock], tanks: [Tank],
    makeUps: [MakeUp], meters: [EnergyMeter], waterMeters: [WaterMeter] = [], wells: [Well] = [],
    distributions: [Distribution] = [], consumers: [Consumer] = [],
    valueChecks: [ValueCheck] = []
  ) {
    contents = Contents(
      Lists(
        name: name, site: site, scanPeriod: scanPeriod, parameters: parameters, buses: buses,
        devices: devices, points: points, circuits: circuits, valves: valves, pumps: pumps,
        pumpGroups: pumpGroups, units: units, blocks: blocks, tanks: tanks, makeUps: makeUps,
        meters: meters, waterMeters: waterMeters, wells: wells, distributions: distributions,
        consumers: consumers, valueChecks: valueChecks))
  }

  public static func == (left: Plant, right: Plant) -> Bool {
    left.contents === right.contents || left.contents.lists == right.contents.lists
  }

  @inlinable public var name: String {
    get { contents.lists.name }
    set { change { $0.name = newValue } }
  }
  @inlinable public var site: Site {
    get { contents.lists.site }
    set { change { $0.site = newValue } }
  }
  @inlinable public var scanPeriod: TimeSpan {
    get { contents.lists.scanPeriod }
    set { change { $0.scanPeriod = newValue } }
  }
  @inlinable public var parameters: Parameters {
    get { contents.lists.parameters }
    set { change { $0.parameters = newValue } }
  }
  @inlinable public var buses: [Bus] {
    get { contents.lists.buses }
    set { change { $0.buses = newValue } }
  }
  @inlinable public var devices: [Device] {
    get { contents.lists.devices }
    set { change { $0.devices = newValue } }
  }
  @inlinable public var points: [Point] {
    get { contents.lists.points }
    set { change { $0.points = newValue } }
  }
  @inlinable public var circuits: [Circuit] {
    get { contents.lists.circuits }
    set { change { $0.circuits = newValue } }
  }
  @inlinable public var valves: [Valve] {
    get { contents.lists.valves }
    set { change { $0.valves = newValue } }
  }
  @inlinable public var pumps: [Pump] {
    get { contents.lists.pumps }
    set { change { $0.pumps = newValue } }
  }
  @inlinable public var pumpGroups: [PumpGroup] {
    get { contents.lists.pumpGroups }
    set { change { $0.pumpGroups = newValue } }
  }
  @inlinable public var units: [HeatPumpUnit] {
    get { contents.lists.units }
    set { change { $0.units = newValue } }
  }
  @inlinable public var blocks: [ChangeOverBlock] {
    get { contents.lists.blocks }
    set { change { $0.blocks = newValue } }
  }
  @inlinable public var tanks: [Tank] {
    get { contents.lists.tanks }
    set { change { $0.tanks = newValue } }
  }
  @inlinable public var makeUps: [MakeUp] {
    get { contents.lists.makeUps }
    set { change { $0.makeUps = newValue } }
  }
  @inlinable public var meters: [EnergyMeter] {
    get { contents.lists.meters }
    set { change { $0.meters = newValue } }
  }
  @inlinable public var waterMeters: [WaterMeter] {
    get { contents.lists.waterMeters }
    set { change { $0.waterMeters = newValue } }
  }
  @inlinable public var wells: [Well] {
    get { contents.lists.wells }
    set { change { $0.wells = newValue } }
  }
  @inlinable public var distributions: [Distribution] {
    get { contents.lists.distributions }
    set { change { $0.distributions = newValue } }
  }
  @inlinable public var consumers: [Consumer] {
    get { contents.lists.consumers }
    set { change { $0.consumers = newValue } }
  }
  @inlinable public var valueChecks: [ValueCheck] {
    get { contents.lists.valueChecks }
    set { change { $0.valueChecks = newValue } }
  }

  @usableFromInline
  mutating func change(_ body: (inout Lists) -> Void) {
    var lists = contents.lists
    body(&lists)
    contents = Contents(lists)
  }

  @inlinable public subscript(id: BusID) -> Bus { _read { yield contents.lists.buses[id.index] } }
  @inlinable public subscript(id: DeviceID) -> Device {
    _read { yield contents.lists.devices[id.index] }
  }
  @inlinable public subscript(id: PointID) -> Point {
    _read { yield contents.lists.points[id.index] }
  }
  @inlinable public subscript(id: CircuitID) -> Circuit {
    _read { yield contents.lists.circuits[id.index] }
  }
  @inlinable public subscript(id: ValveID) -> Valve {
    _read { yield contents.lists.valves[id.index] }
  }
  @inlinable public subscript(id: PumpID) -> Pump { _read { yield contents.lists.pumps[id.index] } }
  @inlinable public subscript(id: PumpGroupID) -> PumpGroup {
    _read { yield contents.lists.pumpGroups[id.index] }
  }
  @inlinable public subscript(id: UnitID) -> HeatPumpUnit {
    _read { yield contents.lists.units[id.index] }
  }
  @inlinable public subscript(id: BlockID) -> ChangeOverBlock {
    _read { yield contents.lists.blocks[id.index] }
  }
  @inlinable public subscript(id: TankID) -> Tank { _read { yield contents.lists.tanks[id.index] } }
  @inlinable public subscript(id: MeterID) -> EnergyMeter {
    _read { yield contents.lists.meters[id.index] }
  }
  @inlinable public subscript(id: WaterMeterID) -> WaterMeter {
    _read { yield contents.lists.waterMeters[id.index] }
  }
  @inlinable public subscript(id: WellID) -> Well { _read { yield contents.lists.wells[id.index] } }
  @inlinable public subscript(id: DistributionID) -> Distribution {
    _read { yield contents.lists.distributions[id.index] }
  }
  @inlinable public subscript(id: ConsumerID) -> Consumer {
    _read { yield contents.lists.consumers[id.index] }
  }

  /// The places of the inputs, or of the outputs, among the points.
  public func places(of direction: Point.Direction) -> [Int] {
    points.indices.filter { points[$0].direction == direction }
  }

  /// The name of what `subject` speaks of.
  public func name(of subject: Subject) -> String {
    let index = Int(subject.number)
    return switch subject.kind {
    case .plant: name
    case .bus: buses[index].name
    case .device: devices[index].name
    case .point: points[index].name
    case .circuit: circuits[index].name
    case .valve: valves[index].name
    case .pump: pumps[index].name
    case .pumpGroup: pumpGroups[index].name
    case .unit: units[index].name
    case .block: blocks[index].name
    case .tank: tanks[index].name
    case .meter: meters[index].name
    case .waterMeter: waterMeters[index].name
    case .well: wells[index].name
    case .distribution: distributions[index].name
    case .consumer: consumers[index].name
    }
  }
}

extension Plant {
  /// Everything that makes up a plant.
  @usableFromInline
  struct Lists: Sendable, Equatable {
    @usableFromInline var name: String
    @usableFromInline var site: Site
    @usableFromInline var scanPeriod: TimeSpan
    @usableFromInline var parameters: Parameters
    @usableFromInline var buses: [Bus]
    @usableFromInline var devices: [Device]
    @usableFromInline var points: [Point]
    @usableFromInline var circuits: [Circuit]
    @usableFromInline var valves: [Valve]
    @usableFromInline var pumps: [Pump]
    @usableFromInline var pumpGroups: [PumpGroup]
    @usableFromInline var units: [HeatPumpUnit]
    @usableFromInline var blocks: [ChangeOverBlock]
    @usableFromInline var tanks: [Tank]
    @usableFromInline var makeUps: [MakeUp]
    @usableFromInline var meters: [EnergyMeter]
    @usableFromInline var waterMeters: [WaterMeter]
    @usableFromInline var wells: [Well]
    @usableFromInline var distributions: [Distribution]
    @usableFromInline var consumers: [Consumer]
    @usableFromInline var valueChecks: [ValueCheck]
  }

  /// Shared by all copies of a plant.
  @usableFromInline
  final class Contents: Sendable {
    @usableFromInline let lists: Lists
    init(_ lists: Lists) { self.lists = lists }
  }
}
