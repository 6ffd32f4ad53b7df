public import ControlProtocol
import PlantModel
public import Quantities

extension AllotmentStatement {
  /// What the consumers' counters count here, and how a thousand of its units are called.
  private var unit: String { basis == .flow ? "m³" : "kWh" }

  /// For people: what is shared, what shares follow, one row a consumer.
  public var text: String {
    var rows = heading
    let columns = Columns(first: 24, rest: 13)
    rows += [
      "", columns.row("consumer", "m²", "days", "measured \(unit)", "estimated", "share kWh", "%"),
    ]
    rows += lines.map { line in
      columns.row(
        line.consumer, JSON.rounded(line.area, 1).line, "\(line.days)", figure(line.measured),
        figure(line.estimated), figure(line.share), percent(line))
    }
    rows.append(
      columns.row(
        "all", JSON.rounded(lines.reduce(0) { $0 + $1.area }, 1).line, "",
        figure(lines.reduce(0) { $0 + $1.measured }),
        figure(lines.reduce(0) { $0 + $1.estimated }), figure(lines.reduce(0) { $0 + $1.share }),
        ""))
    let remarks = lines.flatMap { line in notes(line).map { "  \(line.consumer): \($0)" } }
    if basis == .heat || basis == .flow {
      rows += ["", remarks.isEmpty ? "every day of every consumer was measured" : "not measured"]
      rows += remarks
    }
    return rows.joined(separator: "\n")
  }

  /// For one consumer: its part with the readings that it can compare with its own meter; nil when there
  /// is no such consumer.
  public func text(of consumer: String) -> String? {
    guard let line = lines.first(where: { $0.consumer == consumer }) else { return nil }
    var rows = heading + ["", "\(consumer), \(JSON.rounded(line.area, 1).line) m²"]
    rows.append("  connected           \(line.days) of \(dayCount) days")
    for (name, reading, day) in [
      ("first", line.firstReading, line.firstDay), ("last ", line.lastReading, line.lastDay),
    ] {
      guard let reading, let day else { continue }
      rows.append(
        "  \(name) reading       \(figure(reading)) \(unit) on \(AllotmentStatement.date(day))")
    }
    rows.append("  measured            \(figure(line.measured)) \(unit)")
    rows.append("  estimated           \(figure(line.estimated)) \(unit)")
    rows += notes(line).map { "  note                \($0)" }
    rows.append("  share               \(figure(line.share)) kWh, \(percent(line)) % of all")
    return rows.joined(separator: "\n")
  }

  private var heading: [String] {
    var rows = [
      "\(plant)  \(distribution)  electricity from \(AllotmentStatement.date(from)) to \(AllotmentStatement.date(to)), both included",
      "",
    ]
    rows += electricity.map { meter in
      let known =
        meter.knownDays == dayCount ? "" : ", known of \(meter.knownDays) of \(dayCount) days"
      let early =
        meter.early == 0
        ? "" : ", \(figure(meter.early)) of it from days before that became known now"
      let marks = meter.marks.isEmpty ? "" : ", " + meter.marks.joined(separator: ", ")
      return "  \(meter.meter): \(figure(meter.wattHours)) kWh\(known)\(early)\(marks)"
    }
    rows.append("  shared: \(figure(total)) kWh, \(AllotmentStatement.words(usedBasis))")
    if usedBasis != basis { rows.append("  nobody took anything, or nothing of it is known") }
    return rows
  }

  private static func words(_ basis: Allotment.Basis) -> String {
    switch basis {
    case .heat: "by the heat and cold that each took"
    case .flow: "by the water that each took"
    case .area: "by floor area and days"
    case .equal: "in equal parts, by days"
    }
  }

  private func notes(_ line: Line) -> [String] {
    var notes = line.marks
    if line.estimatedDays > 0 {
      notes.append(
        "\(line.estimatedDays) days estimated: floor area × what the others took on them per m²")
    }
    if line.unknownDays > 0 {
      notes.append("\(line.unknownDays) days not counted: nobody was measured on them")
    }
    return notes
  }

  /// For programs: one row a consumer. Heat and electricity are Wh, water is litres.
  public var csv: String {
    var rows = [
      "from,to,distribution,basis,consumer,area_square_meters,days,days_estimated,days_unknown,first_day,first_reading,last_day,last_reading,measured,estimated,weight,share_watt_hours,total_watt_hours,electricity_days_known,notes"
    ]
    rows += lines.map { line in
      let head =
        "\(AllotmentStatement.date(from)),\(AllotmentStatement.date(to)),\(distribution),\(usedBasis.rawValue),\(line.consumer),\(JSON.number(line.area).line)"
      let days = "\(line.days),\(line.estimatedDays),\(line.unknownDays)"
      let readings =
        "\(line.firstDay.map(AllotmentStatement.date) ?? ""),\(line.firstReading.map(String.init) ?? ""),\(line.lastDay.map(AllotmentStatement.date) ?? ""),\(line.lastReading.map(String.init) ?? "")"
      return
        "\(head),\(days),\(readings),\(line.measured),\(line.estimated),\(line.weight),\(line.share),\(total),\(knownDays),\(line.marks.joined(separator: "; "))"
    }
    return rows.joined(separator: "\n")
  }

  /// Days on which all of the electricity is known.
  private var knownDays: Int { electricity.map(\.knownDays).min() ?? 0 }

  /// The same as one object. Heat and electricity are Wh, water is litres.
  public var json: JSON {
    [
      "plant": .text(plant), "distribution": .text(distribution),
      "from": .text(AllotmentStatement.date(from)), "to": .text(AllotmentStatement.date(to)),
      "basis": .text(usedBasis.rawValue), "total_watt_hours": .number(Double(total)),
      "electricity": .list(
        electricity.map { meter in
          [
            "meter": .text(meter.meter), "watt_hours": .number(Double(meter.wattHours)),
            "watt_hours_before": .number(Double(meter.early)),
            "days_known": .number(Double(meter.knownDays)),
            "notes": .list(meter.marks.map { .text($0) }),
          ]
        }),
      "consumers": .list(
        lines.map { line in
          [
            "consumer": .text(line.consumer), "area_square_meters": .number(line.area),
            "days": .number(Double(line.days)),
            "days_estimated": .number(Double(line.estimatedDays)),
            "days_unknown": .number(Double(line.unknownDays)),
            "first_day": line.firstDay.map { .text(AllotmentStatement.date($0)) } ?? .null,
            "first_reading": line.firstReading.map { .number(Double($0)) } ?? .null,
            "last_day": line.lastDay.map { .text(AllotmentStatement.date($0)) } ?? .null,
            "last_reading": line.lastReading.map { .number(Double($0)) } ?? .null,
            "weight": .number(Double(line.weight)),
            "measured": .number(Double(line.measured)),
            "estimated": .number(Double(line.estimated)),
            "share_watt_hours": .number(Double(line.share)),
            "notes": .list(line.marks.map { .text($0) }),
          ]
        }),
    ]
  }

  private func percent(_ line: Line) -> String {
    total > 0 ? JSON.rounded(100 * Double(line.share) / Double(total), 3).line : "–"
  }

  private func figure(_ thousandths: Int64) -> String { Thousandths.text(thousandths) }

  /// A day as it is written: 2026-01-15.
  public static func date(_ day: LocalDay) -> String {
    String(Times.iso(day.start(offset: .zero)).prefix(10))
  }
}
