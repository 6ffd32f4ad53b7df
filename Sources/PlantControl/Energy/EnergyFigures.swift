public import PlantModel
public import Quantities

/// How the plant was run while energy was counted.
public enum EnergyOperation: String, Sendable, CaseIterable, Hashable {
  case idle
  case coolingOnly = "cooling-only"
  case heatingOnly = "heating-only"
  case simultaneous

  /// Its place in lists by operation.
  var place: Int {
    switch self {
    case .idle: 0
    case .coolingOnly: 1
    case .heatingOnly: 2
    case .simultaneous: 3
    }
  }
}

/// Heat, cold and electricity of one operation, or of all together.
public struct EnergyFigures: Sendable, Hashable {
  public var heat: KilowattHours = .zero
  /// Cold that the building wanted.
  public var cold: KilowattHours = .zero
  /// Cold made beyond what the building wanted; it does not count in the coefficients.
  public var surplusCold: KilowattHours = .zero
  public var units: KilowattHours = .zero
  public var pumps: KilowattHours = .zero
  public var time: TimeSpan = .zero

  public init() {}

  /// (ΣQ_c + ΣQ_h) / (ΣN_units + ΣN_pumps); nil without electricity.
  public var coefficient: Double? {
    let electricity = units + pumps
    return electricity.value > 0 ? (heat + cold) / electricity : nil
  }
}

extension EnergyFigures: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("heat_kilowatt_hours", &heat)
    archive.field("cold_kilowatt_hours", &cold)
    archive.field("surplus_cold_kilowatt_hours", &surplusCold)
    archive.field("units_kilowatt_hours", &units)
    archive.field("pumps_kilowatt_hours", &pumps)
    archive.field("time_milliseconds", &time)
  }

  static func += (left: inout EnergyFigures, right: EnergyFigures) {
    left.heat += right.heat
    left.cold += right.cold
    left.surplusCold += right.surplusCold
    left.units += right.units
    left.pumps += right.pumps
    left.time += right.time
  }
}
