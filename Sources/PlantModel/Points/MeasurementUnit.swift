/// The units a point may carry; each name is also the last word of the keys that use it.
public enum MeasurementUnit: String, CaseIterable, Sendable {
  case celsius
  case kelvins
  case kilopascals
  case cubicMetersPerHour = "cubic_meters_per_hour"
  case cubicMeters = "cubic_meters"
  case kilowatts
  case kilowattHours = "kilowatt_hours"
  case hertz
  case fraction
  case kilowattsPerKelvin = "kilowatts_per_kelvin"
  case meters
  case seconds
  case minutes
  case hours
  case count
  /// A signal with two states: 0 or 1.
  case digital

  /// As it is written on a screen.
  public var symbol: String {
    switch self {
    case .celsius: "°C"
    case .kelvins: "K"
    case .kilopascals: "kPa"
    case .cubicMetersPerHour: "m³/h"
    case .cubicMeters: "m³"
    case .kilowatts: "kW"
    case .kilowattHours: "kWh"
    case .hertz: "Hz"
    case .fraction: "%"
    case .kilowattsPerKelvin: "kW/K"
    case .meters: "m"
    case .seconds: "s"
    case .minutes: "min"
    case .hours: "h"
    case .count, .digital: ""
    }
  }
}
