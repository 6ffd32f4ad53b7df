import ControlProtocol
import Glibc
import Quantities

/// A plant of one's own: the shipped configuration on free ports, a twin and a daemon on it.
final class Rig {
  /// How much faster than real time the plant lives.
  static let scale = 100

  let folder = TemporaryFolder()
  let ports: [Int]
  private(set) var twin: Child?
  private(set) var daemon: Child?

  var config: String { folder.file("plant.yaml") }
  var state: String { folder.file("state") }
  var socket: String { folder.file("control.sock") }
  private var control: String { folder.file("sim.sock") }

  /// Writes the configuration, with texts of it replaced.
  init(_ changes: [(String, String)] = []) {
    ports = FreePorts.take(3)
    mkdir(state, 0o755)
    writeConfig(changes)
  }

  /// Short waits: what a test of something else need not sit through.
  static let quick = [
    ("units_off_seconds: 900", "units_off_seconds: 300"),
    ("units_off_seconds: 600", "units_off_seconds: 300"),
    (
      "crankcase_preheat_hours: 8",
      "crankcase_preheat_hours: 0\n  settle_seconds: 10\n  stuck_limit_seconds: 120"
    ),
  ]

  /// A rig of a shipped plant whose files are made one, with texts of it replaced; its first three buses are
  /// on free ports.
  convenience init(of plant: String, _ changes: [(String, String)] = []) throws {
    self.init()
    try writeConfig(of: plant, changes)
  }

  func writeConfig(of plant: String, _ changes: [(String, String)] = []) throws {
    var text = try Command.run(
      Files.program("wellspringd"), ["--check", "--expanded", Files.root + "/config/\(plant).yaml"]
    ).output
    var next = ports[...]
    text.replace(#/port: \d+/#) { _ in "port: \(next.removeFirst())" }
    for (old, new) in changes {
      precondition(text.contains(old), "'\(old)' is not in the configuration")
      text.replace(old, with: new)
    }
    Files.write(text, to: config)
  }

  func writeConfig(_ changes: [(String, String)]) {
    var text = Files.text(Files.root + "/config/sports-centre.yaml")
    for (old, new) in zip([15020, 15021, 15022], ports).map({ ("port: \($0)", "port: \($1)") })
      + changes
    {
      precondition(text.contains(old), "'\(old)' is not in the configuration")
      text.replace(old, with: new)
    }
    Files.write(text, to: config)
  }

  /// Starts the twin, and the daemon on it.
  func start(_ conditions: [String] = []) throws {
    try startTwin(conditions)
    try startDaemon()
    try takeOver()
  }

  func startTwin(_ conditions: [String] = [], season: String = "winter") throws {
    twin = try Child(
      Files.program("wellspring-sim"),
      [
        "--config", config, "--time-scale", "\(Rig.scale)", "--start", "2026-04-10T00:00:00Z",
        "--season", season, "--control", control,
      ], log: folder.file("twin.log"))
    try eventually("the twin to answer") {
      guard twin?.isRunning == true else {
        throw TimedOut(description: "the twin ended: \(Files.text(self.folder.file("twin.log")))")
      }
      return try self.twinAnswers(["status"]).code == 0
    }
    if !conditions.isEmpty { try tell(["hold"] + conditions) }
  }

  /// Starts the daemon at the twin's time, or at another; by a shell's line that ends in `exec "$@"`
  /// when there is one.
  func startDaemon(
    at time: String? = nil, _ more: [String] = [], environment: [String: String] = [:],
    by line: String? = nil
  ) throws {
    let time = try time ?? tell(["status"])["time"]?.text ?? ""
    let program = Files.program("wellspringd")
    let words =
      [
        "--config", config, "--state", state, "--socket", socket, "--plant-time", time,
        "--time-scale", "\(Rig.scale)", "--scan-seconds", "2",
      ] + more
    daemon =
      if let line {
        try Child("sh", ["-c", line, "sh", program] + words, log: log, environment: environment)
      } else {
        try Child(program, words, log: log, environment: environment)
      }
    try eventually("the daemon to answer") {
      guard daemon?.isRunning == true else { throw TimedOut(description: self.journal) }
      return try self.ctl(["status"]).code == 0
    }
  }

  func takeOver() throws {
    try eventually("the daemon to have read the plant") {
      try self.status()["has_taken_over"]?.bool == true
    }
  }

  /// Kills the daemon as a power cut would.
  func killDaemon() { daemon?.kill() }

  var log: String { folder.file("daemon.log") }
  /// What the daemon wrote to its journal, since the rig began.
  var journal: String { Files.text(log) }

  func ctl(_ words: [String]) throws -> Command.Result {
    try Command.run(Files.program("wellspringctl"), ["--socket", socket] + words)
  }

  func status() throws -> JSON { try ctl(["--json", "status"]).json }

  func scans() throws -> Double { try status()["scans"]?.number ?? -1 }

  /// Whether an alarm's cause is there.
  func hasAlarm(_ kind: String) throws -> Bool {
    try ctl(["--json", "alarms"]).json.list?.contains {
      $0["kind"]?.text == kind && ["unacknowledged", "acknowledged"].contains($0["state"]?.text)
    } ?? false
  }

  /// What a row of the saved state says, as `sqlite3` reads it.
  func saved(_ path: String) throws -> String {
    try Command.run(
      "sqlite3", [state + "/state.sqlite", "SELECT text FROM state WHERE path = '\(path)'"]
    ).output.split(separator: "\n").joined()
  }

  /// One entry of a list in the status, by its name.
  func entry(_ list: String, _ name: String) throws -> JSON {
    try status()[list]?.list?.first { $0["name"]?.text == name } ?? .null
  }

  func block(_ name: String) throws -> JSON { try entry("blocks", name) }

  func points(_ pattern: String) throws -> [JSON] {
    try ctl(["--json", "points", pattern]).json.list ?? []
  }

  func point(_ name: String) throws -> JSON { try points(name).first ?? .null }

  func unitsRunning() throws -> Int {
    try status()["units"]?.list?.count { $0["phase"] == "running" } ?? 0
  }

  /// The twin's time of day.
  func twinSeconds() throws -> Double {
    let time = try Times.parse(tell(["status"])["time"]?.text ?? "") ?? .distantPast
    return Double(time.milliseconds) / 1000
  }

  /// Tells the twin something, which must do it.
  @discardableResult
  func tell(_ words: [String]) throws -> JSON {
    let answer = try twinAnswers(words)
    guard answer.code == 0, let result = answer.json["result"] else {
      throw TimedOut(description: "tell \(words): \(answer.output)\(answer.complaint)")
    }
    return result
  }

  func twinAnswers(_ words: [String]) throws -> Command.Result {
    try Command.run(Files.program("wellspring-sim"), ["tell", "--control", control] + words)
  }
}
