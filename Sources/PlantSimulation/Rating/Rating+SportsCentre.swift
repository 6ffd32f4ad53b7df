import PlantControl
import Quantities

extension Rating {
  private static let system = "Sports centre"

  private var printed: SportsCentreTable { table.sportsCentre }

  /// The energy table, flows and stores of the sports centre.
  func sportsCentre() -> [RatedLine] {
    let map = HeatPumpMap.reference
    let cooling = map.output(
      load: .one, evaporatorLeaving: printed.evaporatorLeaving,
      condenserLeaving: printed.condenserLeavingCooling)
    let heating = map.output(
      load: .one, evaporatorLeaving: printed.evaporatorLeaving,
      condenserLeaving: printed.condenserLeavingHeating)
    return unit(cooling, heating) + coefficients(cooling, heating) + flows(cooling, heating)
      + counts(cooling, heating) + stores()
  }

  private func line(
    _ name: String, _ unit: String, _ makers: Double, _ twin: Double, _ basis: String,
    _ expectation: RatedLine.Expectation = .equal
  ) -> RatedLine {
    RatedLine(
      system: Rating.system, name: name, unit: unit, makers: makers, twin: twin,
      expectation: expectation, basis: basis)
  }

  /// What a figure of the map was computed from.
  private func at(_ condenser: Celsius, pumps: Kilowatts? = nil) -> String {
    let map =
      "map at \(shown(printed.evaporatorLeaving.value)) / \(shown(condenser.value)) °C leaving"
    return pumps.map { map + ", pumps of \(shown($0.value, 1)) kW" } ?? map
  }

  private func unit(_ cooling: HeatPumpMap.Output, _ heating: HeatPumpMap.Output) -> [RatedLine] {
    let cold = printed.heat - printed.heatingPower
    let cool = at(printed.condenserLeavingCooling)
    let warm = at(printed.condenserLeavingHeating)
    return [
      line("unit cooling", "kW", printed.cold.value, cooling.cold.value, cool),
      line("unit power, cooling", "kW", printed.coolingPower.value, cooling.power.value, cool),
      line("unit heating", "kW", printed.heat.value, heating.heat.value, warm),
      line("unit power, heating", "kW", printed.heatingPower.value, heating.power.value, warm),
      line(
        "unit cooling while heating, table 1", "kW", printed.recoveredColdOfTableOne.value,
        heating.cold.value, warm,
        .contradicted(
          by: cold.value,
          why:
            "heat less power is \(shown(cold.value, 1)) kW: the printed one breaks the unit's energy"
            + " balance by \(shown((cold - printed.recoveredColdOfTableOne).value)) kW")),
      line(
        "unit cooling while heating, table 2", "kW", printed.recoveredCold.value,
        heating.cold.value, warm),
    ]
  }

  private func coefficients(_ cooling: HeatPumpMap.Output, _ heating: HeatPumpMap.Output)
    -> [RatedLine]
  {
    let coolingPumps = printed.groundPump + printed.endUsePump
    let heatingPumps = printed.groundPump + printed.hotWaterPump
    let bothPumps = printed.endUsePump + printed.hotWaterPump
    let byDefinition = printed.heat / (printed.heatingPower + heatingPumps)
    let sum = printed.heat + printed.recoveredCold
    let bothByDefinition = sum / (printed.heatingPower + bothPumps)
    let unitAlone = heating.heat / heating.power
    return [
      line(
        "EER of the system, cooling", "", printed.coolingCoefficient,
        system(
          cold: cooling.cold, units: cooling.power, pumps: coolingPumps),
        at(printed.condenserLeavingCooling, pumps: coolingPumps)),
      line(
        "COP of the system, heating", "", printed.heatingCoefficient,
        system(heat: heating.heat, units: heating.power, pumps: heatingPumps),
        at(printed.condenserLeavingHeating, pumps: heatingPumps),
        .contradicted(
          by: byDefinition,
          why:
            "by the definition it is \(shown(byDefinition, 2)); the printed one is the unit's alone, where the twin has "
            + "\(shown(unitAlone, 2))")),
      line(
        "COP of the unit, heating", "", printed.heatingCoefficient, unitAlone,
        at(printed.condenserLeavingHeating)),
      line(
        "COP(h+c) of the system", "", printed.simultaneousCoefficient,
        system(
          heat: heating.heat, cold: heating.cold, units: heating.power, pumps: bothPumps),
        at(printed.condenserLeavingHeating, pumps: bothPumps)),
      line(
        "COP(h+c) of the system, table 1", "", printed.simultaneousCoefficientOfTableOne,
        system(
          heat: heating.heat, cold: heating.cold, units: heating.power, pumps: bothPumps),
        at(printed.condenserLeavingHeating, pumps: bothPumps),
        .contradicted(
          by: bothByDefinition,
          why:
            "table 1's cold breaks the balance; with table 2's it is \(shown(bothByDefinition, 2))")
      ),
      line(
        "heat and cold together", "kW", printed.simultaneousSum.value,
        (heating.heat + heating.cold).value, at(printed.condenserLeavingHeating),
        .contradicted(
          by: sum.value,
          why: "the printed sum fits neither table; heat and cold are \(shown(sum.value, 1)) kW")),
    ]
  }

  /// By the controller's own definition, over an hour.
  private func system(
    heat: Kilowatts = .zero, cold: Kilowatts = .zero, units: Kilowatts, pumps: Kilowatts
  ) -> Double {
    var figures = EnergyFigures()
    figures.heat = heat * .hours(1)
    figures.cold = cold * .hours(1)
    figures.units = units * .hours(1)
    figures.pumps = pumps * .hours(1)
    return figures.coefficient ?? .nan
  }

  private func flows(_ cooling: HeatPumpMap.Output, _ heating: HeatPumpMap.Output) -> [RatedLine] {
    let perFlow = Water.heat(of: CubicMetersPerHour(1), over: printed.difference)
    let basis = "the map's heat over \(shown(printed.difference.value)) K of water"
    return [
      line(
        "evaporator's flow, cooling", "m³/h", printed.evaporatorFlowCooling.value,
        cooling.cold / perFlow, basis),
      line(
        "evaporator's flow, heating", "m³/h", printed.evaporatorFlowHeating.value,
        heating.cold / perFlow, basis),
      line(
        "condenser's flow, cooling", "m³/h", printed.condenserFlowCooling.value,
        cooling.heat / perFlow, basis),
      line(
        "condenser's flow, heating", "m³/h", printed.condenserFlowHeating.value,
        heating.heat / perFlow, basis),
    ]
  }

  private func counts(_ cooling: HeatPumpMap.Output, _ heating: HeatPumpMap.Output) -> [RatedLine] {
    let cold = cooling.cold.value * Double(printed.mainUnits)
    let forCooling = (printed.coolingLoad / cooling.cold).rounded(.up)
    let forHeating = (printed.heatingLoad / heating.heat).rounded(.up)
    return [
      line(
        "cooling of \(printed.mainUnits) units", "kW", printed.mainUnitsCold.value, cold,
        at(printed.condenserLeavingCooling)),
      line(
        "cooling load", "kW", printed.coolingLoad.value, cold,
        "\(printed.mainUnits) units without recovery", .atLeast),
      line(
        "units for the cooling load", "", Double(printed.mainUnits), forCooling,
        "\(shown(printed.coolingLoad.value)) kW over the map's cold, rounded up"),
      line(
        "units for the heating load", "", Double(printed.unitsForHeating), forHeating,
        "\(shown(printed.heatingLoad.value)) kW over the map's heat, rounded up"),
      line(
        "heat of the recovery unit", "kW", printed.recoveryHeat.value, heating.heat.value,
        at(printed.condenserLeavingHeating), .atLeast),
    ]
  }

  private func stores() -> [RatedLine] {
    let perKelvin = Water.heat(of: printed.poolVolume, over: TemperatureDifference(1))
    let perVolume = Water.heat(of: CubicMeters(1), over: printed.tankRise)
    return [
      line(
        "heat of the building's loop, 45 to 25 °C", "kWh", printed.loopHeat.value,
        Water.heat(of: printed.loopVolume, over: printed.loopFall).value,
        "\(shown(printed.loopVolume.value)) m³ of water"),
      line(
        "tank for the hot water's peak", "m³", printed.tankVolume.value,
        printed.tankHeat / perVolume,
        "\(shown(printed.tankHeat.value)) kWh over \(shown(printed.tankRise.value)) K"),
      line(
        "rise of the pool", "K", printed.poolRise.value,
        printed.poolHeating * printed.poolTime / perKelvin,
        "\(shown(printed.poolHeating.value)) kW for \(shown(printed.poolTime.hours)) h into "
          + "\(shown(printed.poolVolume.value)) m³; printed with one figure, so ± 0.5 K",
        .rounded(within: 0.5)),
    ]
  }
}
