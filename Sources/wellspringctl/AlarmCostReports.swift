import ControlProtocol
import Quantities

/// What each alarm cost, as text: this day, month and year, those that stood longest first.
enum AlarmCostReports {
  private static let spans = [
    ("today", "today"), ("this month", "this_month"), ("this year", "this_year"),
  ]
  private static let columns = [
    ("times", "times", 0, 7), ("hours", "stood_hours", 2, 10),
    ("hot water", "hot_water_kelvin_hours", 1, 11), ("pool", "pool_kelvin_hours", 1, 9),
    ("building", "building_kelvin_hours", 1, 10), ("loops", "loops_kelvin_hours", 1, 9),
    ("kWh", "electricity_kilowatt_hours", 1, 11), ("beyond", "beyond_kilowatt_hours", 1, 10),
  ]

  static func costs(_ result: JSON, _ offset: TimeSpan) -> String {
    let costs = result["costs"]?.list ?? []
    guard !costs.isEmpty else { return "no alarm stood this year" }
    var lines = [
      "Each line is the whole of what happened while its alarm stood: those that stood together are not to be added up."
    ]
    for (title, key) in spans {
      let own = costs.filter { hours($0[key]) > 0 || ($0[key]?["times"]?.number ?? 0) > 0 }
        .sorted { hours($0[key]) > hours($1[key]) }
      guard !own.isEmpty else { continue }
      lines += ["", pad(title, width) + columns.map { right($0.0, $0.3) }.joined()]
      lines += own.map { row($0, key) }
    }
    lines += [
      "", "hot water, pool, building, loops: kelvin-hours outside their band. * stands now.",
    ]
    lines.append(expectation(result, offset))
    if result["is_complete"]?.bool == false {
      lines.append("More alarms stood this year than are kept: those that stood shortest are gone.")
    }
    return lines.joined(separator: "\n")
  }

  private static let width = 52

  private static func hours(_ cost: JSON?) -> Double { cost?["stood_hours"]?.number ?? 0 }

  private static func row(_ alarm: JSON, _ key: String) -> String {
    let mark = alarm["stands"]?.bool == true ? "* " : "  "
    let name = "\(mark)\(alarm["kind"]?.text ?? "") \(alarm["subject"]?.text ?? "")"
    return pad(name, width)
      + columns.map { _, field, digits, width in
        right(alarm[key]?[field]?.number.map { fixed($0, digits) } ?? "–", width)
      }.joined()
  }

  private static func expectation(_ result: JSON, _ offset: TimeSpan) -> String {
    guard let coefficient = result["reference_coefficient"]?.number,
      let day = result["reference_day_milliseconds"]?.instant
    else {
      return "beyond: not known, since there was no whole day without an alarm yet"
    }
    let date = Times.local(day, offset: offset).prefix(10)
    return
      "beyond: above what the same heat and cold took by the last day without alarms, now \(date) with \(fixed(coefficient, 2))"
  }
}
