import ControlProtocol
import Glibc
import Ledger
import PlantModel
import Quantities

/// The reinjection ledger: fetched page by page, so that nobody holds much of it at once.
struct LedgerCommands {
  /// What a call was answered: its result, or the exit code of what it was told instead.
  let ask: (String, JSON) throws(ClientFailure) -> (result: JSON?, code: Int32)

  /// One page: its records, the hash before the first of them, and whose they are.
  private struct Page {
    var lines: [String]
    var times: [Instant]
    var before: String?
    var plant: String
    var next: Double
  }

  /// The page from a record on; the exit code when there is none to be had.
  private func page(_ parameters: JSON) throws(ClientFailure) -> Result<Page, Refused> {
    let (result, code) = try ask("ledger.records", parameters)
    guard let result else { return .failure(Refused(code: code)) }
    let records = result["records"]?.list ?? []
    return .success(
      Page(
        lines: records.compactMap { $0["line"]?.text },
        times: records.compactMap { $0["time_milliseconds"]?.instant },
        before: result["hash_before"]?.text, plant: result["plant"]?.text ?? "",
        next: (records.last?["number"]?.number ?? 0) + 1))
  }

  private struct Refused: Error { let code: Int32 }

  /// Calls `body` with each page of the records after `begin` up to `end`; 0, or the exit code of a
  /// refusal.
  private func pages(
    from begin: Instant?, to end: Instant?, _ body: (Page) -> Bool
  ) throws(ClientFailure) -> Int32 {
    var parameters: JSON =
      begin.map { ["after_milliseconds": .number(Double($0.milliseconds))] } ?? ["number": 0]
    while true {
      switch try page(parameters) {
      case .failure(let refused): return refused.code
      case .success(var page):
        let isLast = page.lines.isEmpty
        let fitting = page.times.firstIndex { time in end.map { time > $0 } ?? false }
        if let fitting {
          page.lines.removeLast(page.lines.count - fitting)
          page.times.removeLast(page.times.count - fitting)
        }
        if !page.lines.isEmpty, !body(page) { return 1 }
        if isLast || fitting != nil { return 0 }
        parameters = ["number": .number(page.next)]
      }
    }
  }

  /// Prints the records after `begin` up to `end` so that they can be kept and checked.
  func export(from begin: Instant?, to end: Instant?) throws(ClientFailure) -> Int32 {
    var last: LedgerLine?
    var count: Int64 = 0
    let code = try pages(from: begin, to: end) { page in
      let first = LedgerLine(page.lines[0])?.number ?? 0
      if last == nil, first > 0 {
        print(LedgerExport.beginning(first, after: page.before ?? ""))
      }
      for line in page.lines { print(line) }
      last = page.lines.last.flatMap { LedgerLine($0) }
      count += Int64(page.lines.count)
      return true
    }
    guard code == 0 else { return code }
    guard let last, let number = last.number else { return nothing() }
    print(LedgerExport.closing(records: count, last: number, after: last.hash))
    return 0
  }

  /// Prints what passed in a month, after checking the records that tell it.
  func statement(from begin: Instant, to end: Instant, asCSV: Bool) throws(ClientFailure) -> Int32 {
    var records: [LedgerRecord] = []
    var hash: String?
    var plant = ""
    let code = try pages(from: begin, to: end) { page in
      plant = page.plant
      var before = hash ?? page.before ?? ""
      for text in page.lines {
        guard let line = LedgerLine(text), line.follows(before) else {
          Program.complain(
            "wellspringctl: the ledger is not whole at '\(text)': check an export of it")
          return false
        }
        before = line.hash
        if let record = LedgerRecord(body: line.body) { records.append(record) }
      }
      hash = before
      return true
    }
    guard code == 0 else { return code }
    guard !records.isEmpty else { return nothing() }
    let statement = LedgerStatement(plant: plant, from: begin, to: end, records: records)
    print(asCSV ? statement.csv : statement.text)
    return 0
  }

  private func nothing() -> Int32 {
    Program.complain("wellspringctl: the ledger has no records of that time")
    return 1
  }

  /// Checks an export, without a daemon; 0 when it is whole.
  static func verify(_ name: String) -> Int32 {
    let descriptor = name == "-" ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0, let bytes = all(of: descriptor) else {
      Program.complain("wellspringctl: cannot read '\(name)': \(String(cString: strerror(errno)))")
      return 1
    }
    let found = LedgerVerification(bytes)
    guard found.isSound else {
      for fault in found.faults { Program.complain("wellspringctl: \(name): \(fault)") }
      return 1
    }
    let whose = found.plant.map { " of \($0)" } ?? ""
    print("whole: \(found.records.count) records\(whose); closing hash \(found.closing)")
    return 0
  }

  private static func all(of descriptor: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      bytes += chunk[..<count]
    }
  }
}
