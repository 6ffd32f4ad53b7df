import Field
import Glibc
import PlantModel
import Quantities
import Testing

@testable import FieldGPIO

/// The lines of a chip: taken, followed, told, lost and taken again.
@Suite struct GPIOBusTests {
  @Test func everyLineIsReadAtOnceAndTheDeviceIsKnown() {
    let rig = GPIORig()
    rig.chips.line(1).state = true
    #expect(!rig.freeze().settled)
    rig.turn()
    #expect(rig.freeze().settled)
    #expect(rig.sample("a.0").value == 0 && rig.sample("a.1").value == 1)
    #expect(rig.sample("a.2").quality == .good && rig.sample("b.5").quality == .good)
    #expect(rig.log == [])
  }

  @Test func anEdgeIsInTheNextImage() {
    let rig = GPIORig()
    rig.turn()
    _ = rig.freeze()
    rig.chips.line(0).drive(true, at: rig.stamp)
    rig.turn(after: 1, readable: [0])
    #expect(rig.sample("a.0").value == 1)
  }

  /// A button that is pressed and let go between two scans is seen by one of them.
  @Test func aStateThatIsUndoneBeforeTheScanIsSeenByOne() {
    let rig = GPIORig()
    rig.turn()
    _ = rig.freeze()
    rig.chips.line(0).drive(true, at: rig.stamp)
    rig.chips.line(0).drive(false, at: rig.stamp + 1)
    rig.turn(after: 1, readable: [0])
    rig.turn(after: 1000)
    #expect(rig.sample("a.0").value == 1)
    #expect(rig.sample("a.0").value == 0)
  }

  @Test func aBouncingContactIsSeenOnceItRests() {
    let rig = GPIORig(debounce: .seconds(0.005))
    rig.turn()
    rig.chips.line(0).drive(true, at: rig.stamp)
    rig.chips.line(0).drive(false, at: rig.stamp + 1_000_000)
    rig.chips.line(0).drive(true, at: rig.stamp + 2_000_000)
    let due = rig.turn(after: 3, readable: [0])
    #expect(due == 4 && rig.sample("a.0").value == 0)
    rig.turn(after: due)
    #expect(rig.sample("a.0").value == 1)
  }

  /// The level is read once a second: an edge that never came is made good.
  @Test func aLostEdgeIsMadeGoodByTheLevel() {
    let rig = GPIORig()
    rig.turn()
    _ = rig.freeze()
    rig.chips.line(0).state = true
    rig.turn(after: 999)
    #expect(rig.sample("a.0").value == 0)
    rig.turn(after: 1)
    #expect(rig.sample("a.0").value == 1)
  }

  @Test func pulsesAreCountedAndLostOnesTold() {
    let rig = GPIORig()
    rig.turn()
    for pulse in 0..<10 {
      rig.chips.line(2).drive(true, at: rig.stamp + UInt64(pulse))
    }
    rig.turn(after: 50, readable: [2])
    #expect(rig.sample("a.2").value == 10 && rig.sample("a.2").quality == .good)
    rig.chips.line(2).drive(true, at: rig.stamp)
    rig.chips.line(2).waiting.isFull = true
    rig.turn(after: 50, readable: [2])
    let sample = rig.sample("a.2")
    #expect(sample.value == 11 && sample.quality == .uncertain && sample.doubt == .edgesLost)
    #expect(rig.log.first?.hasPrefix("edgesLost a: pulses of 'a.2' may be missing") == true)
    for _ in 0..<61 { rig.turn() }
    #expect(rig.sample("a.2").quality == .good)
  }

  @Test func anOutputIsTakenOnceItIsDecidedAsItIsDecided() {
    let rig = GPIORig()
    rig.turn()
    #expect(rig.chips.line(3).holders == 0)
    rig.want(["a.3": 1])
    rig.turn(after: 10)
    #expect(rig.chips.line(3).history == [true] && rig.chips.line(4).history == [false])
    rig.want(["a.3": 0])
    rig.turn(after: 10)
    rig.turn(after: 1000)
    #expect(rig.chips.line(3).history == [true, false] && rig.chips.line(4).history == [false])
    #expect(rig.sample("a.3").value == 0)
  }

  @Test func anOutputThatIsMovedByAnotherIsToldAgain() {
    let rig = GPIORig()
    rig.want(["a.3": 1])
    rig.turn()
    rig.chips.line(3).state = false
    rig.turn()
    #expect(rig.chips.line(3).history == [true, true])
    #expect(rig.log == ["writeNotKept a: does not keep what 'a.3' is told"])
  }

  @Test func theEndTellsWhatWasWantedLastAndLetsGo() {
    let rig = GPIORig()
    rig.want(["a.3": 1])
    rig.turn()
    rig.want(["a.3": 0])
    rig.bus.end(writes: true)
    #expect(rig.chips.line(3).history == [true, false])
    #expect((0...5).allSatisfy { rig.chips.line($0).holders == 0 })
  }

  /// What another process holds costs that line and the good name of its device; all else goes on.
  @Test func aLineTakenByAnotherIsAFaultOfItsDevice() {
    let rig = GPIORig()
    rig.chips.refusals[1] = EBUSY
    for _ in 0..<3 { rig.turn() }
    #expect(
      rig.log == [
        "deviceAway a: line 1 ('a.1') is held by another process: gpioinfo names it"
      ])
    #expect(rig.freeze().settled)
    #expect(rig.sample("a.0").isUsable && rig.sample("b.5").isUsable)
    #expect(rig.sample("a.1").quality == .bad)
    rig.chips.refusals = [:]
    rig.turn(after: 2000)
    #expect(rig.log.last == "deviceBack a: its lines are held again")
    #expect(rig.sample("a.1").isUsable)
  }

  /// An error of one line that is held is no reason to let the others go.
  @Test(arguments: [1, 3])
  func aHeldLineThatFailsCostsItselfAndNoOther(_ offset: Int) {
    let rig = GPIORig()
    rig.want(["a.3": 1, "a.4": 1])
    rig.turn()
    rig.chips.line(offset).failure = GPIOFailure(code: ETIMEDOUT)
    rig.want(["a.3": 0, "a.4": 0])
    rig.turn(after: 10, readable: [0, 1])
    #expect(rig.chips.line(4).history == [true, false])
    for _ in 0..<5 { rig.turn() }
    #expect(rig.chips.opened == 1)
    #expect([0, 2, 4, 5].allSatisfy { rig.chips.line($0).holders == 1 })
    #expect(
      rig.log.count == 1 && rig.log[0].hasPrefix("deviceAway a: line \(offset) ('a.\(offset)')"))
    #expect(rig.sample("a.0").isUsable && rig.sample("b.5").isUsable)
    rig.chips.line(offset).failure = nil
    for _ in 0..<10 { rig.turn() }
    #expect(rig.log.last == "deviceBack a: its lines are held again")
    #expect(rig.chips.line(offset).holders == 1)
  }

  @Test(arguments: [ENODEV, EIO])
  func aChipThatIsPulledOutIsTakenAgain(_ code: Int32) {
    let rig = GPIORig()
    rig.want(["a.3": 1])
    rig.turn()
    rig.chips.failure = GPIOFailure(code: ENOENT)
    for offset in 0...5 { rig.chips.line(offset).failure = GPIOFailure(code: code) }
    for _ in 0..<30 { rig.turn() }
    #expect((0...5).allSatisfy { rig.chips.line($0).holders == 0 })
    let missing =
      "there is no GPIO chip 'contacts': gpiodetect lists those that are there"
    #expect(rig.log == ["deviceAway a: \(missing)", "deviceAway b: \(missing)"])
    #expect(rig.sample("a.0").quality == .bad)
    rig.chips.failure = nil
    for offset in 0...5 { rig.chips.line(offset).failure = nil }
    for _ in 0..<60 where !rig.log.contains("deviceBack b: its lines are held again") { rig.turn() }
    #expect(rig.sample("a.0").isUsable)
    #expect(rig.chips.line(3).history == [true, true])
    #expect(rig.sample("a.2").quality == .uncertain)
  }

  @Test(arguments: [
    (ENOENT, "there is no GPIO chip 'contacts': gpiodetect lists those that are there"),
    (
      EACCES,
      "no permission for the GPIO chip 'contacts': its group may use it: usermod -aG gpio wellspring, and restart the service"
    ),
    (EEXIST, "several GPIO chips are labelled 'contacts': name one by its path"),
  ])
  func aChipThatCannotBeOpenedSaysWhatToDo(_ code: Int32, _ text: String) {
    let rig = GPIORig()
    rig.chips.failure = GPIOFailure(code: code)
    for _ in 0..<3 { rig.turn() }
    #expect(rig.log == ["deviceAway a: \(text)", "deviceAway b: \(text)"])
    #expect(rig.freeze().settled)
  }

  /// The same waits as those of a Modbus device.
  @Test func aMissingChipIsTriedSeldomerAndSeldomer() {
    let rig = GPIORig()
    rig.chips.refusals = [0: EBUSY, 5: EBUSY]
    for _ in 0..<100 { rig.turn() }
    let requests = rig.bus.statistics.map(\.failures)
    #expect(requests.allSatisfy { (8...16).contains($0) }, "\(requests)")
  }
}
