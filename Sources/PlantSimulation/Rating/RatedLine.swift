/// One number of the designers beside the twin's own.
public struct RatedLine: Hashable, Sendable {
  /// What the twin's figure has to be against the designers'.
  public enum Expectation: Hashable, Sendable {
    /// Within `tolerance` of it.
    case equal
    /// Within so much of it, in the line's unit: half of the last figure that is printed.
    case rounded(within: Double)
    case atLeast
    case atMost
    /// Between the designers' figure and this one.
    case upTo(Double)
    /// The designers' other figures give this one instead; the twin has to agree with it, and the
    /// printed one not.
    case contradicted(by: Double, why: String)
    /// The designers leave out what the twin would need.
    case undetermined(why: String)
  }

  /// How a line stands.
  public enum Verdict: String, Hashable, Sendable {
    case within
    /// Off the printed figure, or without one of the twin's, for a reason that is named.
    case named
    case outside
  }

  /// The part by which the twin may be off a figure.
  public static let tolerance = 0.02

  /// The system that the number belongs to.
  public var system: String
  public var name: String
  /// In writing, as "kW"; empty for a ratio.
  public var unit: String
  public var makers: Double
  /// Nil where the twin can give none.
  public var twin: Double?
  public var expectation: Expectation
  /// What the twin's figure was computed from.
  public var basis: String

  /// The twin's figure over the designers', less 100 %; nil for a temperature, whose zero means
  /// nothing.
  public var differencePercent: Double? {
    guard let twin, unit != "°C" else { return nil }
    return 100 * (twin / makers - 1)
  }

  /// The contradiction, or what is left out; nil where neither is.
  public var reason: String? {
    switch expectation {
    case .contradicted(_, let why), .undetermined(let why): why
    case .equal, .rounded, .atLeast, .atMost, .upTo: nil
    }
  }

  public var verdict: Verdict {
    if case .undetermined = expectation { return .named }
    guard let twin else { return .outside }
    switch expectation {
    case .equal: return RatedLine.agree(twin, makers) ? .within : .outside
    case .rounded(let half): return abs(twin - makers) <= half ? .within : .outside
    case .atLeast: return twin >= makers ? .within : .outside
    case .atMost: return twin <= makers ? .within : .outside
    case .upTo(let most): return twin >= makers && twin <= most ? .within : .outside
    case .contradicted(let other, _):
      let isOne = !RatedLine.agree(makers, other)
      return isOne && RatedLine.agree(twin, other) ? .named : .outside
    case .undetermined: return .named
    }
  }

  private static func agree(_ one: Double, _ other: Double) -> Bool {
    abs(one / other - 1) <= tolerance
  }
}

/// A number as a person reads it, with so many digits after the point.
func shown(_ value: Double, _ digits: Int = 0) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "–" }
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let whole = Int64((abs(value) * scale).rounded())
  let sign = value < 0 && whole > 0 ? "−" : ""
  guard digits > 0 else { return sign + "\(whole)" }
  let parts = whole.quotientAndRemainder(dividingBy: Int64(scale))
  let rest = String(parts.remainder)
  return sign + "\(parts.quotient)." + String(repeating: "0", count: digits - rest.count) + rest
}
