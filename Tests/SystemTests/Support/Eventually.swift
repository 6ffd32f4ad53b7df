import Glibc

/// What was waited for in vain.
struct TimedOut: Error, CustomStringConvertible {
  let description: String
}

/// Waits until `condition` holds, looking again and again; the limit only ends a test that failed.
func eventually(
  _ what: String, within seconds: Double = 30, pause: UInt32 = 5000,
  _ condition: () throws -> Bool
) throws {
  let end = now() + seconds
  while try !condition() {
    guard now() < end else { throw TimedOut(description: "waited \(seconds) s for \(what)") }
    usleep(pause)
  }
}

private func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
