import PlantModel
import PlantSimulation
import Quantities
import Testing

/// Whole days with commands written here, without the controller.
@Suite struct OperationTests {
  private func winter() throws -> SportsCentre {
    var centre = try SportsCentre()
    centre.open(units: 1...4)
    centre.move(
      "recovery-unit-evaporator-valve", "dhw-charge-valve", "pool-charge-valve", to: .open)
    centre.pass(.minutes(1))
    centre.run(SportsCentre.pumps("ground", 1...5), hertz: 45)
    centre.run(SportsCentre.pumps("end-use", 1...4), hertz: 48)
    centre.run(["hot-pump-1"], hertz: 48)
    centre.pass(.minutes(3))
    for number in 1...3 { centre.enable("main-unit-\(number)", load: 0.7) }
    centre.enable("recovery-unit", load: 0.5)
    return centre
  }

  @Test func aWinterDayHeatsTheBuildingAndItsEnergyBalances() throws {
    var centre = try winter()
    for _ in 0..<144 {
      centre.pass(.minutes(10), by: .seconds(10))
      let isCold = centre.value("sensors-1.building-return") < 42
      for number in 1...3 { centre.enable("main-unit-\(number)", load: isCold ? 0.7 : 0) }
    }
    let truth = centre.twin.truth
    #expect(centre.twin.isFinite)
    #expect(truth.buildingHeat.value > 15_000)
    #expect(truth.hotWaterHeat.value > 3_000)
    #expect(truth.groundHeat.value > 10_000)
    #expect(truth.unitHours > 40)
    #expect(truth.deadHeadMinutes == 0)
    let through = truth.heat.value + truth.unitElectricity.value
    #expect(abs(centre.twin.balanceResidual.value) < 0.005 * through)
    // Rooms and tanks got what the ground gave and the machines drew, but for what the water keeps.
    let given = truth.groundHeat + truth.unitElectricity + truth.pumpElectricity * 0.9
    #expect(abs(truth.heat.value / given.value - 1) < 0.05)
  }

  @Test func aSummerDayCoolsTheBuilding() throws {
    var centre = try SportsCentre(isWinter: false)
    // The recovery unit stands; the main block is in its summer row.
    centre.open(units: 1...4)
    centre.run(SportsCentre.pumps("ground", 1...4), hertz: 46)
    centre.run(SportsCentre.pumps("end-use", 1...4), hertz: 48)
    centre.pass(.minutes(3))
    for _ in 0..<720 {
      let load = min((centre.value("sensors-1.building-return") - 8) / 4, 1)
      for number in 1...4 { centre.enable("main-unit-\(number)", load: max(load, 0)) }
      centre.pass(.minutes(2), by: .seconds(10))
    }
    let truth = centre.twin.truth
    #expect(centre.twin.isFinite)
    #expect(truth.cold.value > 10_000)
    #expect(truth.groundHeat.value < -10_000)
    #expect(truth.warmestRoom < Celsius(30))
    #expect(abs(centre.twin.balanceResidual.value) < 0.005 * truth.cold.value)
  }

  /// With the machines off the building's water goes to room temperature: soon with pumps, else slowly.
  @Test func theLoopCoolsWithPumpsSoonerThanWithout() throws {
    var temperatures: [Double] = []
    for hertz in [0.0, 40.0] {
      var centre = try SportsCentre()
      centre.open(units: 1...1)
      centre.run(["end-use-pump-1"], hertz: hertz)
      centre.pass(.hours(2), by: .seconds(10))
      temperatures.append(centre.value("sensors-1.building-return"))
    }
    #expect(temperatures[0] > 32)
    #expect(temperatures[1] < temperatures[0] - 4)
  }

  @Test func equalRunsAreEqualToTheLastBit() throws {
    var digests: [UInt64] = []
    for _ in 0..<2 {
      var centre = try winter()
      centre.twin.schedule(
        TimedFault(
          .driveTrips(centre.pump("ground-pump-2")), from: SportsCentre.winter + .minutes(20)))
      centre.pass(.hours(1))
      #expect(centre.twin.isFinite)
      #expect(centre.twin.truth.unitHours > 3)
      digests.append(centre.twin.digest)
    }
    #expect(digests[0] == digests[1])
  }

  @Test func anotherSeedIsAnotherYear() throws {
    let centre = try SportsCentre()
    var other = centre.description
    other.seed += 1
    var first = centre.twin
    var second = Twin(plant: centre.plant, description: other, start: SportsCentre.winter)
    for _ in 0..<10 {
      first.step(commands: centre.commands, by: .seconds(1))
      second.step(commands: centre.commands, by: .seconds(1))
    }
    #expect(first.digest != second.digest)
  }
}
