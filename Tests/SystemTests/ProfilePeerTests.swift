import ControlProtocol
import Glibc
import Testing

/// Device profiles against programs that are not ours: a server and a master on pymodbus that read the YAML by
/// themselves, and mbpoll.
@Suite(.serialized) struct ProfilePeerTests {
  /// A drive with steps, a meter with the low word first, a heat meter, a heat pump, remote I/O.
  private static let kinds = [
    "schneider-atv320", "carlo-gavazzi-em24", "tuf-2000m", "nibe-s-series", "wago-750",
  ]

  private static func path(_ profile: String) -> String {
    Files.root + "/config/devices/\(profile).yaml"
  }

  /// What the doctor read of a device, by signal, with its exit code.
  private func examine(_ profile: String, _ port: Int) throws -> (values: JSON, code: Int32) {
    let answer = try Command.run(
      Files.program("wellspringctl"),
      [
        "doctor", "--json", "--bus", "127.0.0.1:\(port)", "--profile",
        ProfilePeerTests.path(profile), "--unit", "1",
      ])
    let device = answer.json["devices"]?.list?.first
    return (device?["values"] ?? .null, answer.code)
  }

  /// Compares two accounts of the same device, signal by signal.
  private func compare(_ ours: JSON, _ theirs: JSON, _ profile: String) {
    let signals = theirs.members ?? []
    #expect(signals.count > 4, "\(profile)")
    for signal in signals {
      let own = ours[signal.key]?.number
      let other = signal.value.number
      let isClose =
        switch (own, other) {
        case (let own?, let other?): abs(own - other) <= 1e-6 * max(abs(other), 1)
        case (nil, nil): true
        default: false
        }
      #expect(isClose, "\(profile) \(signal.key): \(ours[signal.key] ?? .null) and \(signal.value)")
    }
  }

  @Test(arguments: kinds)
  func aServerWrittenFromTheProfileAloneIsReadRightly(_ profile: String) throws {
    let folder = TemporaryFolder()
    let log = folder.file("peer.log")
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { for end in ends { close(end) } }
    let peer = try Child(
      Files.python, [Files.peer("profile_device.py"), ProfilePeerTests.path(profile), "1"],
      log: log, input: ends[0])
    try eventually("pymodbus to listen") {
      guard peer.isRunning else { throw TimedOut(description: Files.text(log)) }
      return Files.text(log).contains("}\n")
    }
    let lines = Files.text(log).split(separator: "\n").map(String.init)
    let first = try #require(lines.first { $0.hasPrefix("port ") })
    let shown = try #require(lines.first { $0.hasPrefix("{") })
    let (values, code) = try examine(profile, try #require(Int(first.dropFirst(5))))
    #expect(code == 0, "\(profile)")
    compare(values, try JSONParser.parse(Array(shown.utf8)), profile)
  }

  @Test(arguments: kinds)
  func anotherMasterReadsOfAnActedDeviceWhatTheDoctorDoes(_ profile: String) throws {
    let acted = try Acted(profile, ["--running", "--unit", "1"])
    let (values, code) = try examine(profile, acted.port)
    #expect(code == 0, "\(profile)")
    let master = try Command.run(
      Files.python,
      [
        Files.peer("profile_master.py"), ProfilePeerTests.path(profile), "\(acted.port)", "1",
      ])
    #expect(master.code == 0, "\(master.output)\(master.complaint)")
    // What counts up meanwhile is as much as a float holds.
    compare(values, master.json, profile)
  }

  /// One register of each, and its value in the profile's scale.
  @Test(arguments: [
    ("schneider-atv320", "4", 3202, "frequency", 0.1),
    ("carlo-gavazzi-em24", "3", 55, "mains-frequency", 0.1),
    ("tuf-2000m", "4", 71, "error-bits", 1), ("nibe-s-series", "3", 7, "condenser-entering", 0.1),
    ("wago-750", "1", 0, "input-1", 1),
  ])
  func mbpollReadsOfAnActedDeviceWhatTheDoctorDoes(
    _ profile: String, _ table: String, _ address: Int, _ signal: String, _ scale: Double
  ) throws {
    let acted = try Acted(profile, ["--running", "--unit", "1"])
    let answer = try Command.run(
      "mbpoll",
      [
        "-m", "tcp", "-p", "\(acted.port)", "-0", "-1", "-q", "-a", "1", "-t", table, "-r",
        "\(address)", "-c", "1", "127.0.0.1",
      ])
    #expect(answer.code == 0, "\(answer.output)\(answer.complaint)")
    let line = answer.output.split(separator: "\n").first { $0.hasPrefix("[") } ?? ""
    let raw = line.split(whereSeparator: \.isWhitespace).last.flatMap { Double($0) }
    let shown = try #require(raw, "\(answer.output)")
    let (values, _) = try examine(profile, acted.port)
    let ours = try #require(values[signal]?.number, "\(values.line)")
    #expect(abs(ours - shown * scale) < 1e-6)
  }
}
