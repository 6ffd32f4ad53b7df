import ControlProtocol
import PlantSimulation

/// The designers' numbers against the twin's, as `wellspring-sim rated` prints them.
struct RatedReport {
  let lines: [RatedLine]

  var isSound: Bool { count(.outside) == 0 }

  private func count(_ verdict: RatedLine.Verdict) -> Int {
    lines.count { $0.verdict == verdict }
  }

  /// A row for each number, and below it what it was computed from, and a contradiction's name.
  var text: String {
    var rows: [String] = []
    var system = ""
    for line in lines {
      if line.system != system {
        if !system.isEmpty { rows.append("") }
        system = line.system
        rows.append(row(system, "designers", "twin", "difference", ""))
      }
      let twin = line.twin.map { RatedReport.figure($0) } ?? "–"
      let difference = line.differencePercent.map { RatedReport.signed($0) + " %" } ?? "–"
      let name = line.unit.isEmpty ? line.name : "\(line.name), \(line.unit)"
      rows.append(row("  " + name, demand(line), twin, difference, line.verdict.rawValue))
      rows.append("      from " + line.basis)
      if let reason = line.reason { rows.append("      named: " + reason) }
    }
    rows.append("")
    rows.append(
      "\(lines.count) numbers: \(count(.within)) within 2 % or their limit, \(count(.named)) named, "
        + "\(count(.outside)) outside")
    return rows.joined(separator: "\n")
  }

  private func row(
    _ name: String, _ makers: String, _ twin: String, _ difference: String, _ verdict: String
  ) -> String {
    let row =
      RatedReport.padded(name, 44) + RatedReport.padded(makers, 13, right: true)
      + RatedReport.padded(twin, 11, right: true) + RatedReport.padded(difference, 12, right: true)
    return verdict.isEmpty ? row : row + "  " + verdict
  }

  /// The designers' figure with the sign of what it demands.
  private func demand(_ line: RatedLine) -> String {
    let makers = RatedReport.figure(line.makers)
    return switch line.expectation {
    case .equal, .contradicted, .undetermined: makers
    case .rounded: "~ " + makers
    case .atLeast: "≥ " + makers
    case .atMost: "≤ " + makers
    case .upTo(let most): makers + " … " + RatedReport.figure(most)
    }
  }

  /// `{"lines": […], "within": N, "named": N, "outside": N}`.
  var json: JSON {
    [
      "lines": .list(lines.map(RatedReport.json)), "within": .number(Double(count(.within))),
      "named": .number(Double(count(.named))), "outside": .number(Double(count(.outside))),
    ]
  }

  private static func json(_ line: RatedLine) -> JSON {
    let (demand, other): (String, Double?) =
      switch line.expectation {
      case .equal: ("equal", nil)
      case .rounded(let half): ("rounded", half)
      case .atLeast: ("at-least", nil)
      case .atMost: ("at-most", nil)
      case .upTo(let most): ("up-to", most)
      case .contradicted(let figure, _): ("contradicted", figure)
      case .undetermined: ("undetermined", nil)
      }
    return [
      "system": .text(line.system), "name": .text(line.name), "unit": .text(line.unit),
      "designers": .number(line.makers), "demand": .text(demand),
      "demand_figure": .optional(other), "twin": .rounded(line.twin, 6),
      "difference_percent": .rounded(line.differencePercent, 3),
      "verdict": .text(line.verdict.rawValue), "from": .text(line.basis),
      "reason": line.reason.map { .text($0) } ?? .null,
    ]
  }

  /// Four figures, as far as they stand behind the point.
  private static func figure(_ value: Double) -> String {
    let digits = abs(value) >= 1000 ? 0 : abs(value) >= 100 ? 1 : 2
    return fixed(value, digits)
  }

  private static func signed(_ percent: Double) -> String {
    (percent < -0.005 ? "" : "+") + fixed(percent, 2)
  }

  /// So many digits after the point, also where they are noughts.
  private static func fixed(_ value: Double, _ digits: Int) -> String {
    let plain = JSON.rounded(value, digits).line
    guard digits > 0, plain != "null" else { return plain }
    let parts = plain.split(separator: ".")
    let rest = parts.count > 1 ? String(parts[1]) : ""
    return parts[0] + "." + rest + String(repeating: "0", count: digits - rest.count)
  }

  private static func padded(_ text: String, _ width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(width - text.count, 0))
    return right ? space + text : text + space
  }
}
