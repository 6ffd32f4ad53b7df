import ControlProtocol

/// Heat, cold, electricity and coefficients as text.
enum EnergyReports {
  static func energy(_ result: JSON) -> String {
    var lines = [
      "kWh                            heat       cold    surplus      units      pumps   coefficient"
    ]
    for (title, key) in [("today", "today"), ("yesterday", "yesterday"), ("in all", "total")] {
      for member in result[key]?.members ?? [] {
        guard (member.value["time_hours"]?.number ?? 0) > 0 else { continue }
        lines += rows("\(title) \(member.key)", member.value)
      }
    }
    if let window = result["last_ten_minutes"] { lines += rows("last 10 minutes", window) }
    lines.append("±: within it with 95 %; of electricity, units and pumps together")
    if let gap = result["gap_hours"]?.number, gap > 0 {
      lines.append(
        "a meter was away for \(gap) h: what no counter told of that time is not in these figures, but in their ±"
      )
    }
    return lines.joined(separator: "\n")
  }

  /// The figures, and below each what it may be wrong by.
  private static func rows(_ title: String, _ figures: JSON) -> [String] {
    let value = { (key: String, digits: Int, width: Int) in
      right(figures[key]?.number.map { fixed($0, digits) } ?? "–", width)
    }
    let energies = ["heat", "cold", "surplus_cold", "units", "pumps"]
      .map { value($0 + "_kilowatt_hours", 1, 11) }
    return [
      pad(title, 24) + energies.joined() + value("coefficient", 2, 14),
      right("±", 24) + value("heat_uncertainty_kilowatt_hours", 1, 11)
        + value("cold_uncertainty_kilowatt_hours", 1, 11)
        + value("electricity_uncertainty_kilowatt_hours", 1, 33)
        + value("coefficient_uncertainty", 2, 14),
    ]
  }
}
