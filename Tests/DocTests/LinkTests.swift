import Foundation
import Testing

/// Links between the documents, and what the man pages say of the programs.
@Suite struct LinkTests {
  @Test func everyLinkLeadsSomewhere() throws {
    var links = 0
    for line in try DocumentLine.lines() {
      for match in line.text.matches(of: /\]\(([^)]+)\)/) {
        let parts = match.1.split(separator: "#", omittingEmptySubsequences: false)
        let folder = URL(fileURLWithPath: Documents.path(line.document)).deletingLastPathComponent()
        let target =
          parts[0].isEmpty
          ? URL(fileURLWithPath: Documents.path(line.document))
          : folder.appendingPathComponent(String(parts[0])).standardized
        links += 1
        let exists = FileManager.default.fileExists(atPath: target.path)
        #expect(exists, "\(line.document):\(line.number): there is no \(match.1)")
        guard exists, parts.count == 2 else { continue }
        let headings = try String(contentsOf: target, encoding: .utf8)
          .components(separatedBy: "\n").filter { $0.hasPrefix("#") }.map(anchor)
        #expect(headings.contains(String(parts[1])), "\(line.document):\(line.number): \(match.1)")
      }
    }
    #expect(links > 40)
  }

  /// The name that readers of Markdown give a heading.
  private func anchor(_ heading: String) -> String {
    String(
      heading.drop { $0 == "#" || $0 == " " }.lowercased()
        .map { $0 == " " ? "-" : $0 }.filter { $0.isLetter || $0.isNumber || $0 == "-" })
  }

  @Test(arguments: ["wellspringd.8", "wellspringctl.1", "wellspring-sim.1"])
  func aManPageHasEveryOptionOfItsProgramAndNoOther(_ page: String) throws {
    let program = page.split(separator: ".")[0]
    let shell = Shell(folder: Documents.root.path)
    let help = try shell.run("\(program) --help")
    #expect(help.code == 0)
    let text = try Documents.text("docs/man/" + page).replacingOccurrences(of: "\\-", with: "-")
    #expect(options(in: help.output) == options(in: text))
    let version = try shell.run("\(program) --version").output.split(whereSeparator: \.isWhitespace)
    #expect(text.contains("Wellspring \(version.last ?? "?")"))
  }

  private func options(in text: String) -> Set<String> {
    Set(text.matches(of: /--[a-z][a-z-]+/).map { String($0.0) })
  }

  @Test(arguments: ["wellspringd.8", "wellspringctl.1", "wellspring-sim.1"])
  func aManPageIsSetWithoutAComplaint(_ page: String) throws {
    let answer = try Shell(folder: Documents.path("docs/man"))
      .run("groff -man -ww -Tutf8 -z \(page)")
    #expect(answer.code == 0 && answer.output == "", "\(answer.output)")
  }
}
