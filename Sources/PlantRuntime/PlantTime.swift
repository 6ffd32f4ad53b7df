import Glibc
public import PlantOperation
public import Quantities

/// Plant time: where it began, plus what the machine's monotonic clock has counted since, faster
/// when a twin lives faster. It never runs backwards, whatever happens to the clock on the wall.
public struct PlantTime: PlantClock, Sendable {
  private let start: Instant
  private let origin: Double
  public let scale: Double

  /// - Parameter start: the time at this moment; nil for the clock on the wall.
  public init(start: Instant? = nil, notBefore: Instant = .distantPast, scale: Double = 1) {
    self.start = max(start ?? PlantTime.wall, notBefore)
    origin = PlantTime.monotonicSeconds
    self.scale = scale
  }

  public var now: Instant {
    start + .seconds((PlantTime.monotonicSeconds - origin) * scale)
  }

  /// Seconds since the machine started, sleep included.
  public static var monotonicSeconds: Double { read(CLOCK_BOOTTIME) }

  public static var wall: Instant {
    Instant(milliseconds: Int64(read(CLOCK_REALTIME) * 1000))
  }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
