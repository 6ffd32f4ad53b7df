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
  /// A well's drive trips.
  case wellTrips(WellID)
  /// A part of a well is this bad; what the figure means stands with each part.
  case wellDamage(WellID, WellDamage, Double)
  /// The sensor is wrong by this much more every hour.
  case sensorDrifts(PointID, perHour: Double)
  case sensorFreezes(PointID)
  /// The sensor shows this part of the truth: a meter that counts too little, or too much.
  case sensorScales(PointID, by: Double)
  /// The sensor is off by this much at once.
  case sensorJumps(PointID, by: Double)
  case deviceSilent(DeviceID)
  /// Water leaves the circuit.
  case leak(CircuitID, CubicMetersPerHour)
  /// The whole plant is without power: devices silent, machines standing.
  case powerCut
}

/// What wears, clogs or leaks in a well.
public enum WellDamage: String, Hashable, Sendable, CaseIterable {
  /// More loss in the extraction screen, as part of the sound one's.
  case screenClogging = "screen-clogging"
  /// The same in the return screen and its ground.
  case returnClogging = "return-clogging"
  /// Slip inside the pump, as part of its nominal flow.
  case pumpWear = "pump-wear"
  /// More loss in the exchanger, of pressure and of heat, as part of the clean one's.
  case exchangerFouling = "exchanger-fouling"
  /// Past the packer, m³/h at 100 kPa.
  case packerLeak = "packer-leak"
  /// From the riser into the return zone, m³/h at 100 kPa.
  case columnLeak = "column-leak"
  /// Back through the pump at rest, m³/h at 100 kPa.
  case checkValveLeak = "check-valve-leak"
  /// Through the exchanger's plates, m³/h at 100 kPa.
  case exchangerLeak = "exchanger-leak"
  /// Out of the pipes at the surface, m³/h at 100 kPa.
  case surfaceLeak = "surface-leak"
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
