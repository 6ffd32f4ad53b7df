import ControlProtocol
import Glibc
import Testing

/// What systemd is told over its socket, and when it is told nothing.
struct ServiceTests {
  @Test func aServiceManagerHearsReadyStatusWatchdogReloadingAndStopping() throws {
    let rig = Rig()
    let manager = Manager(rig)
    try rig.startTwin()
    try rig.startDaemon(environment: manager.environment)
    try manager.hear("READY=1")
    #expect(manager.heard.first == "READY=1")
    try manager.hear("WATCHDOG=1")
    try manager.hear("STATUS=main off, recovery off; 0 of 7 units run")
    rig.daemon?.send(SIGHUP)
    try manager.hear("RELOADING=1\nMONOTONIC_USEC=")
    let said = try #require(manager.heard.last { $0.hasPrefix("RELOADING=1") })
    let moment = Double(said.split(separator: "=").last ?? "") ?? 0
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    #expect(moment > 0 && moment <= Double(time.tv_sec + 1) * 1e6)
    try manager.hear("READY=1", count: 2)
    rig.daemon?.send(SIGTERM)
    try manager.hear("STOPPING=1\nEXTEND_TIMEOUT_USEC=")
    #expect(try rig.daemon?.exitCode() == 0)
  }

  @Test func aDaemonThatHangsFeedsNoWatchdog() throws {
    let rig = Rig()
    let manager = Manager(rig)
    try rig.startTwin()
    try rig.startDaemon(environment: manager.environment)
    try manager.hear("WATCHDOG=1", count: 3)
    rig.daemon?.send(SIGSTOP)
    try eventually("the kernel to have stopped it") { rig.daemon?.isStopped == true }
    manager.listen()
    let before = manager.heard.count
    // The twin lives on for ten watchdog periods.
    let scans = 10 * Manager.watchdogSeconds * Double(Rig.scale)
    let start = try rig.twinSeconds()
    try eventually("time to pass") { try rig.twinSeconds() - start > scans }
    manager.listen()
    #expect(manager.heard.count == before, "\(manager.heard.suffix(3))")
    rig.daemon?.send(SIGCONT)
    let fed = manager.heard.count { $0 == "WATCHDOG=1" }
    try manager.hear("WATCHDOG=1", count: fed + 1)
    // The scans that it slept through are counted as missed.
    try eventually("missed scans to be counted") {
      (try rig.status()["missed_scans"]?.number ?? 0) > scans / 4
    }
  }

  @Test func aDaemonThatCannotScanYetIsNotReady() throws {
    let rig = Rig()
    let manager = Manager(rig)
    mkdir(rig.socket, 0o755)
    let daemon = try Child(
      Files.program("wellspringd"),
      ["--config", rig.config, "--state", rig.state, "--socket", rig.socket], log: rig.log,
      environment: manager.environment)
    #expect(try daemon.exitCode() == 73)
    manager.listen()
    #expect(manager.heard.isEmpty)
  }
}

/// A stand-in for systemd: a socket for datagrams, as sd_notify(3) describes it.
private final class Manager {
  static let watchdogSeconds = 0.3

  private let socket: RawSocket
  private let path: String
  private(set) var heard: [String] = []

  init(_ rig: Rig) {
    path = rig.folder.file("notify.sock")
    socket = RawSocket(datagramsAt: path)
  }

  var environment: [String: String] {
    ["NOTIFY_SOCKET": path, "WATCHDOG_USEC": "\(Int(Manager.watchdogSeconds * 1e6))"]
  }

  func listen() {
    while let message = socket.datagram() { heard.append(message) }
  }

  /// Waits until messages that begin so have come `count` times in all.
  func hear(_ beginning: String, count: Int = 1) throws {
    try eventually("'\(beginning)', \(count) times") {
      self.listen()
      return self.heard.count { $0.hasPrefix(beginning) } >= count
    }
  }
}
