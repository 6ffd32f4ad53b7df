import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// Meters that are away, come back, jump or roll over.
struct MeterGapTests {
  @Test("LOSS-01: a meter that was away adds what its counter went on, and the gap is counted")
  func counterFillsTheGap() {
    var rig = EnergyRig()
    rig.set(.units, 100)
    rig.set(.main, 517)
    rig.run(.minutes(30))
    rig.away = [EnergyRig.Meter.units.rawValue]
    rig.run(.minutes(30))
    #expect(isClose(rig.account.total(of: .coolingOnly).units.value, 50))
    #expect(rig.account.gap == .minutes(30))
    rig.away = []
    rig.run(.minutes(30))
    #expect(isClose(rig.account.total(of: .coolingOnly).units.value, 150))
    #expect(rig.account.gap == .minutes(30))
    #expect(rig.account.window.units.value < 17)
  }

  @Test("LOSS-01: a counter that is not read again yet adds nothing until it is")
  func oldCounterAddsNothing() {
    var meter = MeterWatch("units")
    _ = meter.step(
      power: Kilowatts(100), counter: (KilowattHours(10), Bench.start), most: Kilowatts(4000),
      .seconds(1), Bench.start)
    let back = Bench.start + .hours(1)
    let old = meter.step(
      power: Kilowatts(100), counter: (KilowattHours(10), Bench.start), most: Kilowatts(4000),
      .seconds(1), back)
    #expect(old?.late == .zero)
    let fresh = meter.step(
      power: Kilowatts(100), counter: (KilowattHours(110), back + .seconds(1)),
      most: Kilowatts(4000), .seconds(1), back + .seconds(1))
    #expect(isClose(fresh?.late.value, 100 - 200.0 / 3600))
  }

  @Test(
    "A counter that went back, or jumped further than can be, is no energy",
    arguments: [0.0, 900_000])
  func falseCountersAreNoEnergy(_ counter: Double) {
    var rig = EnergyRig()
    rig.set(.units, 100)
    rig.run(.minutes(30))
    rig.away = [EnergyRig.Meter.units.rawValue]
    rig.run(.minutes(30))
    rig.away = []
    rig.counters[EnergyRig.Meter.units.rawValue] = counter
    rig.run(.minutes(30))
    #expect(isClose(rig.account.total(of: .idle).units.value, 100))
  }

  @Test("A restart counts the time it took as a gap and its energy by the counters")
  func restartIsAGap() {
    var rig = EnergyRig()
    rig.set(.units, 100)
    rig.set(.main, 517)
    rig.run(.minutes(30))
    let rows = ArchiveWriter.rows(of: rig.account)
    rig.pass(.hours(2))
    rig.account = EnergyAccount(plant: rig.bench.plant, now: rig.bench.now)
    var reader = ArchiveReader(rows: rows)
    rig.account.persist(in: &reader)
    rig.run(.minutes(30))
    #expect(isClose(rig.account.total(of: .coolingOnly).units.value, 300))
    #expect(isClose(rig.account.total(of: .coolingOnly).cold.value, 517 * 3))
    #expect(rig.account.gap == .hours(2))
    #expect(reader.unreadable.isEmpty)
  }

  @Test("A meter whose power does not fit its counter shows by how much")
  func deviationShows() {
    var rig = EnergyRig()
    rig.set(.units, 100)
    rig.run(.minutes(30))
    #expect(rig.account.deviation(of: MeterID(3)) == nil)
    rig.run(.hours(2))
    #expect(abs(rig.account.deviation(of: MeterID(3))?.value ?? 1) < 0.01)
    rig.set(.units, 300)
    for _ in 0..<1000 {
      rig.counters[3] -= 200 * (10.0 / 3600)
      rig.scan(after: .seconds(10))
    }
    #expect((rig.account.deviation(of: MeterID(3))?.value ?? 0) > 0.5)
  }
}
