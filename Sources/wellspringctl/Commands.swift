import ControlProtocol
import Glibc
import PlantModel
import Quantities

/// Carries out one command; gives its exit code.
struct Commands {
  let client: LineClient
  let arguments: Arguments

  /// Its words are those that `CommandWords` lets through.
  func run(_ command: String) throws(ClientFailure) -> Int32 {
    let words = Array(arguments.words.dropFirst())
    switch command {
    case "watch": return try watch()
    case "mode":
      return try show("mode.set", ["block": .text(words[0]), "mode": .text(words[1])]) { _ in
        "\(words[0]): \(words[1]) is set; 'wellspringctl why \(words[0])' shows how it gets there"
      }
    case "why": return try showTimes("why", ["name": .text(words[0])], Reports.why)
    case "points": return try points(words.first ?? "*")
    case "alarms":
      guard arguments.options["--cost"] == nil else {
        return try showTimes("alarms.cost", [:], AlarmCostReports.costs)
      }
      return try showTimes("alarms", [:], Reports.alarms)
    case "ack": return try acknowledge(words)
    case "reset":
      return try show("reset", ["kind": .text(words[0]), "subject": .text(words[1])]) { _ in
        "\(words[0]) of \(words[1]) is reset"
      }
    case "ledger": return try ledger()
    case "allot": return try allot()
    case "energy": return try show("energy", [:], EnergyReports.energy)
    case "wells": return try showTimes("wells", [:], WellReports.wells)
    case "flush": return try flush(words)
    case "health": return try showTimes("health", [:], HealthReports.health)
    case "step-test": return try stepTest(words)
    case "devices": return try show("devices", [:], Reports.devices)
    case "events":
      let limit = words.first.flatMap(CommandWords.count) ?? 30
      return try showTimes("events", ["limit": .number(Double(limit))], Reports.events)
    default: return try show("status", [:]) { StatusScreen(status: $0).text(colour: isTerminal) }
    }
  }

  private var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// One call; its answer as the daemon gave it or as text.
  private func show(_ method: String, _ parameters: JSON, _ text: (JSON) -> String)
    throws(ClientFailure) -> Int32
  {
    let answer = try ask(method, parameters)
    guard let result = answer.result else { return answer.code }
    print(arguments.isJSON ? result.line : text(result))
    return 0
  }

  /// The same for a text with times in it, which people read in the plant's local time.
  private func showTimes(
    _ method: String, _ parameters: JSON, _ text: (JSON, _ offset: TimeSpan) -> String
  ) throws(ClientFailure) -> Int32 {
    guard !arguments.isJSON else { return try show(method, parameters) { _ in "" } }
    let minutes = try ask("status", [:]).result?["utc_offset_minutes"]?.number ?? 0
    return try show(method, parameters) { text($0, .minutes(minutes)) }
  }

  private func ledger() throws(ClientFailure) -> Int32 {
    let commands = LedgerCommands { method, parameters throws(ClientFailure) in
      try ask(method, parameters)
    }
    switch arguments.ledger {
    case .export(let begin, let end)?: return try commands.export(from: begin, to: end)
    case .statement(let begin, let end, let asCSV)?:
      return try commands.statement(from: begin, to: end, asCSV: asCSV)
    case .replace(let meter, let reading, let old)?:
      let readings = [("reading", reading), ("old_reading", old)].compactMap { name, value in
        value.map { JSON.Member(name + "_cubic_meters", .number($0)) }
      }
      let parameters = JSON.object([.init("meter", .text(meter))] + readings)
      return try show("ledger.replace", parameters) { _ in
        "\(meter): it goes on from \(JSON.number(reading).line) m³"
      }
    case .verify?, nil: return 2
    }
  }

  /// A person's consent to flush a well, or word to end it.
  private func flush(_ words: [String]) throws(ClientFailure) -> Int32 {
    let ends = words.last == "stop"
    let parameters: JSON = ["well": .text(words[0]), "begins": .bool(!ends)]
    return try show("well.flush", parameters) { _ in
      ends
        ? "\(words[0]): its flushing ends; the drain shuts within minutes"
        : "\(words[0]): it will be flushed; 'wellspringctl wells' shows how it goes"
    }
  }

  /// A person's consent to step-test a well, or word to end it.
  private func stepTest(_ words: [String]) throws(ClientFailure) -> Int32 {
    let wish = words.count == 1 ? "begin" : words[1] == "stop" ? "end" : "begin-anew"
    let parameters: JSON = ["well": .text(words[0]), "wish": .text(wish)]
    return try show("well.test", parameters) { _ in
      wish == "end"
        ? "\(words[0]): its step test ends; the well goes back to its circuit"
        : "\(words[0]): it rests, then it is tested; 'wellspringctl health' shows how it goes"
    }
  }

  private func allot() throws(ClientFailure) -> Int32 {
    guard let words = try? AllotWords(arguments) else { return 2 }
    let command = AllotCommand { method, parameters throws(ClientFailure) in
      try ask(method, parameters)
    }
    return try command.run(words)
  }

  private func points(_ pattern: String) throws(ClientFailure) -> Int32 {
    guard let result = try ask("points", ["name": .text(pattern)]).result else { return 1 }
    let isEmpty = result.list?.isEmpty ?? true
    if isEmpty { Program.complain("wellspringctl: no point matches '\(pattern)'") }
    if arguments.isJSON { print(result.line) } else if !isEmpty { print(Reports.points(result)) }
    return isEmpty ? 1 : 0
  }

  /// The result of a call, or the exit code of what it was answered instead, which is said then.
  private func ask(
    _ method: String, _ parameters: JSON
  ) throws(ClientFailure) -> (result: JSON?, code: Int32) {
    let reply = try client.ask(Call(method: method, parameters: parameters))
    guard let error = reply["error"] else { return (reply["result"] ?? .null, 0) }
    if arguments.isJSON { print(error.line) }
    complain(error)
    return (nil, error["code"]?.number == Double(Failure.Code.notSaved.rawValue) ? 4 : 1)
  }

  private func complain(_ error: JSON) {
    var text = error["message"]?.text ?? "refused"
    if let reason = ReasonMessage(error["data"]?["reason"]) {
      text += ": " + reason.text(at: .distantFuture)
    }
    if let names = error["data"]?["names"]?.list?.compactMap(\.text) {
      let asked = arguments.words.dropFirst().first { text.contains("'\($0)'") } ?? ""
      let meant = Suggestion.near(to: asked, among: names)
      if !meant.isEmpty {
        text += "; did you mean " + meant.map { "'\($0)'" }.joined(separator: " or ") + "?"
      } else if names.count <= 12 {
        text += "; known: " + names.joined(separator: ", ")
      } else {
        text += "; 'wellspringctl status' and 'wellspringctl points' show the names"
      }
    }
    Program.complain("wellspringctl: \(text)")
  }

  /// One alarm by name, or every one that waits for it.
  private func acknowledge(_ words: [String]) throws(ClientFailure) -> Int32 {
    if words.count == 2 {
      return try show("acknowledge", ["kind": .text(words[0]), "subject": .text(words[1])]) { _ in
        "\(words[0]) of \(words[1]) is noted"
      }
    }
    guard let alarms = try ask("alarms", [:]).result?.list else { return 1 }
    var code: Int32 = 0
    var noted = 0
    for alarm in alarms {
      let state = alarm["state"]?.text ?? ""
      guard state == "unacknowledged" || state == "returned" else { continue }
      let kind = alarm["kind"]?.text ?? ""
      let subject = alarm["subject"]?.text ?? ""
      let parameters: JSON = ["kind": .text(kind), "subject": .text(subject)]
      noted += 1
      code = max(
        code, try show("acknowledge", parameters) { _ in "\(kind) of \(subject) is noted" })
    }
    if noted == 0, !arguments.isJSON { print("no alarm waits for it") }
    return code
  }

  private func watch() throws(ClientFailure) -> Int32 {
    try client.send(Call(method: "watch"))
    if isTerminal { print("\u{1B}[?25l\u{1B}[2J", terminator: "") }
    signal(SIGINT) { _ in
      let show = Array("\u{1B}[?25h\n".utf8)
      _ = write(STDOUT_FILENO, show, show.count)
      _exit(0)
    }
    while true {
      let message = try client.next()
      // From now on it is told when there is something to tell.
      client.patience = nil
      if let error = message["error"] {
        complain(error)
        return 1
      }
      guard let status = message["params"] ?? message["result"] else { continue }
      if arguments.isJSON {
        print(status.line)
      } else {
        let text = StatusScreen(status: status).text(colour: isTerminal)
        print(isTerminal ? "\u{1B}[H\u{1B}[J" + text : text)
      }
      fflush(nil)
    }
  }
}
