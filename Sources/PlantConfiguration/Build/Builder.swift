import PlantModel
import Quantities

/// Turns the checked sections of a file into a plant; every fault is told, none stops the rest.
final class Builder {
  let diagnostics: Diagnostics
  let root: Section
  var parameters = Parameters()
  var buses: [Bus] = []
  var devices: [Device] = []
  var points: [Point] = []
  var pointMarks: [Mark] = []
  /// What an output or a bound input serves, so that nothing has two masters.
  var boundOutputs: [PointID: String] = [:]
  /// The block, unit or tank that moves each valve, so that none has two masters.
  var valveOwners: [ValveID: String] = [:]
  var circuits: [Circuit] = []
  var valves: [Valve] = []
  var pumps: [Pump] = []
  var pumpGroups: [PumpGroup] = []
  var units: [HeatPumpUnit] = []
  var blocks: [ChangeOverBlock] = []
  var tanks: [Tank] = []
  var makeUps: [MakeUp] = []
  var meters: [EnergyMeter] = []
  var wells: [Well] = []
  var distributions: [Distribution] = []
  var consumers: [Consumer] = []
  var waterMeters: [WaterMeter] = []
  var valueChecks: [ValueCheck] = []

  let busNames: Names<Bus>
  let deviceNames: Names<Device>
  var pointNames: Names<Point>
  let circuitNames: Names<Circuit>
  let valveNames: Names<Valve>
  let blockNames: Names<ChangeOverBlock>
  let groupNames: Names<PumpGroup>
  let unitNames: Names<HeatPumpUnit>
  let wellNames: Names<Well>
  let distributionNames: Names<Distribution>
  let meterNames: Names<EnergyMeter>

  /// The sections of each list, sorted by name: the plant's order.
  let sections: [String: [Section]]

  init(_ root: Section, _ diagnostics: Diagnostics) {
    self.root = root
    self.diagnostics = diagnostics
    var sections: [String: [Section]] = [:]
    for key in [
      "buses", "devices", "circuits", "valves", "blocks", "pump_groups", "units", "tanks",
      "make_ups", "meters", "water_meters", "wells", "distributions", "consumers",
    ] {
      sections[key] = root.named(key).sorted { $0.name < $1.name }
    }
    self.sections = sections
    let names = { (key: String) in sections[key]!.map(\.name) }
    busNames = Names(.bus, names("buses"), diagnostics)
    deviceNames = Names(.device, names("devices"), diagnostics)
    pointNames = Names(.point, [], diagnostics)
    circuitNames = Names(.circuit, names("circuits"), diagnostics)
    valveNames = Names(.valve, names("valves"), diagnostics)
    blockNames = Names(.block, names("blocks"), diagnostics)
    groupNames = Names(.pumpGroup, names("pump_groups"), diagnostics)
    unitNames = Names(.device, names("units"), diagnostics)
    wellNames = Names(.well, names("wells"), diagnostics)
    distributionNames = Names(.distribution, names("distributions"), diagnostics)
    meterNames = Names(.meter, names("meters"), diagnostics)
  }

  /// The plant, or nil when anything is wrong.
  func build() -> LoadedPlant? {
    readParameters()
    readField()
    readValueChecks()
    readCircuits()
    readValves()
    readBlocks()
    readUnits()
    readPumpGroups()
    readTanks()
    readMakeUps()
    readMeters()
    readWaterMeters()
    readWells()
    readDistributions()
    readConsumers()
    let site = readSite()
    let twin = readTwin()
    let header = root.section("plant")
    let name = header?.text("name") ?? ""
    let scan = header?.number("scan_seconds") ?? 1
    guard let site, !diagnostics.hasErrors else { return nil }
    let plant = Plant(
      name: name, site: site, scanPeriod: .seconds(scan), parameters: parameters,
      buses: buses, devices: devices, points: points, circuits: circuits, valves: valves,
      pumps: pumps, pumpGroups: pumpGroups, units: units, blocks: blocks, tanks: tanks,
      makeUps: makeUps, meters: meters, waterMeters: waterMeters, wells: wells,
      distributions: distributions, consumers: consumers, valueChecks: valueChecks)
    checkPlant(plant, header)
    guard !diagnostics.hasErrors else { return nil }
    return LoadedPlant(plant: plant, twin: twin, warnings: diagnostics.all)
  }

  private func readParameters() {
    guard let section = root.section("parameters") else { return }
    for entry in Parameters.catalogue {
      if let value = section.number(entry.key) { entry.set(&parameters, value) }
    }
    let p = parameters
    let ordered: [(String, Bool, String)] = [
      ("freeze_stop_celsius", p.freezeStopAt < p.freezeAlarmAt, "below freeze_alarm_celsius"),
      ("freeze_alarm_celsius", p.freezeAlarmAt < p.freezeUnloadAt, "below freeze_unload_celsius"),
      ("frost_on_celsius", p.frostOn < p.frostOff, "below frost_off_celsius"),
      ("cold_unloaded_celsius", p.coldUnloaded < p.coldLimit, "below cold_limit_celsius"),
      (
        "drop_pool_at_once_celsius", p.dropPoolAtOnce < p.dropPoolAt, "below drop_pool_celsius"
      ),
      (
        "evaporator_window_min_celsius", p.evaporatorWindowLow < p.evaporatorWindowHigh,
        "below evaporator_window_max_celsius"
      ),
      (
        "condenser_window_min_celsius", p.condenserWindowLow < p.condenserWindowHigh,
        "below condenser_window_max_celsius"
      ),
      ("heating_below_celsius", p.heatingBelow < p.coolingAbove, "below cooling_above_celsius"),
      (
        "well_vacuum_stop_kilopascals", p.wellVacuumStop < p.wellVacuumAlarm,
        "below well_vacuum_alarm_kilopascals"
      ),
      (
        "well_vacuum_alarm_kilopascals", p.wellVacuumAlarm * 1.25 < p.wellPressure,
        "below four fifths of well_pressure_kilopascals"
      ),
      ("stroke_limit_seconds", p.strokeLimit < p.stuckLimit, "below stuck_limit_seconds"),
    ]
    for (key, holds, advice) in ordered where !holds {
      diagnostics.error(
        section.mark(of: key), "'\(key)' contradicts another limit", "it must be \(advice)")
    }
  }

  private func readSite() -> Site? {
    guard let section = root.section("site") else { return nil }
    let outdoor: Sensor<Celsius>? = sensor(section, "outdoor_temperature", .celsius)
    let frost: Sensor<Celsius>? = sensor(section, "frost_temperature", .celsius)
    let stop: Sensor<Bool>? = sensor(section, "emergency_stop", .digital)
    let state = section.choice("stop_state", Site.StopState.self)
    let change = section.choice("season_change", Site.SeasonChange.self)
    let relay = failSafeRelay(section)
    guard let outdoor, let frost, let stop, let state, let change else { return nil }
    return Site(
      utcOffset: .minutes(section.number("utc_offset_minutes") ?? 0), outdoorTemperature: outdoor,
      frostTemperature: frost, emergencyStop: stop, stopState: state, seasonChange: change,
      failSafeRelay: relay)
  }

  /// A sensor by the name of its point, checked for unit and direction.
  func sensor<Value>(_ section: Section, _ key: String, _ unit: MeasurementUnit) -> Sensor<Value>? {
    guard let point = pointNames.find(section, key) else { return nil }
    return check(point, .input, unit, section.mark(of: key), key).map { Sensor($0) }
  }

  func actuator<Value>(_ section: Section, _ key: String, _ unit: MeasurementUnit)
    -> Actuator<Value>?
  {
    guard let point = pointNames.find(section, key) else { return nil }
    let mark = section.mark(of: key)
    return check(point, .output, unit, mark, key).flatMap { bind($0, section.name, mark) }
      .map { Actuator($0) }
  }

  /// The signal `name` of a device, for equipment that is one device.
  func sensor<Value>(_ device: DeviceID, _ name: String, _ unit: MeasurementUnit, _ mark: Mark)
    -> Sensor<Value>?
  {
    signal(device, name, mark).flatMap { check($0, .input, unit, mark, name) }.map { Sensor($0) }
  }

  func actuator<Value>(
    _ device: DeviceID, _ name: String, _ unit: MeasurementUnit, _ owner: String, _ mark: Mark
  ) -> Actuator<Value>? {
    signal(device, name, mark).flatMap { check($0, .output, unit, mark, name) }
      .flatMap { bind($0, owner, mark) }.map { Actuator($0) }
  }

  private func signal(_ device: DeviceID, _ name: String, _ mark: Mark) -> PointID? {
    let full = deviceNames.names[device.index] + "." + name
    if let point = pointNames.find(full) { return point }
    diagnostics.error(
      mark, "the device '\(deviceNames.names[device.index])' has no signal '\(name)'",
      "add it to its device type, or name a device that has it")
    return nil
  }

  private func check(
    _ point: PointID, _ direction: Point.Direction, _ unit: MeasurementUnit, _ mark: Mark,
    _ role: String
  ) -> PointID? {
    let found = points[point.index]
    if found.direction != direction {
      diagnostics.error(
        mark,
        "'\(found.name)' is an \(found.direction.rawValue), '\(role)' needs an \(direction.rawValue)",
        "name another point, or mend its direction in the device type")
      return nil
    }
    if found.unit != unit {
      diagnostics.error(
        mark, "'\(found.name)' is in \(found.unit.rawValue), '\(role)' needs \(unit.rawValue)",
        "name another point, or mend its unit in the device type")
      return nil
    }
    return point
  }

  /// An output serves one thing.
  private func bind(_ point: PointID, _ owner: String, _ mark: Mark) -> PointID? {
    if let other = boundOutputs[point] {
      diagnostics.error(
        mark, "'\(points[point.index].name)' is commanded by '\(other)' already",
        "give '\(owner)' an output of its own")
      return nil
    }
    boundOutputs[point] = owner
    return point
  }
}
