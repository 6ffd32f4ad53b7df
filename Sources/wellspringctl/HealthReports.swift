import ControlProtocol
import Quantities

/// What the step tests of the wells say, as text.
enum HealthReports {
  static func health(_ result: JSON, _ offset: TimeSpan) -> String {
    let wells = result.list ?? []
    guard !wells.isEmpty else { return "this plant has no wells" }
    return wells.map { lines(of: $0, offset).joined(separator: "\n") }.joined(separator: "\n\n")
  }

  private static func lines(of well: JSON, _ offset: TimeSpan) -> [String] {
    let name = well["name"]?.text ?? ""
    guard well["can_be_tested"]?.bool == true else {
      return [name + ": no step tests; its configuration has no step_test"]
    }
    var lines = [name + ": " + verdict(well)]
    if let text = last(well, offset) { lines.append("  " + text) }
    let figures = well["figures"]?.list ?? []
    if !figures.isEmpty {
      lines.append(
        "  " + pad("since the commissioning", 26) + right("change", 9) + "  −10 % reached")
      lines += figures.map { figure($0, offset) }
    }
    for group in well["not_told_apart"]?.list ?? [] {
      let parts = words(group["parts"]?.list, " or ")
      let word =
        group["has_worsened"]?.bool == true ? "has worsened" : "cannot be judged apart"
      lines.append("  \(parts): \(word), with the sensors fitted")
    }
    let missing = words(well["sensors_missing"]?.list, ", ")
    if !missing.isEmpty { lines.append("  sensors not fitted: \(missing)") }
    let unfit = well["unfit_tests"]?.number ?? 0
    if unfit > 0 {
      lines.append(
        "  \(fixed(unfit, 0)) of its tests had other speeds, positions or sensors and do not count")
    }
    return lines
  }

  private static func words(_ list: [JSON]?, _ separator: String) -> String {
    (list ?? []).compactMap(\.text).joined(separator: separator)
  }

  private static func verdict(_ well: JSON) -> String {
    let tests = (well["tests"]?.number ?? 0) - (well["unfit_tests"]?.number ?? 0)
    let first = well["commissioning_tests"]?.number ?? 3
    if tests < first {
      return "\(fixed(tests, 0)) of \(fixed(first, 0)) tests of its commissioning are made"
    }
    if tests == first { return "its commissioning is made; no test since" }
    let later = "\(fixed(tests - first, 0)) since the commissioning"
    guard well["is_founded"]?.bool == true else {
      return "\(later); three are the least that name anything"
    }
    let worsened = words(well["worsened"]?.list, " and ")
    if !worsened.isEmpty { return "worsened: \(worsened) (tests: \(later))" }
    let isGroup = (well["not_told_apart"]?.list ?? []).contains { $0["has_worsened"]?.bool == true }
    return isGroup ? "something has worsened (tests: \(later))" : "sound (tests: \(later))"
  }

  private static func last(_ well: JSON, _ offset: TimeSpan) -> String? {
    guard let test = well["last_test"], let began = test["began_milliseconds"]?.instant else {
      return nil
    }
    let time = Times.local(began, offset: offset)
    if let hold = well["hold"]?.number {
      let place =
        hold == 0 ? "at rest" : "hold \(fixed(hold, 0)) of \(fixed(well["holds"]?.number ?? 0, 0))"
      return "step test since \(time): \(place)"
    }
    return "last step test \(time): " + ending(test)
  }

  private static func ending(_ test: JSON) -> String {
    switch test["outcome"]?.text {
    case "done": "done"
    case "stopped": "stopped by a person or a restart"
    case "lost": "ended, its pump failed, had to stand or fell silent"
    case "needed": "ended, its circuit's water could not do without it; choose a milder hour"
    case "limited":
      "ended, a limit held its speed, or hardly any water passed: see speeds and positions (step_test)"
    case "near-vacuum":
      "ended, the loop's highest point came near vacuum; choose smaller openings (step_test)"
    case "valve-astray": "ended, the back-pressure valve did not go where it was told"
    case "value-missing": "ended, no value of its \(test["sensor"]?.text ?? "sensor")"
    case "not-started": "ended, it did not come to rest or did not start: wellspringctl why"
    default: "under way"
    }
  }

  private static func figure(_ figure: JSON, _ offset: TimeSpan) -> String {
    let change = (figure["change_fraction"]?.number ?? 0) * 100
    let deviation = (figure["deviation_fraction"]?.number ?? 0) * 100
    var text =
      "  " + pad("  " + (figure["name"]?.text ?? ""), 26)
      + right((change > 0 ? "+" : "") + fixed(change, 1) + " %", 9) + " ± \(fixed(deviation, 1))"
    if let day = figure["reaches_limit_milliseconds"]?.instant {
      let days = figure["reaches_limit_deviation_days"]?.number ?? 0
      text += "  \(Times.local(day, offset: offset).prefix(10)) ± \(fixed(days, 0)) d"
    }
    if figure["is_told_apart"]?.bool == false { text += "  not told apart" }
    return text
  }
}
