import PlantModel
import Quantities

extension Builder {
  func readDistributions() {
    for section in sections["distributions"]! {
      guard let circuit = circuitNames.find(section, "circuit"),
        let block = blockNames.find(section, "block"),
        let low = section.number("setpoint_min_kilopascals"),
        let high = section.number("setpoint_max_kilopascals"),
        let least = section.number("minimum_flow_cubic_meters_per_hour")
      else { continue }
      guard low < high else {
        diagnostics.error(
          section.mark(of: "setpoint_min_kilopascals"),
          "the lowest set-point of '\(section.name)' is not below the highest", "swap them")
        continue
      }
      distributions.append(
        Distribution(
          name: section.name, circuit: circuit, block: block,
          farEndPressure: section.has("far_end_pressure")
            ? sensor(section, "far_end_pressure", .kilopascals) : nil,
          farEndSetpoint: Kilopascals(section.number("far_end_kilopascals") ?? 1),
          setpointRange: Kilopascals(low)...Kilopascals(high),
          bypassCommand: section.has("bypass_command")
            ? actuator(section, "bypass_command", .fraction) : nil,
          minimumFlow: CubicMetersPerHour(least)))
    }
  }

  func readConsumers() {
    for section in sections["consumers"]! {
      guard let device = device(of: section),
        let distribution = distributionNames.find(section, "distribution"),
        let energy: Sensor<KilowattHours> = sensor(device, "energy", .kilowattHours, section.mark),
        let flow: Sensor<CubicMetersPerHour> = sensor(
          device, "flow", .cubicMetersPerHour, section.mark)
      else { continue }
      consumers.append(
        Consumer(
          name: section.name, distribution: distribution, device: device, energy: energy,
          flow: flow, area: section.number("area_square_meters") ?? 1))
    }
  }

  /// The consumers of every distribution, by the plant's order.
  func populations(_ twin: Section) -> [PopulationDescription] {
    var found: [String: PopulationDescription] = [:]
    for section in twin.named("populations") {
      let node = Node(content: .scalar(section.name, isPlain: true), mark: section.mark)
      guard distributionNames.find(node) != nil else { continue }
      let number = { (key: String) in section.number(key) ?? 1 }
      found[section.name] = PopulationDescription(
        loss: KilowattsPerKelvin(number("loss_kilowatts_per_kelvin")),
        capacity: KilowattHoursPerKelvin(number("capacity_kilowatt_hours_per_kelvin")),
        unitHeat: Kilowatts(number("unit_kilowatts")),
        flow: CubicMetersPerHour(number("flow_cubic_meters_per_hour")),
        unitLoss: Kilopascals(number("loss_kilopascals")),
        mainLoss: Kilopascals(number("main_kilopascals")),
        homeShare: Fraction(number("home_fraction")))
    }
    for name in distributionNames.names where found[name] == nil {
      guard !diagnostics.hasErrors else { break }
      diagnostics.error(
        twin.mark, "the twin has no population for the distribution '\(name)'",
        "state it under populations: the simulator guesses no people")
    }
    return distributionNames.names.compactMap { found[$0] }
  }
}
