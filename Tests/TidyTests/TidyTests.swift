import Foundation
import PlantModel
import Testing

/// Habits of the repository that no compiler checks.
@Suite struct TidyTests {
  @Test func noFileIsLongerThanFourHundredLines() throws {
    for file in try Repository.files(in: ["Sources", "Tests"], ending: [".swift"]) {
      #expect(file.lines.count <= 401, "\(file.name): \(file.lines.count) lines")
    }
  }

  @Test func nothingIsLeftForLater() throws {
    for file in try Repository.everything() {
      #expect(file.text.firstMatch(of: /\b(TODO|FIXME|XXX)\b/) == nil, "\(file.name)")
    }
    let placeholders = try Repository.files(
      in: ["Sources", "Tests"], ending: ["Placeholder.swift"])
    #expect(placeholders.map(\.name) == [])
  }

  @Test func theRepositorySpeaksOfTheProductAlone() throws {
    let foreign = [
      /\/(?:home|root|Users|work)\//, /\bissue #?\d+/.ignoresCase(), /(?:^|\s)\.\.\/shared/,
      /\b(?:sub-?agent|co-?pilot|language model)\b/.ignoresCase(),
    ]
    for file in try Repository.everything() {
      for line in file.lines {
        #expect(foreign.allSatisfy { line.firstMatch(of: $0) == nil }, "\(file.name): \(line)")
      }
    }
  }

  @Test func everyPublicTypeIsDocumented() throws {
    var types = 0
    for file in try Repository.files(in: ["Sources"], ending: [".swift"]) {
      let lines = file.lines
      for (index, line) in lines.enumerated() {
        let pattern =
          /^\s*(?:@\w+\s+)*public (?:final |indirect )?(?:struct|enum|class|protocol|actor) (\w+)/
        guard let match = line.firstMatch(of: pattern) else { continue }
        var above = index - 1
        while above >= 0, lines[above].trimmingCharacters(in: .whitespaces).hasPrefix("@") {
          above -= 1
        }
        let isDocumented =
          above >= 0 && lines[above].trimmingCharacters(in: .whitespaces).hasPrefix("///")
        #expect(isDocumented, "\(file.name): \(match.1) has no doc comment")
        types += 1
      }
    }
    #expect(types > 100)
  }

  @Test func everyRuleStandsInADocument() throws {
    let documents = try Repository.files(in: ["docs"], ending: [".md"]).map(\.text).joined()
    for rule in Rule.allCases { #expect(documents.contains(rule.rawValue), "\(rule)") }
  }

  /// A rule is tested where a test of the controller names it, by identifier or case.
  @Test func everyRuleIsNamedByATest() throws {
    let tests = try Repository.files(in: ["Tests"], ending: [".swift"])
      .filter { !$0.name.hasPrefix("Tests/TidyTests") && !$0.name.hasPrefix("Tests/DocTests") }
      .map(\.text).joined()
    let unnamed = Rule.allCases.filter { rule in
      !tests.contains(rule.rawValue) && tests.firstMatch(of: try! Regex("\\.\(rule)\\b")) == nil
    }
    #expect(unnamed.map(\.rawValue) == [])
  }

  @Test func theChangesTellOfTheVersionThatIsBuilt() throws {
    let source = try Repository.file("Sources/PlantRuntime/Daemon/Daemon+Methods.swift").text
    let version = try #require(source.firstMatch(of: /text = "([\d.]+)"/)).1
    #expect(try Repository.file("CHANGELOG.md").text.contains("\n## \(version)\n"))
    let client = try Repository.file("Sources/wellspringctl/Program.swift").text
    #expect(client.contains("wellspringctl \(version)"))
  }

  @Test func everyScriptSaysWhatItIsFor() throws {
    let folder = Repository.root.appendingPathComponent("scripts").path
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let file = try Repository.file("scripts/" + name)
      #expect(file.lines[0].hasPrefix("#!") || name.hasSuffix(".py"), "\(name)")
      #expect(
        file.lines.prefix(3).contains { $0.hasPrefix("# ") || $0.hasPrefix("\"\"\"") }, "\(name)")
    }
  }
}
