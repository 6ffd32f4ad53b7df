import PlantModel
import Quantities

/// The last starts of a unit, as many as its maker allows in an hour. (`UNIT-05`)
struct RecentStarts: Sendable, Hashable, Persistent {
  private var times: [Instant] = []

  /// With room for what makers allow, so that a start allocates nothing.
  init() { times.reserveCapacity(16) }

  /// When one more start keeps any hour to `most` starts.
  func next(atMost most: Int) -> Instant {
    times.count < most ? .distantPast : times[times.count - most] + .hours(1)
  }

  mutating func note(_ now: Instant, atMost most: Int) {
    times.append(now)
    if times.count > most { times.removeFirst(times.count - most) }
  }

  mutating func persist(in archive: inout some Archive) {
    var text = times.map { "\($0.milliseconds)" }.joined(separator: " ")
    archive.field("times", &text)
    times = text.split(separator: " ").compactMap { Int64($0) }.map { Instant(milliseconds: $0) }
      .filter { $0 > .distantPast && $0 < .distantFuture }
  }
}
