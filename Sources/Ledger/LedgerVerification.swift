/// Whether an export is whole and as it was made: every line follows from the one before, none is
/// missing, and the closing line ends it.
///
/// It shows what happened to a copy. Who can write a whole ledger anew can chain it anew: that is
/// shown by the closing hashes that were handed over before.
public struct LedgerVerification: Sendable {
  /// Something that is wrong, and in which line, from 1.
  public struct Fault: Sendable, Hashable, CustomStringConvertible {
    public let line: Int
    public let what: String
    public var description: String { "line \(line): \(what)" }
  }

  /// More faults than this are not listed.
  public static let maximumFaults = 20

  /// The lines that bear a record, with their numbers in the file, and what they say.
  public private(set) var records: [LedgerLine] = []
  public private(set) var faults: [Fault] = []
  /// The closing line's hash, which stands for all that was handed over.
  public private(set) var closing = ""

  public var isSound: Bool { faults.isEmpty }
  /// The plant's name, where the export begins with the head.
  public var plant: String? {
    guard let words = records.first?.body.split(separator: " ", maxSplits: 3), words.count == 4,
      words[0] == "0", words[2] == "head"
    else { return nil }
    return String(words[3])
  }

  /// What the line before ended in, and the number that comes next; nil before the first line.
  private var hash = ""
  private var next: Int64?
  private var numbers: Set<Int64> = []
  private var passed: Set<Int64> = []

  /// - Parameter bytes: the whole export, with its last line feed.
  public init(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let texts = lines.map { String(validating: $0, as: UTF8.self) }
    numbers = Set(texts.compactMap { $0.flatMap { LedgerLine($0) }?.number })
    for (index, text) in texts.dropLast().enumerated() { take(text, line: index + 1) }
    if lines.last?.isEmpty == false {
      fault(lines.count, "cut off: the line has no end")
    } else if closing.isEmpty {
      fault(lines.count, "truncated: the closing line is missing\(behind)")
    }
  }

  private var behind: String { next.map { ", record \($0 - 1) is the last" } ?? "" }

  private mutating func fault(_ line: Int, _ what: String) {
    if faults.count < LedgerVerification.maximumFaults {
      faults.append(Fault(line: line, what: what))
    }
  }

  private mutating func take(_ text: String?, line: Int) {
    guard closing.isEmpty else { return fault(line, "a line stands behind the closing line") }
    guard let text, let found = LedgerLine(text) else {
      return fault(line, "changed: it is no line of a ledger")
    }
    if let number = found.number {
      record(found, number, line)
    } else if found.body.hasPrefix("part ") {
      begin(found, line)
    } else if found.body.hasPrefix("end ") {
      close(found, line)
    } else {
      fault(line, "changed: it is no line of a ledger")
    }
  }

  private mutating func begin(_ found: LedgerLine, _ line: Int) {
    let number = found.body.dropFirst(5).description.value(of: "from").flatMap { Int64($0) }
    guard line == 1, let number, number > 0,
      LedgerExport.beginning(number, after: found.hash) == found.body + " " + found.hash
    else { return fault(line, "changed: only a first line tells where a part begins") }
    next = number
    hash = found.hash
  }

  private mutating func record(_ found: LedgerLine, _ number: Int64, _ line: Int) {
    let wanted = next ?? 0
    if number > wanted {
      let isElsewhere = numbers.contains(wanted)
      let missing =
        number == wanted + 1 ? "record \(wanted) is" : "records \(wanted) to \(number - 1) are"
      fault(
        line,
        isElsewhere
          ? "reordered: record \(number) stands where record \(wanted) should"
          : "missing: \(missing) not there")
    } else if number < wanted {
      fault(
        line,
        passed.contains(number)
          ? "duplicated: record \(number) stands here again"
          : "reordered: record \(number) stands behind record \(wanted - 1)")
    } else if !found.follows(hash) {
      fault(line, "changed: record \(number) is not what its hash was made of")
    }
    passed.insert(number)
    records.append(found)
    next = number + 1
    hash = found.hash
  }

  private mutating func close(_ found: LedgerLine, _ line: Int) {
    closing = found.hash
    let last = (next ?? 0) - 1
    let count = Int64(records.count)
    guard
      LedgerExport.closing(records: count, last: last, after: hash) != found.body + " " + found.hash
    else { return }
    let said = found.body.split(separator: " ").dropFirst().first.map(String.init)?
      .value(of: "records").flatMap { Int64($0) }
    if let said, said > count {
      fault(line, "missing: the export had \(said) records, \(count) are there")
    } else {
      fault(line, "changed: the closing line does not fit the records before it")
    }
  }
}
