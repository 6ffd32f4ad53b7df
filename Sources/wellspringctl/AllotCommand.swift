import Allotment
import ControlProtocol
import PlantModel
import Quantities

/// What stands behind `wellspringctl allot`, understood before anybody is asked.
struct AllotWords {
  let distribution: String?
  let from: LocalDay
  let to: LocalDay
  let consumer: String?
  let asCSV: Bool
  let asJSON: Bool

  /// Why the words make no sense.
  struct Complaint: Error { let text: String }

  init(_ arguments: Arguments) throws(Complaint) {
    let known = ["--from", "--to", "--consumer", "--csv"]
    if let option = arguments.options.keys.sorted().first(where: { !known.contains($0) }) {
      throw Complaint(text: "allot takes no \(option)")
    }
    distribution = arguments.words.dropFirst().first
    from = try AllotWords.day("--from", arguments)
    to = try AllotWords.day("--to", arguments)
    consumer = arguments.options["--consumer"]
    asCSV = arguments.options["--csv"] != nil
    asJSON = arguments.isJSON
    if to < from { throw Complaint(text: "--to is before --from") }
    if to - from >= 3660 { throw Complaint(text: "allot takes ten years at most") }
    if asCSV, asJSON { throw Complaint(text: "choose one of --csv and --json") }
    if consumer != nil, asCSV || asJSON {
      throw Complaint(text: "--consumer is text; --csv and --json have every consumer")
    }
  }

  static func complaint(about arguments: Arguments) -> String? {
    do throws(Complaint) {
      _ = try AllotWords(arguments)
      return nil
    } catch {
      return error.text
    }
  }

  private static func day(_ name: String, _ arguments: Arguments) throws(Complaint) -> LocalDay {
    guard let text = arguments.options[name], text.utf8.count == 10,
      let midnight = Times.parse(text)
    else { throw Complaint(text: "allot needs \(name): a day, as 2026-01-15") }
    return LocalDay(of: midnight, offset: .zero)
  }
}

/// Electricity shared by consumers, from what the daemon kept day by day.
struct AllotCommand {
  /// What a call was answered: its result, or the exit code of what it was told instead.
  let ask: (String, JSON) throws(ClientFailure) -> (result: JSON?, code: Int32)

  func run(_ words: AllotWords) throws(ClientFailure) -> Int32 {
    let (opening, code) = try ask("allotment.before", call(words, words.from))
    guard let opening else { return code }
    if let today = opening["today"]?.number, Double(words.to.number) >= today {
      Program.complain(
        "wellspringctl: the last day is not over yet: a statement ends with a full day")
      return 1
    }
    var days: [MeterDay] = []
    var next = words.from
    while next <= words.to {
      let (result, code) = try ask("allotment.day", call(words, next))
      guard let result else { return code }
      let rows = result["meters"]?.list ?? []
      guard let day = rows.first.flatMap(AllotCommand.day), day <= words.to else { break }
      let entries = rows.compactMap(AllotCommand.entry)
      guard let basis = rows[0]["basis"]?.text.flatMap(Allotment.Basis.init),
        entries.count == rows.count
      else { return senseless(day) }
      if let last = days.last, last.basis != basis {
        Program.complain(
          "wellspringctl: shares follow \(last.basis.rawValue) until \(AllotmentStatement.date(last.day)) and \(basis.rawValue) from \(AllotmentStatement.date(day)) on: ask for each part alone"
        )
        return 1
      }
      days.append(MeterDay(day: day, basis: basis, entries: entries))
      next = day + 1
    }
    guard !days.isEmpty else {
      Program.complain("wellspringctl: no meters were kept of those days")
      return 1
    }
    let before = (opening["meters"]?.list ?? []).compactMap { row in
      AllotCommand.day(row).flatMap { day in AllotCommand.entry(row).map { (day, $0) } }
    }
    return show(
      AllotmentStatement(
        plant: opening["plant"]?.text ?? "", distribution: opening["distribution"]?.text ?? "",
        from: words.from, through: words.to, before: before, days: days), words)
  }

  private func senseless(_ day: LocalDay) -> Int32 {
    Program.complain(
      "wellspringctl: what was kept of \(AllotmentStatement.date(day)) makes no sense: look at meter_days in the state file"
    )
    return 1
  }

  private func call(_ words: AllotWords, _ day: LocalDay) -> JSON {
    .object(
      [.init("day", .number(Double(day.number)))]
        + (words.distribution.map { [.init("distribution", .text($0))] } ?? []))
  }

  private func show(_ statement: AllotmentStatement, _ words: AllotWords) -> Int32 {
    if let consumer = words.consumer {
      guard let text = statement.text(of: consumer) else {
        let meant = Suggestion.near(to: consumer, among: statement.lines.map(\.consumer))
        let hint = meant.isEmpty ? "" : "; did you mean \(meant.joined(separator: " or "))?"
        Program.complain("wellspringctl: there was no consumer '\(consumer)'\(hint)")
        return 1
      }
      print(text)
    } else if words.asCSV {
      print(statement.csv)
    } else {
      print(words.asJSON ? statement.json.line : statement.text)
    }
    return 0
  }

  private static func day(_ row: JSON) -> LocalDay? {
    row["day"]?.number.flatMap { Int64(exactly: $0) }.map { LocalDay($0) }
  }

  /// A counter as it was kept; nil for figures that none can have.
  private static func entry(_ row: JSON) -> MeterEntry? {
    let whole = { (key: String) -> Int64? in
      row[key]?.number.flatMap { Int64(exactly: $0) }.flatMap { (0...most).contains($0) ? $0 : nil }
    }
    guard let kind = row["kind"]?.text.flatMap(AllotmentMeter.Kind.init),
      let name = row["name"]?.text, let mostADay = whole("most_a_day"),
      let area = row["area_square_meters"]?.number, (0...1e7).contains(area)
    else { return nil }
    let reading = whole("reading")
    if reading == nil, row["reading"]?.number != nil { return nil }
    return MeterEntry(kind, name, area: area, mostADay: mostADay, reading: reading)
  }

  /// 1 TWh, or a cubic kilometre: what is more is no counter's reading, nor what one can count in a day.
  private static let most: Int64 = 1_000_000_000_000
}
