import PlantModel
import PlantSimulation
import Quantities
import Testing

/// Water of one circuit in another: through an open cross-connection, by change-overs, through seats.
@Suite struct MixingTests {
  /// V1 lets ground water in, V4 lets it out into the building: all of it passes over.
  @Test func whatAVesselPassesOverIsWhatItsMachinesPass() throws {
    var centre = try SportsCentre()
    centre.open(units: 1...1)
    centre.move("V3", to: .close)
    centre.move("V4", to: .open)
    centre.pass(.minutes(2))
    #expect(centre.twin.truth.mixedLitres < 1000)
    let before = centre.twin.truth.mixedLitres
    centre.run(["ground-pump-1"], hertz: 30)
    centre.pass(.seconds(30))
    var byHand = 0.0
    let start = centre.twin.truth.mixedLitres
    for _ in 0..<30 {
      centre.pass(.seconds(1))
      byHand += centre.twin.flow(of: centre.unit("main-unit-1"), .evaporator).value / 3.6
    }
    let counted = centre.twin.truth.mixedLitres - start
    #expect(start > before)
    #expect(byHand > 100)
    #expect(abs(counted / byHand - 1) < 1e-6)
  }

  /// The circuit that loses the water loses pressure, the other one gains it.
  @Test func waterThatPassesOverMovesThePressures() throws {
    var centre = try SportsCentre()
    centre.open(units: 1...1)
    centre.move("V3", to: .close)
    centre.move("V4", to: .open)
    centre.pass(.minutes(2))
    let ground = centre.twin.pressure(of: centre.circuit("ground")).value
    let building = centre.twin.pressure(of: centre.circuit("building")).value
    centre.run(["ground-pump-1"], hertz: 30)
    centre.pass(.seconds(40))
    #expect(centre.twin.pressure(of: centre.circuit("ground")).value < ground - 2)
    #expect(centre.twin.pressure(of: centre.circuit("building")).value > building + 10)
  }

  /// V1 and V2 open together join the supply headers of both circuits.
  @Test func aPairOpenTogetherMixes() throws {
    var centre = try SportsCentre()
    centre.open(units: 1...1)
    centre.move("V2", to: .open)
    centre.run(["ground-pump-1"], hertz: 30)
    centre.pass(.minutes(3))
    #expect(centre.twin.truth.mixedLitres > 10)
    #expect(centre.twin.truth.seepedLitres == 0)
  }

  @Test func rowsAsDrawnDoNotMix() throws {
    var centre = try SportsCentre()
    centre.open(units: 1...6)
    centre.run(SportsCentre.pumps("ground", 1...3), hertz: 45)
    centre.run(SportsCentre.pumps("end-use", 1...3), hertz: 45)
    centre.pass(.minutes(20))
    #expect(centre.twin.truth.mixedLitres == 0)
    #expect(centre.twin.truth.seepedLitres == 0)
    #expect(centre.twin.truth.carriedLitres == 0)
  }

  /// Two units' water is turned over on both sides: 2 × 2 × 150 L, and no more however long it runs.
  @Test func aChangeOverCarriesTheTrappedWaterOfTheUnitsThatItReaches() throws {
    var centre = try SportsCentre(trapped: 0.15)
    centre.open(units: 1...2)
    centre.run(["ground-pump-1"], hertz: 40)
    centre.run(["end-use-pump-1"], hertz: 40)
    centre.pass(.minutes(10))
    centre.run(["ground-pump-1", "end-use-pump-1"], hertz: 0)
    centre.pass(.minutes(3))
    centre.move("V1", "V3", "V5", "V7", to: .close)
    centre.pass(.minutes(2))
    centre.move("V2", "V4", "V6", "V8", to: .open)
    centre.pass(.minutes(2))
    #expect(centre.twin.truth.carriedLitres == 0)
    centre.run(["ground-pump-1", "end-use-pump-1"], hertz: 40)
    centre.pass(.minutes(20))
    #expect(abs(centre.twin.truth.carriedLitres - 600) < 1)
    #expect(centre.twin.truth.changeOvers == 2)
    #expect(centre.twin.truth.mixedLitres == 0)
  }

  @Test func aLeakingSeatIsCountedApart() throws {
    var centre = try SportsCentre()
    centre.open(units: 1...1)
    centre.twin.inject(.valveLeaks(centre.valve("V4"), Fraction(0.002)))
    centre.run(["ground-pump-1"], hertz: 40)
    centre.pass(.minutes(30))
    #expect(centre.twin.truth.seepedLitres > 1)
    #expect(centre.twin.truth.mixedLitres == 0)
  }
}
