import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// Which pump runs: hours, failures, standby, swap, restart.
struct PumpStandbyTests {
  @Test("PUMP-06: a pump that does not prove itself in time is replaced and tried again later")
  func unprovenPumpIsReplacedAndTriedAgain() {
    var rig = PumpRig()
    rig.broken = [0]
    rig.run(.seconds(15))
    #expect(rig.commanded == [true, false, false])
    rig.run(.seconds(3))
    #expect(rig.commanded == [false, true, false])
    #expect(rig.bench.hasAlarm(.pumpFailedToStart, .pump(PumpID(0))))
    #expect(rig.control.pumps[1].reason.rule == .standbyPump)
    let failed = rig.control.pumps[0].failedReason
    #expect(failed?.until == (failed?.since ?? Bench.start) + rig.bench.plant.parameters.pumpRetry)
    rig.run(rig.bench.plant.parameters.pumpRetry, every: .seconds(5))
    #expect(rig.control.pumps[0].failedReason == nil)
    #expect(!rig.bench.hasAlarm(.pumpFailedToStart, .pump(PumpID(0))))
  }

  /// `PUMP-07`; a drive that goes local is `PUMP-10`.
  enum Trouble: CaseIterable { case trips, goesLocal, stops, goesAway }

  @Test(
    "PUMP-07: what is lost while it runs is replaced in the next scan", arguments: Trouble.allCases)
  func lostPumpIsReplacedAtOnce(_ trouble: Trouble) {
    var rig = PumpRig()
    rig.run(.minutes(10))
    #expect(rig.commanded == [true, false, false])
    let speed = rig.control.speed
    switch trouble {
    case .trips: rig.bench.show(rig.pump(0).tripped, true)
    case .goesLocal: rig.bench.show(rig.pump(0).remote, false)
    case .stops:
      rig.broken = [0]
      rig.bench.show(rig.pump(0).running, false)
    case .goesAway: rig.bench.lose(rig.pump(0).running.point)
    }
    rig.scan()
    #expect(rig.commanded == [false, true, false])
    #expect(rig.control.speed == speed)
    #expect(rig.bench.hasAlarm(.pumpTripped, .pump(PumpID(0))) == (trouble == .trips))
  }

  @Test("PUMP-05: a standby starts at once, however short ago another pump started")
  func standbyDoesNotWaitForTheStagger() {
    var rig = PumpRig()
    rig.demand.flow = CubicMetersPerHour(200)
    rig.run(.seconds(19))
    #expect(rig.commanded == [true, true, false])
    rig.bench.show(rig.pump(0).tripped, true)
    rig.scan()
    #expect(rig.commanded == [false, true, true])
  }

  @Test("A group that cannot reach its count says so, even when its idle pumps are only away")
  func shortGroupIsAnAlarm() {
    var rig = PumpRig()
    rig.run(.seconds(5))
    #expect(!rig.bench.hasAlarm(.pumpGroupShort, .pumpGroup(PumpGroupID(0))))
    rig.bench.show(rig.pump(0).tripped, true)
    rig.bench.show(rig.pump(1).remote, false)
    rig.bench.lose(rig.pump(2).running.point)
    rig.scan()
    rig.scan()
    #expect(rig.count == 0)
    #expect(rig.bench.hasAlarm(.pumpGroupShort, .pumpGroup(PumpGroupID(0))))
  }

  @Test("PUMP-16: drives that all fall silent stay commanded at their speed, and go on when back")
  func silentDrivesGoOn() {
    var rig = PumpRig()
    rig.run(.minutes(10))
    let speed = rig.bench.board.outputs.value(rig.pump(0).speedCommand)
    for pump in rig.bench.plant.pumps { rig.bench.lose(pump.running.point) }
    rig.run(.minutes(10))
    #expect(rig.commanded == [true, false, false])
    #expect(rig.bench.board.outputs.value(rig.pump(0).speedCommand) == speed)
    #expect(rig.control.pumps[0].reason.rule == .driveGoesOn)
    for index in 0...2 { rig.bench.show(rig.pump(index).running, index == 0) }
    rig.run(.minutes(1))
    #expect(rig.commanded == [true, false, false])
    #expect(rig.control.pumps[0].reason.rule == .leadPump)
    rig.bench.lose(rig.pump(0).running.point)
    rig.scan()
    #expect(rig.commanded == [false, true, false])
  }

  @Test("STAGE-10: pumps of a plant that lost its power start anew when it settles")
  func powerLossStopsThePumps() {
    var rig = PumpRig()
    rig.run(.minutes(10))
    rig.demand.isPowerLost = true
    rig.scan()
    #expect(rig.count == 0)
    #expect(rig.control.reason.rule == .restartSettling)
    rig.demand.isPowerLost = false
    rig.demand.startsHeldUntil = rig.bench.now + .minutes(2)
    rig.run(.seconds(119))
    #expect(rig.count == 0)
    rig.run(.seconds(3))
    #expect(rig.count == 1)
  }

  @Test("A pump that runs unasked for longer than its limit is an alarm")
  func uncommandedRunningIsAnAlarm() {
    var rig = PumpRig()
    rig.wild = [2]
    rig.run(.seconds(60))
    #expect(!rig.bench.hasAlarm(.pumpRunsUncommanded, .pump(PumpID(2))))
    rig.run(.seconds(5))
    #expect(rig.bench.hasAlarm(.pumpRunsUncommanded, .pump(PumpID(2))))
  }

  @Test("PUMP-03: the pump with the fewest hours leads")
  func leastRunPumpLeads() {
    var rig = PumpRig()
    rig.run(.hours(1), every: .seconds(10))
    rig.demand.isWanted = false
    rig.run(.minutes(5))
    #expect(rig.count == 0)
    rig.demand.isWanted = true
    rig.scan()
    #expect(rig.commanded == [false, true, false])
    #expect(rig.control.pumps[0].runTime > .minutes(59))
    #expect(rig.control.pumps[0].starts == 1)
  }

  @Test("PUMP-15: a scheduled swap proves the standby before it drops the duty pump")
  func swapProvesTheStandbyFirst() {
    var rig = PumpRig { $0.swapInterval = .hours(24) }
    rig.run(.hours(23), every: .seconds(30))
    #expect(rig.commanded == [true, false, false])
    rig.run(.minutes(61), every: .seconds(10))
    #expect(rig.commanded == [false, true, false])
    let stopped = rig.bench.events.first { $0.kind == .pumpStopped }
    let started = rig.bench.events.last { $0.kind == .pumpStarted }
    #expect(started?.reason.rule == .scheduledSwap)
    #expect((started?.time ?? .distantFuture) < (stopped?.time ?? .distantPast))
  }

  @Test("PUMP-15: a standby that does not prove itself leaves the duty pump alone")
  func failedSwapLeavesTheDutyPump() {
    var rig = PumpRig { $0.swapInterval = .hours(24) }
    rig.broken = [1]
    rig.run(.hours(25), every: .seconds(10))
    #expect(rig.commanded == [true, false, false])
    #expect(
      !rig.bench.events.contains { $0.kind == .pumpStopped && $0.subject == .pump(PumpID(0)) })
  }

  @Test("A restart goes on with what runs, at its speed")
  func restartGoesOnWithWhatRuns() {
    var rig = PumpRig()
    rig.bench.showRegister(of: rig.pump(1).runCommand, 1)
    rig.bench.show(rig.pump(1).running, true)
    rig.bench.show(rig.pump(1).frequency, Hertz(40))
    rig.control.takeOver(plant: rig.bench.plant, image: rig.bench.image)
    rig.scan()
    #expect(rig.commanded == [false, true, false])
    #expect(rig.bench.board.outputs.value(rig.pump(1).speedCommand) == Hertz(40))
    #expect(rig.bench.events.isEmpty)
  }

  @Test("Where no register tells of a command, a restart goes on with what runs")
  func restartBelievesWhatRunsWhereNoRegisterTells() {
    var rig = PumpRig()
    rig.bench.plant.points[rig.pump(1).runCommand.point.index].writing.isReadBack = false
    rig.bench.show(rig.pump(1).running, true)
    rig.bench.show(rig.pump(1).frequency, Hertz(40))
    rig.control.takeOver(plant: rig.bench.plant, image: rig.bench.image)
    rig.scan()
    #expect(rig.commanded == [false, true, false])
  }

  @Test("Hours, starts and the last swap survive a restart")
  func stateSurvivesARestart() {
    var rig = PumpRig()
    rig.run(.hours(2), every: .seconds(10))
    var writer = ArchiveWriter()
    rig.control.persist(in: &writer, plant: rig.bench.plant)
    var reader = ArchiveReader(rows: writer.rows)
    var next = PumpGroupControl(
      PumpGroupID(0), plant: rig.bench.plant, now: rig.bench.now + .days(3))
    next.persist(in: &reader, plant: rig.bench.plant)
    #expect(next.pumps[0].runTime == rig.control.pumps[0].runTime)
    #expect(next.pumps[0].runTime > .minutes(119))
    #expect(next.pumps[0].starts == 1)
    #expect(next.lastSwap == Bench.start)
  }
}
