public import Quantities

/// A loop whose consumers have heat pumps of their own and switch them as they like: the rooms of a
/// household or a village, the buildings of a source station. Nobody knows their demand in advance.
public struct Distribution: Sendable, Equatable {
  public var name: String
  /// The loop that they hang on.
  public var circuit: CircuitID
  /// Whose mode says whether it runs, and whether its consumers heat or cool.
  public var block: BlockID
  /// Differential pressure at the last consumer; nil where it is not fitted.
  public var farEndPressure: Sensor<Kilopascals>?
  /// What the last consumer needs.
  public var farEndSetpoint: Kilopascals
  /// The pumps' set-point is reset within these.
  public var setpointRange: ClosedRange<Kilopascals>
  /// Lets the pumps' least flow pass while consumers are shut; nil where something else does.
  public var bypassCommand: Actuator<Fraction>?
  public var minimumFlow: CubicMetersPerHour
  /// How its consumers share the loop's electricity; nil where they do not.
  public var allotment: Allotment?

  public init(
    name: String, circuit: CircuitID, block: BlockID, farEndPressure: Sensor<Kilopascals>?,
    farEndSetpoint: Kilopascals, setpointRange: ClosedRange<Kilopascals>,
    bypassCommand: Actuator<Fraction>?, minimumFlow: CubicMetersPerHour,
    allotment: Allotment? = nil
  ) {
    self.name = name
    self.circuit = circuit
    self.block = block
    self.farEndPressure = farEndPressure
    self.farEndSetpoint = farEndSetpoint
    self.setpointRange = setpointRange
    self.bypassCommand = bypassCommand
    self.minimumFlow = minimumFlow
    self.allotment = allotment
  }
}

/// Who takes heat or cold from a distribution, with a meter of its own.
public struct Consumer: Sendable, Equatable {
  public var name: String
  public var distribution: DistributionID
  public var device: DeviceID
  /// Heat and cold taken from the loop, as its meter counts them.
  public var energy: Sensor<KilowattHours>
  public var flow: Sensor<CubicMetersPerHour>
  /// Its water counter; nil where its meter has none.
  public var volume: Sensor<CubicMeters>?
  /// Floor area that is heated, m².
  public var area: Double
  /// Its heat pump, where that can be read; nil where it cannot.
  public var unit: ConsumerUnit?

  public init(
    name: String, distribution: DistributionID, device: DeviceID, energy: Sensor<KilowattHours>,
    flow: Sensor<CubicMetersPerHour>, volume: Sensor<CubicMeters>? = nil, area: Double,
    unit: ConsumerUnit? = nil
  ) {
    self.name = name
    self.distribution = distribution
    self.device = device
    self.energy = energy
    self.flow = flow
    self.volume = volume
    self.area = area
    self.unit = unit
  }
}

/// A consumer's heat pump: it runs by itself, and is looked at only.
public struct ConsumerUnit: Sendable, Equatable {
  public var device: DeviceID
  public var running: Sensor<Bool>
  public var tripped: Sensor<Bool>

  public init(device: DeviceID, running: Sensor<Bool>, tripped: Sensor<Bool>) {
    self.device = device
    self.running = running
    self.tripped = tripped
  }
}
