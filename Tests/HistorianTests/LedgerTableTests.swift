import Historian
import Testing

/// The ledger's lines in the state file: added to, never changed.
@Suite struct LedgerTableTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.file("state.db") }

  private func row(_ number: Int64) -> StateStore.LedgerRow {
    StateStore.LedgerRow(
      number: number, timeMilliseconds: number * 1000, line: "line \(number)")
  }

  private func ask(_ sql: String) -> (output: String, code: Int32) {
    let answer = Command.run("sqlite3", [path, sql])
    return (answer.output, answer.code)
  }

  @Test func linesComeInPagesFromANumberOrATimeOn() throws {
    let store = try StateStore(path: path)
    #expect(store.lastLedgerRow == nil)
    try store.save([], [], ledger: (0..<10).map(row))
    #expect(store.lastLedgerRow == row(9))
    #expect(try StateStore(path: path).lastLedgerRow == row(9))
    let page = try store.ledger(from: 3, after: nil, limit: 4)
    #expect(page.rows == (3..<7).map(row))
    #expect(page.before == "line 2")
    #expect(try store.ledger(from: 0, after: nil, limit: 2).before == nil)
    #expect(try store.ledger(from: 0, after: 4000, limit: 2).rows == [row(5), row(6)])
    #expect(try store.ledger(from: 0, after: 9000, limit: 2).rows.isEmpty)
    #expect(try store.ledger(from: 20, after: nil, limit: 2).rows.isEmpty)
  }

  @Test func noProgramChangesOrTakesOutALineByMistake() throws {
    try StateStore(path: path).save([], [], ledger: [row(0), row(1)])
    for sql in ["UPDATE ledger SET line = 'other' WHERE number = 1", "DELETE FROM ledger"] {
      #expect(ask(sql).code != 0)
    }
    #expect(ask("SELECT number || ' ' || line FROM ledger").output == "0 line 0\n1 line 1\n")
  }

  @Test func stateAndLinesAreSavedTogetherOrNotAtAll() throws {
    let store = try StateStore(path: path)
    try store.save([("a", "1")], [], ledger: [row(0)])
    #expect(throws: StoreFailure.self) {
      try store.save([("a", "2")], [], ledger: [row(1), row(1)])
    }
    #expect(ask("SELECT text FROM state; SELECT count(*) FROM ledger").output == "1\n1\n")
    #expect(store.lastLedgerRow == row(0))
    try store.save([("a", "2")], [], ledger: [row(1)])
    #expect(ask("SELECT text FROM state; SELECT count(*) FROM ledger").output == "2\n2\n")
  }

  @Test func aFileOfBeforeTheLedgerGainsItsTable() throws {
    try StateStore(path: path).save([("a", "1")], [])
    #expect(ask("DROP TABLE ledger").code == 0)
    let store = try StateStore(path: path)
    #expect(store.state.map(\.text) == ["1"])
    try store.save([], [], ledger: [row(0)])
    #expect(store.lastLedgerRow == row(0))
  }

  @Test func theKeeperMakesLinesBehindThoseOfTheDiskThatIsThere() throws {
    let keeper = try StateKeeper(folder: folder.path) { _ in }
    var seen: [StateStore.LedgerRow?] = []
    for number in [Int64(0), 1] {
      try keeper.save([], []) {
        seen.append($0)
        return [row(number)]
      }
    }
    #expect(seen == [nil, row(0)])
    #expect(keeper.ledger(from: 0, after: nil, limit: 9)?.rows == [row(0), row(1)])
  }
}
