public import Quantities

/// A meter of water that the plant must account for: what leaves the aquifer, what goes back, and
/// what is taken or lost on the way.
public struct WaterMeter: Sendable, Equatable {
  /// What the water through a meter counts as in the ledger.
  public enum Use: String, CaseIterable, Sendable {
    /// Lifted from the aquifer.
    case extracted
    /// Put back into the aquifer it came from.
    case returned
    /// Let out on purpose: flushed, with sand, or at a venting.
    case purged
    /// Put into a circuit from outside.
    case madeUp = "made-up"
    /// Caught where it should not be: a sump, a drain of a leak.
    case leaked
  }

  public var name: String
  /// Its counter.
  public var volume: Sensor<CubicMeters>
  public var use: Use
  /// The well that it belongs to; nil for none.
  public var well: String?
  /// Its accuracy class in per cent of what it counts: class 2 is within ±2 %. (ISO 4064-1)
  public var classPercent: Double
  /// The most that can pass it: its overload flow. A counter that goes faster is wrong. (ISO
  /// 4064-1, Q4)
  public var maximumFlow: CubicMetersPerHour
  /// Where the counter begins again at nothing; nil when it does not within the meter's life.
  public var rollOver: CubicMeters?
  /// The counter goes on in steps of this; nil for one that does so smoothly.
  public var litresPerPulse: Double?

  public init(
    name: String, volume: Sensor<CubicMeters>, use: Use, well: String? = nil, classPercent: Double,
    maximumFlow: CubicMetersPerHour, rollOver: CubicMeters? = nil, litresPerPulse: Double? = nil
  ) {
    self.name = name
    self.volume = volume
    self.use = use
    self.well = well
    self.classPercent = classPercent
    self.maximumFlow = maximumFlow
    self.rollOver = rollOver
    self.litresPerPulse = litresPerPulse
  }
}
