import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// No failure loses a litre: over any course of silence, kills, roll-overs and changes of flow,
/// what the entries add up to is what passed.
struct WaterLossTests {
  @Test(arguments: 0..<40)
  func whateverHappensTheEntriesAddUpToWhatPassed(_ seed: UInt64) throws {
    var random = Random(state: seed)
    var rig = WaterRig(rollOver: CubicMeters(1100))
    rig.run(.seconds(10))
    let began = rig.passed
    for _ in 0..<30 {
      switch random.next(below: 5) {
      case 0: rig.away.formSymmetricDifference([random.next(below: 2)])
      case 1: rig.restart(after: .seconds(Double(1 + random.next(below: 7200))))
      case 2: rig.flows = [Double(random.next(below: 40)), Double(random.next(below: 40))]
      default: break
      }
      rig.run(.seconds(Double(10 * (1 + random.next(below: 300)))))
    }
    rig.away = []
    rig.flows = [0, 0]
    rig.run(.hours(2))
    for meter in 0..<2 {
      let passed = (rig.passed[meter] - began[meter]) * 1000
      #expect(abs(Double(rig.recorded(meter)) - passed) <= 1.5, "meter \(meter)")
      #expect(rig.joins(meter), "meter \(meter)")
    }
    #expect(rig.entries.map(\.time) == rig.entries.map(\.time).sorted())
    #expect(rig.entries.allSatisfy { $0.kind != .reset && $0.kind != .implausible })
  }

  /// SplitMix64.
  private struct Random {
    var state: UInt64
    mutating func next(below bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((z ^ (z >> 31)) % UInt64(bound))
    }
  }

  @Test func aMeterThatIsNewInTheConfigurationBeginsByItself() {
    var rig = WaterRig()
    rig.away = [1]
    rig.run(.hours(1) + .seconds(10))
    #expect(rig.entries(.began, of: 1).isEmpty)
    #expect(rig.entries(.hour, of: 1).map(\.state) == [.absent])
    rig.away = []
    rig.run(.hours(1))
    #expect(rig.entries(.began, of: 1).count == 1)
    #expect(rig.entries(.hour, of: 1).map(\.state) == [.absent, .partly])
  }
}

/// A person puts another meter in.
struct MeterReplacementTests {
  @Test("LEDGER-02: told while the meter is silent, the counter goes on from the new reading")
  func whileItIsSilent() throws {
    var rig = WaterRig()
    rig.run(.minutes(30))
    rig.flows[0] = 0
    rig.away = [0]
    rig.run(.minutes(10))
    rig.counters[0] = 3
    let told1 = rig.replace(0, reading: 3)
    #expect(told1)
    rig.away = []
    rig.flows[0] = 16
    rig.run(.hours(1))
    let entry = try #require(rig.entries(.replaced).first)
    #expect(entry.last == 3000 && entry.litres == 0 && entry.state == .byHand)
    #expect(rig.entries(.reset).isEmpty && rig.entries(.implausible).isEmpty)
    let gap = try #require(rig.entries(.gap).first)
    #expect(gap.first == 3000 && gap.litres > 0)
    #expect(rig.joins())
  }

  @Test(
    "LEDGER-02: told after its counter was seen to go back, the water since it went in is added")
  func afterItsCounterWasTakenOver() throws {
    var rig = WaterRig()
    rig.run(.minutes(30))
    rig.counters[0] = 5.5
    rig.run(.minutes(10))
    let reset = try #require(rig.entries(.reset).first)
    #expect(rig.bench.hasAlarm(.waterMeterDoubtful, .waterMeter(WaterMeterID(0))))
    // Beyond what was read first it cannot have begun.
    let told2 = rig.replace(0, reading: 9)
    #expect(!told2)
    let told3 = rig.replace(0, reading: 5)
    #expect(told3)
    let entry = try #require(rig.entries(.replaced).first)
    #expect(entry.litres == reset.last - 5000)
    rig.run(.minutes(30))
    #expect(!rig.bench.hasAlarm(.waterMeterDoubtful, .waterMeter(WaterMeterID(0))))
    #expect(rig.joins())
  }

  @Test func toldBeforeItIsReadTheNextReadingsAreHeldAgainstIt() throws {
    var rig = WaterRig()
    rig.run(.minutes(30))
    let told4 = rig.replace(0, reading: 0)
    #expect(told4)
    rig.counters[0] = 0
    rig.run(.minutes(40))
    #expect(
      rig.entries.filter { $0.meter.index == 0 }.map(\.kind) == [.began, .replaced, .gap, .hour])
    #expect(rig.entries(.gap).map(\.state) == [.byHand])
    #expect(rig.joins())
  }

  @Test("LEDGER-02: with the old meter's last reading no litre is missing, told early or late")
  func withTheOldMetersLastReading() throws {
    for isEarly in [true, false] {
      var rig = WaterRig()
      rig.run(.minutes(30))
      rig.away = [0]
      rig.pass(.minutes(10))
      rig.scan()
      let old = rig.counters[0]
      // The new one counts ten minutes before it is read.
      rig.counters[0] = 5
      rig.pass(.minutes(10))
      rig.away = []
      if isEarly {
        let isTaken = rig.replace(0, reading: 5, old: old)
        #expect(isTaken)
      }
      rig.run(.minutes(30))
      if !isEarly {
        for (reading, last) in [(5.0, 1001.0), (5, 9999), (-50, old)] {
          let isTaken = rig.replace(0, reading: reading, old: last)
          #expect(!isTaken)
        }
        let isTaken = rig.replace(0, reading: 5, old: old)
        #expect(isTaken)
      }
      rig.flows[0] = 0
      rig.run(.hours(1))
      // But for the 10 s before the first reading.
      let passed: Double = rig.passed[0] * 1000 - 44.4
      #expect(abs(Double(rig.recorded()) - passed) < 2)
      #expect(rig.joins())
    }
  }

  @Test func aMeterThatWasNeverReadHasNoOldReading() {
    var rig = WaterRig()
    let isTaken = rig.replace(0, reading: 0, old: 7)
    #expect(!isTaken)
    #expect(rig.entries.isEmpty)
  }
}
