/// The well function of Theis: W(u) = E₁(u), the exponential integral.
///
/// Draw-down around a well that has drawn Q for the time t is Q/(4πT)·W(r²S/(4Tt)) (Theis 1935).
enum WellFunction {
  private static let eulerMascheroni = 0.577_215_664_901_532_9

  /// W(u) to 1e-10 for every `u` above 0; nought where u is beyond 700.
  static func value(_ u: Double) -> Double {
    guard u < 700 else { return 0 }
    return u < 1 ? series(u) : continuedFraction(u)
  }

  /// −γ − ln u + u − u²/(2·2!) + u³/(3·3!) − …
  private static func series(_ u: Double) -> Double {
    var sum = 0.0
    var term = 1.0
    var order = 1.0
    repeat {
      term *= -u / order
      sum -= term / order
      order += 1
    } while abs(term) > 1e-17 && order < 40
    return sum - eulerMascheroni - Numerics.logarithm(u)
  }

  /// e^−u/(u + 1 − 1/(u + 3 − 4/(u + 5 − …))), from its far end.
  private static func continuedFraction(_ u: Double) -> Double {
    var order = 60.0
    var tail = u + 2 * order + 1
    while order >= 1 {
      tail = u + 2 * order - 1 - order * order / tail
      order -= 1
    }
    return Numerics.exponential(-u) / tail
  }
}
