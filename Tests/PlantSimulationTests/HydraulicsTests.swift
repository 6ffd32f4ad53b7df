import PlantModel
import PlantSimulation
import Quantities
import Testing

@Suite struct HydraulicsTests {
  /// Against resistances alone: flow goes with the speed, pressure with its square, and power with
  /// its cube.
  @Test func flowPressureAndPowerFollowTheAffinityLaws() throws {
    var centre = try SportsCentre()
    centre.open(units: 1...1)
    var seen: [(flow: Double, pressure: Double, power: Double)] = []
    for hertz in [40.0, 20.0] {
      centre.run(["ground-pump-1"], hertz: hertz)
      centre.pass(.minutes(5))
      seen.append(
        (
          centre.twin.flow(of: centre.pump("ground-pump-1")).value,
          centre.value("sensors-1.ground-differential-pressure"),
          centre.value("ground-pump-1.power")
        ))
    }
    #expect(abs(seen[0].flow / seen[1].flow - 2) < 0.01)
    #expect(abs(seen[0].pressure / seen[1].pressure - 4) < 0.05)
    #expect(abs(seen[0].power / seen[1].power - 8) < 0.1)
    #expect(seen[0].flow > 40)
  }

  /// Two pumps on the same way move more than one, and less than twice as much.
  @Test func pumpsInParallelShareTheFlow() throws {
    var centre = try SportsCentre()
    centre.open(units: 1...2)
    centre.run(["ground-pump-1"], hertz: 45)
    centre.pass(.minutes(3))
    let one = centre.value("sensors-1.ground-flow")
    centre.run(["ground-pump-2"], hertz: 45)
    centre.pass(.minutes(3))
    let two = centre.value("sensors-1.ground-flow")
    #expect(two > one * 1.05 && two < one * 1.95)
    let first = centre.twin.flow(of: centre.pump("ground-pump-1")).value
    let second = centre.twin.flow(of: centre.pump("ground-pump-2")).value
    #expect(abs(first - second) < 1e-3)
  }

  /// A weak pump beside a strong one stands behind its check valve: nothing runs back.
  @Test func nothingRunsBackThroughASlowPump() throws {
    var centre = try SportsCentre()
    centre.open(units: 1...2)
    centre.run(["ground-pump-1"], hertz: 50)
    centre.run(["ground-pump-2"], hertz: 25)
    centre.pass(.minutes(3))
    #expect(centre.twin.flow(of: centre.pump("ground-pump-2")).value == 0)
    #expect(centre.twin.flow(of: centre.pump("ground-pump-1")).value > 80)
  }

  /// Every isolation valve closed: head at no flow, no flow, and the minutes are counted.
  @Test func aPumpAgainstAClosedPathIsDeadHeaded() throws {
    var centre = try SportsCentre()
    centre.run(["ground-pump-1"], hertz: 50)
    centre.pass(.minutes(10))
    #expect(abs(centre.value("sensors-1.ground-flow")) < 1)
    // No flow, so all of the shut-off head stands across the machines.
    #expect(abs(centre.value("sensors-1.ground-differential-pressure") - 600) < 2)
    #expect(abs(centre.twin.truth.deadHeadMinutes - 10) < 0.2)
    #expect(centre.twin.isFinite)
  }

  /// At the set-point of its position a unit gets its design flow.
  @Test func aUnitGetsItsDesignFlowAtTheSetpoint() throws {
    var centre = try SportsCentre(isWinter: false)
    centre.open(units: 1...6)
    let evaporator = centre.plant[centre.unit("main-unit-1")].evaporator.designFlow.value
    var hertz = 30.0
    // The end-use pumps hold 415 kPa in summer.
    for _ in 0..<40 {
      centre.run(SportsCentre.pumps("end-use", 1...6), hertz: hertz)
      centre.pass(.seconds(40))
      hertz += (415 - centre.value("sensors-1.building-differential-pressure")) * 0.02
    }
    let flow = centre.twin.flow(of: centre.unit("main-unit-1"), .evaporator).value
    #expect(abs(flow / evaporator - 1) < 0.01)
  }
}
