import Quantities

/// What one counter went on, day by day of a period, from readings that may be days apart.
///
/// A step over several days is spread over them evenly, to the last unit; what falls outside the period
/// does not count. A counter that went back began anew at nothing, if it can have come so far since; one
/// that did anything else it cannot is not counted over that step.
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
    let most = mostADay.multipliedReportingOverflow(by: days)
    let isPossible = { (step: Int64) in step >= 0 && (most.overflow || step <= most.partialValue) }
    let step = reading.counter - before.counter
    if isPossible(step) {
      spread(step, over: days, after: before.day)
    } else if step < 0, isPossible(reading.counter) {
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
    for place in 0..<days {
      let index = Int((day + (1 + place)) - from)
      guard measured.indices.contains(index) else { continue }
      measured[index] = each + (place < rest ? 1 : 0)
    }
  }

  var total: Int64 { measured.reduce(0) { $0 + ($1 ?? 0) } }
  var knownDays: Int { measured.count { $0 != nil } }
}
