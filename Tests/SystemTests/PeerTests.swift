import ControlProtocol
import Glibc
import Testing

/// Programs that are not ours on the other side of the wire: pymodbus as the plant, mbpoll as a
/// reader of the twin.
struct PeerTests {
  @Test func thePlantOfAnotherMakerIsReadWithRightValues() throws {
    let rig = Rig()
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { for end in ends { close(end) } }
    let peerLog = rig.folder.file("peer.log")
    let peer = try Child(
      Files.python, [Files.peer("plant.py")] + rig.ports.map { "\($0)" }, log: peerLog,
      input: ends[0])
    try eventually("pymodbus to listen") {
      guard peer.isRunning else { throw TimedOut(description: Files.text(peerLog)) }
      return Files.text(peerLog).contains("port \(rig.ports[0])")
    }
    try rig.startDaemon(at: "2026-04-10T00:00:00Z", ["--time-scale", "1", "--scan-seconds", "1"])
    try rig.takeOver()
    let points = try rig.ctl(["--json", "points"]).json.list ?? []
    func point(_ name: String) -> JSON { points.first { $0["name"]?.text == name } ?? .null }

    let expected: [(String, String, Double)] = [
      ("sensors-1.ground-return", "celsius", 12.34),
      ("sensors-1.outdoor", "celsius", -3.25),
      ("sensors-1.ground-pressure", "kilopascals", 250.4),
      ("sensors-1.building-make-up", "cubic_meters", 2.5),
      ("sensors-1.hot-make-up", "cubic_meters", 65.536),
      ("sensors-1.soft-water-level", "digital", 1),
      ("sensors-1.emergency-stop", "digital", 0),
      ("main-unit-3.evaporator-entering", "celsius", 18.5),
      ("main-unit-3.remote", "digital", 1), ("main-unit-3.running", "digital", 0),
      ("heat-meter-main.flow", "cubic_meters_per_hour", 100.5),
      ("heat-meter-main.power", "kilowatts", -12.5),
      ("heat-meter-main.energy", "kilowatt_hours", 100_000),
      ("electricity-units.power", "kilowatts", 1.5),
      ("electricity-units.energy", "kilowatt_hours", 10_000.1),
      ("valve-io-1.opened-1", "digital", 1), ("valve-io-1.closed-1", "digital", 0),
      ("valve-io-1.opened-2", "digital", 0), ("valve-io-1.closed-2", "digital", 1),
    ]
    for (name, unit, value) in expected {
      #expect(point(name)["value"]?.number == value, "\(name)")
      #expect(point(name)["unit"]?.text == unit, "\(name)")
      #expect(point(name)["quality"]?.text == "good", "\(name)")
    }
    for (name, doubt) in [
      ("sensors-1.dhw-middle", "noValue"), ("sensors-1.pool-exchanger-outlet", "outOfRange"),
    ] {
      #expect(point(name)["value"] == .null, "\(name)")
      #expect(point(name)["quality"]?.text == "bad", "\(name)")
      #expect(point(name)["doubt"]?.text == doubt, "\(name)")
    }
    #expect(try rig.block("main")["position"]?.text == "winter")
    #expect(try rig.block("recovery")["position"]?.text == "ground")
  }

  @Test func anotherMastersReadingsOfTheTwinAreTheDaemons() throws {
    let rig = Rig()
    try rig.start(["outdoor=-5", "building=40", "ground=12"])
    // Held conditions reach the sensors after their lag.
    try eventually("mbpoll to read what is held outdoors") {
      let outdoor = try self.mbpoll(rig, unit: 5, table: "3", from: 15, count: 1)
      return abs((outdoor.first ?? 0) / 100 + 5) < 0.5
    }
    try eventually("the daemon to read the same") {
      abs((try rig.point("sensors-1.outdoor")["value"]?.number ?? 0) + 5) < 0.5
    }
    let pressure = try mbpoll(rig, unit: 5, table: "3", from: 2, count: 1)
    let shown = try rig.point("sensors-1.ground-pressure")["value"]?.number ?? 0
    #expect(shown > 0)
    #expect(abs((pressure.first ?? 0) / 10 - shown) < 10)
    let opened = try mbpoll(rig, unit: 1, table: "1", from: 0, count: 8)
    #expect(opened == [1, 0, 1, 0, 1, 0, 1, 0])
    let closed = try mbpoll(rig, unit: 1, table: "1", from: 16, count: 8)
    #expect(closed == [0, 1, 0, 1, 0, 1, 0, 1])
    // What the daemon commands stands in the coils: units that stand are shut off.
    try eventually("mbpoll to read the daemon's commands") {
      try self.mbpoll(rig, unit: 3, table: "0", from: 16, count: 8) == Array(repeating: 1, count: 8)
    }
    #expect(try rig.point("valve-io-3.close-8")["commanded"]?.number == 1)
  }

  /// The values that mbpoll prints; a negative one stands as `65036 (-500)`.
  private func mbpoll(_ rig: Rig, unit: Int, table: String, from first: Int, count: Int) throws
    -> [Double]
  {
    let words = ["-a", "\(unit)", "-t", table, "-r", "\(first)", "-c", "\(count)"]
    let result = try Command.run(
      "mbpoll", ["-m", "tcp", "-p", "\(rig.ports[2])", "-0", "-1", "-q"] + words + ["127.0.0.1"])
    #expect(result.code == 0, "\(result.output)\(result.complaint)")
    return result.output.split(separator: "\n").filter { $0.hasPrefix("[") }.compactMap { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      return words.last.flatMap { word in Double(word.filter { !"()".contains($0) }) }
    }
  }
}
