import PlantModel
public import Quantities

/// The performance of a unit at its temperatures: a fraction of Carnot that falls with the lift,
/// fitted to the designers' table.
///
/// Table: 517 kW of cold for 91.1 kW at 7 / 35 °C leaving; 648.2 kW of heat for 160.3 kW at 7 / 50 °C.
/// Heat is cold plus electricity, always.
public struct HeatPumpMap: Sendable, Hashable {
  /// Size against the machine of the table.
  let size: Double

  /// Evaporating below, and condensing above, the leaving water by this.
  static let evaporatorApproach = 3.0
  static let condenserApproach = 2.0
  /// The fraction of Carnot at a lift of 33 K, and its loss per further kelvin.
  static let fraction = 0.710_23
  static let fractionPerKelvin = 0.007_555
  /// Cold at 7 / 35 °C, and how it changes per kelvin of either side.
  static let cold = 517.0
  static let coldPerEvaporatorKelvin = 15.5
  static let coldPerCondenserKelvin = -1.94

  /// The machine of the table itself.
  static let reference = HeatPumpMap(ratedHeating: Kilowatts(648.2))

  public init(ratedHeating: Kilowatts) { size = ratedHeating.value / 648.2 }

  /// What a unit makes and takes at one moment.
  public struct Output: Sendable, Hashable {
    public var heat: Kilowatts
    public var cold: Kilowatts
    public var power: Kilowatts
  }

  /// What a unit does at `load` with water leaving at these temperatures.
  public func output(load: Fraction, evaporatorLeaving: Celsius, condenserLeaving: Celsius)
    -> Output
  {
    guard load.value > 0 else { return Output(heat: .zero, cold: .zero, power: .zero) }
    let condensing = condenserLeaving.value + 273.15 + HeatPumpMap.condenserApproach
    let evaporating = evaporatorLeaving.value + 273.15 - HeatPumpMap.evaporatorApproach
    let lift = max(condensing - evaporating, 12)
    let fraction = min(
      max(HeatPumpMap.fraction - HeatPumpMap.fractionPerKelvin * (lift - 33), 0.2), 0.74)
    let heatRatio = max(fraction * (evaporating + lift) / lift, 1.3)
    let full = max(
      HeatPumpMap.cold + HeatPumpMap.coldPerEvaporatorKelvin * (evaporatorLeaving.value - 7)
        + HeatPumpMap.coldPerCondenserKelvin * (condenserLeaving.value - 35), 50)
    let cold = full * size * load.value
    let partLoad = 1 + 0.08 * (1 - load.value)
    let power = cold / (heatRatio - 1) * partLoad
    return Output(
      heat: Kilowatts(cold + power), cold: Kilowatts(cold), power: Kilowatts(power))
  }
}
