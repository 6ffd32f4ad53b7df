extension StateStore {
  /// A line of the ledger, as a row of the table `ledger`.
  public struct LedgerRow: Sendable, Hashable {
    public var number: Int64
    public var timeMilliseconds: Int64
    public var line: String

    public init(number: Int64, timeMilliseconds: Int64, line: String) {
      self.number = number
      self.timeMilliseconds = timeMilliseconds
      self.line = line
    }
  }

  /// Some lines of the ledger, in their order.
  public struct LedgerPage: Sendable {
    public var rows: [LedgerRow]
    /// The line before the first of them; nil for the first of all.
    public var before: String?
  }

  /// The table of the ledger: rows are added, never changed or taken out.
  static func prepareLedger(_ database: Database) throws(StoreFailure) {
    try database.run(
      """
      CREATE TABLE IF NOT EXISTS ledger (
        number INTEGER PRIMARY KEY, time_milliseconds INTEGER NOT NULL, line TEXT NOT NULL)
      """)
    try database.run("CREATE INDEX IF NOT EXISTS ledger_time ON ledger (time_milliseconds)")
    for change in ["UPDATE", "DELETE"] {
      try database.run(
        """
        CREATE TRIGGER IF NOT EXISTS ledger_no_\(change.lowercased()) BEFORE \(change) ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END
        """)
    }
  }

  static func lastRow(_ database: Database) throws(StoreFailure) -> LedgerRow? {
    try database.query(
      "SELECT number, time_milliseconds, line FROM ledger ORDER BY number DESC LIMIT 1"
    ).first.map(row)
  }

  private static func row(_ columns: [String]) -> LedgerRow {
    LedgerRow(
      number: Int64(columns[0]) ?? 0, timeMilliseconds: Int64(columns[1]) ?? 0, line: columns[2])
  }

  /// Lines from a number on, or from the first after a time, at most `limit` of them.
  public func ledger(from number: Int64, after timeMilliseconds: Int64?, limit: Int)
    throws(StoreFailure) -> LedgerPage
  {
    var first = number
    if let timeMilliseconds {
      let found = try database.query(
        "SELECT number FROM ledger WHERE time_milliseconds > ? ORDER BY time_milliseconds, number LIMIT 1",
        [.integer(timeMilliseconds)])
      first = max(first, found.first.flatMap { Int64($0[0]) } ?? .max)
    }
    let rows = try database.query(
      "SELECT number, time_milliseconds, line FROM ledger WHERE number >= ? ORDER BY number LIMIT ?",
      [.integer(first), .integer(Int64(limit))]
    ).map(StateStore.row)
    let before = try database.query(
      "SELECT line FROM ledger WHERE number < ? ORDER BY number DESC LIMIT 1", [.integer(first)])
    return LedgerPage(rows: rows, before: before.first?.first)
  }
}
