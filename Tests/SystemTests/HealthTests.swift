import ControlProtocol
import Testing

/// A well that wears in the twin, step-tested from day to day, as the daemon tells it afterwards.
struct HealthTests {
  @Test func aDaemonTellsWhatTheTestsBeforeItFound() throws {
    let rig = try Rig(of: "village-500")
    let lived = try Command.run(
      Files.program("wellspring-sim"),
      [
        "history", "--config", rig.config, "--state", rig.state, "--days", "7", "--start",
        "2026-04-02T16:00:00Z", "--step-tests", "--damage", "well-1 screen-clogging 0.7",
      ], within: 300)
    #expect(lived.code == 0, "\(lived.complaint)")
    // An independent reader finds the tests in the store.
    let kept = try Command.run(
      "sqlite3",
      [
        rig.state + "/state.sqlite",
        "SELECT count(*) FROM state WHERE path LIKE 'well/well-1/step_tests/test-%'",
      ])
    #expect(kept.output == "7\n")
    try rig.start()
    let told = try rig.ctl(["health"])
    #expect(told.code == 0, "\(told.complaint)")
    #expect(told.output.hasPrefix("well-1: worsened: screen (tests: 4 since the commissioning)\n"))
    let alarms = try rig.ctl(["alarms"])
    #expect(alarms.output.contains("well-worn"))
    let begun = try rig.ctl(["step-test", "well-1"])
    #expect(begun.code == 0, "\(begun.complaint)")
    let under = try rig.ctl(["health", "--json"])
    #expect(try JSONParser.parse(Array(under.output.utf8)).list?.first?["hold"]?.number != nil)
    #expect(try rig.ctl(["step-test", "well-1"]).complaint.contains("WELL-26"))
    #expect(try rig.ctl(["step-test", "well-1", "stop"]).code == 0)
    let unknown = try rig.ctl(["step-test", "wel-1"])
    #expect(unknown.code == 1 && unknown.complaint.contains("did you mean 'well-1'?"))
  }

  @Test func wordsThatMakeNoSenseAreRefused() throws {
    for (words, complaint) in [
      (["--damage", "well-1"], "well-damage NAME PART FIGURE"),
      (["--damage", "well-9 screen-clogging 1"], "well-9"),
      (["--damage", "well-1 rust 1"], "rust"),
    ] {
      let folder = TemporaryFolder()
      let answer = try Command.run(
        Files.program("wellspring-sim"),
        [
          "history", "--config", Files.root + "/config/village-500.yaml", "--state",
          folder.file("state"), "--days", "1",
        ] + words)
      #expect(answer.code == 64)
      #expect(answer.complaint.contains(complaint), "\(answer.complaint)")
    }
  }
}
