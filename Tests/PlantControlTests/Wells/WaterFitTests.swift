import Quantities
import Testing

@testable import PlantControl

/// A meter that errs and a leak, told apart by hours at different flows.
struct WaterFitTests {
  private static let design = CubicMetersPerHour(16)

  /// Hours of these flows, with a part of the flow, a constant and noise as the difference.
  private func fit(
    _ flows: [Double], part: Double = 0, constant: Double = 0, noise: Double = 0
  ) -> WaterFit {
    var fit = WaterFit()
    for (index, flow) in flows.enumerated() {
      let odd = index % 2 == 0 ? noise : -noise
      fit.add(flow: flow, difference: part * flow + constant + odd)
    }
    return fit
  }

  private let varied: [Double] = [9, 10, 11, 12, 13, 14, 15, 16, 15, 14, 12, 10]

  @Test func aPartOfTheFlowIsAMeter() {
    for part in [-0.04, 0.03] {
      let found = fit(varied, part: part, noise: 0.02)
      #expect(found.finding(Self.design) == .meterBias)
      #expect(abs(found.bias.value - part) < 0.003)
    }
  }

  @Test func theSameAtAnyFlowIsALeak() {
    let out = fit(varied, constant: -0.5, noise: 0.02)
    #expect(out.finding(Self.design) == .leakOut)
    #expect(abs(out.leak.value + 0.5) < 0.02)
    #expect(fit(varied, constant: 0.5, noise: 0.02).finding(Self.design) == .leakIn)
  }

  @Test func hoursAtOneFlowDecideNothing() {
    let one = Array(repeating: 12.0, count: 100)
    #expect(fit(one, constant: -0.5, noise: 0.02).finding(Self.design) == .undecided)
  }

  @Test func fewHoursDecideNothing() {
    #expect(fit(Array(varied.prefix(7)), part: -0.04).finding(Self.design) == .undecided)
    #expect(WaterFit().finding(Self.design) == .undecided)
  }

  @Test func moreNoiseThanDifferenceDecidesNothing() {
    #expect(fit(varied, constant: -0.3, noise: 0.4).finding(Self.design) == .undecided)
  }
}
