import PlantModel
import Quantities

@testable import PlantControl

/// Alarms that stand for known times beside known energies and shortfalls.
struct AlarmCostRig {
  static let tank = AlarmKey(.tankCold, .tank(TankID(0)))
  static let unit = AlarmKey(.unitTripped, .unit(UnitID(0)))

  var energy: EnergyRig
  var costs: AlarmCosts
  var alarms = AlarmBoard()
  /// The alarms whose cause is there.
  var there: [AlarmKey] = []
  var shortfall = Shortfall()
  /// What the alarms are about.
  let plant: Plant

  init() {
    var maker = PlantMaker()
    let circuit = maker.circuit("hot", .hotWater)
    _ = maker.hotWaterTank("dhw-tank", on: circuit)
    _ = maker.unit("unit-1", evaporator: circuit, condenser: circuit)
    plant = maker.plant
    energy = EnergyRig()
    energy.services[0] = .heating
    costs = AlarmCosts(now: energy.bench.now)
  }

  var now: Instant { energy.bench.now }

  mutating func run(_ span: TimeSpan, every period: TimeSpan = .seconds(10)) {
    let end = now + span
    while now < end { scan(after: period) }
  }

  mutating func scan(after period: TimeSpan = .seconds(10)) {
    energy.scan(after: period)
    alarms.begin()
    for key in there {
      alarms.see(key.kind, key.subject, Reason(.safeDefault, key.subject, since: now))
    }
    var events: [Event] = []
    alarms.finish(at: now, events: &events)
    for alarm in alarms.alarms where alarm.state == .returned { _ = alarms.acknowledge(alarm.key) }
    costs.step(
      alarms: alarms.alarms, isChanged: !events.isEmpty, shortfall: shortfall,
      account: energy.account, offset: energy.bench.plant.site.utcOffset, now: now)
  }

  /// The controller begins anew after a while, with what it kept, and has seen no alarm yet.
  mutating func restart(after span: TimeSpan) {
    var writer = ArchiveWriter()
    costs.persist(in: &writer, plant: plant)
    energy.pass(span)
    costs = AlarmCosts(now: now)
    alarms = AlarmBoard()
    var reader = ArchiveReader(rows: writer.rows)
    costs.persist(in: &reader, plant: plant)
  }

  func entry(_ key: AlarmKey) -> AlarmCostEntry? { costs.entries.first { $0.key == key } }
}
