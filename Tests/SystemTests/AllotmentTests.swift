import Glibc
import Testing

/// A village's electricity, from days of the twin to the statement, beside a program of its own.
struct AllotmentTests {
  /// By heat, and by water.
  @Test(arguments: [("village-500", 8), ("household-30", 12)])
  func sharesAreExactTheSameAgainAndThoseOfAnotherProgram(_ plant: String, _ days: Int) throws {
    let answer = try Command.run(
      "python3",
      [
        Files.root + "/scripts/allotment.py", "--days", "\(days)", "--plant",
        Files.root + "/config/\(plant).yaml",
      ])
    #expect(answer.code == 0, "\(answer.output)\(answer.complaint)")
    #expect(answer.output.contains(": counter began anew"))
    #expect(answer.output.contains(": counter jumped, 1 days estimated"))
    #expect(answer.output.contains("2 with estimated days, 2 marked"))
  }

  @Test func wordsThatMakeNoSenseAreToldBeforeAnybodyIsAsked() throws {
    for (words, complaint) in [
      (["--from", "2026-01-01"], "allot needs --to: a day, as 2026-01-15"),
      (["--from", "1.1.2026", "--to", "2026-01-02"], "allot needs --from: a day, as 2026-01-15"),
      (["--from", "2026-01-03", "--to", "2026-01-02"], "--to is before --from"),
      (
        ["--from", "2026-01-01", "--to", "2026-01-02", "--month", "2026-01"],
        "allot takes no --month"
      ),
      (
        ["--from", "2026-01-01", "--to", "2026-01-02", "--csv", "--json"],
        "choose one of --csv and --json"
      ),
      (["a", "b", "--from", "2026-01-01", "--to", "2026-01-02"], "allot takes one distribution"),
    ] {
      let answer = try Command.run(Files.program("wellspringctl"), ["allot"] + words)
      #expect(answer.code == 2)
      #expect(answer.complaint == "wellspringctl: \(complaint); see wellspringctl --help\n")
    }
  }

  @Test func aPlantWithoutConsumersSaysSo() throws {
    let rig = Rig()
    try rig.start()
    let answer = try rig.ctl(["allot", "--from", "2026-01-01", "--to", "2026-01-02"])
    #expect(answer.code == 1)
    #expect(
      answer.complaint
        == "wellspringctl: no distribution shares electricity: state allot_by in one\n")
  }

  @Test func aHistoryGoesIntoAnEmptyFolderAlone() throws {
    let folder = TemporaryFolder()
    let words = [
      "history", "--config", Files.root + "/config/village-500.yaml", "--state",
      folder.file("state"), "--days", "1",
    ]
    let first = try Command.run(Files.program("wellspring-sim"), words)
    #expect(first.code == 0, "\(first.complaint)")
    #expect(first.output.hasPrefix("Village 500 until 2026-01-01T16:00:01Z: heat "))
    let second = try Command.run(Files.program("wellspring-sim"), words)
    #expect(second.code == 1)
    #expect(second.complaint.contains("holds a plant's state: name an empty one"))
  }
}
