import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// When pumps may run at all, and how they come and go.
struct PumpPathTests {
  @Test("PUMP-01: pumps stay off, and go off, while their path is not proven")
  func pumpsStayOffWhileTheirPathIsNotProven() {
    var rig = PumpRig()
    rig.demand.pathProven = false
    rig.demand.reason = Reason(.pathNotProven, .circuit(CircuitID(0)), since: rig.bench.now)
    rig.run(.minutes(5))
    #expect(rig.count == 0)
    #expect(rig.control.reason.rule == .pathNotProven)
    rig.demand.pathProven = true
    rig.run(.seconds(5))
    #expect(rig.count == 1)
    rig.demand.pathProven = false
    rig.scan()
    #expect(rig.count == 0)
  }

  @Test("PUMP-02: pumps that nobody wants stand")
  func pumpsThatNobodyWantsStand() {
    var rig = PumpRig()
    rig.demand.isWanted = false
    rig.run(.minutes(5))
    #expect(rig.count == 0)
    #expect(rig.control.reason.rule == .noFlowWanted)
  }

  @Test("PUMP-08: the lead pump goes on for its delay after flow is no longer wanted")
  func leadGoesOnForItsDelay() {
    var rig = PumpRig()
    rig.demand.flow = CubicMetersPerHour(200)
    rig.run(.minutes(1))
    #expect(rig.count == 2)
    rig.demand.isWanted = false
    rig.scan()
    #expect(rig.count == 1)
    #expect(rig.control.reason.rule == .runOn)
    let end = rig.control.reason.until
    rig.run(.seconds(178))
    #expect(rig.count == 1)
    #expect(rig.bench.now < end)
    rig.run(.seconds(3))
    #expect(rig.count == 0)
  }

  @Test("PUMP-11: a circuit without pressure stops its pumps in the same scan")
  func lowPressureStopsThePumps() {
    var rig = PumpRig()
    rig.run(.seconds(5))
    rig.demand.pressureTooLow = true
    rig.scan()
    #expect(rig.count == 0)
    #expect(rig.control.reason.rule == .lowCircuitPressure)
  }

  @Test("SAFE-03: an emergency stop is named before a missing path")
  func emergencyStopIsNamedFirst() {
    var rig = PumpRig()
    rig.run(.seconds(5))
    rig.demand.isInhibited = true
    rig.demand.pathProven = false
    rig.scan()
    #expect(rig.count == 0)
    #expect(rig.control.reason.rule == .emergencyStop)
  }

  @Test("STAGE-10: a group that stands waits for its turn after power came back")
  func standingGroupWaitsForItsTurn() {
    var rig = PumpRig()
    rig.demand.startsHeldUntil = rig.bench.now + .seconds(30)
    rig.run(.seconds(29))
    #expect(rig.count == 0)
    #expect(rig.control.reason.rule == .powerReturnStagger)
    #expect(rig.control.reason.until == rig.demand.startsHeldUntil)
    rig.run(.seconds(2))
    #expect(rig.count == 1)
  }

  @Test("PUMP-04: further pumps start a stagger apart")
  func furtherPumpsStartApart() {
    var rig = PumpRig()
    rig.demand.flow = CubicMetersPerHour(200)
    rig.scan()
    #expect(rig.count == 1)
    rig.run(.seconds(14))
    #expect(rig.count == 1)
    rig.run(.seconds(2))
    #expect(rig.count == 2)
  }

  @Test("Since when a reason holds does not move on with the scans")
  func reasonKeepsItsBeginning() {
    var rig = PumpRig()
    rig.demand.pathProven = false
    rig.scan()
    let since = rig.control.reason.since
    rig.demand.reason.since = rig.bench.now + .seconds(10)
    rig.run(.seconds(20))
    #expect(rig.control.reason.since == since)
  }

  @Test("A group stands only when every pump is freshly proven to stand")
  func groupStandsOnlyWhenProven() {
    var rig = PumpRig()
    rig.scan()
    #expect(!rig.control.isStopped(rig.bench.plant, rig.bench.image))
    rig.demand.pathProven = false
    rig.run(.seconds(3))
    #expect(rig.control.isStopped(rig.bench.plant, rig.bench.image))
    rig.bench.lose(rig.pump(1).running.point)
    rig.scan()
    #expect(!rig.control.isStopped(rig.bench.plant, rig.bench.image))
  }
}
