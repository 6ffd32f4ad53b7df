public import Quantities

/// A value and why it was chosen.
public struct Decision: Equatable, Sendable {
  public var value: Double
  public var reason: Reason

  @inlinable
  public init(_ value: Double, _ reason: Reason) {
    self.value = value
    self.reason = reason
  }
}

/// The value of every output, each with its reason. The first writer of a scan owns an output.
///
/// Entries stand at the place of their point; those of inputs are never written nor read.
public struct OutputImage: Sendable, Equatable {
  public private(set) var decisions: [Decision]
  private var owned: [Bool]
  private let safeValues: [Double]

  /// Every output at its safe value, decided by nobody.
  public init(plant: Plant, now: Instant) {
    safeValues = plant.points.map(\.safeValue)
    owned = Array(repeating: false, count: plant.points.count)
    decisions = safeValues.enumerated().map { index, value in
      Decision(value, Reason(.safeDefault, .point(PointID(index)), since: now))
    }
  }

  @inlinable
  public subscript(point: PointID) -> Decision { decisions[point.index] }

  /// Opens a scan: nobody owns anything, until someone decides.
  public mutating func begin() {
    for index in owned.indices { owned[index] = false }
  }

  /// Closes a scan: what nobody decided goes to its safe value.
  public mutating func finish(at now: Instant) {
    for index in owned.indices where !owned[index] {
      let reason = Reason(.safeDefault, .point(PointID(index)), since: now)
      assign(index, safeValues[index], reason)
    }
  }

  /// Decides an output unless it is decided already; tells whether the caller owns it now.
  @discardableResult
  public mutating func decide(_ point: PointID, _ value: Double, _ reason: Reason) -> Bool {
    guard !owned[point.index] else { return false }
    owned[point.index] = true
    assign(point.index, value.isFinite ? value : safeValues[point.index], reason)
    return true
  }

  @discardableResult
  public mutating func decide<Value: Quantity>(
    _ actuator: Actuator<Value>, _ value: Value, _ reason: Reason
  ) -> Bool {
    decide(actuator.point, value.value, reason)
  }

  @discardableResult
  public mutating func decide(_ actuator: Actuator<Bool>, _ value: Bool, _ reason: Reason) -> Bool {
    decide(actuator.point, value ? 1 : 0, reason)
  }

  /// Decides both outputs of a valve.
  public mutating func decide(_ valve: Valve, _ command: ValveCommand, _ reason: Reason) {
    decide(valve.openCommand, command == .open, reason)
    decide(valve.closeCommand, command == .close, reason)
  }

  /// An interlock's last word: takes the output whoever owns it.
  public mutating func override(_ point: PointID, _ value: Double, _ reason: Reason) {
    owned[point.index] = true
    assign(point.index, value, reason)
  }

  public mutating func override(_ valve: Valve, _ command: ValveCommand, _ reason: Reason) {
    override(valve.openCommand.point, command == .open ? 1 : 0, reason)
    override(valve.closeCommand.point, command == .close ? 1 : 0, reason)
  }

  @inlinable
  public func isOn(_ actuator: Actuator<Bool>) -> Bool {
    decisions[actuator.point.index].value >= 0.5
  }

  @inlinable
  public func value<Value: Quantity>(_ actuator: Actuator<Value>) -> Value {
    Value(decisions[actuator.point.index].value)
  }

  /// What a valve is told.
  @inlinable
  public func command(of valve: Valve) -> ValveCommand {
    switch (isOn(valve.openCommand), isOn(valve.closeCommand)) {
    case (true, false): .open
    case (false, true): .close
    case (false, false), (true, true): .stay
    }
  }

  /// Keeps `since` of a reason that goes on, so that it tells when it began.
  private mutating func assign(_ index: Int, _ value: Double, _ reason: Reason) {
    var kept = reason
    let before = decisions[index]
    if before.reason.isSameGround(as: reason), before.value == value {
      kept.since = min(before.reason.since, reason.since)
    }
    decisions[index] = Decision(value, kept)
  }
}
