public import Quantities

/// Something worth a line in the journal and the history. Made by a step, read by the shell.
public struct Event: Hashable, Sendable {
  /// What happened.
  public enum Kind: Hashable, Sendable {
    case actDone(ActOutcome)
    case alarmRaised(AlarmKind)
    case alarmCleared(AlarmKind)
    case alarmAcknowledged(AlarmKind)
    /// A block set out for a position (its index), has arrived, or went back.
    case changeBegun(Int)
    case changeDone(Int)
    case changeAbandoned(Int)
    case unitStarted
    case unitStopped
    case pumpStarted
    case pumpStopped
    case modeChanged(Int)
  }

  public var kind: Kind
  public var subject: Subject
  public var time: Instant
  public var reason: Reason

  public init(_ kind: Kind, _ subject: Subject, _ reason: Reason, at time: Instant) {
    self.kind = kind
    self.subject = subject
    self.reason = reason
    self.time = time
  }
}
