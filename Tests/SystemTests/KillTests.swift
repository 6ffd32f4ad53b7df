import ControlProtocol
import Glibc
import Testing

/// The daemon killed as by a power cut, and started again on the same state.
struct KillTests {
  /// A phase of the change-over and what holds the plant in it.
  struct Step: Sendable, CustomTestStringConvertible {
    var phase: String
    var silent: [String] = []
    var sticking: [String] = []
    var building = 18
    var testDescription: String { phase }
  }

  static let steps = [
    Step(phase: "stopping-units", silent: ["main-unit-6"]),
    Step(phase: "waiting-for-water", building: 40),
    Step(phase: "stopping-flow", silent: ["valve-io-3", "ground-pump-7"]),
    Step(phase: "closing-old"), Step(phase: "opening-new"),
    Step(phase: "stuck", sticking: ["V1"]), Step(phase: "going-back", sticking: ["V1"]),
  ]

  @Test(arguments: steps)
  func inEveryPhaseOfAChangeOverItIsFinishedAfterAKill(_ step: Step) throws {
    let rig = Rig(Rig.quick)
    try rig.start(["ground=18", "building=\(step.building)", "outdoor=16"])
    for device in step.silent { try rig.tell(["fault", "device-silent", device]) }
    for device in step.silent {
      try eventually("\(device) to be seen as lost") {
        try rig.points("\(device).*").contains { $0["quality"]?.text != "good" }
      }
    }
    for valve in step.sticking { try rig.tell(["fault", "valve-sticks", valve]) }
    #expect(try rig.ctl(["mode", "main", "summer"]).code == 0)
    try eventually("the phase \(step.phase)", within: 60, pause: 500) {
      try rig.block("main")["phase"]?.text == step.phase
    }
    rig.killDaemon()

    try rig.startDaemon()
    try rig.takeOver()
    #expect(try rig.block("main")["mode"]?.text == "summer")
    for device in step.silent { try rig.tell(["clear", "device-silent", device]) }
    for valve in step.sticking { try rig.tell(["clear", "valve-sticks", valve]) }
    try rig.tell(["hold", "ground=18", "building=18", "outdoor=16"])
    try eventually("summer's row", within: 60) {
      let block = try rig.block("main")
      return block["phase"] == "held" && block["position"] == "summer"
    }
    let truth = try rig.tell(["status"])
    #expect(truth["mixed_litres"] == 0)
    #expect(truth["dry_unit_minutes"] == 0)
    #expect(truth["dead_head_minutes"] == 0)
  }

  @Test func whatWasAnsweredIsNotLost() throws {
    let rig = Rig()
    try rig.start()
    for mode in ["summer", "winter", "transition", "off", "summer", "winter"] {
      #expect(try rig.ctl(["mode", "main", mode]).code == 0)
      rig.killDaemon()
      try rig.startDaemon()
      #expect(try rig.block("main")["mode"]?.text == mode)
    }
  }

  @Test func plantTimeDoesNotGoBack() throws {
    let rig = Rig()
    try rig.start()
    let before = try #require(try rig.status()["time_milliseconds"]?.number)
    #expect(try rig.ctl(["mode", "main", "winter"]).code == 0)
    rig.killDaemon()
    try rig.startDaemon(at: "2020-01-01T00:00:00Z")
    #expect(try #require(try rig.status()["time_milliseconds"]?.number) >= before)
  }

  @Test func aStateThatIsDamagedOrMakesNoSenseDoesNotKeepThePlantStanding() throws {
    let rig = Rig()
    try rig.start()
    #expect(try rig.ctl(["mode", "main", "summer"]).code == 0)
    rig.killDaemon()
    let file = rig.state + "/state.sqlite"
    for text in ["9223372036854775807", "-9223372036854775808", "1e400", "nonsense"] {
      let edited = try Command.run("sqlite3", [file, "UPDATE state SET text = '\(text)'"])
      #expect(edited.code == 0, "\(edited.complaint)")
      try rig.startDaemon()
      try rig.takeOver()
      let before = try rig.scans()
      try eventually("scans to go on") { try rig.scans() > before + 5 }
      rig.killDaemon()
    }
    #expect(rig.journal.contains("makes no sense and is left out"))
    for name in ["-wal", "-shm"] { unlink(file + name) }
    Files.write(String(repeating: "no database ", count: 1000), to: file)
    try rig.startDaemon()
    try rig.takeOver()
    #expect(rig.journal.contains("the saved state was damaged and is kept as"))
  }

  @Test func anActThatTheDiskWouldNotTakeIsSaidToBeUnsaved() throws {
    let rig = Rig()
    try rig.start()
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { for end in ends { close(end) } }
    let log = rig.folder.file("sqlite.log")
    let other = try Child("sqlite3", [rig.state + "/state.sqlite"], log: log, input: ends[0])
    let words = Array(".timeout 20000\nBEGIN IMMEDIATE;\n.print held\n".utf8)
    #expect(write(ends[1], words, words.count) == words.count)
    try eventually("another to hold the state") { Files.text(log).contains("held") }
    let before = try rig.scans()
    let answer = try rig.ctl(["--json", "mode", "main", "summer"])
    #expect(answer.code == 4)
    #expect(answer.json["code"] == -32004, "\(answer.output)")
    #expect(try rig.scans() > before + 5)
    other.kill()
    #expect(try rig.ctl(["mode", "main", "winter"]).code == 0)
    rig.killDaemon()
    // Nothing that happened meanwhile is missing from the history.
    let history = try Command.run(
      "sqlite3",
      [rig.state + "/state.sqlite", "SELECT detail FROM events WHERE kind = 'mode-changed'"])
    #expect(history.output == "summer\nwinter\n")
  }
}
