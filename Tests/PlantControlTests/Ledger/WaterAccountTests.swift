import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// Hours of water, and all that is no plain counting: stated, never bridged.
struct WaterAccountTests {
  private let start = Bench.start

  @Test func everyFullHourIsAnEntryOfEachMeter() {
    var rig = WaterRig()
    rig.run(.hours(3) + .seconds(10))
    #expect(rig.entries(.began).map(\.first) == [1_000_044])
    let hours = rig.entries(.hour)
    #expect(hours.map(\.time) == [1, 2, 3].map { start + .hours($0) })
    #expect(hours.map(\.since) == [0, 1, 2].map { start + .hours($0) })
    // The first began with the first reading, 10 s late.
    #expect(hours.map(\.state) == [.partly, .good, .good])
    #expect(hours.map(\.litres) == [15_912, 16_000, 16_000])
    #expect(hours[1].first == hours[0].last && hours[1].last == hours[2].first)
    #expect(rig.entries(.hour, of: 1).map(\.time) == hours.map(\.time))
    #expect(rig.joins() && rig.joins(1))
  }

  @Test func aMeterThatIsAwayIsAGapWithItsDifferenceAndInNoHour() throws {
    var rig = WaterRig()
    rig.run(.hours(1) + .minutes(30))
    rig.away = [0]
    rig.run(.hours(2))
    rig.away = []
    rig.run(.hours(1) + .minutes(30))
    let gap = try #require(rig.entries(.gap).first)
    #expect(rig.entries(.gap).count == 1 && rig.entries(.gap, of: 1).isEmpty)
    #expect(gap.state == .silent)
    #expect(gap.since == start + .hours(1.5))
    // It ends once it was read for a minute.
    #expect(gap.time == start + .hours(3.5) + .seconds(70))
    #expect((32_310...32_312).contains(gap.litres))
    #expect(rig.entries(.hour).map(\.state) == [.partly, .partly, .absent, .partly, .good])
    #expect(rig.entries(.hour)[2].litres == 0)
    #expect(rig.joins())
  }

  @Test func timeInWhichTheDaemonStoodIsAGapOfItsOwn() throws {
    var rig = WaterRig()
    rig.run(.minutes(90))
    rig.restart(after: .hours(5))
    rig.run(.minutes(30) + .seconds(10))
    let gap = try #require(rig.entries(.gap).first)
    #expect(gap.state == .stopped)
    #expect(gap.since == start + .minutes(90))
    #expect((80_310...80_312).contains(gap.litres))
    // The hour in which it ended is there; those in which it never ran are not.
    #expect(
      rig.entries(.hour).map(\.time) == [1, 2, 7].map { start + .hours($0) })
    #expect(rig.entries(.hour).map(\.state) == [.partly, .partly, .partly])
    #expect(rig.joins())
  }

  @Test func aScanThatComesFarTooLateIsNoCountingEither() throws {
    var rig = WaterRig()
    rig.run(.minutes(10))
    rig.pass(.minutes(20))
    rig.run(.minutes(10))
    #expect(rig.entries(.gap).map(\.state) == [.stopped])
  }

  @Test func aCounterThatRollsOverSaysSo() throws {
    var rig = WaterRig(rollOver: CubicMeters(1008))
    rig.run(.hours(2))
    let entry = try #require(rig.entries(.rollOver).first)
    #expect(rig.entries.count { $0.kind != .hour && $0.kind != .began && $0.meter.index == 0 } == 1)
    #expect(entry.first > 1_007_000 && entry.last < 2000)
    #expect(entry.litres == 1_008_000 - entry.first + entry.last)
    #expect(!rig.bench.hasAlarm(.waterMeterDoubtful, .waterMeter(WaterMeterID(0))))
    #expect(rig.joins())
    // The first reading came 10 s late, the last belongs to the hour that goes on.
    let passed: Double = rig.passed[0] * 1000
    #expect(abs(Double(rig.recorded()) - passed) < 95)
  }

  @Test func itRollsOverWhileTheDaemonStoodTooButOnlyAsFarAsItCan() throws {
    for (span, kind) in [(0.5, LedgerEntry.Kind.rollOver), (30, .gap)] {
      var rig = WaterRig(rollOver: CubicMeters(1008))
      rig.run(.minutes(20))
      rig.restart(after: .hours(span))
      if kind == .gap { rig.counters[0] = 1006 }
      rig.run(.minutes(5))
      #expect(rig.entries(kind).count == 1)
    }
  }

  @Test("LEDGER-01: a counter that goes back is a reset: what came between is not known")
  func aCounterThatGoesBackIsAReset() throws {
    var rig = WaterRig()
    rig.run(.minutes(30))
    let before = rig.recorded()
    rig.counters[0] = 0
    rig.run(.minutes(31))
    let entry = try #require(rig.entries(.reset).first)
    #expect(entry.litres == 0 && entry.last < 1000 && entry.first > 1_007_000)
    #expect(entry.state == .unsteady)
    #expect(rig.bench.hasAlarm(.waterMeterDoubtful, .waterMeter(WaterMeterID(0))))
    #expect(!rig.bench.hasAlarm(.waterMeterDoubtful, .waterMeter(WaterMeterID(1))))
    #expect(before == 0 && rig.joins())
    rig.run(.days(1))
    #expect(!rig.bench.hasAlarm(.waterMeterDoubtful, .waterMeter(WaterMeterID(0))))
  }

  @Test("LEDGER-01: a counter that jumps further than the meter can is implausible and not counted")
  func aJumpIsNotCounted() throws {
    var rig = WaterRig()
    rig.run(.minutes(30))
    rig.counters[0] += 500
    rig.run(.minutes(31))
    let entry = try #require(rig.entries(.implausible).first)
    #expect(entry.litres == 0 && entry.last - entry.first > 499_000)
    #expect(rig.bench.hasAlarm(.waterMeterDoubtful, .waterMeter(WaterMeterID(0))))
    #expect(rig.joins())
  }

  @Test func aSingleFalseValueCostsNoWater() throws {
    for value in [0.0, 99_000] {
      var rig = WaterRig()
      rig.run(.minutes(30))
      let right = rig.counters[0]
      rig.counters[0] = value
      rig.scan()
      rig.counters[0] = right
      rig.run(.minutes(31))
      #expect(rig.entries(.gap).map(\.state) == [.unsteady])
      #expect(rig.entries(.reset).isEmpty && rig.entries(.implausible).isEmpty)
      let passed: Double = rig.passed[0] * 1000
      #expect(abs(Double(rig.recorded()) - passed) < 400)
    }
  }

  @Test func aMeterThatFlickersMakesOneEntryAMinuteAtMost() {
    var rig = WaterRig()
    for second in 0..<7200 {
      rig.away = second % 4 < 2 ? [0] : []
      rig.pass(.seconds(1))
      rig.scan()
    }
    #expect(rig.entries(.gap).count <= 1)
    rig.away = []
    rig.run(.minutes(61))
    #expect(rig.entries(.gap).count == 1)
    #expect(rig.joins())
  }

  @Test func aMeterOfCoarsePulsesIsNoBrokenCounter() {
    var rig = WaterRig(pulse: 1000)
    rig.run(.hours(4))
    #expect(rig.entries.allSatisfy { $0.kind == .hour || $0.kind == .began })
    #expect(rig.entries(.hour).dropFirst().allSatisfy { (15_000...17_000).contains($0.litres) })
  }
}
