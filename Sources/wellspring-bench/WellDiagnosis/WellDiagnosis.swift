import PlantControl
import PlantModel
import Quantities

/// Gives the twin's well each fault and each pair, and looks whether its step tests name them.
struct WellDiagnosis {
  static let casesPerKind = 4
  static let healthySeasons = 40
  static let leastRight = 36

  /// Each part alone, then each pair.
  static let kinds: [[WellPart]] =
    WellPart.allCases.map { [$0] }
    + WellPart.allCases.flatMap { first in
      WellPart.allCases.filter { $0 > first }.map { [first, $0] }
    }

  let seed: UInt64
  private var faulty: [WellSeason] = []
  private var healthy: [WellSeason] = []

  init(seed: UInt64) {
    self.seed = seed
    var dice = Dice(seed: seed)
    for index in 0..<WellDiagnosis.kinds.count * WellDiagnosis.casesPerKind {
      let parts = WellDiagnosis.kinds[index / WellDiagnosis.casesPerKind]
      let limit = dice.even(62...84)
      let growths = parts.map {
        Growth(part: $0, onset: dice.even(12...20), limit: limit + dice.even(-3...3))
      }
      faulty.append(WellSeason(growths: growths, seed: dice.next()))
    }
    for _ in 0..<WellDiagnosis.healthySeasons {
      healthy.append(WellSeason(growths: [], seed: dice.next()))
    }
    for index in faulty.indices { faulty[index].run() }
    for index in healthy.indices { healthy[index].run() }
  }

  /// What a set of sensors made of one season.
  struct Outcome {
    /// The report at the third test after −10 %, or at the last test of a healthy season.
    var decisive: WellReport
    /// Parts that were surely named at any test and had not worsened.
    var wrong: [WellPart] = []
    /// Whether anything was surely named, or any group said to be worse, at any test.
    var hasCalled = false
  }

  /// Judges one season; nil where the third test after −10 % is not before −20 %.
  func judge(_ season: WellSeason, _ instruments: WellInstruments) -> Outcome? {
    let first = WellSeason.commissioning.count
    guard
      let baseline = WellBaseline(
        design: WellSeason.design, instruments: instruments,
        tests: Array(season.tests.prefix(first)))
    else { return nil }
    let passed = season.growths.map(\.limit).max() ?? 0
    let second = season.growths.map(\.second).min() ?? .infinity
    let after = season.testDays.indices.filter { $0 >= first && season.testDays[$0] > passed }
    let decisive = season.growths.isEmpty ? season.tests.count - 1 : after[2]
    guard season.testDays[decisive] < second else { return nil }
    var trend = WellTrend()
    var outcome: Outcome?
    var wrong: [WellPart] = []
    var called = false
    for index in first..<season.tests.count {
      guard let condition = baseline.condition(season.tests[index]) else { return nil }
      trend.add(condition)
      guard let report = trend.report() else { return nil }
      called = called || !report.suspects.isEmpty
      for part in report.worsened where !season.growths.contains(where: { $0.part == part }) {
        if !wrong.contains(part) { wrong.append(part) }
      }
      if index == decisive { outcome = Outcome(decisive: report) }
    }
    outcome?.wrong = wrong
    outcome?.hasCalled = called
    return outcome
  }

  /// The table, and what does not hold.
  func report() -> [String] {
    var faults: [String] = []
    print(
      "well diagnosis, seed \(seed): \(faulty.count) seasons with faults, \(healthy.count) healthy")
    print("")
    let right = printKinds()
    let falseCalls = healthy.count { judge($0, WellSeason.instruments)?.hasCalled ?? true }
    print("")
    print("named rightly by the third test after -10 %: \(right) of \(faulty.count)")
    print("healthy seasons with a false call: \(falseCalls) of \(healthy.count)")
    if right < WellDiagnosis.leastRight {
      faults.append("\(right) named rightly, at least \(WellDiagnosis.leastRight) are asked for")
    }
    if falseCalls > 0 { faults.append("\(falseCalls) healthy seasons had a false call") }
    print("")
    for sensor in WellSensor.allCases { faults += printWithout(sensor) }
    return faults
  }

  private func printKinds() -> Int {
    var right = 0
    print(WellTable.row("worsening", "named rightly", "named at that test"))
    for (kind, parts) in WellDiagnosis.kinds.enumerated() {
      let range = kind * WellDiagnosis.casesPerKind..<(kind + 1) * WellDiagnosis.casesPerKind
      let outcomes = range.map { judge(faulty[$0], WellSeason.instruments) }
      let named = outcomes.count { $0?.decisive.worsened == parts && $0?.wrong.isEmpty == true }
      right += named
      let words = outcomes.map { outcome in
        outcome.map { WellTable.words($0.decisive.worsened) } ?? "not judged"
      }
      print(
        WellTable.row(
          WellTable.words(parts), "\(named) of \(range.count)", WellTable.once(words)))
    }
    return right
  }

  private func printWithout(_ sensor: WellSensor) -> [String] {
    let instruments = WellSeason.instruments.without(sensor)
    var named = 0
    var covered = 0
    var wrong = 0
    var groups: [String] = []
    for season in faulty + healthy {
      guard let outcome = judge(season, instruments) else {
        return ["without \(sensor): a season could not be judged"]
      }
      let parts = season.growths.map(\.part)
      if !outcome.wrong.isEmpty { wrong += 1 }
      groups += outcome.decisive.groups.map { WellTable.words($0) }
      guard !parts.isEmpty else { continue }
      if outcome.decisive.worsened == parts { named += 1 }
      let hidden = outcome.decisive.groups.flatMap(\.parts)
      if parts.allSatisfy({ outcome.decisive.worsened.contains($0) || hidden.contains($0) }) {
        covered += 1
      }
    }
    if sensor == .flow {
      print(
        WellTable.row(
          "without", "named", "named or in a group", "surely wrong", "cannot be told apart"))
    }
    print(
      WellTable.row(
        "\(sensor)", "\(named)", "\(covered)", "\(wrong)",
        groups.isEmpty ? "all are told apart" : WellTable.once(groups)))
    return wrong > 0 ? ["without \(sensor): \(wrong) seasons with a sure and wrong name"] : []
  }
}

/// Words and columns of the table.
enum WellTable {
  static func row(_ columns: String...) -> String {
    let widths = [26, 15, 21, 14, 0]
    var line = ""
    for (column, width) in zip(columns, widths) {
      line += column + String(repeating: " ", count: max(width - column.count, 1))
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  static func words(_ parts: [WellPart]) -> String {
    parts.isEmpty ? "nothing" : parts.map(\.name).joined(separator: " + ")
  }

  static func words(_ group: WellReport.Group) -> String {
    group.parts.map(\.name).joined(separator: " or ")
      + (group.parts.count == 1 ? " (\(group.members[0]))" : "")
  }

  /// Each text once, the most frequent first, with its number.
  static func once(_ texts: [String]) -> String {
    let sorted = texts.sorted()
    var counted: [(text: String, number: Int)] = []
    for text in sorted {
      if counted.last?.text == text {
        counted[counted.count - 1].number += 1
      } else {
        counted.append((text, 1))
      }
    }
    counted.sort { $0.number == $1.number ? $0.text < $1.text : $0.number > $1.number }
    return counted.map { "\($0.text) (\($0.number))" }.joined(separator: ", ")
  }
}
