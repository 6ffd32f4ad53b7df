import ControlProtocol
import Quantities

/// Wells as text: their years, their water, their last flushing.
enum WellReports {
  static func wells(_ result: JSON, _ offset: TimeSpan) -> String {
    let wells = result.list ?? []
    guard !wells.isEmpty else { return "this plant has no wells" }
    var lines: [String] = []
    for (title, key, back) in [("this year", "this_year", 0.0), ("last year", "last_year", 1.0)] {
      let year = (wells[0]["year"]?.number ?? 0) - back
      lines.append(
        pad("\(title), \(fixed(year, 0))", 18)
          + [
            "heat taken", "given kWh", "extracted", "returned", "purged", "flushed m³", "unseen h",
          ]
          .map { right($0, 12) }.joined())
      lines += wells.map { pad("  " + ($0["name"]?.text ?? ""), 18) + row($0[key]) }
      for circuit in circuits(wells) {
        let own = wells.filter { $0["circuit"]?.text == circuit }.compactMap { $0[key] }
        guard own.count > 1 else { continue }
        lines.append(pad("  " + circuit, 18) + sum(own))
      }
      lines.append("")
    }
    lines.append("water")
    for well in wells {
      lines.append(pad("  " + (well["name"]?.text ?? ""), 18) + finding(well))
      if let text = leak(well) { lines.append(pad("", 18) + text) }
      if let text = flush(well, offset) { lines.append(pad("", 18) + text) }
    }
    return lines.joined(separator: "\n")
  }

  private static func circuits(_ wells: [JSON]) -> [String] {
    wells.compactMap { $0["circuit"]?.text }.reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  private static let columns = [
    ("heat_taken_kilowatt_hours", 0), ("heat_given_kilowatt_hours", 0),
    ("extracted_cubic_meters", 1), ("returned_cubic_meters", 1), ("purged_cubic_meters", 2),
    ("flushed_cubic_meters", 2), ("unseen_hours", 1),
  ]

  private static func row(_ year: JSON?) -> String {
    columns.map { key, digits in right(fixed(year?[key]?.number ?? 0, digits), 12) }.joined()
  }

  private static func sum(_ years: [JSON]) -> String {
    columns.map { key, digits in
      right(fixed(years.reduce(0) { $0 + ($1[key]?.number ?? 0) }, digits), 12)
    }.joined()
  }

  private static func finding(_ well: JSON) -> String {
    let amount = well["amount"]?.number ?? 0
    switch well["finding"]?.text {
    case "learning": return "its meters' bias is still being learnt"
    case "sound":
      let bias = (well["bias_fraction"]?.number ?? 0) * 100
      return "sound; its meters differ by \(fixed(bias, 2)) %, as learnt"
    case "undecided": return "its meters differ: a meter or a leak, not yet clear which"
    case "meter-bias":
      return
        "one of its meters is wrong: returned less extracted is \(fixed(amount * 100, 2)) % off"
    case "leak-out": return "water leaves between its meters: \(fixed(-amount, 3)) m³/h"
    case "leak-in": return "water enters between its meters: \(fixed(amount, 3)) m³/h"
    case "exchanger-in":
      return "the building's water enters through the exchanger: \(fixed(amount, 3)) m³/h"
    case "exchanger-out":
      return "its water passes the exchanger into the building: \(fixed(-amount, 3)) m³/h"
    default: return "–"
    }
  }

  private static func leak(_ well: JSON) -> String? {
    switch well["leak"]?.text {
    case "packer": "water passes its packer: it draws its own returned water"
    case "column": "water leaves its riser below the surface"
    default: nil
    }
  }

  private static func flush(_ well: JSON, _ offset: TimeSpan) -> String? {
    guard let flush = well["flush"], let began = flush["began_milliseconds"]?.instant else {
      return nil
    }
    if let stage = well["flush_stage"]?.text {
      return "flushing since \(Times.local(began, offset: offset)): \(stage)"
    }
    var text =
      "flushed \(Times.local(began, offset: offset)), \(flush["outcome"]?.text ?? ""), "
      + "\(fixed(flush["drained_cubic_meters"]?.number ?? 0, 2)) m³ to waste"
    let change = { (key: String, digits: Int) -> String? in
      guard let before = flush["before"]?[key]?.number, let after = flush["after"]?[key]?.number
      else { return nil }
      return "\(fixed(before, digits)) → \(fixed(after, digits))"
    }
    if let flow = change("flow_cubic_meters_per_hour", 2) { text += "; \(flow) m³/h" }
    if let intake = change("intake_kilopascals", 1) { text += ", intake \(intake) kPa" }
    return text
  }
}
