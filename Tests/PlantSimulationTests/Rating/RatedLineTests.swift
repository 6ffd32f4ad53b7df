import Testing

@testable import PlantSimulation

/// When a line is within, named or outside.
@Suite struct RatedLineTests {
  private func line(_ makers: Double, _ twin: Double?, _ expectation: RatedLine.Expectation)
    -> RatedLine
  {
    RatedLine(
      system: "bench", name: "number", unit: "kW", makers: makers, twin: twin,
      expectation: expectation, basis: "nothing")
  }

  static let cases:
    [(makers: Double, twin: Double?, demand: RatedLine.Expectation, verdict: RatedLine.Verdict)] = [
      (100, 101.9, .equal, .within), (100, 98.1, .equal, .within), (100, 102.1, .equal, .outside),
      (100, 97.9, .equal, .outside), (100, nil, .equal, .outside), (100, .nan, .equal, .outside),
      (1, 0.96, .rounded(within: 0.5), .within), (1, 1.6, .rounded(within: 0.5), .outside),
      (4, 4, .atLeast, .within), (4, 3.99, .atLeast, .outside), (4, .nan, .atLeast, .outside),
      (6, 6, .atMost, .within), (6, 6.01, .atMost, .outside), (6, .nan, .atMost, .outside),
      (1.3, 1.5, .upTo(1.7), .within), (1.3, 1.2, .upTo(1.7), .outside),
      (1.3, 1.8, .upTo(1.7), .outside), (1.3, .nan, .upTo(1.7), .outside),
      // The twin has to agree with what contradicts, and the printed figure must not.
      (442.7, 487.6, .contradicted(by: 487.9, why: "balance"), .named),
      (442.7, 442.7, .contradicted(by: 487.9, why: "balance"), .outside),
      (485, 487.6, .contradicted(by: 487.9, why: "balance"), .outside),
      (442.7, .nan, .contradicted(by: 487.9, why: "balance"), .outside),
      (442.7, nil, .contradicted(by: 487.9, why: "balance"), .outside),
      (3.73, nil, .undetermined(why: "no temperatures"), .named),
    ]

  @Test(arguments: RatedLineTests.cases.indices) func verdict(_ index: Int) {
    let row = RatedLineTests.cases[index]
    #expect(line(row.makers, row.twin, row.demand).verdict == row.verdict)
  }

  @Test func aDifferenceIsAPartOfThePrintedFigure() throws {
    let difference = try #require(line(80, 84, .equal).differencePercent)
    #expect(abs(difference - 5) < 1e-9)
    #expect(line(80, nil, .equal).differencePercent == nil)
    var warm = line(4, 5, .atLeast)
    warm.unit = "°C"
    #expect(warm.differencePercent == nil)
  }

  @Test(arguments: [
    (0.0, 0, "0"), (666.6, 0, "667"), (4.3, 2, "4.30"), (0.05, 1, "0.1"), (12.004, 2, "12.00"),
    (-0.96, 1, "−1.0"), (-0.001, 2, "0.00"), (.infinity, 1, "–"), (.nan, 1, "–"),
  ])
  func figuresAreWrittenAsPeopleDo(value: Double, digits: Int, text: String) {
    #expect(shown(value, digits) == text)
  }
}
