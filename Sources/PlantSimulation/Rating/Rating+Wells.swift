import PlantModel
import Quantities

/// Wells alike, of which one is stepped: equal wells with equal inputs give equal readings, and the
/// twin's wells do not reach each other through the ground.
extension Rating {
  /// Wells of the CJXH-80 size, their units on their own water.
  func wells(_ printed: MakersTable.Wells) -> [RatedLine] {
    var well = RatedWell(
      collectionWell, RatedWell.Duty(heat: printed.heat, flow: printed.flow, secondary: nil))
    let outcome = well.run()
    return [
      heat(
        outcome, wells: printed.count, printed.together, printed.system,
        basis: "put on \(of(printed.count)), by flow and temperatures, without a pause"),
      difference(outcome, printed),
      flow(outcome, printed.flow, printed.system),
    ] + limits(outcome, printed.system)
  }

  /// One size of the village system, behind the plate exchangers of its wells.
  func village(_ printed: MakersTable.Village) -> [RatedLine] {
    let system = "Village HYY II-\(shown(printed.heat.value)), \(printed.wells) × gravel-500"
    let wells = Double(printed.wells)
    let secondary = printed.secondaryFlow / wells
    // The designers print no well flow: the one of the CJXH-80, by heat.
    let flow = printed.heat / wells / table.collection.heat * table.collection.flow
    var well = RatedWell(
      villageWell,
      RatedWell.Duty(heat: printed.heat / wells, flow: flow, secondary: secondary))
    let outcome = well.run()
    return [
      heat(
        outcome, wells: printed.wells, printed.heat, system,
        basis: "through the exchangers of \(of(printed.wells)), without a pause"),
      RatedLine(
        system: system, name: "secondary temperature difference", unit: "K",
        makers: table.villageDifference.value, twin: outcome.secondaryDifference.value,
        expectation: .equal,
        basis: "\(shown(printed.secondaryFlow.value)) m³/h through the exchangers, collected side"),
    ] + exchanger(printed, outcome, secondary, system) + [delivered(printed, outcome, system)]
      + [self.flow(outcome, flow, system)] + limits(outcome, system)
  }

  private func exchanger(
    _ printed: MakersTable.Village, _ outcome: RatedWell.Outcome,
    _ secondary: CubicMetersPerHour, _ system: String
  ) -> [RatedLine] {
    let plates = PlateExchanger(villageWell.exchanger)
    let conductance = plates.conductance(outcome.last.extracted, secondary)
    let perArea = conductance.value * Double(printed.wells) / printed.exchangerSquareMeters
    let mean = outcome.last.heat.value / conductance.value
    let range = table.exchangerDifference
    let area = shown(printed.exchangerSquareMeters)
    return [
      RatedLine(
        system: system, name: "exchanger, mean difference", unit: "K",
        makers: range.lowerBound.value, twin: mean, expectation: .upTo(range.upperBound.value),
        basis:
          "\(shown(conductance.value * Double(printed.wells))) kW/K over \(area) m²: the houses'"
          + " water stays so much below the well's, and fouling comes on top"),
      RatedLine(
        system: system, name: "exchanger, heat transfer", unit: "kW/(m²·K)",
        makers: table.exchangerTransfer.lowerBound, twin: perArea,
        expectation: .upTo(table.exchangerTransfer.upperBound),
        basis: "the exchangers' conductance at their flows over \(area) m²"),
    ]
  }

  private func delivered(
    _ printed: MakersTable.Village, _ outcome: RatedWell.Outcome, _ system: String
  ) -> RatedLine {
    let coefficient = table.villageCoefficient
    let rooms = outcome.heat * Double(printed.wells) * coefficient / (coefficient - 1)
    return RatedLine(
      system: system, name: "heat of the rooms", unit: "kW", makers: printed.heat.value,
      twin: rooms.value,
      expectation: .contradicted(
        by: printed.delivered.value,
        why: "one figure stands for heat collected and heat delivered; delivered is collected ×"
          + " COP/(COP − 1), \(shown(printed.delivered.value)) kW"),
      basis: "collected heat of 120 days × COP/(COP − 1) at COP \(shown(coefficient))")
  }

  private func heat(
    _ outcome: RatedWell.Outcome, wells: Int, _ printed: Kilowatts, _ system: String, basis: String
  ) -> RatedLine {
    RatedLine(
      system: system, name: "heat collected", unit: "kW", makers: printed.value,
      twin: outcome.heat.value * Double(wells), expectation: .equal, basis: basis)
  }

  private func of(_ wells: Int) -> String { wells == 1 ? "the well" : "\(wells) wells alike" }

  private func difference(_ outcome: RatedWell.Outcome, _ printed: MakersTable.Wells) -> RatedLine {
    RatedLine(
      system: printed.system, name: "temperature difference", unit: "K",
      makers: printed.difference.value,
      twin: (outcome.last.outletTemperature - outcome.last.returnTemperature).value,
      expectation: .equal, basis: "outlet less return after 120 days")
  }

  private func flow(
    _ outcome: RatedWell.Outcome, _ printed: CubicMetersPerHour, _ system: String
  ) -> RatedLine {
    RatedLine(
      system: system, name: "flow of a well", unit: "m³/h", makers: printed.value,
      twin: outcome.last.extracted.value, expectation: .equal,
      basis: "pump at \(shown(outcome.last.frequency.value, 1)) Hz, back-pressure valve at "
        + "\(shown(outcome.last.valvePosition.value * 100)) %, after 120 days")
  }

  private func limits(_ outcome: RatedWell.Outcome, _ system: String) -> [RatedLine] {
    [
      RatedLine(
        system: system, name: "outlet of the well", unit: "°C",
        makers: table.outlet.lowerBound.value, twin: outcome.coldestOutlet.value,
        expectation: .upTo(table.outlet.upperBound.value),
        basis: "coldest of 120 days; at their end "
          + "\(shown(outcome.last.outletTemperature.value, 2)) °C; the ground's numbers are the twin's own"
      ),
      RatedLine(
        system: system, name: "water leaving the units", unit: "°C",
        makers: table.leastLeaving.value, twin: outcome.coldestLeaving.value,
        expectation: .atLeast, basis: "coldest of 120 days"),
      RatedLine(
        system: system, name: "pressure at the highest point", unit: "kPa",
        makers: table.leastHighestPoint.value, twin: outcome.lowestHighestPoint.value,
        expectation: .atLeast, basis: "least of 120 days, held by the back-pressure valve"),
      RatedLine(
        system: system, name: "water returned", unit: "%", makers: 100,
        twin: outcome.returnedPart.value * 100, expectation: .equal,
        basis: "returned over extracted, 120 days"),
    ]
  }
}
