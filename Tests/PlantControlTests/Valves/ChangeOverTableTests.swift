import Foundation
import PlantModel
import Testing

@testable import PlantControl

/// The table in `docs/change-over.md`, the code and the bench say the same.
@Suite struct ChangeOverTableTests {
  @Test func theTableHasEveryTransitionWithItsPhases() throws {
    let table = try ChangeOverTableTests.table()
    #expect(table.map { $0[0] } == ChangeOverTransition.allCases.map(\.rawValue))
    for row in table {
      let transition = try #require(ChangeOverTransition(rawValue: row[0]))
      #expect(row.count == 10 && !row.contains(""), "\(row[0])")
      #expect(row[1].words(",") == transition.from.map(\.rawValue), "from of \(row[0])")
      #expect(row[2] == transition.to.rawValue, "to of \(row[0])")
    }
  }

  @Test func everyGuardOfTheTableIsBrokenOnTheBench() throws {
    for row in try ChangeOverTableTests.table() {
      let driven = TransitionRow.all.filter { $0.transition.rawValue == row[0] }
      #expect(driven.count == 1, "\(row[0])")
      #expect(row[4].words(";") == driven.first?.guards.map(\.words), "guards of \(row[0])")
    }
  }

  @Test(arguments: ChangeOverTransition.allCases)
  func itIsTakenFromEachPhaseWhenItsGuardsHold(transition: ChangeOverTransition) throws {
    let row = try #require(TransitionRow.all.first { $0.transition == transition })
    for phase in transition.from {
      var rig = try row.rig(in: phase)
      #expect(rig.scan(after: row.after) == transition, "from \(phase)")
      #expect(rig.state.phase == transition.to, "from \(phase)")
      #expect(rig.told(.open) == row.opens, "from \(phase)")
      #expect(rig.told(.close) == row.closes, "from \(phase)")
    }
  }

  @Test(arguments: ChangeOverTransition.allCases)
  func itIsNotTakenWhenOneGuardFails(transition: ChangeOverTransition) throws {
    let row = try #require(TransitionRow.all.first { $0.transition == transition })
    #expect(!row.guards.isEmpty)
    for broken in row.guards {
      for phase in broken.phases ?? transition.from {
        var rig = try row.rig(in: phase)
        broken.breakIt(&rig)
        #expect(rig.scan(after: row.after) != transition, "\(broken.words), from \(phase)")
      }
    }
  }

  /// The cells of the table, row by row, without its head.
  private static func table() throws -> [[String]] {
    let text = try String(contentsOfFile: repositoryFile("docs/change-over.md"), encoding: .utf8)
    let start = try #require(text.range(of: "## The table\n")).upperBound
    return text[start...].split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "`", with: "")
      }
    }
  }
}

extension String {
  fileprivate func words(_ separator: Character) -> [String] {
    split(separator: separator).map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
