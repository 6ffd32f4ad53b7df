public import Quantities

/// A fault that the twin can be given, by time or by command.
public enum Fault: Hashable, Sendable {
  /// The valve stops where it is.
  case valveSticks(ValveID)
  /// The valve's seat passes this part of its full flow when closed.
  case valveLeaks(ValveID, Fraction)
  /// The valve goes to its other end by itself, whatever it is told.
  case valveRunsOn(ValveID)
  /// The end switches show a closed valve whatever the valve does.
  case closedSwitchLies(ValveID)
  /// The end switches show an open valve whatever the valve does.
  case openedSwitchLies(ValveID)
  case driveTrips(PumpID)
  case unitTrips(UnitID)
  /// The sensor is wrong by this much more every hour.
  case sensorDrifts(PointID, perHour: Double)
  case sensorFreezes(PointID)
  /// The sensor is off by this much at once.
  case sensorJumps(PointID, by: Double)
  case deviceSilent(DeviceID)
  /// Water leaves the circuit.
  case leak(CircuitID, CubicMetersPerHour)
  /// The whole plant is without power: devices silent, machines standing.
  case powerCut
}

/// A fault at a time, for as long as it lasts.
public struct TimedFault: Hashable, Sendable {
  public var fault: Fault
  public var from: Instant
  public var until: Instant

  public init(_ fault: Fault, from: Instant, until: Instant = .distantFuture) {
    self.fault = fault
    self.from = from
    self.until = until
  }
}
