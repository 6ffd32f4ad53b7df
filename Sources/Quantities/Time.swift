/// A length of time in whole milliseconds; exact, so that sums and comparisons never drift.
public struct TimeSpan: Hashable, Comparable, Sendable {
  public var milliseconds: Int64
  @inlinable public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// A span of `seconds`, rounded to the millisecond; beyond ±285,000 years it is clamped, and what
  /// is no number is none.
  @inlinable
  public init(seconds: Double) {
    let limit = 9.0e15
    let clamped = min(max(seconds * 1000, -limit), limit).rounded()
    milliseconds = clamped.isNaN ? 0 : Int64(clamped)
  }

  @inlinable public static func seconds(_ value: Double) -> TimeSpan { TimeSpan(seconds: value) }
  @inlinable public static func minutes(_ value: Double) -> TimeSpan { .seconds(value * 60) }
  @inlinable public static func hours(_ value: Double) -> TimeSpan { .seconds(value * 3600) }
  @inlinable public static func days(_ value: Double) -> TimeSpan { .seconds(value * 86400) }
  @inlinable public static var zero: TimeSpan { TimeSpan(milliseconds: 0) }

  @inlinable public var seconds: Double { Double(milliseconds) / 1000 }
  @inlinable public var hours: Double { Double(milliseconds) / 3_600_000 }

  @inlinable
  public static func < (left: TimeSpan, right: TimeSpan) -> Bool {
    left.milliseconds < right.milliseconds
  }
  @inlinable
  public static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
    TimeSpan(milliseconds: left.milliseconds + right.milliseconds)
  }
  @inlinable
  public static func - (left: TimeSpan, right: TimeSpan) -> TimeSpan {
    TimeSpan(milliseconds: left.milliseconds - right.milliseconds)
  }
  @inlinable
  public static func += (left: inout TimeSpan, right: TimeSpan) { left = left + right }
  @inlinable
  public static func / (left: TimeSpan, right: TimeSpan) -> Double {
    Double(left.milliseconds) / Double(right.milliseconds)
  }
  @inlinable
  public static func * (left: TimeSpan, right: Double) -> TimeSpan {
    .seconds(left.seconds * right)
  }
}

/// A moment of plant time: milliseconds since 1970-01-01 00:00 UTC, never running backwards.
public struct Instant: Hashable, Comparable, Sendable {
  public var milliseconds: Int64
  @inlinable public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Before every moment a plant can know: "never happened".
  @inlinable public static var distantPast: Instant { Instant(milliseconds: .min / 4) }
  /// After every moment a plant can know: "no deadline".
  @inlinable public static var distantFuture: Instant { Instant(milliseconds: .max / 4) }

  @inlinable
  public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }
  @inlinable
  public static func + (left: Instant, right: TimeSpan) -> Instant {
    Instant(milliseconds: left.milliseconds + right.milliseconds)
  }
  @inlinable
  public static func - (left: Instant, right: TimeSpan) -> Instant {
    Instant(milliseconds: left.milliseconds - right.milliseconds)
  }
  @inlinable
  public static func - (left: Instant, right: Instant) -> TimeSpan {
    TimeSpan(milliseconds: left.milliseconds - right.milliseconds)
  }
}

/// A day of the plant's local time: full days since 1970-01-01 there.
public struct LocalDay: Hashable, Comparable, Sendable {
  public static let length = TimeSpan.days(1)

  public var number: Int64
  @inlinable public init(_ number: Int64) { self.number = number }

  /// The local day of a moment.
  public init(of instant: Instant, offset: TimeSpan) {
    let local = (instant + offset).milliseconds
    let length = LocalDay.length.milliseconds
    number = local / length - (local % length < 0 ? 1 : 0)
  }

  /// The moment at which it begins.
  public func start(offset: TimeSpan) -> Instant {
    Instant(milliseconds: number * LocalDay.length.milliseconds) - offset
  }

  /// Its date in the Gregorian calendar.
  public var date: (year: Int, month: Int, day: Int) {
    let z = Int(number) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let m = (5 * dayOfYear + 2) / 153
    let month = m < 10 ? m + 3 : m - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * m + 2) / 5 + 1)
  }

  @inlinable
  public static func < (left: LocalDay, right: LocalDay) -> Bool { left.number < right.number }
  @inlinable
  public static func + (left: LocalDay, days: Int64) -> LocalDay { LocalDay(left.number + days) }
  @inlinable
  public static func - (left: LocalDay, days: Int64) -> LocalDay { LocalDay(left.number - days) }
  /// How many days one is after the other.
  @inlinable
  public static func - (left: LocalDay, right: LocalDay) -> Int64 { left.number - right.number }
}
