import PlantControl
import PlantModel
import Quantities
import Testing

/// Step tests on a well whose losses are known.
@Suite struct WellHealthTests {
  private let sound = AlgebraicWell()

  private func baseline(_ instruments: WellInstruments = AlgebraicWell.instruments) throws
    -> WellBaseline
  {
    try #require(
      WellBaseline(
        design: AlgebraicWell.design, instruments: instruments,
        tests: [0.0, 3, 6].map { sound.test(day: $0) }))
  }

  /// The report after tests in which `change` has come to its full part, a fifth in each of five.
  private func report(
    _ instruments: WellInstruments = AlgebraicWell.instruments,
    _ change: (inout AlgebraicWell, Double) -> Void
  ) throws -> WellReport {
    let baseline = try baseline(instruments)
    var trend = WellTrend()
    for index in 0...5 {
      var well = sound
      change(&well, Double(index) / 5)
      trend.add(try #require(baseline.condition(well.test(day: 20 + 7 * Double(index)))))
    }
    return try #require(trend.report())
  }

  @Test func soundWellHasNotChanged() throws {
    let report = try report { _, _ in }
    #expect(report.worsened == [])
    #expect(report.groups == [])
    for figure in report.figures {
      #expect(abs(figure.value.value) < 0.003, "\(figure.index)")
      #expect(figure.deviation.value > 0.0005 && figure.deviation.value < 0.0285)
      #expect(figure.reachesLimit == nil)
    }
  }

  /// Each figure falls by what its loss grows, and no other one moves.
  @Test(arguments: WellPart.allCases) func eachPartIsNamedAlone(part: WellPart) throws {
    let report = try report { well, grown in worsen(&well, part, 0.15 * grown) }
    #expect(report.worsened == [part])
    for figure in report.figures {
      let expected = figure.index.part == part ? -0.15 : 0
      #expect(abs(figure.value.value - expected) < 0.02, "\(figure.index): \(figure.value)")
    }
  }

  @Test func pairsAreNamedTogether() throws {
    for first in WellPart.allCases {
      for second in WellPart.allCases where second > first {
        let report = try report { well, grown in
          worsen(&well, first, 0.15 * grown)
          worsen(&well, second, 0.15 * grown)
        }
        #expect(report.worsened == [first, second])
      }
    }
  }

  private func worsen(_ well: inout AlgebraicWell, _ part: WellPart, _ fall: Double) {
    let more = 1 / (1 - fall)
    switch part {
    case .screen:
      well.drawLinear *= more
      well.drawQuadratic *= more
    case .returnZone:
      well.backLinear *= more
      well.backQuadratic *= more
    case .pump:
      // Head at 100 m³/h, as it would be lost by the impeller's rim.
      well.shutOff -= (well.shutOff - well.fall) * fall
    case .exchanger:
      well.exchangerLoss *= more * more
      well.conductance *= 1 - fall
    }
  }

  /// Static level and viscosity move by the season; neither is a fault.
  @Test func seasonIsNoFault() throws {
    let report = try report { well, grown in
      well.level += 20 * grown
      well.outlet -= 3 * grown
      // Laminar losses with the viscosity of colder water: 1 % for each third of a kelvin.
      well.drawLinear *= 1 + 0.085 * 0.85 * grown
      well.backLinear *= 1 + 0.085 * 0.85 * grown
    }
    #expect(report.worsened == [])
    for figure in report.figures { #expect(abs(figure.value.value) < 0.03, "\(figure.index)") }
  }

  @Test func dayOfTheLimitIsForetold() throws {
    let report = try report { well, grown in worsen(&well, .returnZone, 0.06 * grown) }
    let figure = report.figures[WellIndex.specificInjectivity.rawValue]
    let day = try #require(figure.reachesLimit)
    // 6 % in 35 days from day 20: 10 % on day 78, and the line is straight.
    #expect(abs((day - Instant(milliseconds: 0)).hours / 24 - 78) < 6)
    #expect(figure.reachesLimitDeviation > .days(1))
    #expect(report.worsened == [])
  }

  /// Without the intake's pressure the pump's head and the screen's loss are one difference.
  @Test func screenAndPumpAreOneWithoutTheIntake() throws {
    let instruments = AlgebraicWell.instruments.without(.intakePressure)
    let report = try report(instruments) { well, grown in worsen(&well, .screen, 0.2 * grown) }
    #expect(report.groups.map(\.parts) == [[.screen, .pump]])
    #expect(!report.worsened.contains(.screen))
    let efficiency = try self.report(AlgebraicWell.instruments.without(.power)) { _, _ in }
    #expect(efficiency.groups.map(\.members) == [[.pumpEfficiency]])
  }

  /// Whichever sensor is missing, no sound part is surely named.
  @Test(arguments: WellSensor.allCases) func nothingIsSurelyWrongWithout(sensor: WellSensor)
    throws
  {
    let instruments = AlgebraicWell.instruments.without(sensor)
    for part in WellPart.allCases {
      let report = try report(instruments) { well, grown in worsen(&well, part, 0.18 * grown) }
      #expect(report.worsened.allSatisfy { $0 == part }, "\(part): \(report.worsened)")
      let hidden = report.groups.flatMap(\.parts)
      #expect(report.worsened == [part] || hidden.contains(part), "\(part)")
    }
  }

  @Test func fewerThanThreeTestsNameNothing() throws {
    let baseline = try baseline()
    var trend = WellTrend()
    #expect(trend.report() == nil)
    var well = sound
    worsen(&well, .screen, 0.3)
    for day in [20.0, 27] { trend.add(try #require(baseline.condition(well.test(day: day)))) }
    let early = try #require(trend.report())
    #expect(!early.isFounded)
    #expect(early.worsened == [])
    trend.add(try #require(baseline.condition(well.test(day: 34))))
    #expect(trend.report()?.worsened == [.screen])
  }

  @Test func incompleteTestsAreRefused() throws {
    let baseline = try baseline()
    var oneSpeed = sound.test(day: 20)
    oneSpeed.readings.removeLast(3)
    #expect(!oneSpeed.isComplete)
    #expect(baseline.condition(oneSpeed) == nil)
    var twoPositions = sound.test(day: 20)
    twoPositions.readings[2].valvePosition = twoPositions.readings[1].valvePosition
    #expect(!twoPositions.isComplete)
    var moved = sound.test(day: 20)
    for index in moved.readings.indices { moved.readings[index].valvePosition += Fraction(0.01) }
    #expect(moved.isComplete)
    #expect(baseline.condition(moved) == nil)
    #expect(
      WellBaseline(
        design: AlgebraicWell.design, instruments: AlgebraicWell.instruments, tests: []) == nil)
  }

  /// Readings beyond all sense give no condition, and end nothing.
  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e9, 0])
  func senselessReadingsNameNothing(
    value: Double
  ) throws {
    let baseline = try baseline()
    var test = sound.test(day: 20)
    test.readings[3].frequency = Hertz(value)
    #expect(baseline.condition(test) == nil || abs(value) == 1e300)
    test = sound.test(day: 20)
    test.readings[3].intakePressure = Kilopascals(value)
    test.readings[4].flow = CubicMetersPerHour(value)
    test.readings[5].outletTemperature = Celsius(value)
    if let condition = baseline.condition(test) {
      var trend = WellTrend()
      trend.add(condition)
      #expect(trend.report()?.worsened == [])
    }
  }
}
