import ControlProtocol
import Glibc
import Testing

/// A building more on a loop that runs: nobody else notices.
struct GrowthTests {
  /// Another building at the source station's loop.
  private static let annex = [
    ("\ndevices:\n", "\ndevices:\n  annex: { type: building-meter, bus: buildings, unit: 30 }\n"),
    (
      "\nconsumers:\n",
      "\nconsumers:\n  annex: { distribution: buildings, area_square_meters: 700 }\n"
    ),
  ]

  private func events(_ rig: Rig) throws -> String {
    try Command.run(
      "sqlite3",
      [
        rig.state + "/state.sqlite",
        "SELECT kind, subject FROM events WHERE kind IN ('pump-stopped', 'pump-started', 'alarm-raised')",
      ]
    ).output
  }

  private func well(_ rig: Rig) throws -> JSON {
    try rig.status()["wells"]?.list?.first { $0["phase"] == "running" } ?? .null
  }

  @Test func aBuildingIsAddedWithoutStoppingTheOthers() throws {
    let rig = try Rig(of: "source-station", GrowthTests.annex)
    try rig.startTwin()
    try rig.writeConfig(of: "source-station")
    try rig.startDaemon()
    try rig.takeOver()
    #expect(try rig.ctl(["mode", "station", "winter"]).code == 0)
    try eventually("a well to run", within: 90) { try well(rig) != .null }
    let before = try events(rig)
    let name = try #require(try well(rig)["name"]?.text)
    let consumers = try rig.status()["distributions"]?.list?.first?["consumers"]?.number
    let hours = try well(rig)["run_hours"]?.number ?? 0
    try rig.writeConfig(of: "source-station", GrowthTests.annex)
    rig.daemon?.send(SIGHUP)
    try eventually("the building to be there") {
      try rig.status()["distributions"]?.list?.first?["consumers"]?.number == (consumers ?? 0) + 1
    }
    #expect(rig.journal.contains("added while running: annex"), "\(rig.journal)")
    try eventually("its meter to be read") { try rig.point("annex.energy")["quality"] == "good" }
    try rig.takeOver()
    try eventually("the well to be seen running on") {
      let now = try rig.entry("wells", name)
      return now["phase"] == "running" && now["run_hours"]?.number ?? 0 >= hours
    }
    #expect(try events(rig) == before, "\(rig.journal)")
    #expect(try rig.block("station")["mode"] == "winter")
  }

  @Test func whatTakesSomethingAwayOrChangesItNeedsARestart() throws {
    let rig = try Rig(of: "source-station", GrowthTests.annex)
    try rig.startTwin()
    try rig.startDaemon()
    try rig.takeOver()
    try rig.writeConfig(of: "source-station")
    rig.daemon?.send(SIGHUP)
    try eventually("the refusal") { rig.journal.contains("which needs a restart") }
    try rig.writeConfig(
      of: "source-station",
      GrowthTests.annex + [
        ("area_square_meters: 1200", "area_square_meters: 1300"),
        (
          "  annex: { distribution",
          "  shed: { device: annex, distribution: buildings, area_square_meters: 20 }\n  annex: { distribution"
        ),
      ])
    rig.daemon?.send(SIGHUP)
    try eventually("the second refusal") {
      rig.journal.split(separator: "which needs a restart").count == 3
    }
    #expect(!rig.journal.contains("added while running"))
  }
}
