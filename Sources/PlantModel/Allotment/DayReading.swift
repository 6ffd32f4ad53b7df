public import Quantities

/// What a counter showed last on one local day; nil where it was not read soundly on that day.
public struct DayReading: Hashable, Sendable {
  public var day: LocalDay
  /// Its place in `Plant.allotmentMeters`.
  public var meter: Int
  /// Wh or litres.
  public var counter: Int64?

  public init(day: LocalDay, meter: Int, counter: Int64?) {
    self.day = day
    self.meter = meter
    self.counter = counter
  }
}
