public import Quantities

/// How far a value may be trusted.
public enum Quality: UInt8, Comparable, Sendable, CaseIterable {
  case bad, stale, uncertain, good
  @inlinable
  public static func < (left: Quality, right: Quality) -> Bool { left.rawValue < right.rawValue }
}

/// Why a value is not good.
public enum Doubt: UInt8, Sendable, CaseIterable {
  case none, neverRead, tooOld, noReply, refused, noValue, outOfRange, notFinite, deviceAway,
    notValid
  /// Pulses may be missing in a count.
  case edgesLost
  /// By what the plant's value checks ask for.
  case jumped, frozen, disagrees, substituted
}

/// A value as it was taken from a device, with how far to trust it.
///
/// The number of a bad sample means nothing; rules ask through `Reading`, which has none then.
public struct Sample: Equatable, Sendable {
  public var value: Double
  public var quality: Quality
  public var doubt: Doubt
  public var taken: Instant

  @inlinable
  public init(value: Double, quality: Quality, doubt: Doubt, taken: Instant) {
    self.value = value
    self.quality = quality
    self.doubt = doubt
    self.taken = taken
  }

  public static let neverRead = Sample(
    value: 0, quality: .bad, doubt: .neverRead, taken: .distantPast)

  /// A sample of `value`, judged: what is not finite or out of `range` is bad from the start.
  @inlinable
  public static func judged(_ value: Double, in range: ClosedRange<Double>, at now: Instant)
    -> Sample
  {
    if !value.isFinite {
      return Sample(value: 0, quality: .bad, doubt: .notFinite, taken: now)
    }
    if !range.contains(value) {
      return Sample(value: value, quality: .bad, doubt: .outOfRange, taken: now)
    }
    return Sample(value: value, quality: .good, doubt: .none, taken: now)
  }

  /// The same sample as seen at `now`: stale past `maximumAge`, bad past twice that.
  @inlinable
  public func aged(at now: Instant, maximumAge: TimeSpan) -> Sample {
    guard quality > .bad else { return self }
    let age = now - taken
    guard age > maximumAge else { return self }
    var older = self
    older.quality = age > maximumAge + maximumAge ? .bad : .stale
    older.doubt = .tooOld
    return older
  }

  /// Whether a rule may act on the number.
  @inlinable public var isUsable: Bool { quality >= .uncertain }
}
