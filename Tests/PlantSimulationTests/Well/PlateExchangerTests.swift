import PlantModel
import Quantities
import Testing

@testable import PlantSimulation

/// The exchanger against the tables and the first law.
@Suite struct PlateExchangerTests {
  private let exchanger = PlateExchanger(
    PlateExchangerDescription(
      conductance: KilowattsPerKelvin(300), nominalFlow: CubicMetersPerHour(100),
      pressureLoss: Kilopascals(40)))

  /// Counter-flow effectiveness as tabulated by Kays and London, three figures.
  @Test(arguments: [
    (0.5, 0.0, 0.393), (1.0, 0.0, 0.632), (3.0, 0.0, 0.950), (0.5, 0.5, 0.362),
    (1.0, 0.5, 0.565), (2.0, 0.5, 0.775), (3.0, 0.5, 0.874), (1.0, 0.75, 0.532),
    (2.0, 0.75, 0.722), (0.5, 1.0, 0.333), (1.0, 1.0, 0.5), (3.0, 1.0, 0.75), (5.0, 1.0, 0.833),
  ])
  func effectivenessMeetsTheTable(units: Double, ratio: Double, expected: Double) {
    let value = PlateExchanger.effectiveness(transferUnits: units, capacityRatio: ratio)
    #expect(abs(value - expected) < 6e-4)
  }

  @Test func heatGivenIsHeatTaken() {
    for (well, building) in [(100.0, 100.0), (40, 100), (100, 30), (8, 9)] {
      let first = CubicMetersPerHour(well)
      let second = CubicMetersPerHour(building)
      let output = exchanger.exchange(first, entering: Celsius(12), second, entering: Celsius(6))
      let given = Water.heat(of: first, over: Celsius(12) - output.firstLeaving)
      let taken = Water.heat(of: second, over: output.secondLeaving - Celsius(6))
      #expect(abs(given.value / taken.value - 1) < 1e-9)
      #expect(output.secondLeaving < Celsius(12))
      #expect(output.firstLeaving > Celsius(6))
    }
  }

  /// Heat is conductance times the logarithmic mean difference: the other published form.
  @Test func heatFollowsTheLogarithmicMean() {
    let first = CubicMetersPerHour(80)
    let second = CubicMetersPerHour(110)
    let output = exchanger.exchange(first, entering: Celsius(12), second, entering: Celsius(6))
    let warmEnd = 12 - output.secondLeaving.value
    let coldEnd = output.firstLeaving.value - 6
    let mean = (warmEnd - coldEnd) / Numerics.logarithm(warmEnd / coldEnd)
    let expected = exchanger.conductance(first, second).value * mean
    #expect(abs(output.heat.value / expected - 1) < 1e-9)
  }

  @Test func conductanceFallsWithFlowAndFouling() {
    let full = CubicMetersPerHour(100)
    let half = CubicMetersPerHour(50)
    #expect(abs(exchanger.conductance(full, full).value - 300) < 1e-9)
    #expect(abs(exchanger.conductance(half, half).value / 300 - 0.615_572) < 1e-5)
    var fouled = exchanger
    fouled.foulingKelvinPerKilowatt = 1.0 / 300
    #expect(abs(fouled.conductance(full, full).value - 150) < 1e-9)
  }

  @Test func nothingPassesWithoutFlow() {
    let output = exchanger.exchange(
      .zero, entering: Celsius(12), CubicMetersPerHour(50), entering: Celsius(6))
    #expect(output.heat == .zero)
    #expect(output.secondLeaving == Celsius(6))
  }

  /// What warms one side cools the other when the building is warmer, as in summer.
  @Test func heatTurnsWithTheTemperatures() {
    let output = exchanger.exchange(
      CubicMetersPerHour(100), entering: Celsius(14), CubicMetersPerHour(100),
      entering: Celsius(20))
    #expect(output.heat < .zero)
    #expect(output.firstLeaving > Celsius(14))
  }
}
