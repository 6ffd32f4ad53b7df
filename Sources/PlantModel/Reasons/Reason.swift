public import Quantities

/// Why something is as it is: the rule that decided, whom it looked at, since when, until when.
///
/// 32 bytes, no text: the words are made where they are read.
public struct Reason: Hashable, Sendable {
  public var rule: Rule
  public var subject: Subject
  public var since: Instant
  /// When the wait ends by itself; `distantFuture` when it does not.
  public var until: Instant
  /// The figure that decided, in the unit of the rule; infinite when there is none.
  public var limit: Float

  @inlinable
  public init(
    _ rule: Rule, _ subject: Subject, since: Instant, until: Instant = .distantFuture,
    limit: Float = .infinity
  ) {
    self.rule = rule
    self.subject = subject
    self.since = since
    self.until = until
    self.limit = limit
  }

  /// Equal when the rule and the subject are: what a person would call the same reason.
  @inlinable
  public func isSameGround(as other: Reason) -> Bool {
    rule == other.rule && subject == other.subject
  }
}

/// One condition of a transition, as it was found.
public struct Guard: Hashable, Sendable {
  public var reason: Reason
  public var holds: Bool

  @inlinable
  public init(_ reason: Reason, holds: Bool) {
    self.reason = reason
    self.holds = holds
  }
}

/// Every guard of a transition, all evaluated: what `why` prints is the list that decided.
public struct GuardList: Sendable, Hashable {
  public private(set) var guards: [Guard] = []

  public init() { guards.reserveCapacity(16) }

  /// Without room of its own: what stands in while a list is being filled.
  public static let empty = GuardList(room: 0)
  private init(room: Int) { guards.reserveCapacity(room) }

  @inlinable public var allHold: Bool { guards.allSatisfy(\.holds) }
  /// The first guard that does not hold: the one to name first.
  public var firstObstacle: Reason? { guards.first { !$0.holds }?.reason }

  public mutating func begin() { guards.removeAll(keepingCapacity: true) }

  public mutating func require(_ holds: Bool, _ reason: Reason) {
    guards.append(Guard(reason, holds: holds))
  }
}
