import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// When recovery goes to the building and when it goes back to the ground.
struct RecoveryChangeTests {
  @Test("RECOVERY-01, RECOVERY-08: to the building once both sides have wanted it for 15 min")
  func entersOnceBothSidesHaveWantedIt() {
    var rig = RecoveryRig()
    rig.run(.minutes(14.9))
    #expect(rig.wanted == .hotWaterFromGround)
    rig.run(.minutes(0.2))
    #expect(rig.wanted == .recovery)
    #expect(rig.control.reason.rule == .recoveryEnter)
  }

  /// Changes used up are `VALVE-13`, the dwell `VALVE-16`.
  enum Obstacle: CaseIterable {
    case noHeatWanted, noCoolingActive, tooLittleCold, tooLittleHeat, loopTooWarm, loopTooCold
    case loopUnknown, loopSwings, tankShort, changesUsedUp, dwell, otherBlockLeaves, meterAway
  }

  @Test(
    "RECOVERY-01, RECOVERY-08: never while one of its conditions is missing",
    arguments: Obstacle.allCases)
  func doesNotEnterAgainstAnObstacle(_ obstacle: Obstacle) {
    var rig = RecoveryRig()
    switch obstacle {
    case .noHeatWanted: rig.situation.hotWanted = false
    case .noCoolingActive: rig.situation.isCoolingActive = false
    case .tooLittleCold: rig.situation.coolingLoad = Kilowatts(150)
    case .tooLittleHeat: rig.situation.heatDemand = Kilowatts(160)
    case .loopTooWarm: rig.situation.chilledReturn = Celsius(24.1)
    case .loopTooCold: rig.situation.chilledReturn = Celsius(8.9)
    case .loopSwings: break
    case .tankShort:
      rig.situation.hotShort = true
      rig.situation.coolingLoad = Kilowatts(480)
    case .loopUnknown: rig.situation.chilledReturn = nil
    case .changesUsedUp: rig.situation.changesLeft = false
    case .dwell: rig.situation.dwellUntil = rig.bench.now + .hours(2)
    case .otherBlockLeaves: rig.situation.mustLetGo = true
    case .meterAway: rig.situation.coolingLoad = nil
    }
    for _ in 0..<5 {
      rig.run(.minutes(12), every: .seconds(5))
      if obstacle == .loopSwings { rig.situation.chilledReturn = Celsius(8) }
      rig.scan()
      if obstacle == .loopSwings { rig.situation.chilledReturn = Celsius(12) }
    }
    #expect(rig.wanted == .hotWaterFromGround)
  }

  @Test("RECOVERY-01: a tank that is short goes along when the building takes all the cold")
  func shortTankGoesAlongWithAFullLoad() {
    var rig = RecoveryRig()
    rig.situation.hotShort = true
    rig.run(.minutes(16))
    #expect(rig.wanted == .recovery)
  }

  @Test("RECOVERY-01: a short dip of the cold meter does not start the wait anew")
  func coolingLoadIsAveraged() {
    var rig = RecoveryRig()
    rig.run(.minutes(10))
    rig.situation.coolingLoad = Kilowatts(0)
    rig.run(.seconds(20))
    rig.situation.coolingLoad = Kilowatts(600)
    rig.run(.minutes(4.9))
    #expect(rig.wanted == .recovery)
  }

  @Test("RECOVERY-06: to the ground after two hours with too little to cool, not before its dwell")
  func leavesAfterTwoHoursWithoutLoad() {
    var rig = RecoveryRig(service: .recovery)
    rig.situation.coolingLoad = Kilowatts(50)
    rig.run(.minutes(119), every: .seconds(5))
    #expect(rig.wanted == .recovery)
    rig.situation.dwellUntil = rig.bench.now + .minutes(30)
    rig.run(.minutes(29), every: .seconds(5))
    #expect(rig.wanted == .recovery)
    rig.run(.minutes(2), every: .seconds(5))
    #expect(rig.wanted == .hotWaterFromGround)
    #expect(rig.control.reason.rule == .recoveryToGround)
  }

  @Test("RECOVERY-06: nothing changes for load while the meter is away")
  func staysWithoutAMeter() {
    var rig = RecoveryRig(service: .recovery)
    rig.situation.coolingLoad = nil
    rig.run(.hours(4), every: .seconds(5))
    #expect(rig.wanted == .recovery)
  }

  @Test("RECOVERY-06: a tank that is short stays with the building as long as that yields")
  func shortTankStaysWhileTheColdSideYields() {
    var rig = RecoveryRig(service: .recovery)
    rig.situation.hotShort = true
    rig.run(.hours(1), every: .seconds(5))
    #expect(rig.wanted == .recovery)
  }

  @Test("RECOVERY-06: a tank that is short goes to the ground when the cold side holds it back")
  func shortTankGoesToTheGround() {
    var rig = RecoveryRig(service: .recovery)
    rig.situation.hotShort = true
    rig.situation.chilledLeaving = Celsius(6.2)
    rig.run(.minutes(16))
    #expect(rig.wanted == .hotWaterFromGround)
    #expect(rig.control.reason.rule == .recoveryToGround)
  }

  @Test("RECOVERY-06: it waits while the ground's water does not fit the evaporator")
  func waitsForFitGroundWater() {
    var rig = RecoveryRig(service: .recovery)
    rig.situation.coolingLoad = Kilowatts(0)
    rig.situation.groundReturn = Celsius(27)
    rig.run(.hours(3), every: .seconds(5))
    #expect(rig.wanted == .recovery)
    rig.situation.groundReturn = Celsius(20)
    rig.scan()
    #expect(rig.wanted == .hotWaterFromGround)
  }

  @Test("VALVE-12: it lets go at once when the other block leaves its row")
  func letsGoAtOnce() {
    var rig = RecoveryRig(service: .recovery)
    rig.situation.dwellUntil = .distantFuture
    rig.situation.mustLetGo = true
    rig.scan()
    #expect(rig.wanted == .hotWaterFromGround)
    #expect(rig.control.reason.rule == .otherBlockDepends)
  }

  @Test(
    "RECOVERY-10: each change is recorded with its reason, its time without heat and its surplus")
  func changesAreRecorded() {
    var rig = RecoveryRig()
    rig.run(.minutes(16))
    #expect(rig.control.ledger.changes.isEmpty)
    rig.situation.service = .recovery
    rig.situation.isHeld = false
    rig.situation.isUnitRunning = false
    rig.run(.minutes(12))
    rig.situation.hotWanted = false
    rig.run(.minutes(1))
    rig.situation.hotWanted = true
    rig.situation.isHeld = true
    rig.run(.minutes(3))
    rig.situation.isUnitRunning = true
    rig.run(.minutes(5))
    rig.control.note(surplus: KilowattHours(7))
    rig.situation.isUnitRunning = false
    rig.run(.minutes(5))
    let change = rig.control.ledger.changes.last
    #expect(rig.control.ledger.changes.count == 1)
    #expect(change?.toRecovery == true)
    #expect(change?.rule == .recoveryEnter)
    #expect(change?.withoutHeat == .minutes(15))
    #expect(change?.surplusCold == KilowattHours(7))
    rig.situation.service = .hotWaterFromGround
    rig.situation.isAutomatic = false
    rig.scan()
    #expect(rig.control.ledger.changes.last?.rule == .modeByOperator)
    for _ in 0..<10 {
      rig.situation.service = rig.situation.service == .recovery ? .hotWaterFromGround : .recovery
      rig.scan()
    }
    #expect(rig.control.ledger.changes.count == RecoveryLedger.limit)
  }

  @Test("RECOVERY-10: the record and the coasting survive a restart")
  func recordSurvivesARestart() {
    var rig = RecoveryRig()
    rig.scan()
    rig.situation.service = .recovery
    rig.run(.minutes(2))
    rig.control.note(surplus: KilowattHours(3))
    var reader = ArchiveReader(rows: ArchiveWriter.rows(of: rig.control))
    var next = RecoveryControl(BlockID(0), now: rig.bench.now)
    next.persist(in: &reader)
    #expect(next.ledger == rig.control.ledger)
    #expect(next.ledger.surplusCold == KilowattHours(3))
    #expect(next.ledger.changes.count == 1)
  }
}
