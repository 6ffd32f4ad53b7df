import PlantModel
import Quantities

extension Builder {
  func readWells() {
    for section in sections["wells"]! {
      guard let circuit = circuitNames.find(section, "circuit"),
        let drive = deviceNames.find(section, "pump"),
        let head = deviceNames.find(section, "instruments"),
        let pump = pump(drive, section.mark(of: "pump"))
      else { continue }
      checkSource(circuit, section)
      let mark = section.mark(of: "instruments")
      let owner = section.name
      let intake: Sensor<Kilopascals>? =
        section.flag("intake_sensor") ?? false
        ? sensor(head, "intake-pressure", .kilopascals, mark) : nil
      guard
        let command: Actuator<Fraction> = actuator(head, "valve-command", .fraction, owner, mark),
        let position: Sensor<Fraction> = sensor(head, "valve-position", .fraction, mark),
        let highest: Sensor<Kilopascals> = sensor(head, "highest-pressure", .kilopascals, mark),
        let back: Sensor<Kilopascals> = sensor(head, "return-pressure", .kilopascals, mark),
        let outlet: Sensor<Celsius> = sensor(head, "outlet-temperature", .celsius, mark),
        let returned: Sensor<Celsius> = sensor(head, "return-temperature", .celsius, mark),
        let out: Sensor<CubicMetersPerHour> = sensor(
          head, "extracted-flow", .cubicMetersPerHour, mark),
        let into: Sensor<CubicMetersPerHour> = sensor(
          head, "returned-flow", .cubicMetersPerHour, mark),
        let speeds = speeds(of: section), let baseline = baseline(of: section)
      else { continue }
      wells.append(
        Well(
          name: section.name, circuit: circuit, pump: pump, valveCommand: command,
          valvePosition: position, intakePressure: intake, highestPressure: highest,
          returnPressure: back, outletTemperature: outlet, returnTemperature: returned,
          extractedFlow: out, returnedFlow: into,
          extractedVolume: counter(head, "extracted-volume", mark),
          returnedVolume: counter(head, "returned-volume", mark),
          drain: drain(of: section, head, mark),
          stepPlan: stepPlan(of: section, head, speeds, mark),
          meterUncertainty: Fraction(section.number("meter_class_fraction") ?? 0.02),
          designFlow: CubicMetersPerHour(
            section.number("design_flow_cubic_meters_per_hour") ?? 1),
          minimumFlowFrequency: speeds.minimum,
          maximumFrequency: speeds.maximum, slope: Hertz(section.number("ramp_hertz") ?? 0.5),
          baseline: baseline,
          minimumIntake: Kilopascals(section.number("intake_minimum_kilopascals") ?? 0),
          maximumReturn: Kilopascals(section.number("return_maximum_kilopascals") ?? 1),
          maximumStartsPerHour: section.integer("maximum_starts_an_hour") ?? 3))
    }
  }

  /// A counter that a well head may have.
  private func counter(_ head: DeviceID, _ name: String, _ mark: Mark) -> Sensor<CubicMeters>? {
    optional(head, name, .cubicMeters, mark)
  }

  /// A sensor that a well head has, or has not.
  func optional<Value: Quantity>(
    _ head: DeviceID, _ name: String, _ unit: MeasurementUnit, _ mark: Mark
  ) -> Sensor<Value>? {
    pointNames.find(deviceNames.names[head.index] + "." + name) == nil
      ? nil : sensor(head, name, unit, mark)
  }

  private func drain(of section: Section, _ head: DeviceID, _ mark: Mark) -> WellDrain? {
    guard let most = section.number("flush_most_cubic_meters"),
      let command: Actuator<Bool> = actuator(head, "drain-command", .digital, section.name, mark)
    else { return nil }
    return WellDrain(
      command: command, volume: counter(head, "drained-volume", mark), most: CubicMeters(most))
  }

  private func checkSource(_ circuit: CircuitID, _ section: Section) {
    guard circuits.indices.contains(circuit.index), circuits[circuit.index].kind != .sourceLoop
    else { return }
    diagnostics.error(
      section.mark(of: "circuit"),
      "'\(circuitNames.names[circuit.index])' is no source-loop, but '\(section.name)' warms it",
      "wells give heat to a closed loop over an exchanger: make its kind source-loop")
  }

  private func speeds(of section: Section) -> (minimum: Hertz, maximum: Hertz)? {
    guard let motor = section.number("motor_minimum_hertz"),
      let minimum = section.number("minimum_flow_hertz"),
      let maximum = section.number("maximum_hertz")
    else { return nil }
    guard motor <= minimum, minimum < maximum else {
      diagnostics.error(
        section.mark(of: "minimum_flow_hertz"),
        "the speeds of '\(section.name)' are not in order",
        "motor_minimum ≤ minimum_flow < maximum: a well pump never turns where no water comes")
      return nil
    }
    return (Hertz(minimum), Hertz(maximum))
  }

  private func baseline(of section: Section) -> [PumpPower]? {
    let points = section.sections("baseline").compactMap { each -> PumpPower? in
      guard let speed = each.number("speed_hertz"), let power = each.number("power_kilowatts")
      else { return nil }
      return PumpPower(speed: Hertz(speed), power: Kilowatts(power))
    }
    let rises = zip(points, points.dropFirst()).allSatisfy {
      $0.speed < $1.speed && $0.power < $1.power
    }
    guard let first = points.first, rises, first.power > .zero else {
      diagnostics.error(
        section.mark(of: "baseline"), "the baseline of '\(section.name)' does not rise",
        "give at least one point, slowest first: what the pump drew when it was commissioned")
      return nil
    }
    return points
  }

  /// The ground of every well, by the plant's order.
  func wellGrounds(_ twin: Section) -> [WellDescription] {
    var grounds: [String: WellDescription] = [:]
    for section in twin.named("wells") {
      let node = Node(content: .scalar(section.name, isPlain: true), mark: section.mark)
      guard wellNames.find(node) != nil, let word = section.word("like"),
        var ground = WellDescription.typical.first(where: { $0.name == word })?.description
      else { continue }
      if let celsius = section.number("ground_celsius") {
        ground.aquifer.undisturbedTemperature = Celsius(celsius)
      }
      if let value = section.number("transmissivity_square_meters_a_day") {
        ground.aquifer.transmissivitySquareMetersPerDay = value
      }
      if let value = section.number("static_level_meters") {
        ground.aquifer.staticLevelMeters = value
      }
      if section.flag("granules") ?? false { ground.granules = .typical }
      grounds[section.name] = ground
    }
    for name in wellNames.names where grounds[name] == nil {
      guard !diagnostics.hasErrors else { break }
      diagnostics.error(
        twin.mark, "the twin has no ground for the well '\(name)'",
        "state it under wells: the simulator guesses no ground")
    }
    return wellNames.names.compactMap { grounds[$0] }
  }
}
