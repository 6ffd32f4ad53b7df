import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// How hard the unit works, and when it rests.
struct RecoveryLoadTests {
  @Test("TANK-06: the load follows hot water from the least, no faster than its slope")
  func loadFollowsDemandByItsSlope() {
    var rig = RecoveryRig()
    rig.situation.isUnitRunning = false
    rig.run(.minutes(5))
    #expect(rig.control.isWanted)
    #expect(rig.control.load == Fraction(0.25))
    rig.situation.isUnitRunning = true
    var last = rig.control.load
    for _ in 0..<120 {
      rig.scan()
      #expect(rig.control.load.value - last.value <= 0.25 / 60 + 1e-9)
      last = rig.control.load
    }
    #expect(last > Fraction(0.7))
    rig.situation.hotSupply = Celsius(52)
    rig.run(.minutes(15))
    #expect(rig.control.load == Fraction(0.25))
  }

  @Test(
    "RECOVERY-03: the cold side limits the load at once, from full down to the least",
    arguments: [(6.6, 1.0), (6.5, 1.0), (6.25, 0.625), (6.0, 0.25), (5.0, 0.25)])
  func coldSideLimitsTheLoad(_ leaving: Double, _ most: Double) {
    var rig = RecoveryRig(service: .recovery)
    rig.situation.hotSupply = Celsius(30)
    rig.run(.minutes(10))
    #expect(rig.control.load == Fraction(1))
    rig.situation.chilledLeaving = Celsius(leaving)
    rig.scan()
    #expect(abs(rig.control.load.value - most) < 1e-9)
  }

  @Test("RECOVERY-03: on the ground the chilled water limits nothing")
  func groundLimitsNothing() {
    var rig = RecoveryRig()
    rig.situation.hotSupply = Celsius(30)
    rig.situation.chilledLeaving = Celsius(5)
    rig.run(.minutes(10))
    #expect(rig.control.load == Fraction(1))
  }

  @Test("RECOVERY-03: without the leaving temperature the unit stays at its least load")
  func lostSensorMeansLeastLoad() {
    var rig = RecoveryRig(service: .recovery)
    rig.situation.hotSupply = Celsius(30)
    rig.situation.chilledLeaving = nil
    rig.run(.minutes(10))
    #expect(rig.control.load == Fraction(0.25))
    #expect(!rig.control.dropsPool)
  }

  @Test("RECOVERY-03: load comes back by its slope once the cold side allows")
  func loadComesBackByItsSlope() {
    var rig = RecoveryRig(service: .recovery)
    rig.situation.hotSupply = Celsius(30)
    rig.situation.chilledLeaving = Celsius(6)
    rig.run(.minutes(2))
    rig.situation.chilledLeaving = Celsius(8)
    rig.scan()
    #expect(rig.control.load < Fraction(0.26))
    rig.run(.minutes(4))
    #expect(rig.control.load == Fraction(1))
  }

  @Test(
    "RECOVERY-04: the pool is dropped at the least load: 3 min below 6 °C, 1 min below 5 °C",
    arguments: [(5.9, 178, 4), (4.9, 58, 4)])
  func poolIsDropped(_ leaving: Double, _ before: Int, _ more: Int) {
    var rig = RecoveryRig(service: .recovery)
    rig.situation.chilledReturn = Celsius(7)
    rig.situation.chilledLeaving = Celsius(leaving)
    rig.run(.seconds(Double(before)))
    #expect(!rig.control.dropsPool)
    rig.run(.seconds(Double(more)))
    #expect(rig.control.dropsPool)
    rig.situation.chilledLeaving = Celsius(7)
    rig.run(.minutes(5))
    #expect(rig.control.dropsPool)
    rig.situation.chilledReturn = Celsius(11)
    rig.scan()
    #expect(!rig.control.dropsPool)
  }

  @Test("RECOVERY-05: it coasts on the cooling row while the hot water can wait")
  func coastsWhileTheHotWaterCanWait() {
    var rig = RecoveryRig(service: .recovery)
    rig.situation.chilledReturn = Celsius(7)
    rig.situation.chilledLeaving = Celsius(5.5)
    rig.run(.minutes(4))
    #expect(rig.control.isWanted)
    rig.situation.mayCoast = true
    rig.scan()
    #expect(rig.control.isCoasting)
    #expect(!rig.control.isWanted)
    #expect(rig.wanted == .recovery)
    #expect(rig.control.reason.rule == .recoveryCoast)
    rig.situation.chilledReturn = Celsius(12)
    rig.run(.minutes(9))
    #expect(!rig.control.isWanted)
    rig.run(.minutes(2))
    #expect(rig.control.isWanted)
  }

  @Test("RECOVERY-06: hot water that runs short while coasting goes to the ground at once")
  func shortTankEndsCoasting() {
    var rig = RecoveryRig(service: .recovery)
    rig.situation.chilledReturn = Celsius(7)
    rig.situation.chilledLeaving = Celsius(5.5)
    rig.situation.mayCoast = true
    rig.run(.minutes(4))
    #expect(rig.control.isCoasting)
    rig.situation.dwellUntil = .distantFuture
    rig.situation.hotShort = true
    rig.scan()
    #expect(rig.wanted == .hotWaterFromGround)
  }

  @Test("MODE-01: a block that is off wants no unit, whatever it did before")
  func offWantsNoUnit() {
    var rig = RecoveryRig()
    rig.run(.minutes(1))
    #expect(rig.control.isWanted)
    rig.situation.service = .off
    rig.scan()
    #expect(!rig.control.isWanted)
  }

  @Test("RECOVERY-01: heat is stored from the evening hour on, by local time, while cooling is on")
  func storesHeatInTheEvening() {
    var rig = RecoveryRig()
    rig.run(.hours(16.9), every: .seconds(60))
    #expect(!rig.control.isCharging)
    rig.run(.hours(0.2), every: .seconds(60))
    #expect(rig.control.isCharging)
    rig.situation.isCoolingActive = false
    rig.scan()
    #expect(!rig.control.isCharging)
  }
}
