public import PlantModel
public import Quantities

/// What was kept of one counter on one local day.
public struct MeterEntry: Sendable, Hashable {
  public var kind: AllotmentMeter.Kind
  public var name: String
  /// Floor of a consumer, m².
  public var area: Double
  /// What it can count in a day: Wh or litres.
  public var mostADay: Int64
  /// Wh or litres; nil where it was not read on that day.
  public var reading: Int64?

  public init(
    _ kind: AllotmentMeter.Kind, _ name: String, area: Double, mostADay: Int64, reading: Int64?
  ) {
    self.kind = kind
    self.name = name
    self.area = area
    self.mostADay = mostADay
    self.reading = reading
  }
}

/// All counters of a distribution on one local day, and what its shares followed then.
public struct MeterDay: Sendable, Hashable {
  public var day: LocalDay
  public var basis: Allotment.Basis
  public var entries: [MeterEntry]

  public init(day: LocalDay, basis: Allotment.Basis, entries: [MeterEntry]) {
    self.day = day
    self.basis = basis
    self.entries = entries
  }
}
