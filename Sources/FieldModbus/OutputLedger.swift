import PlantModel
import Quantities

/// What a device was told, and which outputs must be told again. Pure.
///
/// An output is written when nothing was written since the device came (back), when the wish leaves
/// its dead band, when the device was read to hold something else, when its status asks for another word, and
/// when it has to be refreshed. Only what is wanted now is ever written: there is no queue.
struct OutputLedger {
  private struct Entry {
    var value: Double
    var words: [UInt16]
    var at: Instant
    /// How often the device was told this again because it held something else.
    var repeats = 0
    /// How often in a row it was refused.
    var refusals = 0
    /// The device was seen to hold it.
    var isKept = false
  }

  /// What a write that was taken shows.
  enum News {
    case nothing
    /// The device had kept the value, and holds another one: somebody else changed it.
    case changedByOthers
    /// It has now failed to keep this value several times.
    case notKept
    /// The day's budget of its permanent memory is spent.
    case budgetSpent
  }

  private var entries: [PointID: Entry] = [:]
  /// Since when an output with a budget was written how often.
  private var spent: [PointID: (since: Instant, writes: Int)] = [:]

  /// A write is refused so often before the next is left for later: once may be a moment's state.
  static let refusalLimit = 2
  /// A device that does not keep a value is told at once so many times …
  static let quickRepeats = 3
  /// … and then, like one that refuses, this seldom: permanent memory wears out.
  static let slowRepeat = TimeSpan.seconds(60)
  private static let day = TimeSpan.hours(24)

  /// The device is new or came back: it may have forgotten everything.
  mutating func forgetAll() { entries = [:] }

  /// Nobody knows whether a write arrived.
  mutating func forget(_ point: PointID) { entries[point] = nil }

  /// The words to write now; nil when all is as it should be, or it is too early to write.
  ///
  /// - Parameters:
  ///   - seen: what it was read to hold.
  ///   - status: the status word that its steps go by.
  mutating func words(
    for point: PointID, _ spec: Point, wanted: Double, seen: Sample, status: Sample?,
    at now: Instant
  ) -> [UInt16]? {
    guard let words = due(spec, wanted, status) else { return nil }
    guard var entry = entries[point] else { return words }
    if isContradicted(entry, spec, seen) == false { entry.isKept = true }
    entries[point] = entry
    // What is safe is never put off.
    let isSafe = wanted == spec.safeValue && wanted != entry.value
    if !isSafe, isPutOff(point, spec, entry, now) { return nil }
    if leavesDeadBand(wanted, entry.value, spec), words != entry.words { return words }
    if words != entry.words, let status, status.taken > entry.at { return words }
    if entry.refusals > 0 {
      let isQuick = entry.refusals < OutputLedger.refusalLimit
      return isQuick || now - entry.at >= OutputLedger.slowRepeat ? words : nil
    }
    if let refresh = spec.writing.refresh, now - entry.at >= refresh { return words }
    guard isContradicted(entry, spec, seen) == true else { return nil }
    let isQuick = entry.repeats < OutputLedger.quickRepeats
    return isQuick || now - entry.at >= OutputLedger.slowRepeat ? words : nil
  }

  /// The words for a wish, by what the device's status asks for on the way; nil while nobody knows it.
  private func due(_ spec: Point, _ wanted: Double, _ status: Sample?) -> [UInt16]? {
    guard wanted >= 0.5, !spec.writing.steps.isEmpty else { return spec.register.encode(wanted) }
    guard let status, status.isUsable, let word = UInt16(exactly: status.value) else { return nil }
    return spec.writing.word(at: word).map { [$0] } ?? spec.register.encode(wanted)
  }

  private func isPutOff(_ point: PointID, _ spec: Point, _ entry: Entry, _ now: Instant) -> Bool {
    if now - entry.at < spec.writing.minimumInterval { return true }
    guard let budget = spec.writing.dailyBudget, let spent = spent[point] else { return false }
    return spent.writes >= budget && now - spent.since < OutputLedger.day
  }

  /// A write was taken.
  mutating func wrote(
    _ point: PointID, _ spec: Point, _ value: Double, _ words: [UInt16], _ at: Instant
  ) -> News {
    var entry = Entry(value: value, words: words, at: at)
    var news = News.nothing
    if let before = entries[point], before.words == words {
      let isRefresh = spec.writing.refresh.map { at - before.at >= $0 } ?? false
      if before.isKept, !isRefresh { news = .changedByOthers }
      if !isRefresh { entry.repeats = before.isKept ? 1 : before.repeats + 1 }
    }
    if entry.repeats == OutputLedger.quickRepeats { news = .notKept }
    entries[point] = entry
    return spend(point, spec, at) ? .budgetSpent : news
  }

  /// Counts a write against its day's budget; true when that is spent with it.
  private mutating func spend(_ point: PointID, _ spec: Point, _ at: Instant) -> Bool {
    guard let budget = spec.writing.dailyBudget else { return false }
    var count = spent[point] ?? (at, 0)
    if at - count.since >= OutputLedger.day { count = (at, 0) }
    count.writes += 1
    spent[point] = count
    return count.writes == budget
  }

  /// A write was refused; true when that has just become more than a moment's state.
  mutating func refused(_ point: PointID, _ value: Double, _ words: [UInt16], _ at: Instant) -> Bool
  {
    let refusals = min((entries[point]?.refusals ?? 0) + 1, OutputLedger.refusalLimit + 1)
    entries[point] = Entry(value: value, words: words, at: at, refusals: refusals)
    return refusals == OutputLedger.refusalLimit
  }

  /// The ends of the range and the safe value are always reached.
  private func leavesDeadBand(_ wanted: Double, _ last: Double, _ spec: Point) -> Bool {
    let isEnd =
      wanted == spec.safeValue || wanted <= spec.range.lowerBound || wanted >= spec.range.upperBound
    if spec.unit == .digital || isEnd { return wanted != last }
    return abs(wanted - last) > spec.deadBand
  }

  /// Whether a read-back younger than the write shows another value than the one written; nil when none does.
  private func isContradicted(_ entry: Entry, _ spec: Point, _ seen: Sample) -> Bool? {
    guard seen.isUsable, seen.taken > entry.at else { return nil }
    guard let expected = spec.register.decode(entry.words) else { return nil }
    return abs(seen.value - expected) > 1e-6 * max(abs(expected), 1)
  }
}
