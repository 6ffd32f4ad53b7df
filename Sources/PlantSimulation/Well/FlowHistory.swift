/// The flows that a well took from and gave to its aquifer, as a bounded row of constant parts.
///
/// The newest parts are as long as they were recorded. Where a level holds more than
/// `partsPerLevel` of them, its oldest four become one with their mean flow on the next level
/// (aggregated load history), so that the memory is bounded and no water is lost.
struct FlowHistory: Hashable, Sendable {
  /// A span of constant flows, in seconds since the beginning and cubic metres an hour.
  struct Part: Hashable, Sendable {
    var start: Double
    var end: Double
    var extracted: Double
    var returned: Double
    var level: Int
  }

  static let partsPerLevel = 8
  private static let merged = 4
  private static let levels = 12
  private static let capacity = levels * (partsPerLevel + 1)

  /// From the oldest to the newest.
  private(set) var parts: ContiguousArray<Part> = []

  init() { parts.reserveCapacity(FlowHistory.capacity) }

  /// Adds the newest part, which begins where the last one ended.
  mutating func append(start: Double, end: Double, extracted: Double, returned: Double) {
    parts.append(
      Part(start: start, end: end, extracted: extracted, returned: returned, level: 0))
    var level = 0
    while level < FlowHistory.levels - 1, mergeOldest(of: level) { level += 1 }
  }

  private mutating func mergeOldest(of level: Int) -> Bool {
    var first = 0
    while first < parts.count, parts[first].level > level { first += 1 }
    var past = first
    while past < parts.count, parts[past].level == level { past += 1 }
    guard past - first > FlowHistory.partsPerLevel else { return false }
    let last = first + FlowHistory.merged - 1
    let start = parts[first].start
    let end = parts[last].end
    var extracted = 0.0
    var returned = 0.0
    for index in first...last {
      let span = parts[index].end - parts[index].start
      extracted += parts[index].extracted * span
      returned += parts[index].returned * span
    }
    parts[first] = Part(
      start: start, end: end, extracted: extracted / (end - start),
      returned: returned / (end - start), level: level + 1)
    for _ in 1..<FlowHistory.merged { parts.remove(at: first + 1) }
    return true
  }
}
