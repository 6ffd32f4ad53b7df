import Quantities

/// What one counter went on, day by day of a period, from readings that may be days apart.
///
/// A step over several days is spread over them evenly, to the last unit; what falls outside the period
/// does not count as a day's figure. A counter that fell to less than half began anew at nothing, if it can have
/// come so far since; one that did anything else it cannot is not counted over that step.
struct CounterCourse {
  /// What happened to a counter that a reader of the statement should know.
  enum Mark: String, CaseIterable {
    /// It went back and is counted from nothing: what it counted between is not known.
    case beganAnew = "counter began anew"
    /// It did what it cannot: not counted over that step.
    case jumped = "counter jumped"
  }

  struct Reading {
    var day: LocalDay
    var counter: Int64
  }

  private let from: LocalDay
  /// What the steps that became known in the period come to, whatever days they are of.
  private(set) var whole: Int64 = 0
  /// The part of it that is of days before the period.
  private(set) var early: Int64 = 0
  /// By day of the period; nil where nothing is known.
  private(set) var measured: [Int64?]
  private(set) var marks: [Mark] = []
  /// The last reading before the period, or else the first in it, and the last in it.
  private(set) var first: Reading?
  private(set) var last: Reading?

  init(from: LocalDay, through to: LocalDay) {
    self.from = from
    measured = Array(repeating: nil, count: Int(to - from) + 1)
  }

  /// Takes the readings one after the other, in the order of their days.
  ///
  /// - Parameter mostADay: what the counter can go on in a day.
  mutating func take(_ reading: Reading, mostADay: Int64) {
    defer {
      if first == nil || reading.day < from { first = reading }
      last = reading
    }
    guard let before = last, reading.day > before.day else { return }
    let days = reading.day - before.day
    // Read early on one day and late on another, it may have gone on for a day more.
    let most = mostADay.multipliedReportingOverflow(by: days + 1)
    let isPossible = { (step: Int64) in step >= 0 && (most.overflow || step <= most.partialValue) }
    let step = reading.counter - before.counter
    if isPossible(step) {
      spread(step, over: days, after: before.day)
    } else if reading.counter < before.counter / 2, isPossible(reading.counter) {
      mark(.beganAnew, on: reading.day)
      spread(reading.counter, over: days, after: before.day)
    } else {
      mark(.jumped, on: reading.day)
    }
  }

  private mutating func mark(_ mark: Mark, on day: LocalDay) {
    if day >= from, !marks.contains(mark) { marks.append(mark) }
  }

  private mutating func spread(_ step: Int64, over days: Int64, after day: LocalDay) {
    let (each, rest) = step.quotientAndRemainder(dividingBy: days)
    var own: Int64 = 0
    for place in 0..<days {
      let index = Int((day + (1 + place)) - from)
      guard measured.indices.contains(index) else { continue }
      let part = each + (place < rest ? 1 : 0)
      measured[index] = part
      own += part
    }
    // A step that ends before the period was known before it.
    guard day + days >= from else { return }
    whole += step
    early += step - own
  }

  var knownDays: Int { measured.count { $0 != nil } }
}
