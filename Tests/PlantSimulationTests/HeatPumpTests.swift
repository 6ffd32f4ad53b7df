import PlantModel
import PlantSimulation
import Quantities
import Testing

@Suite struct HeatPumpTests {
  let map = HeatPumpMap(ratedHeating: Kilowatts(648.2))

  private func output(_ evaporator: Double, _ condenser: Double, load: Double = 1)
    -> HeatPumpMap.Output
  {
    map.output(
      load: Fraction(load), evaporatorLeaving: Celsius(evaporator),
      condenserLeaving: Celsius(condenser))
  }

  @Test func theCoolingRatingIsTheDesigners() {
    let rated = output(7, 35)
    #expect(abs(rated.cold.value / 517 - 1) < 0.005)
    #expect(abs(rated.power.value / 91.1 - 1) < 0.005)
  }

  @Test func theHeatingRatingIsTheDesigners() {
    let rated = output(7, 50)
    #expect(abs(rated.heat.value / 648.2 - 1) < 0.005)
    #expect(abs(rated.power.value / 160.3 - 1) < 0.005)
    #expect(abs(rated.cold.value / 487.9 - 1) < 0.005)
  }

  @Test func heatIsColdPlusElectricityEverywhere() {
    for evaporator in stride(from: 3.0, through: 25, by: 1) {
      for condenser in stride(from: 20.0, through: 60, by: 1) {
        for load in [0.25, 0.5, 0.75, 1] {
          let made = output(evaporator, condenser, load: load)
          #expect(abs(made.heat.value - made.cold.value - made.power.value) < 1e-9)
        }
      }
    }
  }

  /// Warmer evaporators give more cold and a better coefficient, hotter condensers less and a worse.
  @Test func theMapIsMonotonicOverTheGrid() {
    for evaporator in stride(from: 3.0, to: 25, by: 0.5) {
      for condenser in stride(from: 20.0, to: 60, by: 0.5) {
        let here = output(evaporator, condenser)
        let warmer = output(evaporator + 0.5, condenser)
        let hotter = output(evaporator, condenser + 0.5)
        #expect(warmer.cold > here.cold)
        #expect(hotter.cold < here.cold)
        #expect(coefficient(warmer) >= coefficient(here) - 1e-9)
        #expect(coefficient(hotter) <= coefficient(here) + 1e-9)
        #expect(here.power > .zero)
      }
    }
  }

  private func coefficient(_ made: HeatPumpMap.Output) -> Double { made.heat / made.power }

  @Test func lessLoadMakesLessAndDrawsLess() {
    for load in stride(from: 0.25, to: 1, by: 0.05) {
      #expect(output(7, 45, load: load).heat < output(7, 45, load: load + 0.05).heat)
      #expect(output(7, 45, load: load).power < output(7, 45, load: load + 0.05).power)
    }
    #expect(output(7, 45, load: 0).power == .zero)
  }

  /// On the test bench, with the plant's own flows, the first main unit cools as printed.
  @Test func theTwinReachesTheCoolingRatingOnTheBench() throws {
    var centre = try SportsCentre(isWinter: false)
    centre.open(units: 1...1)
    centre.run(["ground-pump-1"], hertz: 45.5)
    centre.run(["end-use-pump-1"], hertz: 47.5)
    var boundary = Boundary()
    boundary.building = Celsius(12)
    boundary.ground = Celsius(30)
    centre.twin.hold(boundary)
    centre.pass(.minutes(3))
    centre.enable("main-unit-1", load: 1)
    centre.pass(.minutes(10))
    let made = centre.twin.output(of: centre.unit("main-unit-1"))
    #expect(abs(made.cold.value / 517 - 1) < 0.02)
    #expect(abs(made.power.value / 91.1 - 1) < 0.03)
    #expect(abs(centre.value("main-unit-1.evaporator-entering") - 12) < 0.2)
  }
}
