import CSystemd
import Glibc

/// The service manager that started us, if any: readiness, status and watchdog over libsystemd.
///
/// Without one (`NOTIFY_SOCKET` unset) every call does nothing.
public enum ServiceManager {
  /// Everything is up: systemd may start what waits for us.
  public static func ready() { send("READY=1") }

  /// One line for `systemctl status`.
  public static func status(_ text: String) {
    send("STATUS=" + text.replacing(where: { $0 == "\n" }, with: " "))
  }

  /// A healthy scan has just ended. Called from nowhere else.
  public static func feedWatchdog() { send("WATCHDOG=1") }

  /// An ordered stop has begun, and may take this long.
  public static func stopping(extendBySeconds seconds: Int) {
    send("STOPPING=1\nEXTEND_TIMEOUT_USEC=\(seconds * 1_000_000)")
  }

  public static func reloading() {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    send("RELOADING=1\nMONOTONIC_USEC=\(time.tv_sec * 1_000_000 + time.tv_nsec / 1000)")
  }

  /// How often systemd wants to hear of us, in seconds; nil when it does not watch.
  public static var watchdogSeconds: Double? {
    var micros: UInt64 = 0
    guard sd_watchdog_enabled(0, &micros) > 0 else { return nil }
    return Double(micros) / 1_000_000
  }

  private static func send(_ state: String) { _ = sd_notify(0, state) }
}

extension String {
  fileprivate func replacing(where test: (Character) -> Bool, with other: Character) -> String {
    String(map { test($0) ? other : $0 })
  }
}
