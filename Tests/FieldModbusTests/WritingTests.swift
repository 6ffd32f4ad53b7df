import PlantModel
import Quantities
import Testing

@testable import FieldModbus

/// What devices ask for beyond being told once: their state machines, permanent memory and watchdogs.
@Suite struct WritingTests {
  private let point = PointID(0)
  private var ledger = OutputLedger()
  private var isSpent = false

  /// A CiA 402 drive's command: 7 stops, 15 runs, by way of 6 and 7.
  private static let command: Point = {
    var point = PointPlant.make(
      PointPlant.outputs([0])
    ).points[0]
    point.unit = .digital
    point.range = 0...1
    point.register = Register(table: .holding, address: 0, format: .u16, words: [7, 15])
    point.writing = Writing(
      status: PointID(1),
      steps: [
        Writing.Step(mask: 0x6F, states: [0x40, 0x50], word: 6),
        Writing.Step(mask: 0x6F, states: [0x21, 0x31], word: 7),
      ])
    return point
  }()

  private static func value(_ change: (inout Writing) -> Void) -> Point {
    var point = PointPlant.make(PointPlant.outputs([0])).points[0]
    change(&point.writing)
    return point
  }

  private func at(_ second: Double) -> Instant { Instant(milliseconds: 0) + .seconds(second) }

  private mutating func tell(
    _ spec: Point, _ wanted: Double, at second: Double, status: Double? = nil, seen: Double? = nil
  ) -> (words: [UInt16]?, news: OutputLedger.News) {
    let sample = { [at] (value: Double?) in
      value.map { Sample.judged($0, in: -1e9...1e9, at: at(second - 0.1)) } ?? .neverRead
    }
    let words = ledger.words(
      for: point, spec, wanted: wanted, seen: sample(seen), status: sample(status), at: at(second))
    guard let words else { return (nil, .nothing) }
    isSpent = ledger.sent(point, spec, at(second))
    return (words, ledger.wrote(point, spec, wanted, words, at(second)))
  }

  @Test mutating func aDriveIsLedThroughItsStatesByItsStatus() {
    let drive = WritingTests.command
    #expect(tell(drive, 1, at: 0, status: 0x250).words == [6])
    #expect(tell(drive, 1, at: 0.05, status: 0x250).words == nil)
    #expect(tell(drive, 1, at: 1, status: 0x231).words == [7])
    #expect(tell(drive, 1, at: 2, status: 0x233).words == [15])
    #expect(tell(drive, 1, at: 3, status: 0x237).words == nil)
    // It lost its supply and begins anew.
    #expect(tell(drive, 1, at: 4, status: 0x250).words == [6])
    #expect(tell(drive, 0, at: 5, status: 0x231).words == [7])
  }

  @Test mutating func withoutItsStatusADriveIsStoppedAtOnceAndNeverStarted() {
    let drive = WritingTests.command
    #expect(tell(drive, 1, at: 0).words == nil)
    #expect(tell(drive, 1, at: 1, status: 0x233).words == [15])
    #expect(tell(drive, 0, at: 2).words == [7])
    #expect(tell(drive, 1, at: 3).words == nil)
  }

  @Test mutating func aDeviceThatMustBeSpokenToIsToldAgain() {
    let output = WritingTests.value { $0.refresh = .seconds(4) }
    #expect(tell(output, 100, at: 0).words == [100])
    #expect(tell(output, 100, at: 3, seen: 100).words == nil)
    let again = tell(output, 100, at: 4, seen: 100)
    #expect(again.words == [100] && again.news == .nothing)
    #expect(tell(output, 100, at: 7, seen: 100).words == nil)
    #expect(tell(output, 100, at: 8, seen: 100).words == [100])
  }

  @Test mutating func whatIsSafeIsNotPutOff() {
    let output = WritingTests.value { $0.minimumInterval = .seconds(60) }
    #expect(tell(output, 100, at: 0).words == [100])
    #expect(tell(output, 200, at: 30).words == nil)
    #expect(tell(output, 0, at: 31).words == [0])
    #expect(tell(output, 200, at: 90).words == nil)
    #expect(tell(output, 200, at: 91).words == [200])
  }

  @Test mutating func aPermanentMemoryHasItsBudgetOfADay() {
    let output = WritingTests.value { $0.dailyBudget = 3 }
    let spent = [(100.0, 0.0), (200, 10), (300, 20)].map { value, second in
      _ = tell(output, value, at: second)
      return isSpent
    }
    #expect(spent == [false, false, true])
    #expect(tell(output, 400, at: 30).words == nil)
    #expect(tell(output, 0, at: 40).words == [0])
    #expect(tell(output, 400, at: 86_399).words == nil)
    #expect(tell(output, 400, at: 86_400).words == [400])
  }

  @Test mutating func anotherHandOnTheKnobIsSeenAndToldApartFromADeviceThatKeepsNothing() {
    let output = WritingTests.value { _ in }
    _ = tell(output, 100, at: 0)
    #expect(tell(output, 100, at: 1, seen: 100).words == nil)
    let changed = tell(output, 100, at: 2, seen: 350)
    #expect(changed.words == [100] && changed.news == .changedByOthers)
    var deaf = OutputLedger()
    swap(&deaf, &ledger)
    let told = (0...3).map { tell(output, 100, at: Double($0), seen: $0 == 0 ? nil : 350).news }
    #expect(told == [.nothing, .nothing, .nothing, .notKept])
  }

  @Test mutating func whatNobodyAnsweredWearsAMemoryOutAllTheSame() {
    let output = WritingTests.value {
      $0.dailyBudget = 3
      $0.minimumInterval = .seconds(2)
    }
    // The device takes each write and never says so; it comes and goes.
    let sent = (0..<20).map { second -> Bool in
      let words = ledger.words(
        for: point, output, wanted: 100, seen: .neverRead, status: nil, at: at(Double(second)))
      if words != nil { _ = ledger.sent(point, output, at(Double(second))) }
      ledger.forgetAll()
      return words != nil
    }
    #expect(sent.count { $0 } == 3)
    let stop = ledger.words(
      for: point, output, wanted: 0, seen: .neverRead, status: nil, at: at(20))
    #expect(stop == nil)
    #expect(
      ledger.words(for: point, output, wanted: 0, seen: .neverRead, status: nil, at: at(70)) == [0])
  }

  @Test mutating func aStopThatWasUndoneIsToldAgainWhateverTheBudgetSays() {
    let output = WritingTests.value {
      $0.dailyBudget = 1
      $0.minimumInterval = .hours(1)
    }
    _ = tell(output, 0, at: 0)
    #expect(tell(output, 0, at: 1, seen: 0).words == nil)
    #expect(tell(output, 0, at: 2, seen: 350).words == [0])
  }

  @Test func aRowMayBeAnythingButAState() {
    let writing = Writing(
      status: PointID(1),
      steps: [Writing.Step(mask: 0xFF, states: [0], isNegated: true, word: 6)])
    #expect(writing.word(at: 0) == nil && writing.word(at: 0x0300) == nil)
    #expect([1, 65, 0x03FF].allSatisfy { writing.word(at: $0) == 6 })
  }

  @Test mutating func whoeverSetsItAgainAndAgainIsAnsweredSeldom() {
    let output = WritingTests.value { _ in }
    _ = tell(output, 100, at: 0)
    var told = 0
    for second in 1...50 {
      // It keeps the value for a moment, and then holds another one.
      let seen: Double = second.isMultiple(of: 2) ? 350 : 100
      if tell(output, 100, at: Double(second), seen: seen).words != nil { told += 1 }
    }
    #expect(told == OutputLedger.quickRepeats)
  }
}
