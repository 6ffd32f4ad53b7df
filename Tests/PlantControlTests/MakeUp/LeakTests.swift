import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// A loss that is none, and one that is.
struct LeakTests {
  @Test("20 m³ of water from 5 to 30 °C grow by about 86 L")
  func waterExpands() {
    let growth = LeakWatch.expansion(at: Celsius(30)) - LeakWatch.expansion(at: Celsius(5))
    #expect(abs(growth * 20_000 - 86) < 4)
  }

  @Test(
    "Expansion agrees with the tables",
    arguments: [
      (10.0, 0.00030), (20, 0.00180), (30, 0.00437), (40, 0.00784), (50, 0.01210), (60, 0.01709),
    ])
  func expansionAgreesWithTables(_ temperature: Double, _ table: Double) {
    let error = LeakWatch.expansion(at: Celsius(temperature)) - table
    #expect(abs(error) < max(0.03 * table, 0.00005))
  }

  @Test("MAKEUP-03: more than half a percent a day is a leak: alarm, and no more of it that day")
  func lossIsALeak() {
    var rig = MakeUpRig()
    rig.run(.hours(1), every: .seconds(10))
    rig.filled(0.09)
    rig.scan()
    #expect(!rig.hasAlarm(.leakSuspected))
    rig.filled(0.11)
    rig.pressure(229)
    rig.scan()
    #expect(rig.hasAlarm(.leakSuspected))
    #expect(!rig.fills)
    #expect(rig.rule == .fillTooLong)
    rig.pressure(240)
    rig.run(.hours(23.1), every: .seconds(30))
    rig.pressure(229)
    rig.scan()
    rig.scan()
    #expect(rig.fills)
    #expect(rig.hasAlarm(.leakSuspected))
    rig.pressure(261)
    rig.run(.hours(25), every: .seconds(30))
    #expect(!rig.hasAlarm(.leakSuspected))
  }

  @Test("MAKEUP-03: what cooling down takes is no loss")
  func contractionIsNoLoss() {
    var rig = MakeUpRig()
    rig.temperature(45)
    rig.scan()
    rig.temperature(10)
    rig.filled(0.18)
    rig.scan()
    #expect(!rig.hasAlarm(.leakSuspected))
    #expect(abs(rig.control.leak.loss.value) < 0.05)
  }

  @Test("MAKEUP-03: water that was filled while it was cold and is still there is no loss")
  func fillThatIsStillThereIsNoLoss() {
    var rig = MakeUpRig()
    rig.scan()
    rig.temperature(10)
    rig.filled(0.15)
    rig.scan()
    rig.temperature(30)
    rig.pressure(290)
    rig.scan()
    #expect(!rig.hasAlarm(.leakSuspected))
    rig.pressure(240)
    rig.scan()
    #expect(rig.hasAlarm(.leakSuspected))
  }

  @Test("MAKEUP-03: a loss that warming hides is seen")
  func hiddenLossIsSeen() {
    var rig = MakeUpRig()
    rig.temperature(10)
    rig.scan()
    rig.temperature(45)
    rig.scan()
    #expect(rig.hasAlarm(.leakSuspected))
  }

  @Test("MAKEUP-03: the first fill and a new meter are no loss")
  func firstFillIsNoLoss() {
    var rig = MakeUpRig()
    rig.pressure(20)
    rig.run(.minutes(1))
    rig.filled(15)
    rig.pressure(245)
    rig.scan()
    rig.scan()
    #expect(!rig.hasAlarm(.leakSuspected))
    rig.filled(0)
    rig.scan()
    rig.scan()
    #expect(!rig.hasAlarm(.leakSuspected))
    rig.filled(0.2)
    rig.scan()
    #expect(rig.hasAlarm(.leakSuspected))
  }

  @Test("The day of the watch survives a restart")
  func dayOfTheWatchSurvivesARestart() {
    var rig = MakeUpRig()
    rig.run(.hours(1), every: .seconds(10))
    var reader = ArchiveReader(rows: ArchiveWriter.rows(of: rig.control))
    rig.control = MakeUpControl(0, plant: rig.bench.plant, now: rig.bench.now)
    rig.control.persist(in: &reader)
    rig.filled(0.11)
    rig.scan()
    #expect(rig.hasAlarm(.leakSuspected))
  }
}
