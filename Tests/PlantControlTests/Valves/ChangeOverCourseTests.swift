import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// Whole courses of a change-over: as planned, stuck, frozen, restarted.
@Suite struct ChangeOverCourseTests {
  private let winter = ChangeOverRig.winter
  private let summer = ChangeOverRig.summer

  /// Everything ready and summer wanted; scans and strokes until a row holds again.
  private func run(_ rig: inout ChangeOverRig, until phase: ChangeOverPhase, scans: Int = 20) {
    for _ in 0..<scans where rig.state.phase != phase {
      rig.stroke()
      rig.scan()
    }
  }

  private func readyForSummer() throws -> ChangeOverRig {
    var rig = try ChangeOverRig()
    rig.setReady()
    rig.inputs.wanted = summer
    return rig
  }

  @Test("VALVE-07, VALVE-08: the old row is driven and proven closed before the new one is opened")
  func theOldRowIsProvenClosedBeforeTheNewOneIsOpened() throws {
    var rig = try readyForSummer()
    run(&rig, until: .closingOld)
    #expect(rig.told(.close) == "V1 V3 V5 V7")
    rig.stroke()
    rig.set("V3", .between)
    rig.scan()
    #expect(rig.told(.close) == "V1 V3 V5 V7")
    #expect(rig.told(.open) == "")
    rig.set("V3", .closed)
    rig.scan()
    #expect(rig.told(.open) == "V2 V4 V6 V8")
  }

  @Test func aSoundChangeGoesThroughItsPhasesInOrder() throws {
    var rig = try readyForSummer()
    var taken: [ChangeOverTransition] = []
    for _ in 0..<12 {
      if let transition = rig.scan() { taken.append(transition) }
      rig.stroke()
    }
    #expect(
      taken == [
        .changeBegun, .unitsStopped, .waterReady, .flowStopped, .oldClosed, .changeDone,
      ])
    #expect(rig.state.position == summer)
    #expect(rig.told(.open) == "" && rig.told(.close) == "")
  }

  @Test func stuckForHalfAnHourItReopensOnePortOfEachVesselToTheOldCircuit() throws {
    var rig = try readyForSummer()
    run(&rig, until: .openingNew)
    rig.setAll(.closed)
    rig.set("V2", .between)
    rig.scan(after: .seconds(90))
    #expect(rig.state.phase == .stuck)
    var waited = TimeSpan.zero
    while rig.state.phase != .goingBack, waited < .hours(1) {
      rig.scan(after: .seconds(10))
      waited = waited + .seconds(10)
    }
    #expect(waited >= .minutes(28) && waited <= .minutes(33))
    #expect(rig.told(.close) == "V2 V4 V6 V8")
    // V2 is not proven closed: the evaporators have their way out through it, and no other opens.
    #expect(rig.told(.open) == "V5")
  }

  @Test func goingBackWaitsUntilTheWayIsFreeAndThenRestoresTheOldRow() throws {
    var rig = try readyForSummer()
    rig.setAll(.closed)
    rig.set("V2", .between)
    rig.setState(.goingBack, position: winter, target: summer, troubled: .minutes(40))
    rig.inputs.wanted = winter
    for _ in 0..<5 { #expect(rig.scan(after: .minutes(5)) == nil) }
    #expect(rig.told(.open) == "V5")
    rig.set("V2", .closed)
    run(&rig, until: .held)
    #expect(rig.state.phase == .held && rig.state.position == winter)
  }

  @Test func waitingForPressureIsNoFailedValveAndEndsAfterHalfAnHour() throws {
    var rig = try readyForSummer()
    rig.inputs.pressureReady = false
    run(&rig, until: .closingOld)
    rig.stroke()
    #expect(rig.scan(after: .minutes(20)) == nil)
    #expect(rig.state.phase == .closingOld)
    #expect(rig.scan(after: .minutes(10)) == .stuckTooLong)
    #expect(rig.told(.open) == "V1 V5")
  }

  @Test func pressureIsAskedOnlyBeforeTheFirstPortOpens() throws {
    var rig = try readyForSummer()
    run(&rig, until: .openingNew)
    rig.inputs.pressureReady = false
    #expect(rig.scan() == nil)
    #expect(rig.told(.open) == "V2 V4 V6 V8")
  }

  @Test(arguments: ["flow", "dependence", "released", "valve"])
  func anOpeningStopsWhenAnyOfItsGuardsIsLost(lost: String) throws {
    var rig = try readyForSummer()
    run(&rig, until: .openingNew)
    switch lost {
    case "flow": rig.inputs.flowStopped = false
    case "dependence": rig.around.mayEnter = RowSet()
    case "released": rig.around.mayOpen = RowSet()
    default: rig.set("V7", .unknown)
    }
    #expect(rig.scan() == .openingBlocked)
    #expect(rig.told(.open) == "")
  }

  @Test func aRetryAfterDaysAsksForTheWaterAgain() throws {
    var rig = try readyForSummer()
    rig.setAll(.closed)
    rig.setState(.goingBack, position: winter, target: summer, troubled: .minutes(30))
    rig.inputs.isRetry = true
    rig.inputs.waterReady = false
    #expect(rig.scan(after: .days(3)) == .retried)
    rig.inputs.isRetry = false
    for _ in 0..<10 { rig.scan() }
    #expect(rig.state.phase == .waitingForWater)
    #expect(rig.told(.open) == "")
  }

  @Test func aDeviceThatCameBackIsTriedAgainByItselfAfterAsLongAsItWasStuck() throws {
    var rig = try readyForSummer()
    rig.setAll(.closed)
    rig.setState(.goingBack, position: winter, target: summer, troubled: .minutes(30))
    #expect(rig.scan(after: .minutes(29)) == nil)
    rig.set("V4", .unknown)
    #expect(rig.scan(after: .minutes(5)) == nil)
    rig.set("V4", .closed)
    #expect(rig.scan() == .retried)
    run(&rig, until: .held)
    #expect(rig.state.position == summer)
  }

  @Test func aNewWishOnTheWayBackWaitsForTheOldRowAndThenAsksForTheWater() throws {
    var rig = try readyForSummer()
    rig.setAll(.closed)
    rig.setState(.closingOld, position: winter, target: winter, troubled: .zero)
    rig.inputs.waterReady = false
    run(&rig, until: .waitingForWater)
    #expect(rig.state.position == winter && rig.state.target == summer)
    for _ in 0..<10 { rig.scan() }
    #expect(rig.state.phase == .waitingForWater)
  }

  @Test func aRowThatDriftsIsRestoredThoughItsWaterIsOutOfTheWindow() throws {
    var rig = try ChangeOverRig()
    rig.setReady()
    rig.inputs.waterReady = false
    rig.inputs.wanted = winter
    rig.set("V3", .between)
    #expect(rig.scan() == .rowLost)
    rig.set("V1", .closed)
    run(&rig, until: .held)
    #expect(rig.state.phase == .held && rig.state.position == winter)
  }

  @Test func unitsThatCannotBeProvenStoppedDoNotShutWaterInForEver() throws {
    var rig = try ChangeOverRig()
    rig.setAll(.closed)
    rig.setState(.unknown, position: winter, target: summer)
    rig.inputs.wanted = summer
    #expect(rig.scan() == .recoverUnknown)
    #expect(rig.scan(after: .minutes(29)) == nil)
    #expect(rig.scan(after: .minutes(1)) == .stuckTooLong)
    #expect(rig.told(.open) == "V1 V5")
  }

  @Test func aFreezeMovesNothingAndDoesNotUseUpTheStroke() throws {
    var rig = try readyForSummer()
    run(&rig, until: .closingOld)
    rig.setAll(.between)
    rig.inputs.isFrozen = true
    #expect(rig.scan(after: .minutes(10)) == nil)
    #expect(rig.told(.open) == "" && rig.told(.close) == "")
    rig.inputs.isFrozen = false
    #expect(rig.scan(after: .seconds(89)) == nil)
    #expect(rig.told(.close) == "V1 V3 V5 V7")
    #expect(rig.scan(after: .seconds(1)) == .closingTimedOut)
  }

  /// The phase is lost, the goal and the row proven last are kept, the valves are where they are.
  @Test(arguments: ChangeOverPhase.allCases)
  func aRestartInAnyPhaseFinishesTheChange(phase: ChangeOverPhase) throws {
    var rig = try readyForSummer()
    if phase == .stuck || phase == .goingBack {
      rig.setAll(.closed)
      rig.setState(phase, position: winter, target: summer, troubled: .zero)
      rig.scan()
    } else {
      run(&rig, until: phase)
    }
    rig.setState(.unknown, position: rig.state.position, target: rig.state.target)
    rig.scan()
    run(&rig, until: .held)
    if rig.state.position == winter {
      rig.scan()
      run(&rig, until: .held)
    }
    #expect(rig.state.phase == .held && rig.state.position == summer)
  }

  @Test func aRowFoundContradictedAtTheStartIsRestoredInModeOff() throws {
    var rig = try ChangeOverRig()
    rig.set("V2", .between)
    rig.setState(.unknown, position: winter)
    #expect(rig.scan() == .recoverUnknown)
    #expect(rig.told(.close) == "V2")
  }
}
