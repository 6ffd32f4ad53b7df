import ControlProtocol
import Glibc
import Testing

/// A state disk that is away or full at the start, and a saved mode that no configuration knows.
struct DiskTests {
  /// As on a full disk: no file may grow, until `prlimit` lifts it.
  private static let full = "trap '' XFSZ; ulimit -S -f 0; exec \"$@\""

  @Test func withoutItsFolderItRunsWithAnAlarmAndSavesOnceItIsThere() throws {
    let rig = Rig()
    rmdir(rig.state)
    try rig.start()
    #expect(rig.journal.contains("running without saving: cannot use '\(rig.state)'"))
    #expect(rig.journal.contains("no mode is known: choose each"))
    try eventually("the alarm") { try rig.hasAlarm("state-not-saved") }
    #expect(try rig.ctl(["mode", "main", "winter"]).code == 4)
    #expect(try rig.block("main")["mode"] == "winter")
    mkdir(rig.state, 0o755)
    try eventually("the alarm to go") { try !rig.hasAlarm("state-not-saved") }
    #expect(try rig.saved("block/main/mode") == "winter")
    #expect(try rig.ctl(["mode", "main", "summer"]).code == 0)
    rig.killDaemon()
    try rig.startDaemon()
    #expect(try rig.block("main")["mode"] == "summer")
    #expect(try !rig.hasAlarm("state-not-saved"))
  }

  @Test func onAFullDiskTheModesAreThoseSavedLastAndItSavesOnceThereIsRoom() throws {
    let rig = Rig()
    try rig.start()
    #expect(try rig.ctl(["mode", "main", "winter"]).code == 0)
    rig.killDaemon()
    try rig.startDaemon(by: DiskTests.full)
    #expect(try rig.block("main")["mode"] == "winter")
    try eventually("the alarm") { try rig.hasAlarm("state-not-saved") }
    #expect(try rig.ctl(["mode", "main", "summer"]).code == 4)
    let process = try #require(rig.daemon?.process)
    let lifted = try Command.run("prlimit", ["--pid", "\(process)", "--fsize=unlimited"])
    #expect(lifted.code == 0, "\(lifted.complaint)")
    try eventually("the alarm to go") { try !rig.hasAlarm("state-not-saved") }
    #expect(try rig.saved("block/main/mode") == "summer")
    // The file is the one of before.
    #expect(try !Command.run("ls", [rig.state]).output.contains("unread"))
    rig.daemon?.send(SIGTERM)
    #expect(try rig.daemon?.exitCode() == 0)
  }

  @Test func aSavedModeThatIsNotKnownIsSaidAndTheBlockGoesOnInItsRow() throws {
    let rig = Rig()
    try rig.start()
    #expect(try rig.ctl(["mode", "main", "winter"]).code == 0)
    try eventually("winter's row") { try rig.block("main")["phase"] == "held" }
    rig.killDaemon()
    let change = "UPDATE state SET text = 'wanter' WHERE path = 'block/main/mode'"
    #expect(try Command.run("sqlite3", [rig.state + "/state.sqlite", change]).code == 0)
    for _ in 0..<2 {
      try rig.startDaemon()
      try eventually("the mode of its row") { try rig.block("main")["mode"] == "winter" }
      #expect(rig.journal.contains("'block/main/mode' is 'wanter', which makes no sense"))
      #expect(try rig.hasAlarm("mode-unknown"))
      rig.killDaemon()
    }
    try rig.startDaemon()
    #expect(try rig.ctl(["mode", "main", "winter"]).code == 0)
    try eventually("the alarm to go") { try !rig.hasAlarm("mode-unknown") }
    #expect(try rig.saved("block/main/mode") == "winter")
  }
}
