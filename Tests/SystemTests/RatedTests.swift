import ControlProtocol
import Testing

/// `wellspring-sim rated` as people and programs call it.
struct RatedTests {
  private let program = Files.program("wellspring-sim")

  @Test func itPrintsEveryNumberAndEndsWell() throws {
    let rated = try Command.run(program, ["rated"])
    #expect(rated.code == 0)
    #expect(rated.complaint == "")
    let lines = rated.output.split(separator: "\n")
    for start in [
      "CJXH-80, one well ", "  temperature difference, K ", "Village HYY II-2000, 4 × gravel-500 ",
      "Household HYY II-30 ", "Sports centre ", "      named: ", "      from ",
    ] {
      #expect(lines.contains { $0.hasPrefix(start) }, "\(start)")
    }
    #expect(lines.last?.hasSuffix(", 0 outside") == true)
    #expect(try Command.run(program, ["rated"]).output == rated.output)
  }

  /// Judged by another program than ours.
  @Test func itsJSONHoldsTheSameForAnotherReader() throws {
    let rated = try Command.run(program, ["rated", "--json"])
    #expect(rated.code == 0)
    let judge = """
      import json, sys
      told = json.load(sys.stdin)
      for line in told["lines"]:
          twin, makers, other = line["twin"], line["designers"], line["demand_figure"]
          near = lambda one, two: abs(one / two - 1) <= 0.02
          held = {
              "equal": lambda: near(twin, makers), "rounded": lambda: abs(twin - makers) <= other,
              "at-least": lambda: twin >= makers, "at-most": lambda: twin <= makers,
              "up-to": lambda: makers <= twin <= other,
              "contradicted": lambda: near(twin, other) and not near(makers, other),
              "undetermined": lambda: twin is None,
          }[line["demand"]]()
          assert held, line
          named = line["demand"] in ("contradicted", "undetermined")
          assert line["verdict"] == ("named" if named else "within"), line
          assert (line["reason"] is not None) == named and line["from"], line
      print(len(told["lines"]), told["within"] + told["named"], told["outside"])
      """
    let judged = try Command.run("python3", ["-c", judge], input: rated.output)
    #expect(judged.output == "77 77 0\n", "\(judged.complaint)")
  }

  @Test(arguments: [
    ["rated", "more"], ["rated", "--seed", "3"], ["rated", "--bogus"], ["--json"],
    ["tell", "--json", "--control", "/tmp/nobody-listens-here", "status"],
  ])
  func itRefusesWordsThatNothingTakes(_ words: [String]) throws {
    let refused = try Command.run(program, words)
    #expect(refused.code == 64)
    #expect(refused.output == "")
    #expect(refused.complaint.hasSuffix("; see wellspring-sim --help\n"))
  }
}
