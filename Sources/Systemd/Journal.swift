import CSystemd
import Glibc

/// The journal, with structured fields; on standard error where that does not lead to the journal.
public enum Journal {
  /// The priorities of syslog that are used.
  public enum Priority: Int, Sendable {
    case error = 3
    case warning = 4
    case notice = 5
    case info = 6
  }

  /// Whether standard error leads to the journal: `JOURNAL_STREAM` of systemd.exec(5) names it.
  private static let hasJournal = {
    var error = stat()
    guard let stream = getenv("JOURNAL_STREAM"), fstat(STDERR_FILENO, &error) == 0 else {
      return false
    }
    return String(cString: stream) == "\(error.st_dev):\(error.st_ino)"
  }()

  /// One entry.
  ///
  /// - Parameter fields: further fields by name, such as `WELLSPRING_RULE`.
  public static func write(
    _ priority: Priority, _ message: String, _ fields: [(name: String, value: String)] = []
  ) {
    guard hasJournal else {
      let line = Array("<\(priority.rawValue)>\(message)\n".utf8)
      _ = Glibc.write(STDERR_FILENO, line, line.count)
      return
    }
    var lines = ["MESSAGE=\(message)", "PRIORITY=\(priority.rawValue)"]
    lines += fields.map { "\($0.name)=\($0.value)" }
    send(lines.map { Array($0.utf8) })
  }

  private static func send(_ lines: [[UInt8]]) {
    var bytes = lines.flatMap { $0 }
    var offset = 0
    bytes.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      var vectors: [iovec] = []
      for line in lines {
        vectors.append(iovec(iov_base: base + offset, iov_len: line.count))
        offset += line.count
      }
      _ = sd_journal_sendv(vectors, Int32(vectors.count))
    }
  }
}
