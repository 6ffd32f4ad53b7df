public import Quantities

/// Whether a device is to be asked, left alone or probed: what to do after every reply and failure.
///
/// Pure, so that the simulated world drives the same code. Two retries, then the device is away and
/// is probed after 2 s, 4 s, … up to 60 s, or every 5 s at the longest when a proof rests on it.
public struct DeviceRecovery: Sendable, Hashable {
  /// Whether it answers.
  public enum State: Sendable, Hashable {
    /// It answers; so many failures in a row.
    case present(failures: Int)
    /// It does not; the next probe is due then.
    case away(probes: Int, nextProbe: Instant)
  }

  public private(set) var state: State = .present(failures: 0)
  private let longestWait: TimeSpan

  static let retries = 2
  static let firstWait = TimeSpan.seconds(2)

  public init(carriesProof: Bool) {
    longestWait = carriesProof ? .seconds(5) : .seconds(60)
  }

  public var isAway: Bool {
    if case .away = state { true } else { false }
  }

  /// Whether it answered what it was asked last, or was asked nothing yet.
  public var isSound: Bool { state == .present(failures: 0) }

  /// How many probes went unanswered since it is away.
  public var probes: Int {
    if case .away(let probes, _) = state { probes } else { 0 }
  }

  /// When the next probe is due; long ago for a device that answers.
  public var nextProbe: Instant {
    if case .away(_, let nextProbe) = state { nextProbe } else { .distantPast }
  }

  /// Whether to speak to it now: as ever, or to see whether it is back.
  public func mayAsk(at now: Instant) -> Bool {
    switch state {
    case .present: true
    case .away(_, let nextProbe): now >= nextProbe
    }
  }

  /// It answered; true when it was away: read everything, then write what is wanted now.
  public mutating func replied() -> Bool {
    let wasAway = isAway
    state = .present(failures: 0)
    return wasAway
  }

  /// It did not answer, or not sensibly; true when it has just been given up.
  public mutating func failed(at now: Instant) -> Bool {
    switch state {
    case .present(let failures) where failures < DeviceRecovery.retries:
      state = .present(failures: failures + 1)
      return false
    case .present:
      state = .away(probes: 0, nextProbe: now + DeviceRecovery.firstWait)
      return true
    case .away(let probes, _):
      let wait = min(DeviceRecovery.firstWait * Double(probes + 2), longestWait)
      state = .away(probes: min(probes + 1, 1000), nextProbe: now + wait)
      return false
    }
  }
}
