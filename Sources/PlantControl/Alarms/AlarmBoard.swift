public import PlantModel
public import Quantities

/// One alarm with its place in the life cycle (ISA-18.2, without shelving).
public struct Alarm: Sendable, Hashable {
  /// The places of the life cycle.
  public enum State: String, Sendable, CaseIterable {
    case normal
    /// There, and nobody has taken note.
    case unacknowledged
    case acknowledged
    /// Gone again before anybody took note.
    case returned
    /// Gone, noted, and kept until a person resets it.
    case latched
  }

  public let key: AlarmKey
  public internal(set) var state: State
  public internal(set) var reason: Reason
  public internal(set) var raised: Instant
  /// Whether its cause was seen in this scan.
  var isThere = false

  public var isActive: Bool { state == .unacknowledged || state == .acknowledged }
}

/// Every alarm that is not normal, in order.
///
/// In each scan the parts say which causes they see; an alarm whose cause nobody sees any more
/// clears by itself, unless it latches.
public struct AlarmBoard: Sendable {
  /// More than this many at once are not kept: the first ones tell what happened.
  static let limit = 512

  public private(set) var alarms: [Alarm] = []

  init() { alarms.reserveCapacity(AlarmBoard.limit) }

  public subscript(key: AlarmKey) -> Alarm? { place(of: key).map { alarms[$0] } }

  mutating func begin() {
    for index in alarms.indices { alarms[index].isThere = false }
  }

  /// Says that the cause of an alarm is there, now.
  mutating func see(_ kind: AlarmKind, _ subject: Subject, _ reason: Reason) {
    let key = AlarmKey(kind, subject)
    if let index = place(of: key) {
      alarms[index].isThere = true
      return
    }
    guard alarms.count < AlarmBoard.limit else { return }
    var alarm = Alarm(key: key, state: .normal, reason: reason, raised: reason.since)
    alarm.isThere = true
    let index = alarms.firstIndex { key < $0.key } ?? alarms.endIndex
    alarms.insert(alarm, at: index)
  }

  /// Takes up an alarm that was latched before a restart.
  mutating func latch(_ kind: AlarmKind, _ subject: Subject, _ reason: Reason) {
    see(kind, subject, reason)
    if let index = place(of: AlarmKey(kind, subject)) { alarms[index].state = .latched }
  }

  /// Whether an alarm that latches still holds, there or not.
  public func holds(_ kind: AlarmKind, _ subject: Subject) -> Bool {
    self[AlarmKey(kind, subject)].map { $0.state != .normal } ?? false
  }

  /// Whether an alarm's cause is there, noted or not.
  func isActive(_ kind: AlarmKind, _ subject: Subject) -> Bool {
    self[AlarmKey(kind, subject)]?.isActive ?? false
  }

  /// Takes note of an alarm; false when there is none to note.
  mutating func acknowledge(_ key: AlarmKey) -> Bool {
    guard let index = place(of: key) else { return false }
    switch alarms[index].state {
    case .unacknowledged: alarms[index].state = .acknowledged
    case .returned: alarms[index].state = key.kind.latches ? .latched : .normal
    case .normal, .acknowledged, .latched: return false
    }
    return true
  }

  /// Releases a latched alarm whose cause is gone; false while it is there or not latched.
  mutating func reset(_ key: AlarmKey) -> Bool {
    guard let index = place(of: key), alarms[index].state == .latched else { return false }
    alarms[index].state = .normal
    return true
  }

  /// Moves every alarm to where its cause puts it, and forgets those that are normal.
  mutating func finish(at now: Instant, events: inout [Event]) {
    var gone = false
    for index in alarms.indices {
      let alarm = alarms[index]
      switch (alarm.state, alarm.isThere) {
      case (.normal, true), (.returned, true), (.latched, true):
        alarms[index].state = .unacknowledged
        alarms[index].raised = now
        events.append(
          Event(.alarmRaised(alarm.key.kind), alarm.key.subject, alarm.reason, at: now))
      case (.unacknowledged, false):
        alarms[index].state = .returned
        events.append(
          Event(.alarmCleared(alarm.key.kind), alarm.key.subject, alarm.reason, at: now))
      case (.acknowledged, false):
        alarms[index].state = alarm.key.kind.latches ? .latched : .normal
        events.append(
          Event(.alarmCleared(alarm.key.kind), alarm.key.subject, alarm.reason, at: now))
      case (.normal, false), (.unacknowledged, true), (.acknowledged, true), (.returned, false),
        (.latched, false):
        break
      }
      gone = gone || alarms[index].state == .normal
    }
    if gone { alarms.removeAll { $0.state == .normal } }
  }

  private func place(of key: AlarmKey) -> Int? { alarms.firstIndex { $0.key == key } }
}
