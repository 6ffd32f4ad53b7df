/// What a well needs to know of cold water besides its heat.
enum WaterProperties {
  /// The pressure of a metre of water at 10 °C.
  static let kilopascalsPerMeter = 9.804

  /// Dynamic viscosity in mPa·s at 0 to 50 °C, to 2.5 %: 0.02414·10^(247.8/(T − 140)), T in kelvin
  /// (Vogel's equation with the constants of Al-Shemmeri 2012).
  static func viscosity(celsius: Double) -> Double {
    let bounded = min(max(celsius, 0), 50)
    return 0.024_14 * Numerics.exponential(2.302_585_092_994_046 * 247.8 / (bounded + 133.15))
  }

  /// Against water of 10 °C.
  static func relativeViscosity(celsius: Double) -> Double {
    viscosity(celsius: celsius) / viscosity(celsius: 10)
  }
}
