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
  /// The limit of its error, as part of what it counts: two standard deviations.
  public var permissibleError: Fraction

  /// Of a heat meter of class 2 by EN 1434: 3 + 4·ΔΘmin/ΔΘ + 0.02·qp/q per cent, with the least
  /// difference of 3 K, the 5 K of heat pumps, and half the nominal flow: 5.44.
  public static let heatError = Fraction(0.055)
  /// Of an electricity meter of class B by EN 50470-3.
  public static let electricityError = Fraction(0.01)

  /// - Parameter permissibleError: as part of its figure; nil for the usual one of its use.
  public init(
    name: String, device: DeviceID, use: Use, power: Sensor<Kilowatts>,
    energy: Sensor<KilowattHours>, permissibleError: Fraction? = nil
  ) {
    self.name = name
    self.device = device
    self.use = use
    self.power = power
    self.energy = energy
    self.permissibleError = permissibleError ?? use.usualError
  }
}

extension EnergyMeter.Use {
  /// What a meter of this use may be wrong by, as part of its figure, where nothing is stated.
  public var usualError: Fraction {
    switch self {
    case .building, .recoveredCold, .hotWater: EnergyMeter.heatError
    case .units, .pumps: EnergyMeter.electricityError
    }
  }
}
