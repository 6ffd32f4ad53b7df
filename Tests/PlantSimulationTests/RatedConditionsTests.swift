import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// The coefficients of the designers' table, from metered points, within 2 %.
@Suite struct RatedConditionsTests {
  @Test func heatingAloneHasTheDefinedCoefficient() throws {
    var plant = RunningPlant()
    plant.choose("recovery", "ground")
    plant.hold(ground: 12, hot: 45, outdoor: 16, tanks: 41)
    let isFull = plant.run(atMost: .hours(4)) {
      $0.running("recovery").contains { $0.load > Fraction(0.98) }
    }
    #expect(isFull)
    plant.session.run(for: .minutes(30))
    let coefficient = try #require(plant.coefficient)
    #expect(
      abs(coefficient / (648.2 / 182.8) - 1) < 0.02, "\(plant.session.controller.energy.window)")
  }

  @Test func coolingAloneHasTheDefinedCoefficient() throws {
    var plant = RunningPlant(isWinter: false)
    plant.choose("main", "summer")
    plant.hold(ground: 30, building: 12, outdoor: 30, tanks: 48)
    let isFull = plant.run(atMost: .hours(6)) {
      let running = $0.running("main")
      return running.count >= 2 && running.allSatisfy { $0.load > Fraction(0.97) }
    }
    #expect(isFull)
    plant.session.run(for: .minutes(30))
    let coefficient = try #require(plant.coefficient)
    #expect(
      abs(coefficient / (517 / 121.1) - 1) < 0.02, "\(plant.session.controller.energy.window)")
  }

  @Test func heatingAndCoolingAtOnceHasTheDefinedCoefficient() throws {
    var plant = RunningPlant(isWinter: false)
    plant.choose("main", "summer")
    plant.choose("recovery", "cooling-circuit")
    // Recovery comes first, while the building's water is not warm enough for the main units.
    plant.hold(ground: 25, building: 8.5, hot: 45, outdoor: 30, tanks: 41)
    #expect(plant.run(atMost: .hours(3)) { !$0.running("recovery").isEmpty })
    plant.session.run(for: .minutes(45))
    plant.hold(ground: 25, building: 12, hot: 45, outdoor: 30, tanks: 41)
    let isFull = plant.run(atMost: .hours(6)) {
      $0.running("recovery").contains { $0.load > Fraction(0.98) } && $0.running("main").isEmpty
    }
    #expect(isFull)
    plant.session.run(for: .minutes(30))
    let coefficient = try #require(plant.coefficient)
    #expect(
      abs(coefficient / (1136.1 / 182.8) - 1) < 0.02, "\(plant.session.controller.energy.window)")
  }
}
