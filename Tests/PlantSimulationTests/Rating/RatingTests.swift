import PlantModel
import Quantities
import Testing

@testable import PlantSimulation

/// The designers' numbers against the twin's, and that a wrong one on either side is seen.
@Suite struct RatingTests {
  private static let lines = Rating().lines()

  /// "system: name" of the lines that stand so.
  private func names(_ verdict: RatedLine.Verdict, _ lines: [RatedLine]) -> [String] {
    lines.filter { $0.verdict == verdict }.map { "\($0.system): \($0.name)" }
  }

  @Test func everyNumberIsWithinItsLimitOrContradictedByName() {
    #expect(names(.outside, RatingTests.lines) == [])
    let all = RatingTests.lines.map { "\($0.system): \($0.name)" }
    #expect(Set(all).count == all.count)
    #expect(all.count == 77)
    for line in RatingTests.lines {
      #expect(!line.basis.isEmpty, "\(line.name)")
      #expect((line.verdict == .named) == (line.reason != nil), "\(line.name)")
      if let twin = line.twin { #expect(twin.isFinite, "\(line.name)") }
    }
  }

  @Test func onlyTheKnownContradictionsAreNamed() {
    #expect(
      names(.named, RatingTests.lines) == [
        "Village HYY II-500, 1 × gravel-500: heat of the rooms",
        "Village HYY II-1000, 2 × gravel-500: heat of the rooms",
        "Village HYY II-2000, 4 × gravel-500: heat of the rooms",
        "Household HYY II-5.6: coefficient of performance",
        "Household HYY II-5.6: boreholes for the heat of the ground",
        "Household HYY II-7.4: coefficient of performance",
        "Household HYY II-7.6: coefficient of performance",
        "Household HYY II-30: coefficient of performance",
        "Household, all sizes: seasonal coefficient",
        "Sports centre: unit cooling while heating, table 1",
        "Sports centre: COP of the system, heating",
        "Sports centre: COP(h+c) of the system, table 1",
        "Sports centre: heat and cold together",
      ])
  }

  /// One number in the table changed, and the line that has to see it.
  static let broken: [(change: @Sendable (inout MakersTable) -> Void, line: String)] = [
    ({ $0.collection.heat = Kilowatts(84) }, "temperature difference"),
    ({ $0.collection.together = Kilowatts(84) }, "heat collected"),
    ({ $0.office.together = Kilowatts(330) }, "heat collected"),
    ({ $0.collection.flow = CubicMetersPerHour(24) }, "flow of a well"),
    ({ $0.leastLeaving = Celsius(5.5) }, "water leaving the units"),
    ({ $0.leastHighestPoint = Kilopascals(55) }, "pressure at the highest point"),
    ({ $0.outlet = Celsius(11)...Celsius(16) }, "outlet of the well"),
    (
      { $0.villages[1].secondaryFlow = CubicMetersPerHour(180) }, "secondary temperature difference"
    ),
    ({ $0.villages[2].exchangerSquareMeters = 500 }, "exchanger, heat transfer"),
    ({ $0.villages[0].wells = 2 }, "exchanger, heat transfer"),
    ({ $0.villages[0].delivered = Kilowatts(500) }, "heat of the rooms"),
    (
      { $0.exchangerDifference = TemperatureDifference(1.3)...TemperatureDifference(1.4) },
      "exchanger, mean difference"
    ),
    ({ $0.households[1].boreholeHeat = Kilowatts(5) }, "boreholes for the heat of the ground"),
    ({ $0.households[0].boreholeHeat = Kilowatts(4.1) }, "boreholes for the heat of the ground"),
    ({ $0.sportsCentre.cold = Kilowatts(530) }, "unit cooling"),
    ({ $0.sportsCentre.heatingPower = Kilowatts(150) }, "unit power, heating"),
    (
      { $0.sportsCentre.recoveredColdOfTableOne = Kilowatts(487) },
      "unit cooling while heating, table 1"
    ),
    ({ $0.sportsCentre.coolingCoefficient = 4.5 }, "EER of the system, cooling"),
    ({ $0.sportsCentre.heatingCoefficient = 3.55 }, "COP of the system, heating"),
    (
      { $0.sportsCentre.condenserFlowHeating = CubicMetersPerHour(104.6) },
      "condenser's flow, heating"
    ),
    ({ $0.sportsCentre.coolingLoad = Kilowatts(3110) }, "cooling load"),
    ({ $0.sportsCentre.heatingLoad = Kilowatts(2600) }, "units for the heating load"),
    ({ $0.sportsCentre.loopVolume = CubicMeters(21) }, "heat of the building's loop, 45 to 25 °C"),
    ({ $0.sportsCentre.tankHeat = KilowattHours(220) }, "tank for the hot water's peak"),
    ({ $0.sportsCentre.poolTime = .hours(2) }, "rise of the pool"),
  ]

  @Test(arguments: RatingTests.broken.indices) func aWrongNumberIsOutside(_ index: Int) {
    let (change, line) = RatingTests.broken[index]
    var table = MakersTable()
    change(&table)
    let outside = Rating(table).lines().filter { $0.verdict == .outside }.map(\.name)
    #expect(outside.contains(line), "\(outside)")
  }

  @Test func aWeakPumpDoesNotBringTheFlow() {
    var weak = WellDescription.collection80
    weak.pump.shutOffHead = Kilopascals(340)
    weak.pump.nominalHead = Kilopascals(210)
    let outside = names(.outside, Rating(collectionWell: weak).lines())
    #expect(outside.contains("CJXH-80, one well: flow of a well"), "\(outside)")
    #expect(!outside.contains { $0.hasPrefix("Village") })
  }

  /// Screens too near each other, in standing ground water: the water that comes back is cold.
  @Test func aShortWellGrowsTooCold() {
    var short = WellDescription.gravel500
    short.aquifer.screenDistanceMeters = 15
    short.aquifer.regionalGradient = 0.0005
    let outside = names(.outside, Rating(villageWell: short).lines())
    #expect(
      outside.contains("Village HYY II-500, 1 × gravel-500: water leaving the units"),
      "\(outside)")
  }

  @Test func anExchangerOfHalfTheConductanceIsSeen() {
    var small = WellDescription.gravel500
    small.exchanger.conductance = KilowattsPerKelvin(200)
    let outside = names(.outside, Rating(villageWell: small).lines())
    #expect(outside.contains("Village HYY II-2000, 4 × gravel-500: exchanger, mean difference"))
    #expect(outside.contains("Village HYY II-2000, 4 × gravel-500: exchanger, heat transfer"))
  }

  /// Steps of an hour give the winter that steps of five minutes give.
  @Test func longStepsAreAsGoodAsShortOnes() {
    let duty = RatedWell.Duty(
      heat: Kilowatts(500), flow: CubicMetersPerHour(100), secondary: CubicMetersPerHour(100))
    var long = RatedWell(.gravel500, duty)
    var short = RatedWell(.gravel500, duty, step: .minutes(5))
    let (one, other) = (long.run(), short.run())
    #expect(abs((one.last.outletTemperature - other.last.outletTemperature).value) < 0.01)
    #expect(abs((one.coldestLeaving - other.coldestLeaving).value) < 0.01)
    #expect(abs(one.heat / other.heat - 1) < 1e-3)
    #expect(abs((one.lowestHighestPoint - other.lowestHighestPoint).value) < 2)
  }

  @Test func equalRatingsAreEqual() { #expect(Rating().lines() == RatingTests.lines) }
}
