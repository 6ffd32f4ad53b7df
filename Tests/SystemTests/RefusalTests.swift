import ControlProtocol
import Glibc
import Testing

/// A plant on pymodbus that refuses everything for some time, or one register for ever.
struct RefusalTests {
  /// The plant of another maker, told what to do over its standard input.
  private final class PlantPeer {
    private var ends: [Int32] = [0, 0]
    private let child: Child

    init(_ rig: Rig) throws {
      try #require(pipe(&ends) == 0)
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      let log = rig.folder.file("peer.log")
      let child = try Child(
        Files.python, [Files.peer("plant.py")] + rig.ports.map { "\($0)" }, log: log,
        input: ends[0])
      self.child = child
      try eventually("pymodbus to listen") {
        guard child.isRunning else { throw TimedOut(description: Files.text(log)) }
        return Files.text(log).contains("port \(rig.ports[0])")
      }
    }

    deinit { for end in ends { close(end) } }

    func tell(_ command: String) { _ = write(ends[1], command + "\n", command.utf8.count + 1) }
  }

  private func start(_ rig: Rig) throws {
    try rig.startDaemon(at: "2026-04-10T00:00:00Z", ["--time-scale", "10", "--scan-seconds", "1"])
    try rig.takeOver()
  }

  /// The devices of which an alarm of this kind stands.
  private func devices(_ rig: Rig, _ kind: String) throws -> Set<String> {
    let alarms = try rig.ctl(["--json", "alarms"]).json.list ?? []
    return Set(
      alarms.filter { $0["kind"]?.text == kind && $0["state"] == "unacknowledged" }
        .compactMap { $0["subject"]?.text })
  }

  private func isGood(_ rig: Rig, _ pattern: String) throws -> Bool {
    let points = try rig.points(pattern)
    return !points.isEmpty && points.allSatisfy { $0["quality"] == "good" }
  }

  @Test(
    "A plant that boots refuses everything: it is told so, and is wholly back without a restart")
  func boots() throws {
    let rig = Rig()
    let peer = try PlantPeer(rig)
    try start(rig)
    #expect(try isGood(rig, "sensors-1.emergency-stop"))
    peer.tell("boot")
    try eventually("the refusing devices to be told") {
      let refusing = try devices(rig, "registers-refused")
      return refusing.isSuperset(of: ["sensors-1", "valve-io-1", "main-unit-1", "heat-meter-main"])
    }
    #expect(try devices(rig, "device-lost").isEmpty)
    #expect(rig.journal.contains("sensors-1: refuses everything: exception 2"))
    peer.tell("run")
    for pattern in ["sensors-1.emergency-stop", "valve-io-*", "main-unit-*", "ground-pump-*"] {
      try eventually("\(pattern) to be back") { try isGood(rig, pattern) }
    }
    try eventually("the alarms to go") { try devices(rig, "registers-refused").isEmpty }
    #expect(!rig.journal.contains("cannot be asked for"))
  }

  @Test("One bad register is one alarm that names its device, and the others are read as before")
  func oneRegister() throws {
    let rig = Rig()
    let peer = try PlantPeer(rig)
    peer.tell("refuse 15")
    try start(rig)
    try eventually("the alarm") { try devices(rig, "registers-refused") == ["sensors-1"] }
    #expect(try rig.point("sensors-1.outdoor")["doubt"] == "refused")
    #expect(try isGood(rig, "sensors-1.ground-*"))
    #expect(try isGood(rig, "sensors-1.plant-room"))
    #expect(try devices(rig, "sensor-lost").contains("sensors-1.outdoor") == false)
    #expect(rig.journal.contains("sensors-1: cannot be asked for input 15 ('sensors-1.outdoor')"))
    let why = try rig.ctl(["why", "sensors-1.outdoor"])
    #expect(
      why.output.contains("the device refuses to be read (sensors-1) [LOSS-04]"), "\(why.output)")
  }
}
