import ControlProtocol
import Glibc
import Testing

/// The reinjection ledger from the meters to the paper, through kills and lost disks.
struct LedgerTests {
  private func export(_ rig: Rig, _ words: [String] = []) throws -> String {
    let answer = try rig.ctl(["ledger", "export"] + words)
    #expect(answer.code == 0, "\(answer.complaint)")
    return answer.output
  }

  private func verify(_ text: String) throws -> Command.Result {
    try Command.run(Files.program("wellspringctl"), ["ledger", "verify", "-"], input: text)
  }

  /// The lines of shell that the document gives, which know `sha256sum` and nothing of ours.
  private func verifyByShell(_ text: String) throws -> Command.Result {
    let document = Files.text(Files.root + "/docs/ledger.md")
    let script = document.split(separator: "```bash\n").dropFirst().first?
      .split(separator: "```").first
    return try Command.run("bash", ["-c", String(try #require(script))], input: text)
  }

  private func kinds(_ text: String, of meter: String) -> [String] {
    text.split(separator: "\n").map { $0.split(separator: " ") }
      .filter { $0.count > 6 && $0[3] == meter }.map { "\($0[2]) \($0[6])" }
  }

  @Test func anExportPassesBothChecksAndAMangledOneNeither() throws {
    let rig = Rig()
    try rig.start()
    try eventually("the meters to begin") { try rig.ctl(["ledger", "export"]).code == 0 }
    let text = try export(rig)
    let whole = try verify(text)
    #expect(whole.code == 0)
    #expect(whole.output.hasPrefix("whole: 4 records of Sports centre; closing hash "))
    #expect(try verifyByShell(text).code == 0)
    #expect(try verifyByShell(text).output.hasSuffix("whole\n"))
    let mangled = text.replacing("litres=0", with: "litres=1", maxReplacements: 1)
    let found = try verify(mangled)
    #expect(found.code == 1)
    #expect(
      found.complaint
        == "wellspringctl: -: line 2: changed: record 1 is not what its hash was made of\n")
    #expect(try verifyByShell(mangled).code == 1)
    #expect(try verifyByShell(String(text.split(separator: "end ")[0])).code == 1)
    #expect(try verifyByShell(text.replacing("records=4", with: "records=3")).code == 1)
    let none = try Command.run(Files.program("wellspringctl"), ["ledger", "verify", "/nowhere"])
    #expect(none.code == 1)
    #expect(none.complaint.contains("cannot read '/nowhere'"))
  }

  @Test func aKillIsAGapInTheLedgerAndTheChainGoesOn() throws {
    let rig = Rig()
    try rig.start()
    try eventually("the meters to begin") { try rig.ctl(["ledger", "export"]).code == 0 }
    let before = try export(rig)
    rig.killDaemon()
    try rig.startDaemon()
    try eventually("the gap to be told") {
      try kinds(export(rig), of: "hot-water").contains("gap stopped")
    }
    let after = try export(rig)
    #expect(try verify(after).code == 0)
    #expect(after.hasPrefix(before.split(separator: "end ")[0]))
    try rig.tell(["fault", "device-silent", "sensors-1"])
    try eventually("the meters to be seen as silent") {
      try rig.point("sensors-1.hot-make-up")["quality"]?.text == "bad"
    }
    try rig.tell(["clear", "device-silent", "sensors-1"])
    try eventually("the silence to be told") {
      try kinds(export(rig), of: "hot-water").contains("gap silent")
    }
    #expect(try verify(export(rig)).code == 0)
  }

  @Test func anHourThatEndsIsRecordedWithTheStateAndWhatWaitsForTheDiskIsNotLost() throws {
    let rig = Rig()
    rmdir(rig.state)
    try rig.start()
    try eventually("the alarm") { try rig.hasAlarm("state-not-saved") }
    #expect(try rig.ctl(["ledger", "export"]).code == 1)
    let begin = try #require(try rig.status()["time_milliseconds"]?.number)
    let hour = (begin / 3_600_000).rounded(.down) + 1
    try eventually("the hour to end", within: 90) {
      try rig.status()["time_milliseconds"]?.number ?? 0 > (hour + 0.02) * 3_600_000
    }
    mkdir(rig.state, 0o755)
    try eventually("the alarm to go") { try !rig.hasAlarm("state-not-saved") }
    let text = try export(rig)
    #expect(try verify(text).code == 0)
    for meter in ["building-water", "ground-water", "hot-water"] {
      #expect(kinds(text, of: meter).prefix(2) == ["began good", "hour partly"], "\(meter)")
    }
    let counted = try Command.run(
      "sqlite3",
      [
        rig.state + "/state.sqlite",
        "SELECT text FROM state WHERE path LIKE 'water/meter/%/has_counter'",
      ])
    #expect(counted.output == "true\ntrue\ntrue\n")
  }

  @Test func aLedgerOfAnotherHandIsGoneOnWithAndToldInPages() throws {
    let rig = Rig()
    let made = try Command.run(
      "python3", [Files.peer("ledger.py"), rig.state + "/state.sqlite", "1500"])
    #expect(made.code == 0, "\(made.complaint)")
    try rig.start()
    try eventually("the meters to begin") { try export(rig).contains(" began ") }
    let text = try export(rig)
    #expect(text.split(separator: "\n").count == 1505)
    #expect(try verify(text).code == 0)
    let part = try export(rig, ["--from", "2026-01-02", "--to", "2026-01-03"])
    #expect(part.hasPrefix("part from=25 "))
    #expect(part.split(separator: "\n").count == 26)
    #expect(try verify(part).code == 0)
    #expect(try verifyByShell(part).code == 0)
    let nothing = try rig.ctl(["ledger", "export", "--to", "2025-01-01"])
    #expect(nothing.code == 1)
    #expect(nothing.complaint.contains("no records of that time"))

    let month = try rig.ctl(["ledger", "statement", "--month", "2026-01"])
    #expect(month.code == 0, "\(month.complaint)")
    #expect(month.output.contains("Sports centre  reinjection ledger  2026-01-01T00:00:00Z to"))
    #expect(month.output.contains("744, 0, 0"))
    let table = try rig.ctl(["ledger", "statement", "--month", "2026-01", "--csv"]).output
    #expect(
      table.contains(
        "use,made-up,,,,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,,,,,,744000,0,744000,14880\n"))
    let read = try Command.run(
      "python3",
      ["-c", "import csv,sys; print(sorted({len(row) for row in csv.reader(sys.stdin)}))"],
      input: table)
    #expect(read.output == "[16]\n")

    let file = rig.state + "/state.sqlite"
    let spoil =
      "DROP TRIGGER ledger_no_update; UPDATE ledger SET line = replace(line, 'litres=1000', 'litres=9000') WHERE number = 30"
    #expect(try Command.run("sqlite3", [file, ".timeout 20000", spoil]).code == 0)
    let refused = try rig.ctl(["ledger", "statement", "--month", "2026-01"])
    #expect(refused.code == 1)
    #expect(refused.complaint.contains("the ledger is not whole at '30 "))
  }

  @Test func aMeterIsReplacedByATechnicianWhoTellsItsReading() throws {
    let rig = Rig()
    try rig.start()
    try eventually("the meters to begin") { try rig.ctl(["ledger", "export"]).code == 0 }
    #expect(try rig.ctl(["ledger", "replace-meter", "hot-water", "--reading", "0.25"]).code == 0)
    let line = try export(rig).split(separator: "\n").first { $0.contains(" replaced hot-water ") }
    #expect(line?.contains(" by-hand from=") == true)
    #expect(line?.contains(" last=250 litres=0 ") == true)
    let far = try rig.ctl([
      "ledger", "replace-meter", "ground-water", "--reading", "0", "--old", "2000000",
    ])
    #expect(far.code == 1)
    #expect(far.complaint.contains("its readings contradict what was read of the meter"))
    #expect(try !export(rig).contains(" replaced ground-water "))
    let unknown = try rig.ctl(["ledger", "replace-meter", "hot-watr", "--reading", "0"])
    #expect(unknown.code == 1)
    #expect(unknown.complaint.contains("did you mean 'hot-water'?"))
    #expect(try rig.ctl(["ledger", "replace-meter", "hot-water", "--reading=-1"]).code == 2)
    #expect(try rig.ctl(["ledger", "replace-meter", "hot-water", "--reading", "-1"]).code == 1)
  }

  @Test(arguments: [
    ["ledger"], ["ledger", "print"], ["ledger", "verify"], ["ledger", "verify", "a", "b"],
    ["ledger", "export", "more"], ["ledger", "export", "--from", "soon"],
    ["ledger", "statement"], ["ledger", "statement", "--month", "2026-13"],
    ["ledger", "statement", "--month", "2026-1"], ["ledger", "replace-meter", "supply"],
    ["ledger", "replace-meter", "supply", "--reading", "much"], ["ledger", "export", "--csv"],
    ["status", "--month", "2026-01"], ["--json", "ledger", "export"],
    ["ledger", "export", "--from"],
  ])
  func wordsAreCheckedBeforeTheDaemonIsAsked(_ words: [String]) throws {
    let mistyped = try Command.run(
      Files.program("wellspringctl"), ["--socket", "/tmp/nobody-listens-here"] + words)
    #expect(mistyped.code == 2)
    #expect(mistyped.output == "")
    #expect(mistyped.complaint.hasSuffix("; see wellspringctl --help\n"))
  }
}
