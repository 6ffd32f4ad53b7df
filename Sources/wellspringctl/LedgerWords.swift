import ControlProtocol
import Quantities

/// What stands behind `wellspringctl ledger`, understood before anybody is asked.
enum LedgerWords {
  case export(from: Instant?, to: Instant?)
  case verify(String)
  case statement(from: Instant, to: Instant, asCSV: Bool)
  case replace(meter: String, reading: Double, old: Double?)

  /// Why the words make no sense.
  struct Complaint: Error { let text: String }

  /// - Parameter words: those behind `ledger`.
  static func parse(_ words: [String], _ options: [String: String]) throws(Complaint) -> LedgerWords
  {
    let takes: [String: (words: Int, options: [String], need: String)] = [
      "export": (1, ["--from", "--to"], "ledger export takes --from and --to alone"),
      "verify": (2, [], "ledger verify needs one file, or - for its input"),
      "statement": (1, ["--month", "--csv"], "ledger statement takes --month and --csv alone"),
      "replace-meter": (
        2, ["--reading", "--old"], "ledger replace-meter needs a meter, --reading and takes --old"
      ),
    ]
    guard let command = words.first, let row = takes[command] else {
      throw Complaint(
        text: "ledger needs one of: export, verify, statement, replace-meter")
    }
    guard words.count == row.words, options.keys.allSatisfy({ row.options.contains($0) }) else {
      throw Complaint(text: row.need)
    }
    switch command {
    case "export":
      return .export(from: try moment("--from", options), to: try moment("--to", options))
    case "verify": return .verify(words[1])
    case "statement":
      let (begin, end) = try month(options["--month"] ?? "")
      return .statement(from: begin, to: end, asCSV: options["--csv"] != nil)
    default:
      guard let reading = try volume("--reading", options) else {
        throw Complaint(text: "ledger replace-meter needs --reading: the new meter's counter")
      }
      return .replace(meter: words[1], reading: reading, old: try volume("--old", options))
    }
  }

  private static func volume(_ name: String, _ options: [String: String]) throws(Complaint)
    -> Double?
  {
    guard let text = options[name] else { return nil }
    guard let volume = Double(text), volume.isFinite else {
      throw Complaint(text: "\(name) needs a counter's reading in m³: 1234.5")
    }
    return volume
  }

  private static func moment(_ name: String, _ options: [String: String]) throws(Complaint)
    -> Instant?
  {
    guard let text = options[name] else { return nil }
    guard let moment = Times.parse(text) else {
      throw Complaint(text: "\(name) needs a UTC date or time: 2026-01-15 or 2026-01-15T08:00:00Z")
    }
    return moment
  }

  /// The first moments of a month and of the next, in UTC.
  private static func month(_ text: String) throws(Complaint) -> (Instant, Instant) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.count == 7, parts.count == 2, let year = Int(parts[0]),
      let month = Int(parts[1]), let begin = Times.parse(text + "-01")
    else { throw Complaint(text: "ledger statement needs --month: 2026-01") }
    let next = month == 12 ? "\(year + 1)-01-01" : "\(parts[0])-\(month + 1)-01"
    guard let end = Times.parse(next) else {
      throw Complaint(text: "ledger statement needs --month: 2026-01")
    }
    return (begin, end)
  }
}
