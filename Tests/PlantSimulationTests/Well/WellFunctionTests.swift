import PlantModel
import Testing

@testable import PlantSimulation

/// Closed forms that the well stands on, against published values.
@Suite struct WellFunctionTests {
  /// W(u) as tabulated by Wenzel (1942), four figures.
  @Test(arguments: [
    (1e-10, 22.45), (1e-8, 17.84), (1e-6, 13.24), (5e-6, 11.63), (1e-5, 10.94), (1e-4, 8.633),
    (1e-3, 6.332), (5e-3, 4.726), (1e-2, 4.038), (2e-2, 3.355), (5e-2, 2.468), (0.1, 1.823),
    (0.2, 1.223), (0.5, 0.5598), (0.8, 0.3106), (1.0, 0.2194), (2.0, 0.04890), (3.0, 0.01305),
    (5.0, 0.001148), (8.0, 3.767e-5),
  ])
  func wellFunctionMeetsThePublishedTable(u: Double, expected: Double) {
    #expect(abs(WellFunction.value(u) / expected - 1) < 6e-4)
  }

  /// Series and continued fraction meet where one takes over, and dW/du is −e^−u/u throughout.
  @Test func wellFunctionHasItsOwnSlope() {
    for u in [1e-6, 1e-3, 0.3, 0.99, 1.01, 4, 30] {
      let step = u * 1e-4
      let slope = (WellFunction.value(u + step) - WellFunction.value(u - step)) / (2 * step)
      #expect(abs(slope / (-Numerics.exponential(-u) / u) - 1) < 1e-5, "u = \(u)")
    }
    #expect(WellFunction.value(701) == 0)
  }

  @Test(arguments: [
    (1.0, 0.0), (2.0, 0.693_147_180_559_945_3), (10.0, 2.302_585_092_994_046),
    (1e-7, -16.118_095_650_958_32), (7.389_056_098_930_65, 2.0),
  ])
  func logarithmIsExact(x: Double, expected: Double) {
    #expect(abs(Numerics.logarithm(x) - expected) < 1e-13 * max(1, abs(expected)))
  }

  @Test(arguments: [
    (0.0, 0.0), (0.5, 0.463_647_609_000_806_1), (1.0, 0.785_398_163_397_448_3),
    (3.0, 1.249_045_772_398_254_4), (1e9, 1.570_796_325_794_896_6),
  ])
  func arctangentIsExact(x: Double, expected: Double) {
    #expect(abs(Numerics.arctangent(x) - expected) < 1e-13)
  }

  /// Water's viscosity in mPa·s by IAPWS, and the 40 % between 7 and 20 °C.
  @Test(arguments: [(5.0, 1.518), (7.0, 1.428), (10.0, 1.306), (15.0, 1.138), (20.0, 1.002)])
  func viscosityMeetsThePublishedTable(celsius: Double, expected: Double) {
    #expect(abs(WaterProperties.viscosity(celsius: celsius) / expected - 1) < 0.025)
    let ratio =
      WaterProperties.viscosity(celsius: 7) / WaterProperties.viscosity(celsius: 20)
    #expect(abs(ratio - 1.42) < 0.03)
  }
}
