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
  }

  /// What permanent memory has borne: of every write that was sent, whatever became of it.
  private struct Wear {
    /// The beginning of the day that is counted.
    var since: Instant
    var writes = 0
    var last = Instant.distantPast
    /// Writes in a row that nobody answered.
    var unanswered = 0
  }

  private var entries: [PointID: Entry] = [:]
  /// Writes in a row that brought no acknowledgement.
  private var losses: [PointID: Int] = [:]
  /// It outlives what the device was told: a device that comes and goes wears out all the same.
  private var wear: [PointID: Wear] = [:]

  /// A write is refused so often before the next is left for later: once may be a moment's state.
  static let refusalLimit = 2
  /// So many writes in a row without an acknowledgement are told to people.
  static let lossLimit = 3
  /// A device that does not keep a value is told at once so many times …
  static let quickRepeats = 3
  /// … and then, like one that refuses, this seldom: permanent memory wears out.
  static let slowRepeat = TimeSpan.seconds(60)
  private static let day = TimeSpan.hours(24)
  /// A device that has kept what it was told for so long begins anew.
  private static let calm = TimeSpan.minutes(10)

  /// The device is new or came back: it may have forgotten everything.
  mutating func forgetAll() { entries = [:] }

  /// Nobody knows whether a write arrived; true when that has just become more than a moment's state.
  mutating func lost(_ point: PointID) -> Bool {
    entries[point] = nil
    losses[point, default: 0] += 1
    return losses[point] == OutputLedger.lossLimit
  }

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
    let isSafe = wanted == spec.safeValue
    guard var entry = entries[point] else {
      return isPutOff(point, spec, isSafe: isSafe, now) ? nil : words
    }
    let contradiction = isContradicted(entry, spec, seen)
    if contradiction == false { entry.isKept = true }
    entries[point] = entry
    if isPutOff(point, spec, isSafe: isSafe, now) { return nil }
    if leavesDeadBand(wanted, entry.value, spec), words != entry.words { return words }
    if words != entry.words, let status, status.taken > entry.at { return words }
    if entry.refusals > 0 {
      let isQuick = entry.refusals < OutputLedger.refusalLimit
      return isQuick || now - entry.at >= OutputLedger.slowRepeat ? words : nil
    }
    if let refresh = spec.writing.refresh, now - entry.at >= refresh { return words }
    guard contradiction == true else { return nil }
    let isQuick = entry.repeats < OutputLedger.quickRepeats
    return isQuick || now - entry.at >= OutputLedger.slowRepeat ? words : nil
  }

  /// The words for a wish, by what the device's status asks for on the way; nil while nobody knows it.
  private func due(_ spec: Point, _ wanted: Double, _ status: Sample?) -> [UInt16]? {
    guard wanted >= 0.5, !spec.writing.steps.isEmpty else { return spec.register.encode(wanted) }
    guard let status, status.isUsable, let word = UInt16(exactly: status.value) else { return nil }
    return spec.writing.word(at: word).map { [$0] } ?? spec.register.encode(wanted)
  }

  /// Whether a permanent memory is to be spared now. What is safe is not put off, unless nobody answers.
  private func isPutOff(_ point: PointID, _ spec: Point, isSafe: Bool, _ now: Instant) -> Bool {
    guard let wear = wear[point] else { return false }
    if isSafe {
      return wear.unanswered >= OutputLedger.quickRepeats
        && now - wear.last < OutputLedger.slowRepeat
    }
    if now - wear.last < spec.writing.minimumInterval { return true }
    guard let budget = spec.writing.dailyBudget else { return false }
    return wear.writes >= budget && now - wear.since < OutputLedger.day
  }

  /// A write goes out; true when its day's budget is spent with it.
  mutating func sent(_ point: PointID, _ spec: Point, _ at: Instant) -> Bool {
    let writing = spec.writing
    guard writing.dailyBudget != nil || writing.minimumInterval > .zero else { return false }
    var borne = wear[point] ?? Wear(since: at)
    if at - borne.since >= OutputLedger.day {
      borne.since = at
      borne.writes = 0
    }
    borne.writes += 1
    borne.unanswered += 1
    borne.last = at
    wear[point] = borne
    return borne.writes == writing.dailyBudget
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
      let isCalm = before.isKept && at - before.at >= OutputLedger.calm
      if !isRefresh { entry.repeats = isCalm ? 1 : before.repeats + 1 }
    }
    if entry.repeats == OutputLedger.quickRepeats { news = .notKept }
    entries[point] = entry
    losses[point] = nil
    wear[point]?.unanswered = 0
    return news
  }

  /// A write was refused; true when that has just become more than a moment's state.
  mutating func refused(_ point: PointID, _ value: Double, _ words: [UInt16], _ at: Instant) -> Bool
  {
    wear[point]?.unanswered = 0
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

  /// Whether a read-back younger than the write shows another value than the one written; nil when there is none. What
  /// is out of range or no value at all is another value.
  private func isContradicted(_ entry: Entry, _ spec: Point, _ seen: Sample) -> Bool? {
    let wasRead = seen.isUsable || seen.doubt == .outOfRange || seen.doubt == .noValue
    guard wasRead, seen.taken > entry.at else { return nil }
    guard let expected = spec.register.decode(entry.words) else { return nil }
    if seen.doubt == .noValue { return true }
    return abs(seen.value - expected) > 1e-6 * max(abs(expected), 1)
  }
}
