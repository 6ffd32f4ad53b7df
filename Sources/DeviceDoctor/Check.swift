/// One thing that was looked at, and what was found.
public struct Check: Sendable, Equatable {
  /// What was looked at, in the order in which it is told.
  public enum Subject: String, CaseIterable, Sendable {
    case contact, unit
    case answerTime = "answer-time"
    case pause, table, address, reads
    case readLimit = "read-limit"
    case registers, identity
    case wordOrder = "word-order"
    case format
    case noValue = "no-value"
    case scale, values, status, writes
  }

  /// How sure a finding is.
  public enum Certainty: String, Sendable {
    /// Nothing else explains what was seen.
    case certain
    /// The best of several explanations by far.
    case likely
    /// It would explain what was seen; so would others.
    case perhaps
  }

  /// What came of it.
  public enum Outcome: Sendable, Equatable {
    case sound
    case finding(Certainty)
    /// What was seen does not tell.
    case notJudged
  }

  public var subject: Subject
  public var outcome: Outcome
  public var text: String
  /// What to write into the profile or the plant's file, or what to set.
  public var changes: [Change]

  public init(_ subject: Subject, _ outcome: Outcome, _ text: String, _ changes: [Change] = []) {
    self.subject = subject
    self.outcome = outcome
    self.text = text
    self.changes = changes
  }

  public var isFinding: Bool { if case .finding = outcome { true } else { false } }
}

/// One key of a configuration, with what it is and what it should be.
public struct Change: Sendable, Equatable, CustomStringConvertible {
  /// The signals that it belongs to; empty for the device, its type or its bus.
  public var signals: [String]
  public var key: String
  /// Nil where nothing stands there.
  public var from: String?
  public var to: String

  public init(_ key: String, from: String? = nil, to: String, signals: [String] = []) {
    self.signals = signals
    self.key = key
    self.from = from
    self.to = to
  }

  /// As `voltage-1, voltage-2: scale: 0.1 → 0.01`.
  public var description: String {
    let place = signals.isEmpty ? "" : signals.joined(separator: ", ") + ": "
    return place + key + ": " + (from.map { $0 + " → " } ?? "") + to
  }
}

/// What a signal showed.
public struct Reading: Sendable, Equatable {
  public var signal: String
  /// In the signal's unit; nil for "no value".
  public var value: Double?

  public init(signal: String, value: Double?) {
    self.signal = signal
    self.value = value
  }
}

/// All that was found about one device.
public struct Diagnosis: Sendable, Equatable {
  public var device: String
  public var checks: [Check]
  /// Whether it answered at all.
  public var isReachable: Bool

  /// What each signal showed, with what was found about tables, addresses and orders already mended.
  public var readings: [Reading]

  public init(
    device: String, checks: [Check], isReachable: Bool, readings: [Reading] = []
  ) {
    self.device = device
    self.checks = checks
    self.isReachable = isReachable
    self.readings = readings
  }

  public var findings: [Check] { checks.filter(\.isFinding) }
}
