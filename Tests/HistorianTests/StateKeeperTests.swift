import Dispatch
import Glibc
import Synchronization
import Testing

@testable import Historian

/// The state folder while its disk is away, locked, or back again.
@Suite struct StateKeeperTests {
  private let folder = TemporaryFolder()
  private var state: String { folder.file("state") }
  private var file: String { state + "/state.sqlite" }
  private let notices = Notices()

  private func keeper() throws -> StateKeeper {
    try StateKeeper(folder: state) { [notices] in notices.add($0) }
  }

  private func ask(_ sql: String) -> String { Command.run("sqlite3", [file, sql]).output }

  @Test func aFolderThatIsNotThereIsUsedOnceItIs() throws {
    let keeper = try keeper()
    #expect(keeper.problem?.description.contains("No such file or directory") == true)
    #expect(keeper.state.isEmpty && !keeper.hasRead)
    #expect(throws: StoreFailure.self) { try keeper.save([("a", "1")], []) }
    mkdir(state, 0o755)
    try keeper.save([("a", "2")], [])
    #expect(ask("SELECT text FROM state") == "2\n")
    #expect(notices.all.isEmpty)
  }

  /// A lock that was refused closes its own descriptor and no other that took its number since.
  @Test func aLockThatIsRefusedClosesNothingOfOthers() throws {
    mkdir(state, 0o755)
    let held = try FolderLock(state)
    let isOver = Atomic(false)
    let lost = Mutex(0)
    let queue = DispatchQueue(label: "others")
    queue.async {
      while !isOver.load(ordering: .relaxed) {
        let own = open("/dev/null", O_RDONLY | O_CLOEXEC)
        sched_yield()
        if close(own) != 0 { lost.withLock { $0 += 1 } }
      }
    }
    var refused = 0
    for _ in 0..<20_000 {
      do throws(StoreFailure) { _ = try FolderLock(state) } catch { refused += 1 }
    }
    isOver.store(true, ordering: .relaxed)
    queue.sync {}
    #expect(refused == 20_000 && lost.withLock { $0 } == 0)
    withExtendedLifetime(held) {}
  }

  @Test func aFileThatCouldNotBeReadIsKeptAsideAndNotWrittenOver() throws {
    let keeper = try keeper()
    mkdir(state, 0o755)
    try StateStore(path: file).save([("hours", "7000")], [])
    try keeper.save([("hours", "0")], [])
    #expect(ask("SELECT text FROM state") == "0\n")
    let note = try #require(notices.all.first)
    let copy = try #require(note.split(separator: "'").first { $0.contains(".unread-") })
    #expect(
      Command.run("sqlite3", [String(copy), "SELECT text FROM state"]).output == "7000\n")
    try keeper.save([("hours", "1")], [])
    #expect(notices.all.count == 1)
  }

  @Test func aFolderThatAnotherHoldsIsRefusedAtTheStartAndLater() throws {
    let late = try keeper()
    mkdir(state, 0o755)
    let first = try keeper()
    try first.save([("a", "first")], [])
    for _ in 0..<2 {
      #expect(throws: StoreFailure.self) { try keeper() }
      do throws(StoreFailure) {
        try late.save([("a", "late")], [])
      } catch {
        #expect(error.cause == .inUse)
      }
    }
    #expect(ask("SELECT text FROM state") == "first\n")
  }

  @Test func aFileInPlaceOfTheFolderIsAMistake() throws {
    _ = Command.run("touch", [state])
    do throws(StoreFailure) {
      _ = try StateKeeper(folder: state) { _ in }
      Issue.record("it was taken")
    } catch {
      #expect(error.cause == .mistake)
      #expect(error.description.contains("Not a directory"))
    }
  }

  @Test func aFolderThatWentIsToldAndItsSuccessorIsUsed() throws {
    mkdir(state, 0o755)
    let keeper = try keeper()
    try keeper.save([("a", "1")], [])
    #expect(rename(state, state + ".gone") == 0)
    #expect(throws: StoreFailure.self) { try keeper.save([("a", "2")], []) }
    mkdir(state, 0o755)
    try keeper.save([("a", "3"), ("b", "1")], [])
    #expect(ask("SELECT text FROM state ORDER BY path") == "3\n1\n")
    // It is locked like the first.
    #expect(throws: StoreFailure.self) { try self.keeper() }
  }

  @Test func aSaveThatFailedIsTriedAgainOnTheFileThatIsThereThen() throws {
    mkdir(state, 0o755)
    let keeper = try keeper()
    try keeper.save([("a", "1")], [])
    _ = ask("CREATE TRIGGER stop BEFORE UPDATE ON state BEGIN SELECT RAISE(ABORT, 'no'); END")
    #expect(throws: StoreFailure.self) { try keeper.save([("a", "2")], []) }
    _ = Command.run("sh", ["-c", "mkdir \(state)/old && mv \(file)* \(state)/old"])
    try keeper.save([("a", "3")], [])
    #expect(ask("SELECT text FROM state") == "3\n")
    #expect(notices.all.isEmpty)
  }

  @Test func whatIsLockedAgainstWritingIsReadAndWrittenLater() throws {
    mkdir(state, 0o755)
    try StateStore(path: file).save([("mode", "winter")], [])
    // A layout that must be brought up, so that opening writes.
    _ = ask("PRAGMA user_version = 0")
    let other = try Database(file)
    try other.run("BEGIN IMMEDIATE")
    let keeper = try keeper()
    #expect(keeper.problem != nil)
    #expect(keeper.state.map(\.text) == ["winter"])
    try other.run("ROLLBACK")
    try keeper.save([("mode", "summer")], [])
    #expect(ask("SELECT text FROM state") == "summer\n")
    #expect(notices.all.isEmpty)
  }

  @Test func theLastSavesAreReadFromALogWithoutItsIndexOrNotAtAll() throws {
    mkdir(state, 0o755)
    let store = try StateStore(path: file)
    try store.save([("mode", "winter")], [])
    // As after a power cut.
    let copy = folder.file("a?copy#1 %2")
    for end in ["", "-wal"] { _ = Command.run("cp", [file + end, copy + end]) }
    #expect(throws: StoreFailure.self) { try Database(reading: copy, .withoutLog) }
    let read = try Database(reading: copy, .indexInMemory).query("SELECT text FROM state")
    #expect(read == [["winter"]])
    // Closing has put the log into the file.
    #expect(!StateStore.holdsAnything(copy + "-wal"))
    #expect(
      try Database(reading: copy, .withoutLog).query("SELECT text FROM state") == [["winter"]])
    #expect(StateStore.readable(copy)?.map(\.text) == ["winter"])
  }

  @Test func whatCannotBeReadIsNothingAndWhatIsNotThereIsEmpty() {
    #expect(StateStore.readable(file)?.isEmpty == true)
    mkdir(state, 0o755)
    _ = Command.run("sh", ["-c", "yes damaged | head -c 20000 > \(file)"])
    #expect(StateStore.readable(file) == nil)
  }
}

/// What a keeper told.
private final class Notices: Sendable {
  private let list = Mutex<[String]>([])

  func add(_ text: String) { list.withLock { $0.append(text) } }
  var all: [String] { list.withLock { $0 } }
}
