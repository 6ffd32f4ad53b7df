import PlantModel
import Quantities

extension Builder {
  func readTanks() {
    for section in sections["tanks"]! {
      guard let use = section.choice("use", Tank.Use.self),
        let circuit = circuitNames.find(section, "circuit"),
        let valve = ownValve(section, "charge_valve", for: section.name),
        let temperature: Sensor<Celsius> = sensor(section, "temperature", .celsius)
      else { continue }
      let setpoint = Celsius(section.number("setpoint_celsius") ?? 0)
      let minimum = Celsius(section.number("minimum_celsius") ?? 0)
      if minimum >= setpoint {
        diagnostics.error(
          section.mark(of: "minimum_celsius"), "the minimum is not below the set-point",
          "short of heat means below what is wanted")
      }
      if use == .pool, !section.has("filter_flow") {
        diagnostics.error(
          section.mark, "the pool '\(section.name)' has no 'filter_flow'",
          "a pool is heated only with its filter's flow proven: name the point")
      }
      tanks.append(
        Tank(
          name: section.name, use: use, circuit: circuit,
          volume: CubicMeters(section.number("volume_cubic_meters") ?? 1), chargeValve: valve,
          temperature: temperature,
          middleTemperature: section.has("middle_temperature")
            ? sensor(section, "middle_temperature", .celsius) : nil,
          exchangerOutlet: section.has("exchanger_outlet")
            ? sensor(section, "exchanger_outlet", .celsius) : nil,
          filterFlow: section.has("filter_flow") ? sensor(section, "filter_flow", .digital) : nil,
          setpoint: setpoint, band: TemperatureDifference(section.number("band_kelvins") ?? 1),
          minimum: minimum, designHeat: Kilowatts(section.number("design_heat_kilowatts") ?? 1)))
    }
  }

  func readMakeUps() {
    for section in sections["make_ups"]! {
      guard let circuit = circuitNames.find(section, "circuit"),
        let fill: Actuator<Bool> = actuator(section, "fill_command", .digital),
        let level: Sensor<Bool> = sensor(section, "tank_level", .digital),
        let volume: Sensor<CubicMeters> = sensor(section, "volume", .cubicMeters),
        let low = section.number("fill_below_kilopascals"),
        let high = section.number("fill_to_kilopascals"),
        let alarm = section.number("alarm_kilopascals"),
        let cutOff = section.number("cut_off_kilopascals")
      else { continue }
      guard cutOff < alarm, alarm < low, low < high else {
        diagnostics.error(
          section.mark, "the pressures of '\(section.name)' are not in order",
          "cut_off < alarm < fill_below < fill_to")
        continue
      }
      makeUps.append(
        MakeUp(
          circuit: circuit, fillCommand: fill, tankLevel: level, volume: volume,
          band: Kilopascals(low)...Kilopascals(high), alarmPressure: Kilopascals(alarm),
          cutOffPressure: Kilopascals(cutOff)))
    }
  }

  func readMeters() {
    for section in sections["meters"]! {
      guard let device = device(of: section), let word = section.word("use"),
        let use = use(word, section),
        let power: Sensor<Kilowatts> = sensor(device, "power", .kilowatts, section.mark),
        let energy: Sensor<KilowattHours> = sensor(device, "energy", .kilowattHours, section.mark)
      else { continue }
      meters.append(
        EnergyMeter(
          name: section.name, device: device, use: use, power: power, energy: energy,
          permissibleError: section.number("permissible_error_percent").map { Fraction($0 / 100) }))
    }
  }

  private func use(_ word: String, _ section: Section) -> EnergyMeter.Use? {
    switch word {
    case "hot-water": return .hotWater
    case "units": return .units
    case "pumps": return .pumps
    default:
      guard section.has("block") else {
        diagnostics.error(
          section.mark, "the meter '\(section.name)' names no block",
          "say whose units' heat or cold it measures")
        return nil
      }
      return blockNames.find(section, "block").map {
        word == "building" ? .building($0) : .recoveredCold($0)
      }
    }
  }

  func readTwin() -> TwinDescription? {
    guard let section = root.section("twin") else { return nil }
    // What a plant has nothing of is not stated: no buried loop, no building of its own.
    let number = { (key: String) in section.number(key) ?? 1 }
    let amount = { (key: String) in section.number(key) ?? 0 }
    let pumps = section.named("pumps").compactMap { curve -> PumpCurve? in
      let node = Node(content: .scalar(curve.name, isPlain: true), mark: curve.mark)
      return groupNames.find(node).map {
        PumpCurve(
          group: $0, shutOffHead: Kilopascals(curve.number("shut_off_kilopascals") ?? 1),
          designHead: Kilopascals(curve.number("design_kilopascals") ?? 1),
          designPower: Kilowatts(curve.number("design_kilowatts") ?? 1))
      }
    }
    let losses = section.named("circuit_losses").compactMap { loss -> CircuitLoss? in
      let node = Node(content: .scalar(loss.name, isPlain: true), mark: loss.mark)
      return circuitNames.find(node).map {
        CircuitLoss(
          circuit: $0, flow: CubicMetersPerHour(loss.number("flow_cubic_meters_per_hour") ?? 1),
          pressure: Kilopascals(loss.number("loss_kilopascals") ?? 1))
      }
    }
    checkTwin(section, pumps, losses)
    let grounds = wellGrounds(section)
    let people = populations(section)
    return TwinDescription(
      seed: UInt64(section.integer("seed") ?? 1),
      groundTemperature: Celsius(number("ground_celsius")),
      groundConductance: KilowattsPerKelvin(number("ground_conductance_kilowatts_per_kelvin")),
      groundCapacity: KilowattHoursPerKelvin(number("ground_capacity_kilowatt_hours_per_kelvin")),
      groundRecovery: KilowattsPerKelvin(number("ground_recovery_kilowatts_per_kelvin")),
      buildingLoss: KilowattsPerKelvin(number("building_loss_kilowatts_per_kelvin")),
      buildingCapacity: KilowattHoursPerKelvin(
        number("building_capacity_kilowatt_hours_per_kelvin")),
      terminalConductance: KilowattsPerKelvin(number("terminal_conductance_kilowatts_per_kelvin")),
      roomHeating: Celsius(number("room_heating_celsius")),
      roomCooling: Celsius(number("room_cooling_celsius")),
      solarGain: Kilowatts(amount("solar_gain_kilowatts")),
      internalGain: Kilowatts(amount("internal_gain_kilowatts")),
      hotWaterADay: CubicMeters(amount("hot_water_cubic_meters_a_day")),
      poolLoss: Kilowatts(amount("pool_loss_kilowatts")),
      valveStroke: .seconds(number("valve_stroke_seconds")),
      trappedVolume: CubicMeters(number("trapped_cubic_meters")), pumps: pumps,
      circuitLosses: losses, wells: grounds, populations: people)
  }
}
