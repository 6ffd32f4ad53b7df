import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// Path, flow, unit; and back down in the reverse order.
struct UnitSequenceTests {
  @Test("A unit is enabled only after its path and then its flow are proven")
  func startsInOrder() {
    var rig = UnitRig()
    rig.wish.pathOpen = false
    rig.run(.seconds(30))
    #expect(rig.control.phase == .openingPath)
    #expect(rig.control.wantsFlow && !rig.isEnabled)
    rig.wish.pathOpen = true
    rig.hasWater = false
    rig.run(.seconds(20))
    #expect(rig.control.phase == .waitingForFlow)
    #expect(!rig.isEnabled)
    rig.hasWater = true
    rig.run(.seconds(3))
    #expect(rig.control.phase == .starting)
    #expect(rig.isEnabled)
    rig.reach(.running)
    #expect(rig.control.starts == 1)
  }

  @Test("UNIT-01: a flow proof older than its greatest age is no flow")
  func oldProofIsNoFlow() {
    var rig = UnitRig()
    rig.reach(.waitingForFlow)
    let point = rig.unit.evaporator.flowProof.point.index
    for age in [11.0, 10.5, 9.5] {
      var image = rig.bench.image
      image.now = image.now + .seconds(1)
      for index in image.samples.indices where image.samples[index].quality == .good {
        image.samples[index].taken = image.now
      }
      image.samples[point].value = 1
      image.samples[rig.unit.condenser.flowProof.point.index].value = 1
      image.samples[point].taken = image.now - .seconds(age)
      var control = rig.control
      var board = rig.bench.board
      control.step(rig.wish, plant: rig.bench.plant, image: image, board: &board)
      #expect((control.phase == .starting) == (age < 10), "\(age) s old")
    }
  }

  @Test("UNIT-02: a unit that is not wanted any more stops, runs on with its pumps, then lets go")
  func stopsInOrder() {
    var rig = UnitRig()
    rig.reach(.running)
    rig.run(rig.parameters.unitMinimumOn)
    rig.wish.isWanted = false
    rig.scan()
    #expect(rig.control.phase == .stopping)
    #expect(!rig.isEnabled)
    rig.reach(.runOn)
    #expect(rig.control.reason.until == rig.bench.now + rig.parameters.runOn)
    #expect(rig.control.wantsFlow)
    let took = rig.reach(.stopped)
    #expect(took == rig.parameters.runOn)
    #expect(!rig.control.wantsFlow)
  }

  @Test("A unit that goes on after its command keeps its water until it is seen stopped")
  func keepsWaterWhileItRuns() {
    var rig = UnitRig()
    rig.reach(.running)
    rig.run(rig.parameters.unitMinimumOn)
    rig.isWild = true
    rig.wish.isWanted = false
    rig.run(.minutes(20))
    #expect(rig.control.phase == .stopping)
    #expect(rig.control.wantsFlow)
    rig.isWild = false
    rig.run(.seconds(2))
    #expect(rig.control.phase == .runOn)
  }

  @Test("A path that does not open, and flow that does not come, give up and are tried again later")
  func givesUp() {
    var rig = UnitRig()
    rig.wish.pathOpen = false
    rig.reach(.openingPath)
    #expect(rig.reach(.failed) > rig.parameters.strokeLimit)
    #expect(rig.bench.hasAlarm(.flowLost, rig.subject))
    #expect(!rig.control.wantsFlow)
    rig.wish.pathOpen = true
    rig.hasWater = false
    rig.reach(.waitingForFlow, every: .seconds(10))
    rig.reach(.failed, every: .seconds(10))
    #expect(rig.bench.hasAlarm(.flowLost, rig.subject))
    #expect(rig.control.starts == 0)
  }

  @Test("UNIT-16: a unit that does not run in its time is failed, told off, and tried again later")
  func failsToStart() {
    var rig = UnitRig()
    rig.startDelay = 1e6
    rig.reach(.starting)
    rig.run(rig.parameters.unitStartLimit + .seconds(5))
    #expect(!rig.isEnabled)
    #expect(rig.bench.hasAlarm(.unitFailedToStart, rig.subject))
    rig.startDelay = 20
    rig.reach(.failed)
    #expect(rig.reach(.running, every: .seconds(10)) >= rig.parameters.pumpRetry)
    #expect(!rig.bench.hasAlarm(.unitFailedToStart, rig.subject))
  }

  @Test("UNIT-01: lost flow stops the unit in the same scan and is an alarm")
  func lostFlowStops() {
    var rig = UnitRig()
    rig.reach(.running)
    rig.bench.show(rig.unit.condenser.flowProof, false)
    rig.scan()
    #expect(!rig.isEnabled)
    #expect(rig.bench.hasAlarm(.flowLost, rig.subject))
    #expect(rig.bench.board.outputs[rig.unit.enableCommand.point].reason.rule == .flowNotProven)
  }

  @Test("UNIT-06: a tripped unit is told off, runs its water on, and is tried again later")
  func tripRunsOn() {
    var rig = UnitRig()
    rig.reach(.running)
    rig.bench.show(rig.unit.tripped, true)
    rig.scan()
    #expect(!rig.isEnabled)
    #expect(rig.bench.hasAlarm(.unitTripped, rig.subject))
    #expect(rig.control.wantsFlow)
    rig.reach(.failed)
    #expect(!rig.control.wantsFlow)
    rig.run(.hours(1), every: .seconds(10))
    #expect(rig.control.phase == .failed)
    rig.bench.show(rig.unit.tripped, false)
    rig.reach(.running)
    #expect(rig.isEnabled)
  }

  @Test("UNIT-07: a unit that falls silent is told off and keeps its water until it is seen")
  func silentUnitKeepsItsWater() {
    var rig = UnitRig()
    rig.reach(.running)
    rig.lose()
    rig.run(.hours(2), every: .seconds(10))
    #expect(!rig.isEnabled)
    #expect(rig.control.wantsFlow)
    rig.find(running: true)
    rig.isWild = true
    rig.run(.seconds(5))
    #expect(rig.control.wantsFlow)
    rig.isWild = false
    rig.reach(.stopped)
    #expect(!rig.control.wantsFlow)
    rig.reach(.running)
    #expect(rig.isEnabled)
  }

  @Test("UNIT-07: a unit that was seen standing asks for no water while it is silent")
  func silentStandingUnitWantsNothing() {
    var rig = UnitRig()
    rig.wish.isWanted = false
    rig.run(.seconds(5))
    rig.lose()
    rig.wish.isWanted = true
    rig.run(.hours(1), every: .seconds(10))
    #expect(rig.control.phase == .stopped)
    #expect(!rig.control.wantsFlow)
    #expect(rig.obstacle == .unitAway)
  }

  @Test("UNIT-08: a unit under local hand is not ours, and has water while it runs")
  func localUnitHasWater() {
    var rig = UnitRig()
    rig.reach(.running)
    rig.bench.show(rig.unit.remote, false)
    rig.isWild = true
    rig.run(.hours(1), every: .seconds(10))
    #expect(!rig.isEnabled)
    #expect(rig.control.wantsFlow)
    rig.isWild = false
    rig.run(.minutes(5))
    #expect(!rig.control.wantsFlow)
    #expect(rig.obstacle == .unitLocal)
  }

  @Test("UNIT-18: a unit that runs unasked gets water and is an alarm")
  func runsUnasked() {
    var rig = UnitRig()
    rig.wish.isWanted = false
    rig.run(.seconds(5))
    rig.isWild = true
    rig.run(.seconds(50))
    #expect(rig.control.wantsFlow)
    #expect(!rig.bench.hasAlarm(.unitRunsUncommanded, rig.subject))
    rig.run(.seconds(20))
    #expect(rig.bench.hasAlarm(.unitRunsUncommanded, rig.subject))
    rig.isWild = false
    rig.run(.seconds(3))
    #expect(!rig.control.wantsFlow)
    #expect(!rig.bench.hasAlarm(.unitRunsUncommanded, rig.subject))
  }

  @Test("A restart goes on with a unit that runs, and keeps water at one that may still run")
  func restart() {
    var rig = UnitRig()
    rig.bench.showRegister(of: rig.unit.enableCommand, 1)
    rig.bench.show(rig.unit.running, true)
    rig.bench.show(rig.unit.evaporator.flowProof, true)
    rig.bench.show(rig.unit.condenser.flowProof, true)
    rig.control.takeOver(plant: rig.bench.plant, image: rig.bench.image)
    rig.isWild = true
    rig.scan()
    #expect(rig.control.phase == .running)
    #expect(rig.isEnabled)
    rig.lose()
    rig.run(.minutes(1))
    var reader = ArchiveReader(rows: ArchiveWriter.rows(of: rig.control))
    var next = UnitControl(rig.control.id, now: rig.bench.now)
    next.persist(in: &reader)
    #expect(next.wantsFlow)
    #expect(next.runTime == rig.control.runTime)
    #expect(next.runTime > .zero)
  }
}
