import Quantities

extension Rating {
  /// One size of the household system.
  func household(_ printed: MakersTable.Household) -> [RatedLine] {
    let system = "Household HYY II-\(printed.size)"
    let map = HeatPumpMap.reference
    let condenser = map.condenserLeaving(
      coefficient: printed.coefficient, evaporatorLeaving: table.sportsCentre.evaporatorLeaving)
    let made = map.output(
      load: .one, evaporatorLeaving: table.sportsCentre.evaporatorLeaving,
      condenserLeaving: condenser)
    let ground = printed.heat * (made.cold / made.heat)
    let needed = printed.heat - printed.power
    return [
      RatedLine(
        system: system, name: "coefficient of performance", unit: "",
        makers: printed.coefficient, twin: nil,
        expectation: .undetermined(
          why: "no temperatures are printed for it, and the twin's map is of a water-heating unit"
            + " of 648 kW: the same coefficient there is at "
            + "\(shown(table.sportsCentre.evaporatorLeaving.value)) / \(shown(condenser.value, 1)) °C"
        ),
        basis: "\(shown(printed.heat.value, 1)) kW at \(shown(printed.power.value, 1)) kW"),
      RatedLine(
        system: system, name: "boreholes for the heat of the ground", unit: "kW",
        makers: printed.boreholeHeat.value, twin: ground.value,
        expectation: printed.isShortOfBoreholes
          ? .contradicted(
            by: needed.value,
            why: "the boreholes' name promises less than heat less power, "
              + "\(shown(needed.value, 1)) kW") : .atMost,
        basis: "\(printed.boreholes); cold over heat of the map at this coefficient, × heat"),
    ]
  }

  /// The coefficient of a season, which no rated point gives.
  func season() -> RatedLine {
    RatedLine(
      system: "Household, all sizes", name: "seasonal coefficient", unit: "",
      makers: table.seasonalCoefficient, twin: nil,
      expectation: .undetermined(
        why: "it is of the unit alone over a season whose temperatures and loads are not printed"),
      basis: "no rated point")
  }
}

extension HeatPumpMap {
  /// °C of leaving condenser water, from 20 to 70, at which a unit at full load has this coefficient of
  /// heating; by halving, as the coefficient falls with it.
  func condenserLeaving(coefficient: Double, evaporatorLeaving: Celsius) -> Celsius {
    var low = 20.0
    var high = 70.0
    for _ in 0..<50 {
      let middle = (low + high) / 2
      let made = output(
        load: .one, evaporatorLeaving: evaporatorLeaving, condenserLeaving: Celsius(middle))
      if made.heat / made.power > coefficient { low = middle } else { high = middle }
    }
    return Celsius(low)
  }
}
