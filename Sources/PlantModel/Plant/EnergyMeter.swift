public import Quantities

/// A heat or electricity meter, and what its figures count as.
public struct EnergyMeter: Sendable, Equatable {
  /// What a meter's figures count as.
  public enum Use: Hashable, Sendable {
    /// What a block's units give the building: heat in a heating row, cold in a cooling row.
    case building(BlockID)
    /// What the evaporators of a block draw: cold for the building while it recovers.
    case recoveredCold(BlockID)
    /// Heat given to hot water and pool.
    case hotWater
    /// Electricity of heat-pump units.
    case units
    /// Electricity of circulation pumps.
    case pumps
  }

  public var name: String
  public var device: DeviceID
  public var use: Use
  public var power: Sensor<Kilowatts>
  /// The meter's own counter.
  public var energy: Sensor<KilowattHours>

  public init(
    name: String, device: DeviceID, use: Use, power: Sensor<Kilowatts>,
    energy: Sensor<KilowattHours>
  ) {
    self.name = name
    self.device = device
    self.use = use
    self.power = power
    self.energy = energy
  }
}
