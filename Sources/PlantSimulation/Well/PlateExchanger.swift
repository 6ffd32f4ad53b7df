public import PlantModel
public import Quantities

/// A plate heat exchanger in counter-flow, by effectiveness and number of transfer units.
///
/// ε = (1 − e^(−NTU(1−Cr)))/(1 − Cr·e^(−NTU(1−Cr))), and NTU/(1 + NTU) for Cr = 1 (Kays and London).
/// Each side's film follows its flow to a power; fouling adds a resistance.
public struct PlateExchanger: Hashable, Sendable {
  public var description: PlateExchangerDescription
  /// Thermal resistance of fouling, kelvin a kilowatt.
  public var foulingKelvinPerKilowatt = 0.0

  public init(_ description: PlateExchangerDescription) { self.description = description }

  /// Heat from the first to the second flow, and how both leave.
  public struct Output: Hashable, Sendable {
    public var heat: Kilowatts
    public var firstLeaving: Celsius
    public var secondLeaving: Celsius
  }

  /// Effectiveness from 0 to 1 at a number of transfer units and a ratio of the smaller to the larger
  /// capacity flow from 0 to 1.
  public static func effectiveness(transferUnits: Double, capacityRatio: Double) -> Double {
    let difference = 1 - capacityRatio
    guard difference > 1e-6 else { return transferUnits / (1 + transferUnits) }
    let passed = Numerics.exponential(-transferUnits * difference)
    return (1 - passed) / (1 - capacityRatio * passed)
  }

  /// Heat per kelvin of mean difference at these flows.
  public func conductance(_ first: CubicMetersPerHour, _ second: CubicMetersPerHour)
    -> KilowattsPerKelvin
  {
    guard first.value > 0, second.value > 0 else { return .zero }
    let film = 0.5 / description.conductance.value
    let nominal = description.nominalFlow.value
    let exponent = description.flowExponent
    let resistance =
      film / Numerics.power(first.value / nominal, exponent)
      + film / Numerics.power(second.value / nominal, exponent) + foulingKelvinPerKilowatt
    return KilowattsPerKelvin(1 / resistance)
  }

  /// What passes between two flows that enter at these temperatures; negative heat where the first is
  /// the colder one.
  public func exchange(
    _ first: CubicMetersPerHour, entering firstEntering: Celsius,
    _ second: CubicMetersPerHour, entering secondEntering: Celsius
  ) -> Output {
    guard first.value > 1e-6, second.value > 1e-6 else {
      return Output(heat: .zero, firstLeaving: firstEntering, secondLeaving: secondEntering)
    }
    let firstCapacity = first.value * Water.kilowattHoursPerCubicMeterKelvin
    let secondCapacity = second.value * Water.kilowattHoursPerCubicMeterKelvin
    let least = min(firstCapacity, secondCapacity)
    let effectiveness = PlateExchanger.effectiveness(
      transferUnits: conductance(first, second).value / least,
      capacityRatio: least / max(firstCapacity, secondCapacity))
    let heat = effectiveness * least * (firstEntering - secondEntering).value
    return Output(
      heat: Kilowatts(heat),
      firstLeaving: firstEntering - TemperatureDifference(heat / firstCapacity),
      secondLeaving: secondEntering + TemperatureDifference(heat / secondCapacity))
  }
}
