public import Quantities

/// What a valve is told. `stay` drives neither way: the actuator keeps its place.
public enum ValveCommand: UInt8, Hashable, Sendable, CaseIterable { case stay, open, close }

/// Where a valve's end switches say it is.
public enum ValvePosition: UInt8, Hashable, Sendable, CaseIterable {
  /// Both switches agree and are fresh.
  case closed, open
  /// Neither switch is made: between its ends.
  case between
  /// The switches contradict each other, or are not to be trusted.
  case unknown
}

/// A motorised two-way valve with an opening and a closing output and its end switches.
public struct Valve: Sendable, Equatable {
  public var name: String
  public var openCommand: Actuator<Bool>
  public var closeCommand: Actuator<Bool>
  public var openedSwitch: Sensor<Bool>?
  public var closedSwitch: Sensor<Bool>?
  /// The longest a stroke may take before it counts as stuck.
  public var strokeTime: TimeSpan

  public init(
    name: String, openCommand: Actuator<Bool>, closeCommand: Actuator<Bool>,
    openedSwitch: Sensor<Bool>?, closedSwitch: Sensor<Bool>?, strokeTime: TimeSpan
  ) {
    self.name = name
    self.openCommand = openCommand
    self.closeCommand = closeCommand
    self.openedSwitch = openedSwitch
    self.closedSwitch = closedSwitch
    self.strokeTime = strokeTime
  }

  /// The points of the end switches that it has.
  public var switches: [PointID] { [openedSwitch, closedSwitch].compactMap { $0?.point } }
}
