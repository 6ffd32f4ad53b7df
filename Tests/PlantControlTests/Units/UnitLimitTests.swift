import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// What keeps a unit from starting, from stopping, and from its full load.
struct UnitLimitTests {
  @Test("UNIT-04: a unit that has just started runs its least time whatever is wanted")
  func minimumOn() {
    var rig = UnitRig()
    rig.reach(.starting)
    let started = rig.bench.now
    rig.wish.isWanted = false
    rig.reach(.stopping)
    #expect(rig.bench.now - started == rig.parameters.unitMinimumOn)
  }

  @Test("UNIT-03: and stands its least time")
  func minimumOff() {
    var rig = UnitRig()
    rig.reach(.running)
    rig.run(rig.parameters.unitMinimumOn)
    rig.wish.isWanted = false
    rig.scan()
    let stopped = rig.bench.now
    rig.wish.isWanted = true
    rig.reach(.stopped)
    #expect(rig.obstacle == .minimumOffTime)
    #expect(rig.control.guards.firstObstacle?.until == stopped + rig.parameters.unitMinimumOff)
    rig.reach(.openingPath)
    #expect(rig.bench.now - stopped == rig.parameters.unitMinimumOff)
  }

  @Test("UNIT-05: no more starts in any hour than the maker allows", arguments: [1, 2, 3])
  func startsAnHour(_ most: Int) {
    var rig = UnitRig { plant in
      plant.units[0].maximumStartsPerHour = most
      plant.parameters.unitMinimumOn = .seconds(60)
      plant.parameters.unitMinimumOff = .seconds(60)
    }
    var starts: [Instant] = []
    while rig.bench.now < Bench.start + .hours(6) {
      let before = rig.control.starts
      rig.wish.isWanted = rig.control.phase != .running
      rig.scan()
      if rig.control.starts > before { starts.append(rig.bench.now) }
    }
    #expect(starts.count >= 5 * most)
    for (index, start) in starts.enumerated() where index >= most {
      #expect(start - starts[index - most] >= .hours(1))
    }
  }

  @Test("UNIT-05: saved starts at moments that no plant can know are left out")
  func startsThatNeverWere() {
    var reader = ArchiveReader(rows: [
      (path: "times", text: "9223372036854775807 x -9223372036854775808 1767571200000")
    ])
    var recent = RecentStarts()
    recent.persist(in: &reader)
    #expect(recent.next(atMost: 2) == .distantPast)
    #expect(recent.next(atMost: 1) == Bench.start + .hours(1))
  }

  @Test("UNIT-14: a unit without power for long waits for its crankcase heater")
  func crankcase() {
    var rig = UnitRig()
    rig.wish.isWanted = false
    rig.run(.minutes(1))
    rig.lose()
    rig.run(.hours(7), every: .minutes(1))
    rig.find(running: false)
    rig.wish.isWanted = true
    rig.run(.seconds(2))
    #expect(rig.control.phase != .stopped)
    rig.wish.isWanted = false
    rig.reach(.stopped)
    rig.lose()
    rig.run(.hours(9), every: .minutes(1))
    rig.find(running: false)
    rig.wish.isWanted = true
    rig.scan()
    let back = rig.bench.now
    #expect(rig.obstacle == .crankcaseHeating)
    #expect(rig.control.guards.firstObstacle?.until == back + .hours(8))
    rig.run(.hours(7), every: .minutes(1))
    #expect(rig.control.phase == .stopped)
    rig.run(.minutes(61), every: .seconds(10))
    #expect(rig.control.phase == .running)
  }

  @Test("UNIT-12: cold condenser water holds the load at half until it leaves warm")
  func coldCondenser() {
    var rig = UnitRig()
    rig.bench.show(rig.unit.condenser.entering, Celsius(15))
    rig.bench.show(rig.unit.condenser.leaving, Celsius(17))
    rig.reach(.running)
    #expect(rig.load == 0.5)
    #expect(rig.bench.board.outputs[rig.unit.loadCommand.point].reason.rule == .coldCondenser)
    rig.bench.show(rig.unit.condenser.leaving, Celsius(20))
    rig.scan()
    #expect(rig.load == 0.8)
    rig.bench.show(rig.unit.condenser.leaving, Celsius(17))
    rig.scan()
    #expect(rig.load == 0.8)
  }

  @Test("UNIT-12: but for ten minutes at most, and not with warm water")
  func coldCondenserEnds() {
    var rig = UnitRig()
    rig.bench.show(rig.unit.condenser.entering, Celsius(15))
    rig.bench.show(rig.unit.condenser.leaving, Celsius(17))
    rig.reach(.starting)
    rig.run(.seconds(598))
    #expect(rig.load == 0.5)
    rig.run(.seconds(4))
    #expect(rig.load == 0.8)
    var warm = UnitRig()
    warm.bench.show(warm.unit.condenser.entering, Celsius(18))
    warm.reach(.running)
    #expect(warm.load == 0.8)
  }

  @Test(
    "UNIT-09, UNIT-10: an evaporator that gets cold unloads, alarms and stops its unit",
    arguments: [
      (6.0, 0.8, false, true), (5.3, 0.8, false, true), (5.0, 2.0 / 3, false, true),
      (4.75, 0.5, true, true), (4.1, 0.25, true, true), (3.9, 0, true, false),
    ])
  func freezeLadder(leaving: Double, load: Double, alarm: Bool, runs: Bool) {
    var rig = UnitRig()
    rig.reach(.running)
    rig.bench.show(rig.unit.evaporator.leaving, Celsius(leaving))
    rig.scan()
    #expect(abs(rig.load - load) < 1e-9)
    #expect(rig.isEnabled == runs)
    #expect(rig.bench.hasAlarm(.evaporatorFreezing, rig.subject) == alarm)
    #expect(rig.bench.hasAlarm(.evaporatorFreezeStop, rig.subject) == !runs)
    #expect(rig.control.wantsFlow)
  }

  /// Freezes the unit once, and lets it come back if it may.
  private func freeze(_ rig: inout UnitRig) {
    rig.bench.show(rig.unit.evaporator.leaving, Celsius(3.9))
    rig.scan()
    rig.bench.show(rig.unit.evaporator.leaving, Celsius(10))
    rig.reach(.stopped)
    rig.run(.minutes(11))
  }

  @Test(
    "UNIT-11: two freeze stops within a day latch until a person has looked", arguments: [23, 25])
  func freezeLatches(hours: Int) {
    var rig = UnitRig()
    rig.reach(.running)
    freeze(&rig)
    #expect(rig.control.phase == .running)
    rig.run(.hours(Double(hours)), every: .seconds(30))
    freeze(&rig)
    #expect(rig.control.freeze.isLatched == (hours < 24))
    #expect((rig.control.phase == .running) == (hours > 24))
    guard hours < 24 else { return }
    #expect(rig.obstacle == .freezeLatched)
    var reader = ArchiveReader(rows: ArchiveWriter.rows(of: rig.control))
    var next = UnitControl(rig.control.id, now: rig.bench.now)
    next.persist(in: &reader)
    #expect(next.freeze.isLatched)
    rig.control.releaseFreeze()
    rig.reach(.running)
    #expect(rig.isEnabled)
  }

  @Test("Without its leaving temperature a unit goes on: its own cut-out remains")
  func lostLeavingTemperature() {
    var rig = UnitRig()
    rig.reach(.running)
    rig.bench.lose(rig.unit.evaporator.leaving.point)
    rig.run(.minutes(5))
    #expect(rig.isEnabled)
    #expect(rig.load == 0.8)
  }

  enum Guarded: CaseIterable { case row, settling, stagger, local, tripped, away, wish }

  @Test("Every reason not to start holds the unit, and is named", arguments: Guarded.allCases)
  func guards(_ kind: Guarded) {
    var rig = UnitRig()
    let rule: Rule?
    let later = rig.bench.now + .minutes(2)
    switch kind {
    case .row:
      rig.wish.blockHeld = false
      rule = .blockNotInPosition
    case .settling:
      rig.wish.startsHeldUntil = later
      rule = .restartSettling
    case .stagger:
      rig.wish.staggeredUntil = later
      rule = nil
    case .local:
      rig.bench.show(rig.unit.remote, false)
      rule = .unitLocal
    case .tripped:
      rig.bench.show(rig.unit.tripped, true)
      rule = .unitTripped
    case .away:
      rig.lose()
      rule = .unitAway
    case .wish:
      rig.wish.isWanted = false
      rule = .unitNotWanted
    }
    rig.run(.seconds(119))
    #expect(rig.control.starts == 0)
    #expect(!rig.isEnabled)
    if let rule { #expect(rig.obstacle == rule) }
    guard kind == .settling || kind == .stagger else { return }
    rig.run(.minutes(1))
    #expect(rig.control.starts == 1)
  }

  @Test("What must stop stops at once, however short it has run", arguments: [0.0, 15, 40])
  func mustStop(after seconds: Double) {
    var rig = UnitRig()
    rig.reach(.starting)
    rig.run(.seconds(seconds))
    rig.wish.mustStop = Reason(.emergencyStop, .plant, since: rig.bench.now)
    rig.scan()
    #expect(!rig.isEnabled)
    #expect(rig.bench.board.outputs[rig.unit.enableCommand.point].reason.rule == .emergencyStop)
    rig.run(.minutes(5))
    #expect(rig.control.phase == .stopped)
  }
}
