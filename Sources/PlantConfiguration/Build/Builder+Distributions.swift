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
      guard low <= high else {
        diagnostics.error(
          section.mark(of: "setpoint_min_kilopascals"),
          "the lowest set-point of '\(section.name)' is above the highest", "swap them")
        continue
      }
      if section.has("far_end_pressure"), !section.has("far_end_kilopascals") {
        diagnostics.error(
          section.mark(of: "far_end_pressure"),
          "'\(section.name)' does not say what its last consumer needs",
          "state far_end_kilopascals")
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
          minimumFlow: CubicMetersPerHour(least), allotment: allotment(section)))
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
          flow: flow, volume: volumeCounter(device, distribution, section),
          area: section.number("area_square_meters") ?? 1, unit: consumerUnit(section)))
    }
  }

  /// A consumer's heat pump that is only looked at.
  private func consumerUnit(_ section: Section) -> ConsumerUnit? {
    guard section.has("unit"), let device = deviceNames.find(section, "unit") else { return nil }
    let mark = section.mark(of: "unit")
    guard let running: Sensor<Bool> = sensor(device, "running", .digital, mark),
      let tripped: Sensor<Bool> = sensor(device, "tripped", .digital, mark)
    else { return nil }
    return ConsumerUnit(device: device, running: running, tripped: tripped)
  }

  /// How a distribution's electricity is shared: by something, and some of it, or not at all.
  private func allotment(_ section: Section) -> Allotment? {
    guard let basis = section.choice("allot_by", Allotment.Basis.self) else {
      if section.has("allot_meters"), !section.has("allot_by") {
        diagnostics.error(
          section.mark(of: "allot_meters"), "'\(section.name)' does not say what shares follow",
          "state allot_by: heat, flow, area or equal")
      }
      return nil
    }
    let list = section.list("allot_meters")
    var meters: [MeterID] = []
    for node in list {
      guard let meter = meterNames.find(node) else { continue }
      let use = self.meters.first { $0.name == node.text }?.use
      if let use, use != .pumps, use != .units {
        diagnostics.error(
          node.mark, "'\(node.text ?? "")' measures no electricity",
          "share out meters of the use pumps or units")
      } else if meters.contains(meter) {
        diagnostics.error(
          node.mark, "'\(node.text ?? "")' is shared twice", "name each meter once")
      }
      meters.append(meter)
    }
    if list.isEmpty {
      diagnostics.error(
        section.mark(of: "allot_by"), "'\(section.name)' shares nothing",
        "name its electricity meters under allot_meters")
    }
    return Allotment(basis: basis, meters: meters.sorted())
  }

  /// A consumer's water counter, which shares by flow need and others may have.
  private func volumeCounter(
    _ device: DeviceID, _ distribution: DistributionID, _ section: Section
  ) -> Sensor<CubicMeters>? {
    let isNeeded = distributions.contains {
      $0.name == distributionNames.names[distribution.index] && $0.allotment?.basis == .flow
    }
    guard isNeeded || pointNames.find(deviceNames.names[device.index] + ".volume") != nil else {
      return nil
    }
    return sensor(device, "volume", .cubicMeters, section.mark)
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
        homeShare: Fraction(number("home_fraction")),
        gain: Kilowatts(section.number("gain_kilowatts") ?? 0.3),
        sun: Kilowatts(section.number("sun_kilowatts") ?? 0.8))
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
