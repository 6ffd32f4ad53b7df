import Dispatch

/// The clock by which time-outs and silences are measured: it never goes back.
enum Monotonic {
  static var seconds: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }
}
