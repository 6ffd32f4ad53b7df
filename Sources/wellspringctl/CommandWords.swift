import ControlProtocol

/// The commands with the words that each takes: what is wrong with a line is said before anybody is
/// asked.
enum CommandWords {
  private static let table: [(command: String, words: ClosedRange<Int>, need: String)] = [
    ("status", 0...0, "status takes no words"), ("watch", 0...0, "watch takes no words"),
    ("mode", 2...2, "mode needs a block and a mode"), ("why", 1...1, "why needs one name"),
    ("points", 0...1, "points takes one name or pattern, in quotes"),
    ("alarms", 0...0, "alarms takes no words"),
    ("ack", 0...2, "ack takes the alarm's kind and subject, or nothing for all"),
    ("reset", 2...2, "reset needs the alarm's kind and subject"),
    ("energy", 0...0, "energy takes no words"), ("wells", 0...0, "wells takes no words"),
    ("flush", 1...2, "flush needs a well, and 'stop' to end it"),
    ("health", 0...0, "health takes no words"),
    ("step-test", 1...2, "step-test needs a well, and 'stop' to end it or 'as-new' for a new well"),
    ("devices", 0...0, "devices takes no words"),
    ("events", 0...1, events), ("ledger", 0...2, ""),
    ("doctor", 0...1000, ""), ("allot", 0...1, "allot takes one distribution"),
  ]

  private static let events =
    "events takes how many, \(Call.eventLimits.lowerBound) to \(Call.eventLimits.upperBound)"

  /// What is wrong with a command and its words; nil when nothing is.
  static func complaint(about arguments: Arguments) -> String? {
    let line = arguments.words
    guard let command = line.first else { return nil }
    let words = line.dropFirst()
    guard let row = table.first(where: { $0.command == command }) else {
      let meant = Suggestion.nearest(to: command, among: table.map(\.command))
      return "no command '\(command)'" + (meant.map { "; did you mean '\($0)'?" } ?? "")
    }
    if command == "ledger" { return ledgerComplaint(arguments) }
    if command == "allot", row.words.contains(words.count) {
      return AllotWords.complaint(about: arguments)
    }
    let strange = arguments.options.keys.sorted().first { command != "alarms" || $0 != "--cost" }
    if command != "allot", let option = strange {
      return "\(command) takes no \(option)"
    }
    let isOdd =
      command == "ack" && words.count == 1 && words.last != "all"
      || command == "flush" && words.count == 2 && words.last != "stop"
      || command == "step-test" && words.count == 2 && !["stop", "as-new"].contains(words.last)
    guard row.words.contains(words.count), !isOdd else { return row.need }
    if command == "events", let word = words.first, count(word) == nil { return events }
    return nil
  }

  private static func ledgerComplaint(_ arguments: Arguments) -> String? {
    do throws(LedgerWords.Complaint) {
      switch try LedgerWords.parse(Array(arguments.words.dropFirst()), arguments.options) {
      case .replace: return nil
      case .export, .verify, .statement:
        return arguments.isJSON ? "the ledger is text: it takes no --json" : nil
      }
    } catch {
      return error.text
    }
  }

  /// How many events a word wants; nil when it wants no number that the daemon gives.
  static func count(_ word: String) -> Int? {
    Int(word).flatMap { Call.eventLimits.contains($0) ? $0 : nil }
  }
}
