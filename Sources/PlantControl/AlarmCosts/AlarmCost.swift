public import PlantModel
public import Quantities

/// What happened to the plant while an alarm stood, in one span of time.
///
/// It is the whole of what happened: other alarms that stood at the same time have the same in theirs, so
/// costs of several alarms are not to be added up.
public struct AlarmCost: Sendable, Hashable {
  /// How often it was raised.
  public internal(set) var times = 0
  /// How long it stood.
  public internal(set) var stood: TimeSpan = .zero
  /// By how much and how long hot water, pool, building and loops were outside their band: `Shortfall`.
  public internal(set) var hotWater: KelvinHours = .zero
  public internal(set) var pool: KelvinHours = .zero
  public internal(set) var building: KelvinHours = .zero
  public internal(set) var loops: KelvinHours = .zero
  /// Electricity of units and pumps.
  public internal(set) var electricity: KilowattHours = .zero
  /// Heat and cold that were made and wanted.
  public internal(set) var benefit: KilowattHours = .zero
  /// The electricity that the same heat and cold took by the coefficient of the last day without alarms.
  public internal(set) var expected: KilowattHours = .zero
  /// Time before which there was no such day.
  public internal(set) var unpriced: TimeSpan = .zero

  public init() {}

  /// Electricity beyond what was expected, negative when less; nil when nothing can be expected for a part
  /// of the time.
  public var beyond: KilowattHours? { unpriced > .zero ? nil : electricity - expected }

  static func += (left: inout AlarmCost, right: AlarmCost) {
    left.times += right.times
    left.stood += right.stood
    left.hotWater += right.hotWater
    left.pool += right.pool
    left.building += right.building
    left.loops += right.loops
    left.electricity += right.electricity
    left.benefit += right.benefit
    left.expected += right.expected
    left.unpriced += right.unpriced
  }
}

/// An alarm's cost by the local calendar.
public struct AlarmCostSpans: Sendable, Hashable {
  public internal(set) var today = AlarmCost()
  public internal(set) var month = AlarmCost()
  public internal(set) var year = AlarmCost()

  mutating func add(_ part: AlarmCost) {
    today += part
    month += part
    year += part
  }

  /// Begins anew what is over.
  mutating func roll(month isOtherMonth: Bool, year isOtherYear: Bool) {
    today = AlarmCost()
    if isOtherMonth || isOtherYear { month = AlarmCost() }
    if isOtherYear { year = AlarmCost() }
  }

  /// Adds time that it stood without being counted, to each span as far as it lies in it.
  mutating func stand(from begin: Instant, to end: Instant, _ starts: CalendarStarts) {
    let span = { (start: Instant) in max(end - max(begin, start), .zero) }
    for (part, start) in [
      (\AlarmCostSpans.today, starts.day), (\.month, starts.month), (\.year, starts.year),
    ] {
      self[keyPath: part].stood += span(start)
      self[keyPath: part].unpriced += span(start)
    }
  }
}

/// When the day, month and year of a moment began, in local time.
struct CalendarStarts: Sendable, Hashable {
  let day: Instant
  let month: Instant
  let year: Instant

  init(of today: LocalDay, offset: TimeSpan) {
    let date = today.date
    var first = today - Int64(date.day - 1)
    day = today.start(offset: offset)
    month = first.start(offset: offset)
    while first.date.month > 1 {
      let before = first - 1
      first = before - Int64(before.date.day - 1)
    }
    year = first.start(offset: offset)
  }
}

extension AlarmCost: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("times", &times)
    archive.field("stood_milliseconds", &stood)
    archive.field("hot_water_kelvin_hours", &hotWater)
    archive.field("pool_kelvin_hours", &pool)
    archive.field("building_kelvin_hours", &building)
    archive.field("loops_kelvin_hours", &loops)
    archive.field("electricity_kilowatt_hours", &electricity)
    archive.field("heat_and_cold_kilowatt_hours", &benefit)
    archive.field("expected_kilowatt_hours", &expected)
    archive.field("unpriced_milliseconds", &unpriced)
  }
}

extension AlarmCostSpans: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.group("today", &today)
    archive.group("month", &month)
    archive.group("year", &year)
  }
}
