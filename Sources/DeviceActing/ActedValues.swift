import PlantModel
import Quantities

/// What the instruments of an acted device show: figures that such a device has in service, which fit each other.
struct ActedValues {
  /// A commanded drive turns at this at first, in Hz.
  static let runningHertz = 35.0
  /// What passes through a machine that measures it.
  private static let flow = 12.4
  private static let machineFlow = 1.9
  /// kW for a cubic metre an hour and kelvin of water.
  private static let heatFactor = 1.163
  private static let phaseVolts = [231.4, 229.8, 230.6]
  private static let amperes = [9.1, 8.7, 9.4]
  private static let cosine = 0.92

  /// Names of the device's signals, by which what belongs together is told.
  let names: [String]
  var isRunning: Bool
  /// The commanded frequency of a drive.
  var hertz: Double

  /// The value of a signal that is a number, `seconds` after the beginning.
  func value(_ name: String, _ point: Point, at seconds: Double) -> Double {
    let wanted = number(name, point, seconds)
    return min(max(wanted, point.range.lowerBound), point.range.upperBound)
  }

  private func number(_ name: String, _ point: Point, _ seconds: Double) -> Double {
    switch point.unit {
    case .hertz: return frequency(name, point)
    case .celsius: return temperature(name)
    case .kelvins: return 6.4
    case .kilopascals: return 152
    case .cubicMetersPerHour:
      return name == "flow" ? ActedValues.flow : ActedValues.machineFlow
    case .cubicMeters: return 8214 + (ActedValues.flow * seconds / 3600).rounded(.down)
    case .kilowatts: return power(name)
    case .kilowattHours:
      return (name.hasSuffix("given") ? 311.5 : 48_231.5) + abs(power("power")) * seconds / 3600
    case .hours: return 4321
    case .fraction: return isDrive && !isRunning ? 0 : 0.62
    case .count: return count(name)
    case .digital, .kilowattsPerKelvin, .meters, .seconds, .minutes: return 1
    }
  }

  private var isDrive: Bool { names.contains("speed-command") || names.contains("run-command") }

  private func frequency(_ name: String, _ point: Point) -> Double {
    if name.hasPrefix("mains") { return 50.01 }
    if isDrive { return isRunning ? hertz : 0 }
    return 62
  }

  private func temperature(_ name: String) -> Double {
    switch name {
    case "outdoor": 6.3
    case "hot-gas": 68.2
    case "evaporator-entering", "loop-entering": 9.8
    case "evaporator-leaving", "loop-leaving": 6.2
    case "condenser-entering": 33.1
    case "condenser-leaving", "supply": 38.4
    case "inlet": 45.2
    case "outlet": 38.7
    default: 31.5
    }
  }

  /// Of a heat meter what flow and temperatures give, of an electricity meter what its voltages and currents do.
  private func power(_ name: String) -> Double {
    if names.contains("inlet"), names.contains("flow") {
      return ActedValues.heatFactor * ActedValues.flow * 6.5
    }
    if name.hasPrefix("heat") { return ActedValues.heatFactor * ActedValues.machineFlow * 5.3 }
    if isDrive { return isRunning ? 4.2 : 0 }
    let phases = names.contains("voltage") ? 1 : 3
    let apparent = (0..<phases).reduce(0) {
      $0 + ActedValues.phaseVolts[$1] * ActedValues.amperes[$1]
    }
    return apparent * ActedValues.cosine / 1000
  }

  private func count(_ name: String) -> Double {
    let phase = name.last.flatMap { Int(String($0)) }.map { ($0 - 1) % 3 } ?? 0
    if name == "bus-voltage" { return 540 }
    if name == "mains-voltage" { return 398 }
    if name.hasPrefix("voltage") { return ActedValues.phaseVolts[max(phase, 0)] }
    if name.hasPrefix("current") {
      return isDrive ? (isRunning ? 8.6 : 0) : ActedValues.amperes[max(phase, 0)]
    }
    switch name {
    case "speed": return isRunning ? hertz * 60 * 0.97 : 0
    case "sound-speed": return 1482
    case "transit-ratio": return 100.1
    case "velocity": return 1.2
    case "signal-quality": return 71
    case "starts": return 812
    default: return 0
    }
  }
}
