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
  @usableFromInline struct Entry: Sendable, Equatable {
    @usableFromInline var decision: Decision
    @usableFromInline var isOwned = false
    @usableFromInline init(_ decision: Decision) { self.decision = decision }
  }

  @usableFromInline private(set) var entries: [Entry]
  private let safeValues: [Double]
  /// The places of the outputs among the points.
  private let places: [Int]

  /// Every output at its safe value, decided by nobody.
  public init(plant: Plant, now: Instant) {
    safeValues = plant.points.map(\.safeValue)
    places = plant.places(of: .output)
    entries = safeValues.enumerated().map { index, value in
      Entry(Decision(value, Reason(.safeDefault, .point(PointID(index)), since: now)))
    }
  }

  @inlinable
  public subscript(point: PointID) -> Decision { entries[point.index].decision }

  /// Opens a scan: nobody owns anything, until someone decides.
  public mutating func begin() {
    for index in places { entries[index].isOwned = false }
  }

  /// Closes a scan: what nobody decided goes to its safe value.
  public mutating func finish(at now: Instant) {
    for index in places where !entries[index].isOwned {
      let reason = Reason(.safeDefault, .point(PointID(index)), since: now)
      entries[index].assign(safeValues[index], reason)
    }
  }

  /// Decides an output unless it is decided already; tells whether the caller owns it now.
  @discardableResult
  public mutating func decide(_ point: PointID, _ value: Double, _ reason: Reason) -> Bool {
    guard !entries[point.index].isOwned else { return false }
    let value = value.isFinite ? value : safeValues[point.index]
    entries[point.index].take(value, reason)
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
  @inlinable
  public mutating func decide(_ valve: Valve, _ command: ValveCommand, _ reason: Reason) {
    decide(valve.openCommand, command == .open, reason)
    decide(valve.closeCommand, command == .close, reason)
  }

  /// An interlock's last word: takes the output whoever owns it.
  public mutating func override(_ point: PointID, _ value: Double, _ reason: Reason) {
    entries[point.index].take(value, reason)
  }

  public mutating func override(_ valve: Valve, _ command: ValveCommand, _ reason: Reason) {
    override(valve.openCommand.point, command == .open ? 1 : 0, reason)
    override(valve.closeCommand.point, command == .close ? 1 : 0, reason)
  }

  @inlinable
  public func isOn(_ actuator: Actuator<Bool>) -> Bool {
    entries[actuator.point.index].decision.value >= 0.5
  }

  @inlinable
  public func value<Value: Quantity>(_ actuator: Actuator<Value>) -> Value {
    Value(entries[actuator.point.index].decision.value)
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
}

extension OutputImage.Entry {
  @inline(__always)
  mutating func take(_ value: Double, _ reason: Reason) {
    isOwned = true
    assign(value, reason)
  }

  /// Keeps `since` of a reason that goes on, so that it tells when it began.
  @inline(__always)
  mutating func assign(_ value: Double, _ reason: Reason) {
    let goesOn = decision.reason.isSameGround(as: reason) && decision.value == value
    let since = goesOn ? min(decision.reason.since, reason.since) : reason.since
    decision.value = value
    decision.reason = reason
    decision.reason.since = since
  }
}
