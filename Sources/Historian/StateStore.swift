import CSQLite
import Glibc

/// State and events of a plant in one SQLite file: what must survive a restart.
///
/// Used from one queue. Every save is one transaction, on disk when it returns
/// (`synchronous=FULL`).
public final class StateStore {
  /// The layout of the file; a newer one is refused, an older one is brought up.
  public static let version = 1
  /// The oldest events go when there are more than this.
  public static let maximumEvents = 200_000

  let database: Database
  private var saved: [String: String] = [:]
  private var sinceTrim = 0
  /// The ledger's last row; nil while there is none.
  public private(set) var lastLedgerRow: LedgerRow?
  /// Where a damaged file was put aside; nil when all was well.
  public let damagedCopy: String?

  /// Something that happened, as a row of the table `events`.
  public struct EventRow: Sendable, Hashable {
    public var timeMilliseconds: Int64
    public var kind: String
    public var subject: String
    public var rule: String
    public var detail: String

    public init(
      timeMilliseconds: Int64, kind: String, subject: String, rule: String, detail: String
    ) {
      self.timeMilliseconds = timeMilliseconds
      self.kind = kind
      self.subject = subject
      self.rule = rule
      self.detail = detail
    }
  }

  /// Opens `path`; a file that SQLite calls damaged is put aside and a fresh one begun.
  ///
  /// A file that is locked, forbidden, or written by a newer program is left alone: that is an
  /// error to tell, never a reason to lose the plant's state.
  public init(path: String) throws(StoreFailure) {
    do throws(StoreFailure) {
      database = try StateStore.prepare(path)
      damagedCopy = nil
    } catch {
      guard error.cause == .damage else { throw error }
      damagedCopy = try StateStore.putAside(path, as: "damaged")
      database = try StateStore.prepare(path)
    }
    for row in try database.query("SELECT path, text FROM state") { saved[row[0]] = row[1] }
    lastLedgerRow = try StateStore.lastRow(database)
  }

  /// The rows of a file that cannot be opened for writing: none when it is not there, nil when it
  /// cannot be read either.
  static func readable(_ path: String) -> [(path: String, text: String)]? {
    guard holdsAnything(path) else { return [] }
    for way in Database.ReadingWay.allCases {
      guard let database = try? Database(reading: path, way),
        (try? database.query("PRAGMA quick_check(1)"))?.first?.first == "ok",
        let rows = try? database.query("SELECT path, text FROM state ORDER BY path")
      else { continue }
      return rows.map { ($0[0], $0[1]) }
    }
    return nil
  }

  /// Whether there may be something in a file.
  static func holdsAnything(_ path: String) -> Bool {
    var file = stat()
    return stat(path, &file) == 0 ? file.st_size > 0 : errno != ENOENT
  }

  /// Renames a file, and its log with it, to a name that is free.
  static func putAside(_ path: String, as word: String) throws(StoreFailure) -> String {
    var copy = path + ".\(word)-\(time(nil))"
    while access(copy, F_OK) == 0 { copy += "+" }
    guard rename(path, copy) == 0 else {
      throw StoreFailure(
        "'\(path)' is \(word) and cannot be renamed: \(String(cString: strerror(errno)))")
    }
    _ = rename(path + "-wal", copy + "-wal")
    _ = unlink(path + "-shm")
    return copy
  }

  private static func prepare(_ path: String) throws(StoreFailure) -> Database {
    let database = try Database(path)
    try database.run("PRAGMA journal_mode=WAL")
    try database.run("PRAGMA synchronous=FULL")
    let check = try database.query("PRAGMA quick_check(1)")
    guard check.first?.first == "ok" else {
      throw StoreFailure(
        "'\(path)' is damaged: \(check.first?.first ?? "unreadable")", .damage)
    }
    let found = Int(try database.query("PRAGMA user_version").first?.first ?? "0") ?? 0
    guard found <= version else {
      throw StoreFailure(
        "'\(path)' was written by a newer program (layout \(found), this one knows \(version)); install that program or name another file",
        .mistake)
    }
    try database.run(
      "CREATE TABLE IF NOT EXISTS state (path TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID")
    try database.run(
      """
      CREATE TABLE IF NOT EXISTS events (
        number INTEGER PRIMARY KEY, time_milliseconds INTEGER NOT NULL, kind TEXT NOT NULL,
        subject TEXT NOT NULL, rule TEXT NOT NULL, detail TEXT NOT NULL)
      """)
    try prepareLedger(database)
    try prepareMeters(database)
    if found != version { try database.run("PRAGMA user_version=\(version)") }
    return database
  }

  /// All state rows, by path.
  public var state: [(path: String, text: String)] {
    saved.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Writes the rows that differ from what is on disk, the events, the ledger's lines and days' meters,
  /// in one transaction.
  public func save(
    _ rows: [(path: String, text: String)], _ events: [EventRow], ledger: [LedgerRow] = [],
    meters: [MeterRow] = []
  ) throws(StoreFailure) {
    let changed = rows.filter { saved[$0.path] != $0.text }
    if changed.isEmpty, events.isEmpty, ledger.isEmpty, meters.isEmpty { return }
    try database.run("BEGIN IMMEDIATE")
    do throws(StoreFailure) {
      for row in changed {
        try database.run(
          "INSERT INTO state VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET text = excluded.text",
          [.text(row.path), .text(row.text)])
      }
      for event in events {
        try database.run(
          "INSERT INTO events (time_milliseconds, kind, subject, rule, detail) VALUES (?, ?, ?, ?, ?)",
          [
            .integer(event.timeMilliseconds), .text(event.kind), .text(event.subject),
            .text(event.rule), .text(event.detail),
          ])
      }
      for row in ledger {
        try database.run(
          "INSERT INTO ledger VALUES (?, ?, ?)",
          [.integer(row.number), .integer(row.timeMilliseconds), .text(row.line)])
      }
      try add(meters)
      try trim(events.count)
      try database.run("COMMIT")
    } catch {
      try? database.run("ROLLBACK")
      throw error
    }
    for row in changed { saved[row.path] = row.text }
    lastLedgerRow = ledger.last ?? lastLedgerRow
  }

  private func trim(_ added: Int) throws(StoreFailure) {
    sinceTrim += added
    guard sinceTrim > 1000 else { return }
    sinceTrim = 0
    try database.run(
      "DELETE FROM events WHERE number <= (SELECT max(number) FROM events) - ?",
      [.integer(Int64(StateStore.maximumEvents))])
  }

  /// The newest events, newest first.
  public func events(limit: Int) throws(StoreFailure) -> [EventRow] {
    try database.query(
      "SELECT time_milliseconds, kind, subject, rule, detail FROM events ORDER BY number DESC LIMIT ?",
      [.integer(Int64(limit))]
    ).map {
      EventRow(
        timeMilliseconds: Int64($0[0]) ?? 0, kind: $0[1], subject: $0[2], rule: $0[3],
        detail: $0[4])
    }
  }
}
