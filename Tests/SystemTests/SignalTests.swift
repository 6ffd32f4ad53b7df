import ControlProtocol
import Glibc
import Testing

/// The ordered stop, a new configuration while running, and starts that are refused.
struct SignalTests {
  @Test func termStopsUnitsThenPumpsAndEndsWithZero() throws {
    let rig = Rig(Rig.quick)
    try rig.start(["outdoor=-5", "building=38", "ground=12"])
    #expect(try rig.ctl(["mode", "main", "winter"]).code == 0)
    try eventually("a unit to run", within: 60) { try rig.unitsRunning() > 0 }
    rig.daemon?.send(SIGTERM)
    // It goes on answering meanwhile.
    #expect(try rig.ctl(["status"]).code == 0)
    #expect(try rig.daemon?.exitCode(within: 60) == 0)
    let lines = rig.journal.split(separator: "\n")
    let begun = try #require(lines.first { $0.contains("stopping in order: waiting for ") })
    #expect(
      begun.contains("main-unit-") && begun.hasSuffix(" to run down, 20 min 0 s at the longest"))
    #expect(lines.last { $0.contains("stop") }?.hasPrefix("<5>stopped in order after ") == true)
    let events = try Command.run(
      "sqlite3",
      [
        rig.state + "/state.sqlite",
        "SELECT kind FROM events WHERE kind IN ('unit-stopped', 'pump-stopped') ORDER BY number",
      ]
    ).output.split(separator: "\n")
    #expect(events.first == "unit-stopped", "\(events)")
    #expect(events.last == "pump-stopped", "\(events)")
    for (bus, units) in [(0, 16), (1, 7)] {
      let ids = (1...units).map { "\($0)" }.joined(separator: ",")
      let coils = try Command.run(
        "mbpoll",
        [
          "-m", "tcp", "-p", "\(rig.ports[bus])", "-0", "-1", "-q", "-a", ids, "-t", "0", "-r", "0",
          "127.0.0.1",
        ]
      ).output.split(separator: "\n").filter { $0.hasPrefix("[0]") }
      #expect(coils.count == units)
      #expect(coils.allSatisfy { $0.hasSuffix("0") }, "\(coils)")
    }
    let truth = try rig.tell(["status"])
    #expect(truth["dry_unit_minutes"] == 0)
    #expect(truth["dead_head_minutes"] == 0)
    #expect(truth["unit_starts"] != 0)
  }

  @Test(arguments: [
    ("stop", "stopping in order: nothing runs"),
    ("hand-over", "stopping in order: the plant is left as it runs"),
  ])
  func aStopThatWaitsForNothingDoesNotSayMinutes(_ state: String, _ line: String) throws {
    let rig = Rig([("stop_state: stop", "stop_state: \(state)")])
    try rig.start()
    rig.daemon?.send(SIGTERM)
    #expect(try rig.daemon?.exitCode() == 0)
    #expect(rig.journal.contains(line), "\(rig.journal)")
    #expect(rig.journal.contains("stopped in order after "))
    #expect(!rig.journal.contains("waiting for"))
  }

  @Test func aBrokenConfigurationIsRefusedAndThePlantRunsOn() throws {
    let rig = Rig()
    try rig.start()
    rig.writeConfig([("scan_seconds: 1", "scan_secnods: 1"), ("seed: 20", "seed: many")])
    rig.daemon?.send(SIGHUP)
    try eventually("the refusal") {
      rig.journal.contains("the new configuration is refused; running on with the old one")
    }
    #expect(rig.journal.contains("did you mean 'scan_seconds'"), "\(rig.journal)")
    #expect(rig.journal.contains("plant.yaml:"))
    let before = try rig.scans()
    try eventually("scans to go on") { try rig.scans() > before + 5 }
  }

  @Test func aReloadReadsWhatIsIncludedToo() throws {
    let rig = Rig()
    let good = Files.text(rig.config)
    let common = rig.folder.file("common.yaml")
    Files.write(good, to: common)
    Files.write("include: [common.yaml]\n", to: rig.config)
    try rig.start()
    Files.write(
      good.replacing("pool_limit_celsius: 29", with: "pool_limit_celsius: 95"), to: common)
    rig.daemon?.send(SIGHUP)
    try eventually("the refusal") { rig.journal.contains("running on with the old one") }
    #expect(rig.journal.contains("common.yaml:19:23: error: 95 for"), "\(rig.journal)")
    #expect(rig.journal.contains("plant.yaml:1)"), "\(rig.journal)")
    Files.write(good, to: common)
    Files.write(
      "include: [common.yaml]\nparameters: { pool_limit_celsius: 28 }\n", to: rig.config)
    rig.daemon?.send(SIGHUP)
    try eventually("the new parameters to be taken") {
      rig.journal.contains("the new parameters are in use")
    }
  }

  @Test func newParametersWorkAtOnce() throws {
    let rig = Rig(Rig.quick)
    try rig.start(["ground=18", "building=30", "outdoor=16"])
    #expect(try rig.ctl(["mode", "main", "summer"]).code == 0)
    try eventually("the change-over to wait for water") {
      try rig.block("main")["phase"] == "waiting-for-water"
    }
    rig.writeConfig(
      Rig.quick + [
        (
          "  pool_limit_celsius: 29",
          "  pool_limit_celsius: 29\n  evaporator_window_max_celsius: 35"
        )
      ])
    rig.daemon?.send(SIGHUP)
    try eventually("the new parameters to be taken") {
      rig.journal.contains("the new parameters are in use")
    }
    try eventually("the change-over to be done", within: 60) {
      let block = try rig.block("main")
      return block["phase"] == "held" && block["position"] == "summer"
    }
  }

  @Test func aChangedStructureIsRefusedByName() throws {
    let rig = Rig()
    try rig.start()
    rig.writeConfig([
      ("scan_seconds: 1", "scan_seconds: 2"),
      ("volume_cubic_meters: 60", "volume_cubic_meters: 61"),
      ("stroke_seconds: 60", "stroke_seconds: 61"),
    ])
    rig.daemon?.send(SIGHUP)
    try eventually("the refusal") { rig.journal.contains("which needs a restart") }
    #expect(
      rig.journal.contains(
        "the new configuration changes plant.scan_seconds, circuits, valves, which needs a restart")
    )
    #expect(try rig.ctl(["status"]).code == 0)
  }

  @Test func aRefusedConfigurationNeverReachesTheField() throws {
    let rig = Rig()
    let listeners = (0..<3).map { _ in TCPListener() }
    var changes = zip(rig.ports, listeners.map(\.port)).map { ("port: \($0)", "port: \($1)") }
    changes.append(("stop_state: stop", "stop_state: whatever"))
    rig.writeConfig(changes)
    let daemon = try Child(
      Files.program("wellspringd"),
      ["--config", rig.config, "--state", rig.state, "--socket", rig.socket], log: rig.log)
    #expect(try daemon.exitCode() == 78)
    #expect(rig.journal.contains("the configuration is refused and nothing was touched"))
    #expect(listeners.map { $0.visitors() } == [0, 0, 0])
    // The same listeners do see a daemon whose configuration is good.
    rig.writeConfig(Array(changes.dropLast()))
    let good = try Child(
      Files.program("wellspringd"),
      ["--config", rig.config, "--state", rig.state, "--socket", rig.socket], log: rig.log)
    try eventually("the daemon to call") { listeners.allSatisfy { $0.visitors() > 0 } }
    good.kill()
  }

  @Test(arguments: ["192.0.2.1", "127.0.0.1.example.com", "128.0.0.1"])
  func timeIsTheRealOneWhereAPlantIsReal(_ host: String) throws {
    let rig = Rig()
    rig.writeConfig([("drives: { host: 127.0.0.1", "drives: { host: \(host)")])
    for option in [["--time-scale", "10"], ["--plant-time", "2026-01-15T08:00:00Z"]] {
      let refused = try Command.run(
        Files.program("wellspringd"),
        ["--config", rig.config, "--state", rig.state, "--socket", rig.socket] + option)
      #expect(refused.code == 64)
      #expect(refused.complaint.contains("bus 'drives' is at \(host)"), "\(refused.complaint)")
    }
  }
}
