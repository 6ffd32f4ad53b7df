/// Water as a carrier of heat. Pressure and temperature change these by less than 1 % between 5 and
/// 50 °C, which is inside the class of a heat meter.
public enum Water {
  /// Heat that one cubic metre takes up per kelvin: 4.187 kJ/(kg·K) × 1,000 kg/m³ = 1.163 kWh.
  public static let kilowattHoursPerCubicMeterKelvin = 1.163

  /// The heat carried by `flow` over a temperature difference; negative when the difference is.
  @inlinable
  public static func heat(
    of flow: CubicMetersPerHour, over difference: TemperatureDifference
  ) -> Kilowatts {
    Kilowatts(flow.value * difference.value * kilowattHoursPerCubicMeterKelvin)
  }

  /// The heat that brings `volume` through a temperature difference.
  @inlinable
  public static func heat(
    of volume: CubicMeters, over difference: TemperatureDifference
  ) -> KilowattHours {
    KilowattHours(volume.value * difference.value * kilowattHoursPerCubicMeterKelvin)
  }
}
