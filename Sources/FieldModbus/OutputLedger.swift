import PlantModel
import Quantities

/// What a device was told, and which outputs must be told again. Pure.
///
/// An output is written when nothing was written since the device came (back), when the wish leaves
/// its dead band, and when the device was read to hold something else. Only what is wanted now is
/// ever written: there is no queue.
struct OutputLedger {
  private struct Entry {
    var value: Double
    var words: [UInt16]
    var at: Instant
    /// How often the device was told this again because it held something else.
    var repeats = 0
    /// How often in a row it was refused.
    var refusals = 0
  }

  private var entries: [PointID: Entry] = [:]

  /// A write is refused so often before the next is left for later: once may be a moment's state.
  static let refusalLimit = 2
  /// A device that does not keep a value is told at once so many times …
  static let quickRepeats = 3
  /// … and then, like one that refuses, this seldom: permanent memory wears out.
  static let slowRepeat = TimeSpan.seconds(60)

  /// The device is new or came back: it may have forgotten everything.
  mutating func forgetAll() { entries = [:] }

  /// Nobody knows whether a write arrived.
  mutating func forget(_ point: PointID) { entries[point] = nil }

  /// The words to write now; nil when all is as it should be, or it is too early to repeat.
  func words(for point: PointID, _ spec: Point, wanted: Double, seen: Sample, at now: Instant)
    -> [UInt16]?
  {
    guard let words = spec.register.encode(wanted) else { return nil }
    guard let entry = entries[point] else { return words }
    if leavesDeadBand(wanted, entry.value, spec), words != entry.words { return words }
    if entry.refusals > 0 {
      let isQuick = entry.refusals < OutputLedger.refusalLimit
      return isQuick || now - entry.at >= OutputLedger.slowRepeat ? words : nil
    }
    guard isContradicted(entry, spec, seen) else { return nil }
    let isQuick = entry.repeats < OutputLedger.quickRepeats
    return isQuick || now - entry.at >= OutputLedger.slowRepeat ? words : nil
  }

  /// A write was taken; true when the device has now failed to keep this value several times.
  mutating func wrote(
    _ point: PointID, _ spec: Point, _ value: Double, _ words: [UInt16], _ at: Instant
  )
    -> Bool
  {
    var entry = Entry(value: value, words: words, at: at)
    if let before = entries[point], before.words == words { entry.repeats = before.repeats + 1 }
    entries[point] = entry
    return entry.repeats == OutputLedger.quickRepeats
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

  /// Whether a read-back younger than the write shows another value than the one written.
  private func isContradicted(_ entry: Entry, _ spec: Point, _ seen: Sample) -> Bool {
    guard seen.isUsable, seen.taken > entry.at else { return false }
    guard let expected = spec.register.decode(entry.words) else { return false }
    return abs(seen.value - expected) > 1e-6 * max(abs(expected), 1)
  }
}
