import ControlProtocol
import Foundation
import PlantModel
import Testing

/// Tables of the documents against the code: `WELLSPRING_GOLDENS=write` writes those anew that are
/// made from it.
@Suite struct DocumentReferenceTests {
  @Test func everyRuleStandsInTheDocumentInOrder() throws {
    let rows = try DocumentLine.all(of: "docs/rules.md").map(\.cells)
      .filter { $0.first?.contains("-") == true && $0.first != "---" }
    #expect(rows.compactMap(\.first) == Rule.allCases.map(\.rawValue))
    for row in rows {
      try #require(row.count == 4, "\(row)")
      #expect(row[1].count > 20 && !row[2].isEmpty, "\(row[0]) is not said in full")
      let parameters = Parameters.catalogue.filter { $0.rule.rawValue == row[0] }
        .map { "`\($0.key)`" }
      #expect(
        row[3] == (parameters.isEmpty ? "–" : parameters.joined(separator: ", ")), "\(row[0])")
    }
  }

  /// What the document calls "not in this version" is what no source names, and nothing else.
  @Test func rulesThatNothingCarriesOutAreMarked() throws {
    let sources = try ["Sources/PlantControl", "Sources/PlantOperation"]
      .flatMap { try Documents.files(in: $0, ending: ".swift") }.map(Documents.text).joined()
    let marked = try DocumentLine.all(of: "docs/rules.md").map(\.cells)
      .filter { $0.count == 4 && $0[1].contains("Not in this version") }.compactMap(\.first)
    let unnamed = Rule.allCases.filter {
      !sources.contains("`\($0.rawValue)`")
        && sources.firstMatch(of: try! Regex("\\.\($0)\\b")) == nil
        && !isInARange($0, sources)
    }
    #expect(marked == unnamed.map(\.rawValue))
  }

  /// "`UNIT-09` to `UNIT-11`" names what stands between, too.
  private func isInARange(_ rule: Rule, _ sources: String) -> Bool {
    sources.matches(of: /`([A-Z]+-)(\d\d)` to\s+(?:\/\/\/ )?`[A-Z]+-(\d\d)`/).contains {
      rule.rawValue.hasPrefix(String($0.1))
        && (Int($0.2)!...Int($0.3)!).contains(Int(rule.rawValue.suffix(2))!)
    }
  }

  @Test func theAlarmsOfTheDocumentAreThoseOfTheCode() throws {
    let (begin, end) = (
      "<!-- alarms: made from the code by Tests/DocTests -->\n", "<!-- end of alarms -->"
    )
    let parts = try Documents.text("docs/operate.md").components(separatedBy: begin)
    try #require(parts.count == 2)
    let rest = parts[1].components(separatedBy: end)
    try #require(rest.count == 2)
    let table = try alarmTable()
    if ProcessInfo.processInfo.environment["WELLSPRING_GOLDENS"] == "write" {
      try (parts[0] + begin + table + end + rest[1])
        .write(toFile: Documents.path("docs/operate.md"), atomically: true, encoding: .utf8)
    } else {
      #expect(rest[0] == table)
    }
  }

  private func alarmTable() throws -> String {
    var lines = [
      "", "| alarm | what it is | what it leads to | what to do | respond | priority | latches |",
      "|---|---|---|---|---|---|---|",
    ]
    let times = TimeToRespond.allCases
    let raised = try raisedKinds()
    for priority in AlarmKind.Priority.allCases.reversed() {
      for time in times {
        for kind in AlarmKind.allCases
        where kind.priority == priority && kind.timeToRespond == time && raised.contains("\(kind)")
        {
          lines.append(
            "| `\(kind.rawValue)` | \(kind.cause) | \(kind.consequence) | \(kind.action) | \(time.rawValue) | \(priority.rawValue) | \(kind.latches ? "yes" : "no") |"
          )
        }
      }
    }
    let silent = AlarmKind.allCases.filter { !raised.contains("\($0)") }.map { "`\($0.rawValue)`" }
    if !silent.isEmpty {
      lines += [
        "", "Known but not raised by this version: " + silent.joined(separator: ", ") + ".",
      ]
    }
    return lines.joined(separator: "\n")
      .replacingOccurrences(of: "docs/losses.md", with: "[losses.md](losses.md)") + "\n\n"
  }

  /// The kinds that some source raises.
  private func raisedKinds() throws -> Set<String> {
    let sources = try Documents.files(in: "Sources", ending: ".swift").map(Documents.text).joined()
    return Set(sources.matches(of: /\.see\(\s*\.(\w+)/).map { String($0.1) })
  }

  @Test func highPrioritiesAreNotLeftUntilTomorrow() {
    for kind in AlarmKind.allCases where kind.priority == .high {
      #expect([.atOnce, .withinAnHour].contains(kind.timeToRespond), "\(kind)")
    }
  }
}
