import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// When a circuit is filled, and when not.
struct MakeUpTests {
  @Test("MAKEUP-01, MAKEUP-02: filled from the low end of the band to the high end")
  func fillsThroughItsBand() {
    var rig = MakeUpRig()
    let cycles: [(pressure: Double, fills: Bool)] = [
      (245, false), (230, false), (229, true), (245, true), (259, true), (260, false),
      (245, false), (229, true),
    ]
    for cycle in cycles {
      rig.pressure(cycle.pressure)
      rig.scan()
      #expect(rig.fills == cycle.fills, "at \(cycle.pressure) kPa")
    }
  }

  @Test("MAKEUP-03: a fill that lasts too long stops until the pressure is back by other means")
  func longFillStops() {
    var rig = MakeUpRig()
    rig.pressure(220)
    rig.run(.seconds(121))
    #expect(rig.fills)
    rig.run(.seconds(2))
    #expect(!rig.fills)
    #expect(rig.rule == .fillTooLong)
    #expect(rig.hasAlarm(.fillTooLong))
    rig.run(.hours(1), every: .seconds(10))
    #expect(!rig.fills)
    rig.pressure(231)
    rig.scan()
    #expect(!rig.hasAlarm(.fillTooLong))
    rig.pressure(229)
    rig.scan()
    #expect(rig.fills)
  }

  @Test("MAKEUP-03: a restart does not release a fill that lasted too long")
  func restartDoesNotReleaseALock() {
    var rig = MakeUpRig()
    rig.pressure(220)
    rig.run(.seconds(125))
    var reader = ArchiveReader(rows: ArchiveWriter.rows(of: rig.control))
    rig.control = MakeUpControl(0, plant: rig.bench.plant, now: rig.bench.now)
    rig.control.persist(in: &reader)
    rig.scan()
    #expect(!rig.fills)
  }

  @Test("MAKEUP-04: an empty soft-water tank stops filling and is an alarm")
  func emptyTankStopsFilling() {
    var rig = MakeUpRig()
    rig.pressure(229)
    rig.scan()
    #expect(rig.fills)
    rig.bench.show(rig.makeUp.tankLevel, false)
    rig.scan()
    #expect(!rig.fills)
    #expect(rig.rule == .fillTankEmpty)
    #expect(rig.hasAlarm(.fillTankEmpty))
  }

  @Test("MAKEUP-05: nothing is filled without the pressure or the level", arguments: [true, false])
  func nothingIsFilledBlindly(_ losesPressure: Bool) {
    var rig = MakeUpRig()
    rig.pressure(229)
    rig.scan()
    rig.bench.lose(losesPressure ? rig.circuit.pressure.point : rig.makeUp.tankLevel.point)
    rig.scan()
    #expect(!rig.fills)
    #expect(rig.rule == .fillSensorLost)
    #expect(!rig.hasAlarm(.fillTankEmpty))
  }

  @Test("PUMP-11: too little pressure holds the pumps until the alarm is gone as well")
  func tooLittlePressureHoldsThePumps() {
    var rig = MakeUpRig()
    let cycles: [(pressure: Double, low: Bool, alarm: Bool)] = [
      (149, false, true), (101, false, true), (99, true, true), (149, true, true),
      (151, false, false),
    ]
    for cycle in cycles {
      rig.pressure(cycle.pressure)
      rig.scan()
      #expect(rig.control.isTooLow == cycle.low, "at \(cycle.pressure) kPa")
      #expect(rig.hasAlarm(.pressureLow) == cycle.alarm)
      #expect(rig.hasAlarm(.pressureCutOff) == cycle.low)
    }
    rig.pressure(90)
    rig.scan()
    rig.bench.lose(rig.circuit.pressure.point)
    rig.scan()
    #expect(rig.control.isTooLow)
  }
}
