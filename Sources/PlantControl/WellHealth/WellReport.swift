public import Quantities

/// What the step tests of a well say together.
public struct WellReport: Hashable, Sendable {
  /// One figure at the last test, by a straight line through the latest tests.
  public struct Figure: Hashable, Sendable {
    public var index: WellIndex
    /// Change against the commissioning, and its standard deviation.
    public var value: Fraction
    public var deviation: Fraction
    /// When −10 % is, or was, reached; nil while the figure does not fall beyond its uncertainty.
    public var reachesLimit: Instant?
    /// Standard deviation of that day.
    public var reachesLimitDeviation: TimeSpan
    /// Whether the sensors fitted can tell this figure from the others.
    public var isResolved: Bool
  }

  /// Figures that these sensors cannot tell apart.
  public struct Group: Hashable, Sendable {
    public var members: [WellIndex]
    /// Whether one of them at least has worsened, whichever it is.
    public var isWorse: Bool

    /// The parts that the members belong to, each once.
    public var parts: [WellPart] {
      WellPart.allCases.filter { part in members.contains { $0.part == part } }
    }
  }

  /// In the order of `WellIndex`.
  public var figures: [Figure]
  /// Parts that have surely worsened.
  public var worsened: [WellPart]
  /// What cannot be told apart; empty with all sensors.
  public var groups: [Group]
  /// False with fewer than three tests: the figures are shown, and nothing is named.
  public var isFounded: Bool

  /// Every part that has worsened, or may be the one of a group that has.
  public var suspects: [WellPart] {
    WellPart.allCases.filter { part in
      worsened.contains(part) || groups.contains { $0.isWorse && $0.parts.contains(part) }
    }
  }
}
