import Glibc
import Testing

/// Two daemons on one plant would undo what the other does: the second is refused.
struct ExclusionTests {
  private func second(_ rig: Rig, state: String, socket: String) throws -> Command.Result {
    try Command.run(
      Files.program("wellspringd"),
      ["--config", rig.config, "--state", state, "--socket", socket])
  }

  @Test func theSameStateFolderIsRefused() throws {
    let rig = Rig()
    try rig.start()
    let other = try second(rig, state: rig.state, socket: rig.folder.file("other.sock"))
    #expect(other.code == 74)
    #expect(other.complaint.contains("is in use by another wellspringd"))
    #expect(try rig.ctl(["status"]).code == 0)
    // A daemon that was killed leaves no lock behind.
    rig.killDaemon()
    try rig.startDaemon()
  }

  @Test func theSameSocketIsRefused() throws {
    let rig = Rig()
    try rig.start()
    let state = rig.folder.file("other")
    mkdir(state, 0o755)
    let other = try second(rig, state: state, socket: rig.socket)
    #expect(other.code == 73)
    #expect(other.complaint.contains("is in use: is another one running?"))
    #expect(try rig.ctl(["status"]).code == 0)
  }

  @Test func aFileWhereTheSocketShouldBeIsLeftAlone() throws {
    let rig = Rig()
    Files.write("dear to someone", to: rig.socket)
    let refused = try second(rig, state: rig.state, socket: rig.socket)
    #expect(refused.code == 73)
    #expect(refused.complaint.contains("is there and is no socket"))
    #expect(Files.text(rig.socket) == "dear to someone")
  }

  @Test func aFileInPlaceOfTheStateFolderIsRefused() throws {
    let rig = Rig()
    let refused = try second(rig, state: rig.config, socket: rig.socket)
    #expect(refused.code == 74)
    #expect(refused.complaint.contains("plant.yaml' for state: Not a directory"))
  }

  @Test func whileTheFolderIsAwayTheSocketKeepsASecondDaemonOut() throws {
    let rig = Rig()
    rmdir(rig.state)
    try rig.start()
    let other = try second(rig, state: rig.state, socket: rig.socket)
    #expect(other.code == 73)
    #expect(try rig.ctl(["status"]).code == 0)
  }

  @Test func aDaemonThatFindsItsFolderHeldEndsAndTouchesNothing() throws {
    let rig = Rig()
    rmdir(rig.state)
    try rig.start()
    // Another daemon's lock, on the folder that comes back.
    let held = rig.folder.file("held")
    mkdir(held, 0o755)
    let lock = open(held, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(lock) }
    try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
    try #require(rename(held, rig.state) == 0)
    #expect(try rig.daemon?.exitCode() == 74)
    #expect(rig.journal.contains("another wellspringd runs this plant"))
    #expect(try Command.run("ls", ["-A", rig.state]).output.isEmpty)
  }
}
