#if canImport(Glibc)
  import Glibc
#endif

/// Work of a known size, timed in the same run: what other figures are measured against.
enum Baseline {
  static let lags = 300
  private static let rounds = 20_000

  /// Microseconds of core time for `lags` first-order lags, each fed by the one before.
  static func microseconds() -> Double {
    var value = 0.0
    let began = CoreTime.seconds
    for round in 0..<rounds {
      let target = Double(round & 1)
      for _ in 0..<lags { value += (target - value) * 0.1 }
    }
    let seconds = CoreTime.seconds - began
    precondition((0...1).contains(value), "the baseline has gone astray")
    return seconds / Double(rounds) * 1e6
  }
}

/// Time that this thread has spent on a core.
enum CoreTime {
  static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
