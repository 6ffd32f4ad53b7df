/// Functions of our own where the C library's last bits differ from CPU to CPU.
enum Numerics {
  /// e to the power of `x`, to 1e-12, for x from −700 to 700.
  static func exponential(_ x: Double) -> Double {
    let bounded = min(max(x, -700), 700)
    let whole = (bounded * 1.442_695_040_888_963_4).rounded()
    let rest = bounded - whole * 0.693_147_180_559_945_3
    var sum = 1.0
    var term = 1.0
    var order = 1.0
    while order <= 13 {
      term *= rest / order
      sum += term
      order += 1
    }
    return sum * Double(sign: .plus, exponent: Int(whole), significand: 1)
  }

  /// The sine of an angle in turns, to 0.1 % of its amplitude.
  static func sine(turns: Double) -> Double {
    let phase = turns - turns.rounded(.down)
    let half = phase < 0.5 ? phase : phase - 0.5
    let parabola = 16 * half * (0.5 - half)
    let refined = parabola * (0.775 + 0.225 * parabola)
    return phase < 0.5 ? refined : -refined
  }

  static func cosine(turns: Double) -> Double { sine(turns: turns + 0.25) }

  /// Effectiveness of an exchanger whose other side does not change temperature: 1 − e^(−NTU).
  static func effectiveness(conductance: Double, capacityFlow: Double) -> Double {
    guard capacityFlow > 1e-9 else { return 1 }
    return 1 - exponential(-conductance / capacityFlow)
  }
}

/// A seeded generator (xorshift64*): the same seed gives the same year.
struct SeededGenerator: Sendable, Hashable {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }

  /// Even from −1 to 1.
  mutating func signed() -> Double {
    Double(Int64(bitPattern: next()) >> 11) / 4_503_599_627_370_496
  }

  /// Bell-shaped with a standard deviation of 1: the sum of four even ones of 16 bits.
  mutating func bell() -> Double {
    let bits = next()
    let low = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF)
    let sum = low + ((bits >> 32) & 0xFFFF) + (bits >> 48)
    return (Double(sum) / 65_536 - 2) * 1.732
  }
}
