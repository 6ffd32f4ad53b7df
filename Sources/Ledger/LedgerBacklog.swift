public import PlantModel

/// Entries that the disk has not taken yet, in their order and bounded.
///
/// Beyond the bound the oldest are added up, one entry of the kind `lost` a meter: what they tell
/// in single is gone, their litres are not.
public struct LedgerBacklog: Sendable {
  /// A week of twenty meters' hours.
  public static let maximum = 4096

  private var lost: [LedgerEntry] = []
  private var kept: [LedgerEntry] = []
  private let maximum: Int

  public init(maximum: Int = LedgerBacklog.maximum) { self.maximum = maximum }

  public mutating func add(_ entries: [LedgerEntry]) {
    kept += entries
    guard kept.count > maximum else { return }
    let excess = kept.count - maximum
    for entry in kept[..<excess] { fold(entry) }
    kept.removeFirst(excess)
  }

  private mutating func fold(_ entry: LedgerEntry) {
    if let place = lost.firstIndex(where: { $0.meter == entry.meter }) {
      lost[place].time = entry.time
      lost[place].last = entry.last
      lost[place].litres += entry.litres
    } else {
      var sum = entry
      sum.kind = .lost
      sum.state = .unsaved
      lost.append(sum)
    }
  }

  /// What is to be recorded, oldest first.
  public var entries: [LedgerEntry] {
    lost.sorted { ($0.time, $0.meter) < ($1.time, $1.meter) } + kept
  }

  /// All of it is on disk.
  public mutating func clear() {
    lost = []
    kept = []
  }
}
