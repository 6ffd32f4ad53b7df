@preconcurrency public import Dispatch
import Glibc

/// Signals as events on a queue. `block` comes before any thread is made, so that none is lost.
public enum Signals {
  public static func block(_ signals: [Int32]) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Calls `body` on `queue` for each `signal`; keep what is returned.
  public static func source(
    _ signal: Int32, _ queue: DispatchQueue, _ body: @escaping @Sendable () -> Void
  ) -> any DispatchSourceSignal {
    let source = DispatchSource.makeSignalSource(signal: signal, queue: queue)
    source.setEventHandler(handler: DispatchWorkItem(block: body))
    source.activate()
    return source
  }
}

/// A strict timer that says how many of its ticks were missed.
public enum ScanTimer {
  public static func start(
    every seconds: Double, _ queue: DispatchQueue, _ body: @escaping @Sendable (Int) -> Void
  ) -> any DispatchSourceTimer {
    let timer = DispatchSource.makeTimerSource(flags: .strict, queue: queue)
    timer.schedule(
      deadline: .now() + seconds, repeating: .nanoseconds(Int(seconds * 1e9)),
      leeway: .nanoseconds(0))
    timer.setEventHandler(
      handler: DispatchWorkItem { body(max(Int(timer.data) - 1, 0)) })
    timer.activate()
    return timer
  }
}
