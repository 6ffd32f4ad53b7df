import PlantModel
import Quantities
import Testing

@testable import PlantControl

@Suite struct HeatRecoveryTests {
  /// RECOVERY-11.
  @Test func aDesuperheaterAsksForItsPumpWhileUnitAndTankWant() {
    var rig = HeatRecoveryRig(desuperheater: true)
    rig.scan()
    #expect(rig.control.wantsFlow)
    rig.around.wantsHeat = false
    rig.scan()
    #expect(!rig.control.wantsFlow)
    rig.around.wantsHeat = true
    rig.around.phase = .stopped
    rig.scan()
    #expect(!rig.control.wantsFlow)
    #expect(rig.control.claim == .none)
  }

  /// RECOVERY-12.
  @Test func aUnitIsTurnedOnceFlowIsProvenAndBackOnceItsOwnCondenserHasIt() {
    var rig = HeatRecoveryRig()
    rig.scan()
    #expect(rig.control.wantsFlow && !rig.isTold)
    rig.run(.seconds(5))
    #expect(rig.control.phase == .turned && rig.isTold)
    #expect(rig.control.reason.rule == .secondCondenser)
    rig.hasOwnFlow = false
    rig.asking.wantsHeat = false
    rig.run(.minutes(11))
    #expect(rig.control.phase == .returning && rig.isTold)
    rig.hasOwnFlow = true
    rig.scan()
    #expect(rig.control.phase == .apart && !rig.isTold)
  }

  /// RECOVERY-13.
  @Test func hotWaterAloneAsksOnlyWhileTheChilledWaterTakesTheCold() {
    var rig = HeatRecoveryRig()
    rig.scan()
    #expect(rig.control.claim == .taken)
    rig.asking.isCooling = true
    rig.asking.isColdWanted = true
    rig.scan()
    #expect(rig.control.claim == .shared)
    rig.asking.isColdWanted = false
    rig.asking.chilledReturn = Celsius(9)
    rig.scan()
    #expect(rig.control.claim == .shared, "it has been warm enough before")
    var cold = HeatRecoveryRig()
    cold.asking = rig.asking
    cold.scan()
    #expect(cold.control.claim == .none)
    cold.asking.chilledReturn = Celsius(11.5)
    cold.scan()
    #expect(cold.control.claim == .shared)
    #expect(Rule.hotWaterAlone.rawValue == "RECOVERY-13")
  }

  /// RECOVERY-14.
  @Test func itStaysForItsDwellTime() {
    var rig = HeatRecoveryRig()
    rig.run(.seconds(5))
    rig.asking.wantsHeat = false
    rig.run(.minutes(9))
    #expect(rig.control.phase == .turned)
    rig.run(.minutes(2))
    #expect(rig.control.phase == .apart)
    rig.asking.wantsHeat = true
    rig.run(.minutes(8))
    #expect(rig.control.phase == .apart && rig.control.wantsFlow)
    let shown = rig.bench.board.outputs[rig.recovery.command!.point].reason
    #expect(shown.rule == .secondCondenserDwell && shown.until > rig.bench.now)
    rig.run(.minutes(2))
    #expect(rig.control.phase == .turned)
    #expect(rig.parameters.secondCondenserDwell == .minutes(10))
  }

  /// RECOVERY-15.
  @Test func tooHotTurnsBackAtOnceOrStopsTheUnit() {
    var rig = HeatRecoveryRig()
    rig.run(.minutes(1))
    rig.hasOwnFlow = false
    rig.leaving = Celsius(58)
    rig.run(.seconds(2))
    #expect(rig.control.phase == .returning)
    #expect(rig.control.reason.rule == .secondCondenserHot)
    #expect(rig.control.mustStop(rig.parameters, rig.bench.now) == nil)
    rig.run(.minutes(3))
    #expect(
      rig.control.mustStop(rig.parameters, rig.bench.now)?.rule == .secondCondenserHot)
    rig.hasOwnFlow = true
    rig.scan()
    #expect(rig.control.phase == .apart)
    rig.run(.minutes(9))
    #expect(rig.control.claim == .none)
  }

  /// RECOVERY-16.
  @Test func withoutFlowItIsNeverTurned() {
    var rig = HeatRecoveryRig()
    rig.hasFlow = false
    for _ in 0..<600 {
      rig.scan()
      #expect(!rig.isTold)
    }
    #expect(rig.control.claim == .none)
    #expect(rig.bench.hasAlarm(.flowLost, .unit(rig.control.unit)))
  }

  @Test func lostFlowOrConfirmationTurnsBackInTheSameScan() {
    for losesFlow in [true, false] {
      var rig = HeatRecoveryRig()
      rig.run(.minutes(1))
      #expect(rig.isTold)
      if losesFlow { rig.hasFlow = false } else { rig.confirms = false }
      rig.scan()
      #expect(!rig.isTold)
      #expect(rig.control.reason.rule == .secondCondenserUnproven)
      rig.hasFlow = true
      rig.confirms = true
      rig.run(.minutes(29))
      #expect(!rig.isTold)
      #expect(rig.bench.hasAlarm(.flowLost, .unit(rig.control.unit)))
      rig.run(.minutes(2))
      #expect(rig.isTold)
    }
  }

  @Test func aTurnThatIsNotConfirmedIsGivenUp() {
    var rig = HeatRecoveryRig()
    rig.confirms = false
    rig.run(.minutes(1))
    #expect(rig.control.phase == .turning)
    rig.run(.minutes(1))
    #expect(rig.control.phase == .apart)
    #expect(rig.control.reason.rule == .secondCondenserUnproven)
  }

  @Test func aStartedControllerGoesOnWithATurnedUnit() {
    var rig = HeatRecoveryRig()
    rig.bench.showRegister(of: rig.recovery.command!, 1)
    rig.bench.show(rig.recovery.flowProof, true)
    rig.control.takeOver(plant: rig.bench.plant, image: rig.bench.image)
    #expect(rig.control.phase == .turned)
    var dry = HeatRecoveryRig()
    dry.bench.showRegister(of: dry.recovery.command!, 1)
    dry.bench.show(dry.recovery.flowProof, false)
    dry.control.takeOver(plant: dry.bench.plant, image: dry.bench.image)
    #expect(dry.control.phase == .apart)
  }

  /// A unit that falls silent may still be turned: both its condensers keep their water. (UNIT-18)
  @Test func aSilentUnitKeepsItsWater() {
    var rig = HeatRecoveryRig()
    rig.run(.minutes(1))
    rig.isHeard = false
    rig.around.phase = .stopping
    rig.run(.minutes(5))
    #expect(!rig.isTold && rig.control.wantsFlow)
    rig.isHeard = true
    rig.run(.seconds(2))
    #expect(!rig.control.wantsFlow)
  }

  @Test func anEmergencyStopTurnsBack() {
    var rig = HeatRecoveryRig()
    rig.run(.minutes(1))
    rig.around.isStopped = true
    rig.scan()
    #expect(!rig.isTold)
  }

  /// Both condensers need flow while the unit does not say that it is where it was told.
  @Test func theMonitorSeesAUnitThatIsTurnedWithoutFlow() {
    var rig = HeatRecoveryRig()
    let age = rig.parameters.proofMaximumAge
    let command = rig.recovery.command!
    let reason = Reason(.secondCondenser, .plant, since: rig.bench.now)
    for told in [false, true] {
      for shown in [false, true] {
        for own in [false, true] {
          for hot in [false, true] {
            rig.bench.show(rig.unit.evaporator.flowProof, true)
            rig.bench.show(rig.unit.condenser.flowProof, own)
            rig.bench.show(rig.recovery.flowProof, hot)
            if case .secondCondenser(_, let confirmed?) = rig.recovery.kind {
              rig.bench.show(confirmed, shown)
            }
            rig.bench.board.begin()
            rig.bench.board.outputs.decide(rig.unit.enableCommand, true, reason)
            rig.bench.board.outputs.decide(command, told, reason)
            let isSound = told == shown ? (told ? hot : own) : own && hot
            let found = rig.unit.lacksFlow(rig.bench.board.outputs, rig.bench.image, within: age)
            #expect(found == !isSound)
            let violation = SafetyProperty.noUnitWithoutFlow.violation(
              plant: rig.bench.plant, image: rig.bench.image, outputs: rig.bench.board.outputs)
            #expect((violation != nil) == !isSound)
          }
        }
      }
    }
  }
}
