import CSQLite
import Glibc

/// Why the store could not do what it was asked.
public struct StoreFailure: Error, CustomStringConvertible, Sendable {
  /// What lies behind a failure.
  public enum Cause: Sendable {
    /// The disk is full, read-only or away, or the file is locked or forbidden: it may pass.
    case disk
    /// The file itself is at fault.
    case damage
    /// The path cannot be meant, or the file is of a newer program.
    case mistake
    /// Another daemon holds the folder.
    case inUse
  }

  public let description: String
  public let cause: Cause

  /// Whether trying again later can help.
  public var mayPass: Bool {
    switch cause {
    case .disk, .damage: true
    case .mistake, .inUse: false
    }
  }

  init(_ description: String, _ cause: Cause = .disk) {
    self.description = description
    self.cause = cause
  }
}

/// One SQLite connection, used from one queue.
final class Database {
  private let handle: OpaquePointer
  private let path: String

  /// The ways to read a file that cannot be opened for writing.
  enum ReadingWay: CaseIterable {
    /// The disk is read-only; the log and its index are there.
    case readOnly
    /// The disk is full: the index of the log is made in memory.
    case indexInMemory
    /// The disk is read-only and there is no log.
    case withoutLog
  }

  convenience init(_ path: String) throws(StoreFailure) {
    try self.init(path, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
  }

  convenience init(reading path: String, _ way: ReadingWay) throws(StoreFailure) {
    switch way {
    case .readOnly: try self.init(path, path, SQLITE_OPEN_READONLY)
    case .indexInMemory:
      try self.init(path, path, SQLITE_OPEN_READWRITE)
      try run("PRAGMA locking_mode=EXCLUSIVE")
    case .withoutLog:
      guard !StateStore.holdsAnything(path + "-wal") else {
        throw StoreFailure("'\(path)' has a log that cannot be read")
      }
      let safe = path.map { "%?#".contains($0) ? $0.utf8.map(Database.escape).joined() : "\($0)" }
      try self.init(
        path, "file:\(safe.joined())?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
    }
  }

  private static func escape(_ byte: UInt8) -> String { "%" + String(byte, radix: 16) }

  private init(_ path: String, _ name: String, _ flags: Int32) throws(StoreFailure) {
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(name, &handle, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let handle else {
      let why = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(handle)
      throw StoreFailure("cannot open '\(path)': \(why)")
    }
    self.handle = handle
    self.path = path
    sqlite3_busy_timeout(handle, 2000)
  }

  deinit { sqlite3_close_v2(handle) }

  func run(_ sql: String, _ values: [Value] = []) throws(StoreFailure) {
    _ = try query(sql, values)
  }

  enum Value {
    case text(String)
    case integer(Int64)
    case real(Double)
    case null
  }

  /// Runs one statement; the rows come as text.
  func query(_ sql: String, _ values: [Value] = []) throws(StoreFailure) -> [[String]] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
      throw failure()
    }
    defer { sqlite3_finalize(statement) }
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    for (index, value) in values.enumerated() {
      switch value {
      case .text(let text): sqlite3_bind_text(statement, Int32(index + 1), text, -1, transient)
      case .integer(let number): sqlite3_bind_int64(statement, Int32(index + 1), number)
      case .real(let number): sqlite3_bind_double(statement, Int32(index + 1), number)
      case .null: sqlite3_bind_null(statement, Int32(index + 1))
      }
    }
    var rows: [[String]] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_DONE: return rows
      case SQLITE_ROW:
        rows.append(
          (0..<sqlite3_column_count(statement)).map { column in
            sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
          })
      default: throw failure()
      }
    }
  }

  private func failure() -> StoreFailure {
    let code = sqlite3_errcode(handle)
    var why = String(cString: sqlite3_errmsg(handle))
    // What the disk said, which SQLite's own words leave out.
    let system = sqlite3_system_errno(handle)
    if code == SQLITE_IOERR, system != 0 { why += " (\(String(cString: strerror(system))))" }
    return StoreFailure(
      "'\(path)': \(why)",
      code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? .damage : .disk)
  }
}
