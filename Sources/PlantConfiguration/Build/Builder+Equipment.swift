import PlantModel
import Quantities

extension Builder {
  func readCircuits() {
    for section in sections["circuits"]! {
      let back: Sensor<Celsius>? = sensor(section, "return_temperature", .celsius)
      let supply: Sensor<Celsius>? = sensor(section, "supply_temperature", .celsius)
      let pressure: Sensor<Kilopascals>? = sensor(section, "pressure", .kilopascals)
      let difference: Sensor<Kilopascals>? = sensor(section, "differential_pressure", .kilopascals)
      let flow: Sensor<CubicMetersPerHour>? = sensor(section, "flow", .cubicMetersPerHour)
      let none = PointID(0)
      circuits.append(
        Circuit(
          name: section.name, kind: section.choice("kind", Circuit.Kind.self) ?? .building,
          volume: CubicMeters(section.number("volume_cubic_meters") ?? 1),
          returnTemperature: back ?? Sensor(none), supplyTemperature: supply ?? Sensor(none),
          pressure: pressure ?? Sensor(none), differentialPressure: difference ?? Sensor(none),
          flow: flow ?? Sensor(none)))
    }
  }

  func readValves() {
    for section in sections["valves"]! {
      let none = PointID(0)
      let device = deviceNames.find(section, "device")
      let channel = section.integer("channel")
      var valve = Valve(
        name: section.name, openCommand: Actuator(none), closeCommand: Actuator(none),
        openedSwitch: nil, closedSwitch: nil,
        strokeTime: .seconds(section.number("stroke_seconds") ?? 60))
      if let device, let channel {
        let mark = section.mark(of: "channel")
        let owner = section.name
        valve.openCommand =
          actuator(device, "open-\(channel)", .digital, owner, mark) ?? Actuator(none)
        valve.closeCommand =
          actuator(device, "close-\(channel)", .digital, owner, mark) ?? Actuator(none)
        if section.flag("end_switches") ?? true {
          valve.openedSwitch = sensor(device, "opened-\(channel)", .digital, mark)
          valve.closedSwitch = sensor(device, "closed-\(channel)", .digital, mark)
        }
      }
      let limit = parameters.strokeLimit
      if valve.strokeTime >= limit {
        diagnostics.error(
          section.mark(of: "stroke_seconds"),
          "'\(valve.name)' takes \(plain(valve.strokeTime.seconds)) s, but is given up after \(plain(limit.seconds)) s",
          "mend stroke_seconds, or raise stroke_limit_seconds in the parameters")
      }
      valves.append(valve)
    }
  }

  func readPumpGroups() {
    var all: [(pump: Pump, group: String)] = []
    for section in sections["pump_groups"]! {
      if section.list("pumps").isEmpty {
        diagnostics.error(
          section.mark(of: "pumps"), "'\(section.name)' has no pumps",
          "list the drives of its pumps")
      }
      for node in section.list("pumps") {
        guard let device = deviceNames.find(node), let pump = pump(device, node.mark) else {
          continue
        }
        all.append((pump, section.name))
      }
    }
    all.sort { $0.pump.name < $1.pump.name }
    pumps = all.map(\.pump)
    for section in sections["pump_groups"]! {
      let members = all.indices.filter { all[$0].group == section.name }.map { PumpID($0) }
      let duty = section.integer("duty") ?? 1
      if !members.isEmpty, duty > members.count {
        diagnostics.error(
          section.mark(of: "duty"), "\(duty) on duty of \(members.count) pumps",
          "list more pumps or lower the duty")
      } else if duty == members.count {
        diagnostics.warning(
          section.mark(of: "duty"), "'\(section.name)' has no standby pump",
          "a failed pump will be missed; add one if the site has it")
      }
      let low = section.number("speed_min_hertz") ?? 20
      let high = section.number("speed_max_hertz") ?? 50
      if low >= high {
        diagnostics.error(
          section.mark(of: "speed_min_hertz"), "the slowest speed is not below the fastest",
          "swap them")
      }
      pumpGroups.append(
        PumpGroup(
          name: section.name, circuit: circuitNames.find(section, "circuit") ?? CircuitID(0),
          pumps: members, duty: duty,
          designFlow: CubicMetersPerHour(
            section.number("design_flow_cubic_meters_per_hour") ?? 1),
          setpoints: section.sections("setpoints").compactMap(setpoint),
          setpoint: Kilopascals(section.number("setpoint_kilopascals") ?? 1),
          speed: Hertz(min(low, high))...Hertz(max(low, high))))
    }
  }

  private func setpoint(_ section: Section) -> PressureSetpoint? {
    guard let block = blockNames.find(section, "block"),
      let position = position(of: block, section, "position"),
      let pressure = section.number("setpoint_kilopascals")
    else { return nil }
    return PressureSetpoint(block: block, position: position, pressure: Kilopascals(pressure))
  }

  func pump(_ device: DeviceID, _ mark: Mark) -> Pump? {
    let name = deviceNames.names[device.index]
    guard
      let run: Actuator<Bool> = actuator(device, "run-command", .digital, name, mark),
      let speed: Actuator<Hertz> = actuator(device, "speed-command", .hertz, name, mark),
      let running: Sensor<Bool> = sensor(device, "running", .digital, mark),
      let tripped: Sensor<Bool> = sensor(device, "tripped", .digital, mark),
      let remote: Sensor<Bool> = sensor(device, "remote", .digital, mark),
      let frequency: Sensor<Hertz> = sensor(device, "frequency", .hertz, mark),
      let power: Sensor<Kilowatts> = sensor(device, "power", .kilowatts, mark)
    else { return nil }
    return Pump(
      name: name, device: device, runCommand: run, speedCommand: speed, running: running,
      tripped: tripped, remote: remote, frequency: frequency, power: power)
  }

  func readUnits() {
    for section in sections["units"]! {
      guard let device = device(of: section), let block = blockNames.find(section, "block"),
        let evaporator = side(section, "evaporator", device, block),
        let condenser = side(section, "condenser", device, block)
      else { continue }
      let mark = section.mark
      let owner = section.name
      guard
        let enable: Actuator<Bool> = actuator(device, "enable-command", .digital, owner, mark),
        let load: Actuator<Fraction> = actuator(device, "load-command", .fraction, owner, mark),
        let running: Sensor<Bool> = sensor(device, "running", .digital, mark),
        let tripped: Sensor<Bool> = sensor(device, "tripped", .digital, mark),
        let remote: Sensor<Bool> = sensor(device, "remote", .digital, mark),
        let actual: Sensor<Fraction> = sensor(device, "load", .fraction, mark),
        let power: Sensor<Kilowatts> = sensor(device, "power", .kilowatts, mark)
      else { continue }
      units.append(
        HeatPumpUnit(
          name: section.name, device: device, block: block, evaporator: evaporator,
          condenser: condenser, enableCommand: enable, loadCommand: load, running: running,
          tripped: tripped, remote: remote, load: actual, power: power,
          ratedHeating: Kilowatts(section.number("rated_heating_kilowatts") ?? 1),
          ratedCooling: Kilowatts(section.number("rated_cooling_kilowatts") ?? 1),
          minimumLoad: Fraction(section.number("minimum_load_fraction") ?? 1),
          maximumStartsPerHour: section.integer("maximum_starts_an_hour") ?? 1,
          recovery: recovery(section, device, condenser: condenser)))
    }
    for index in blocks.indices {
      blocks[index].units = units.indices.filter { units[$0].block.index == index }
        .map { UnitID($0) }
    }
  }

  /// The device that a unit or meter is: named, or of the same name.
  func device(of section: Section) -> DeviceID? {
    if section.has("device") { return deviceNames.find(section, "device") }
    return deviceNames.find(
      Node(content: .scalar(section.name, isPlain: true), mark: section.mark))
  }

  private func side(_ unit: Section, _ key: String, _ device: DeviceID, _ block: BlockID)
    -> HeatPumpUnit.Side?
  {
    guard let section = unit.section(key) else { return nil }
    let water: HeatPumpUnit.Water
    switch (section.has("vessel"), section.has("circuit")) {
    case (true, false):
      guard blocks.indices.contains(block.index) else { return nil }
      let vessels = Names<Vessel>(.vessel, blocks[block.index].vessels.map(\.name), diagnostics)
      guard let vessel = vessels.find(section, "vessel") else { return nil }
      if blocks[block.index].vessels[vessel.index].side.rawValue != key {
        diagnostics.error(
          section.mark(of: "vessel"),
          "'\(vessels.names[vessel.index])' is no \(key), but '\(unit.name)' has its \(key) there",
          "name a vessel whose side is \(key)")
      }
      water = .vessel(vessel)
    case (false, true):
      guard let circuit = circuitNames.find(section, "circuit") else { return nil }
      water = .circuit(circuit)
    case (true, true), (false, false):
      diagnostics.error(
        section.mark,
        "the \(key) of '\(unit.name)' names \(section.has("vessel") ? "both" : "neither") a vessel and a circuit",
        "its water comes from one of them")
      return nil
    }
    let isolation =
      section.has("isolation_valve") ? ownValve(section, "isolation_valve", for: unit.name) : nil
    guard
      let proof: Sensor<Bool> = sensor(device, "\(key)-flow", .digital, section.mark),
      let entering: Sensor<Celsius> = sensor(device, "\(key)-entering", .celsius, section.mark),
      let leaving: Sensor<Celsius> = sensor(device, "\(key)-leaving", .celsius, section.mark)
    else { return nil }
    return HeatPumpUnit.Side(
      water: water, isolation: isolation, flowProof: proof, entering: entering, leaving: leaving,
      designFlow: CubicMetersPerHour(section.number("design_flow_cubic_meters_per_hour") ?? 1))
  }
}
