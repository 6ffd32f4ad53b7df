import ControlProtocol
public import PlantModel
import Quantities

/// The end of a ledger: what the next record follows from.
///
/// Each line ends in the hash of the line before it joined with its own text, so that no line can
/// be changed, taken out, put in or moved without every later hash showing it.
public struct LedgerChain: Sendable, Hashable {
  /// The next record's number.
  public private(set) var next: Int64
  /// The last record's hash; empty before the head.
  public private(set) var hash: String

  /// A new ledger.
  public init() { (next, hash) = (0, "") }

  /// Goes on behind a ledger's last line. Behind one that was spoilt it goes on from what stands
  /// there, so that a check shows the spoilt line and all that follows is kept.
  public init(after line: String, number: Int64) {
    next = number + 1
    hash = LedgerLine(line)?.hash ?? Digest.hexadecimal(of: Array(line.utf8))
  }

  /// Adds a line with this text, and gives it with its hash.
  private mutating func add(_ body: String) -> String {
    hash = Digest.hexadecimal(of: Array((hash + body).utf8))
    next += 1
    return body + " " + hash
  }

  /// The lines of `entries` with their times, behind the head where there was none yet.
  public mutating func lines(of entries: [LedgerEntry], _ plant: Plant) -> [LedgerRow] {
    guard let begin = entries.first?.time else { return [] }
    var rows: [LedgerRow] = []
    if next == 0 {
      let name = plant.name.unicodeScalars.map {
        $0.properties.generalCategory == .control ? " " : $0
      }
      let body = "0 \(Times.iso(begin)) head \(String(String.UnicodeScalarView(name)))"
      rows.append(LedgerRow(number: 0, timeMilliseconds: begin.milliseconds, line: add(body)))
    }
    for entry in entries {
      let number = next
      let line = add(LedgerRecord(entry, number: number, of: plant).body)
      rows.append(
        LedgerRow(number: number, timeMilliseconds: entry.time.milliseconds, line: line))
    }
    return rows
  }
}

/// A line of the ledger with what it is found by.
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

/// A line, taken apart into its text and the hash that ends it.
public struct LedgerLine: Sendable, Hashable {
  public let body: String
  public let hash: String

  /// - Returns: nil when no hash ends it.
  public init?(_ line: String) {
    guard let space = line.utf8.lastIndex(of: UInt8(ascii: " ")) else { return nil }
    let hash = line[line.utf8.index(after: space)...]
    let digits = hash.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    guard hash.utf8.count == Digest.length, digits else { return nil }
    body = String(line[..<space])
    self.hash = String(hash)
  }

  /// The number it begins with; nil for a part's first line and for the closing line.
  public var number: Int64? {
    body.split(separator: " ", maxSplits: 1).first.flatMap { Int64($0) }.flatMap {
      $0 >= 0 && $0 < .max ? $0 : nil
    }
  }

  /// Whether its hash is the one that follows from the line before.
  public func follows(_ hash: String) -> Bool {
    Digest.hexadecimal(of: Array((hash + body).utf8)) == self.hash
  }
}
