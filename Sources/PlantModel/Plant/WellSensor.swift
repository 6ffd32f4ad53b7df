public import Quantities

/// A sensor that a step test reads.
public enum WellSensor: Int, CaseIterable, Hashable, Sendable {
  /// Flow at the wellhead.
  case flow
  case frequency
  case power
  /// Pressure at the intake, below the packer; at rest it is the static level.
  case intakePressure
  /// Pressure at the wellhead on the pump's side.
  case supplyPressure
  /// Pressure at the wellhead behind the back-pressure valve.
  case returnPressure
  case exchangerPressureLoss
  case outletTemperature
  case returnTemperature
  case secondaryEntering
  case secondaryLeaving
  case secondaryFlow

  /// As people read it.
  public var name: String {
    switch self {
    case .flow: "flow"
    case .frequency: "frequency"
    case .power: "power"
    case .intakePressure: "intake pressure"
    case .supplyPressure: "supply pressure"
    case .returnPressure: "return pressure"
    case .exchangerPressureLoss: "exchanger's pressure loss"
    case .outletTemperature: "outlet temperature"
    case .returnTemperature: "return temperature"
    case .secondaryEntering: "secondary entering"
    case .secondaryLeaving: "secondary leaving"
    case .secondaryFlow: "secondary flow"
    }
  }
}

/// The sensors that are fitted, and how finely each reads.
public struct WellInstruments: Hashable, Sendable {
  /// Standard deviation of a steady reading in the sensor's own unit (m³/h, Hz, kW, kPa, K), in the
  /// order of `WellSensor`; nil where the sensor is not fitted.
  private var deviations: [Double?]

  /// All sensors, each to `part` of its range.
  public init(
    part: Fraction, flowRange: Double, frequencyRange: Double, powerRange: Double,
    pressureRange: Double, exchangerRange: Double, temperatureRange: Double
  ) {
    deviations = WellSensor.allCases.map { sensor in
      switch sensor {
      case .flow, .secondaryFlow: flowRange * part.value
      case .frequency: frequencyRange * part.value
      case .power: powerRange * part.value
      case .intakePressure, .supplyPressure, .returnPressure: pressureRange * part.value
      case .exchangerPressureLoss: exchangerRange * part.value
      case .outletTemperature, .returnTemperature, .secondaryEntering, .secondaryLeaving:
        temperatureRange * part.value
      }
    }
  }

  /// The same without one sensor.
  public func without(_ sensor: WellSensor) -> WellInstruments {
    var result = self
    result.deviations[sensor.rawValue] = nil
    return result
  }

  public func has(_ sensor: WellSensor) -> Bool { deviations[sensor.rawValue] != nil }

  /// Standard deviation of a steady reading in the sensor's unit; nil where it is not fitted.
  public func deviation(_ sensor: WellSensor) -> Double? { deviations[sensor.rawValue] }
}
