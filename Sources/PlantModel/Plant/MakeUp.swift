public import Quantities

/// Holds a circuit's pressure by pumping soft water in.
public struct MakeUp: Sendable, Equatable {
  public var circuit: CircuitID
  /// The make-up pump.
  public var fillCommand: Actuator<Bool>
  /// Low when the soft-water tank is nearly empty: 1 means enough water.
  public var tankLevel: Sensor<Bool>
  /// What has been made up, metered.
  public var volume: Sensor<CubicMeters>
  /// Filling starts below and stops above.
  public var band: ClosedRange<Kilopascals>
  public var alarmPressure: Kilopascals
  /// The circulation pumps stop below this.
  public var cutOffPressure: Kilopascals

  public init(
    circuit: CircuitID, fillCommand: Actuator<Bool>, tankLevel: Sensor<Bool>,
    volume: Sensor<CubicMeters>, band: ClosedRange<Kilopascals>, alarmPressure: Kilopascals,
    cutOffPressure: Kilopascals
  ) {
    self.circuit = circuit
    self.fillCommand = fillCommand
    self.tankLevel = tankLevel
    self.volume = volume
    self.band = band
    self.alarmPressure = alarmPressure
    self.cutOffPressure = cutOffPressure
  }
}
