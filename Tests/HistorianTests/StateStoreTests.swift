import Glibc
import Historian
import Testing

@Suite struct StateStoreTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.file("state.db") }

  private func event(_ number: Int) -> StateStore.EventRow {
    StateStore.EventRow(
      timeMilliseconds: Int64(number), kind: "unit-started", subject: "main-unit-\(number)",
      rule: "UNIT-01", detail: "")
  }

  /// `sqlite3`, an independent reader of the file.
  private func ask(_ sql: String) -> String {
    let answer = Command.run("sqlite3", [path, sql])
    #expect(answer.code != 127, "no program 'sqlite3' on the path: apt-get install sqlite3")
    return answer.output
  }

  @Test func whatWasSavedIsThereAfterReopening() throws {
    try StateStore(path: path).save([("a.b", "1"), ("a.c", "ä 2")], [event(1)])
    let again = try StateStore(path: path)
    #expect(again.state.map(\.path) == ["a.b", "a.c"])
    #expect(again.state.map(\.text) == ["1", "ä 2"])
    #expect(try again.events(limit: 10) == [event(1)])
    #expect(again.damagedCopy == nil)
  }

  @Test func theSqliteProgramReadsWhatWasWritten() throws {
    let store = try StateStore(path: path)
    try store.save([("mode", "winter"), ("hours", "7")], [event(1), event(2)])
    #expect(ask("SELECT path || '=' || text FROM state ORDER BY path") == "hours=7\nmode=winter\n")
    #expect(
      ask("SELECT number, time_milliseconds, kind, subject, rule FROM events WHERE number = 2")
        == "2|2|unit-started|main-unit-2|UNIT-01\n")
    #expect(ask("PRAGMA journal_mode") == "wal\n")
    #expect(ask("PRAGMA user_version") == "\(StateStore.version)\n")
    #expect(ask("PRAGMA integrity_check") == "ok\n")
  }

  @Test func onlyRowsThatChangedAreWritten() throws {
    let store = try StateStore(path: path)
    try store.save([("a", "1"), ("b", "1")], [])
    _ = ask(
      """
      CREATE TABLE touched (path TEXT);
      CREATE TRIGGER note AFTER UPDATE ON state BEGIN INSERT INTO touched VALUES (new.path); END
      """)
    try store.save([("a", "1"), ("b", "2")], [])
    #expect(ask("SELECT path FROM touched") == "b\n")
  }

  @Test func aSaveThatFailsLeavesNothingHalfDone() throws {
    let store = try StateStore(path: path)
    try store.save([("a", "1"), ("b", "1")], [])
    _ = ask(
      """
      CREATE TRIGGER stop BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'no room'); END
      """)
    #expect(throws: StoreFailure.self) { try store.save([("a", "2")], [event(1)]) }
    #expect(ask("SELECT text FROM state WHERE path = 'a'") == "1\n")
    _ = ask("DROP TRIGGER stop")
    // It was not taken as saved: the next save brings it.
    try store.save([("a", "2")], [])
    #expect(ask("SELECT text FROM state WHERE path = 'a'") == "2\n")
  }

  @Test func aFileThatIsNoDatabaseIsPutAsideAndAFreshOneBegun() throws {
    _ = Command.run("sh", ["-c", "yes damaged | head -c 20000 > \(path)"])
    let store = try StateStore(path: path)
    let copy = try #require(store.damagedCopy)
    #expect(copy.hasPrefix(path + ".damaged-"))
    #expect(Command.run("head", ["-c", "7", copy]).output == "damaged")
    try store.save([("a", "1")], [])
    #expect(ask("SELECT text FROM state") == "1\n")
  }

  @Test func aTornPageIsNoticedAtOpening() throws {
    do {
      let store = try StateStore(path: path)
      try store.save((0..<2000).map { ("row.\($0)", "\($0)") }, [])
    }
    _ = ask("PRAGMA wal_checkpoint(TRUNCATE)")
    // Pages 3 to 6, in the middle of the table's tree.
    _ = Command.run(
      "dd",
      [
        "if=/dev/urandom", "of=\(path)", "bs=4096", "seek=2", "count=4", "conv=notrunc",
        "status=none",
      ])
    let store = try StateStore(path: path)
    #expect(store.damagedCopy != nil)
    #expect(store.state.isEmpty)
  }

  @Test func aFileOfANewerProgramIsLeftAlone() throws {
    try StateStore(path: path).save([("a", "1")], [])
    _ = ask("PRAGMA user_version = \(StateStore.version + 1)")
    #expect(throws: StoreFailure.self) { try StateStore(path: path) }
    #expect(ask("SELECT text FROM state") == "1\n")
    #expect(!folder.names.contains { $0.contains("damaged") })
  }

  @Test func aFileThatMayNotBeOpenedIsLeftAlone() throws {
    _ = Command.run("mkdir", [path])
    #expect(throws: StoreFailure.self) { try StateStore(path: path) }
    #expect(folder.names == ["state.db"])
  }

  @Test func theOldestEventsGoWhenThereAreTooMany() throws {
    let store = try StateStore(path: path)
    try store.save([], [event(1)])
    _ = ask(
      "UPDATE events SET number = 1; INSERT INTO events VALUES (300000, 5, 'x', 'y', 'z', '')")
    try store.save([], (2...1100).map(event))
    #expect(ask("SELECT count(*) FROM events WHERE number < 100000") == "0\n")
    #expect(try store.events(limit: 1) == [event(1100)])
  }
}
