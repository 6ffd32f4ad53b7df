extension Numerics {
  /// The natural logarithm of a positive, normal `x`, to 1e-14.
  static func logarithm(_ x: Double) -> Double {
    var exponent = Double(x.exponent)
    var significand = x.significand
    if significand > 1.414_213_562_373_095_1 {
      significand *= 0.5
      exponent += 1
    }
    // ln m = 2·artanh((m − 1)/(m + 1)), with an argument of at most 0.172.
    let argument = (significand - 1) / (significand + 1)
    let square = argument * argument
    var sum = 0.0
    var order = 19.0
    while order >= 1 {
      sum = sum * square + 1 / order
      order -= 2
    }
    return 2 * argument * sum + exponent * 0.693_147_180_559_945_3
  }

  /// A positive `x` to the power of `exponent`; nought for no `x`.
  static func power(_ x: Double, _ exponent: Double) -> Double {
    x > 0 ? exponential(exponent * logarithm(x)) : 0
  }

  /// The angle from 0 to π/2 whose tangent is `x`, at least 0, to 1e-13.
  static func arctangent(_ x: Double) -> Double {
    let halfPi = 1.570_796_326_794_896_6
    guard x <= 1 else { return halfPi - arctangent(1 / x) }
    // Twice halved by atan x = 2·atan(x/(1 + √(1 + x²))), so that the series is short.
    let half = x / (1 + (1 + x * x).squareRoot())
    let quarter = half / (1 + (1 + half * half).squareRoot())
    let square = quarter * quarter
    var sum = 0.0
    var order = 19.0
    while order >= 1 {
      sum = 1 / order - sum * square
      order -= 2
    }
    return 4 * quarter * sum
  }
}
