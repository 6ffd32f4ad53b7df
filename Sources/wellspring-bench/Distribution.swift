/// How often which duration was seen, in classes of 20 ns up to 1 ms; made once, never grown.
struct Distribution {
  private static let width = 20
  private var counts = [Int](repeating: 0, count: 50_000)
  private var count = 0
  private var total = 0

  mutating func add(_ duration: Duration) {
    let nanoseconds = Int(duration.components.attoseconds / 1_000_000_000)
    let place = min(max(nanoseconds, 0) / Distribution.width, counts.count - 1)
    counts[place] += 1
    count += 1
    total += nanoseconds
  }

  /// Microseconds below which `part` of all durations lie.
  func quantile(_ part: Double) -> Double {
    let wanted = Int(Double(count) * part)
    var seen = 0
    for (place, number) in counts.enumerated() {
      seen += number
      if seen > wanted { return Double((place + 1) * Distribution.width) / 1000 }
    }
    return .infinity
  }

  /// Microseconds on average.
  var mean: Double { count > 0 ? Double(total) / Double(count) / 1000 : 0 }
}
