public import Quantities

/// How a device's communication has gone since the start.
public struct DeviceStatistics: Sendable, Hashable {
  /// How a request fails.
  public enum Failure: Sendable {
    case noAnswer, nonsense
    case exception(Int)
  }

  public let device: String
  public private(set) var requests = 0
  public private(set) var writes = 0
  /// Requests without an answer in time, or without a connection.
  public private(set) var timeouts = 0
  /// Answers that did not belong to the request.
  public private(set) var nonsense = 0
  /// Exceptions by code; the place is the code.
  public private(set) var exceptions = [Int](repeating: 0, count: 12)
  /// When it last answered as it should, plant time; nil before the first answer.
  public private(set) var lastSuccess: Instant?
  /// The last round trips, microseconds.
  private var trips: [Double] = []
  private var place = 0

  static let kept = 128

  public init(device: String) { self.device = device }

  /// Requests that brought nothing: no answer, or one that made no sense.
  public var failures: Int { timeouts + nonsense }

  public mutating func replied(_ micros: Double, at now: Instant) {
    requests += 1
    lastSuccess = now
    if trips.count < DeviceStatistics.kept { trips.append(micros) } else { trips[place] = micros }
    place = (place + 1) % DeviceStatistics.kept
  }

  /// One of the requests that were answered was a write.
  public mutating func wrote() { writes += 1 }

  /// A request brought no answer, or none that made sense.
  public mutating func failed(_ failure: Failure) {
    requests += 1
    switch failure {
    case .noAnswer: timeouts += 1
    case .nonsense: nonsense += 1
    case .exception(let code): exceptions[min(max(code, 0), 11)] += 1
    }
  }

  /// The median of the last round trips, in microseconds; nil before the first.
  public var medianMicros: Double? { quantile(0.5) }
  /// The 99th percentile of the last round trips, in microseconds; nil before the first.
  public var slowMicros: Double? { quantile(0.99) }

  private func quantile(_ part: Double) -> Double? {
    guard !trips.isEmpty else { return nil }
    return trips.sorted()[min(Int(Double(trips.count) * part), trips.count - 1)]
  }
}
