import PlantModel
import Quantities
import Testing

@testable import FieldModbus

@Suite struct OutputLedgerTests {
  private let point = PointID(0)
  private var ledger = OutputLedger()
  private let spec = PointPlant.make(port: 1, PointPlant.outputs([0], deadBand: 5)).points[0]
  private func at(_ second: Double) -> Instant { Instant(milliseconds: 0) + .seconds(second) }

  private mutating func due(_ wanted: Double, seen: Double? = nil, at second: Double) -> [UInt16]? {
    let sample = seen.map { Sample.judged($0, in: spec.range, at: at(second)) } ?? .neverRead
    return ledger.words(
      for: point, spec, wanted: wanted, seen: sample, status: nil, at: at(second))
  }

  private mutating func write(_ value: Double, at second: Double) -> OutputLedger.News {
    ledger.wrote(point, spec, value, [UInt16(value)], at(second))
  }

  @Test mutating func itIsWrittenOnceAndAgainWhenItLeavesItsDeadBand() {
    #expect(due(100, at: 0) == [100])
    _ = write(100, at: 0)
    #expect(due(100, at: 1) == nil)
    #expect(due(105, at: 1) == nil)
    #expect(due(106, at: 1) == [106])
  }

  @Test(arguments: [(4.0, 0.0), (997.0, 1000.0)])
  mutating func theEndsOfTheRangeAreReachedInsideTheDeadBand(last: Double, end: Double) {
    _ = write(last, at: 0)
    #expect(due(end, at: 1) == [UInt16(end)])
  }

  @Test mutating func aDeviceThatHoldsSomethingElseIsToldAgain() {
    _ = write(100, at: 0)
    #expect(due(100, seen: 100, at: 1) == nil)
    #expect(due(100, seen: 90, at: 1) == [100])
  }

  /// A pump whose remote bit was switched off, a speed beyond what may be asked: both are something else.
  @Test mutating func whatCannotBeAskedForIsSomethingElseToo() {
    _ = write(100, at: 0)
    #expect(due(100, seen: 65_000, at: 1) == [100])
    let nothing = Sample(value: 0, quality: .bad, doubt: .noValue, taken: at(1))
    #expect(
      ledger.words(for: point, spec, wanted: 100, seen: nothing, status: nil, at: at(1)) == [100])
    let lost = Sample(value: 0, quality: .bad, doubt: .noReply, taken: .distantPast)
    #expect(ledger.words(for: point, spec, wanted: 100, seen: lost, status: nil, at: at(1)) == nil)
  }

  @Test mutating func whatWasReadBeforeTheWriteContradictsNothing() {
    _ = write(100, at: 1)
    #expect(due(100, seen: 90, at: 1) == nil)
  }

  @Test mutating func aDeviceThatNeverKeepsAValueIsToldSeldom() {
    let told = (0...3).map { write(100, at: Double($0)) }
    #expect(told == [.nothing, .nothing, .nothing, .notKept])
    #expect(due(100, seen: 90, at: 4) == nil)
    #expect(due(100, seen: 90, at: 62.9) == nil)
    #expect(due(100, seen: 90, at: 63) == [100])
    // Another wish does not wait.
    #expect(due(200, seen: 90, at: 4) == [200])
  }

  @Test mutating func aRefusedWishIsRepeatedOnceThenSeldomAndAnotherOneAtOnce() {
    let first = ledger.refused(point, 100, [100], at(0))
    #expect(due(100, at: 1) == [100])
    let second = ledger.refused(point, 100, [100], at(1))
    let third = ledger.refused(point, 100, [100], at(61))
    #expect([first, second, third] == [false, true, false])
    #expect(due(100, at: 62) == nil)
    #expect(due(200, at: 62) == [200])
    #expect(due(100, at: 121) == [100])
  }

  @Test mutating func afterAReturnEverythingIsToldAgain() {
    _ = write(100, at: 0)
    ledger.forgetAll()
    #expect(due(100, at: 1) == [100])
  }

  @Test mutating func whatTheRegisterCannotHoldIsNeverWritten() {
    #expect(due(70_000, at: 0) == nil)
    #expect(due(.nan, at: 0) == nil)
  }
}
