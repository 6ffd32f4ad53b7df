import ControlProtocol
import PlantModel
import Quantities
import Testing

@testable import Allotment

/// Statements from days as they are kept.
struct StatementTests {
  private static let first = LocalDay(20_454)
  private static let most: Int64 = 100_000

  /// Days from the first on: of every name, what its counter showed on each; nil where it was not read.
  private static func days(
    _ basis: Allotment.Basis = .heat, electricity: [Int64?],
    _ consumers: (String, Double, [Int64?])...
  ) -> [MeterDay] {
    electricity.indices.map { index in
      let own = consumers.map { name, area, readings in
        MeterEntry(
          basis == .flow ? .water : .heat, name, area: area, mostADay: most,
          reading: readings[index])
      }
      let meter = MeterEntry(
        .electricity, "pumps", area: 0, mostADay: most, reading: electricity[index])
      return MeterDay(day: first + Int64(index), basis: basis, entries: [meter] + own)
    }
  }

  /// A statement of all days but the first, which only opens the counters.
  private static func statement(_ days: [MeterDay]) -> AllotmentStatement {
    let opening = days[0].entries.filter { $0.reading != nil }.map { (days[0].day, $0) }
    return AllotmentStatement(
      plant: "Village", distribution: "homes", from: first + 1,
      through: first + Int64(days.count - 1), before: opening, days: Array(days.dropFirst()))
  }

  private static func line(_ name: String, _ statement: AllotmentStatement) throws
    -> AllotmentStatement.Line
  {
    try #require(statement.lines.first { $0.consumer == name })
  }

  @Test func electricityIsSharedByTheHeatThatEachTook() throws {
    let found = Self.statement(
      Self.days(
        electricity: [1000, 1050, 1101], ("a", 80, [0, 200, 300]), ("b", 80, [500, 500, 600])))
    #expect(found.total == 101)
    #expect(found.lines.map(\.measured) == [300, 100])
    #expect(found.lines.map(\.share) == [76, 25])
    #expect(found.lines.allSatisfy { $0.estimatedDays == 0 && $0.marks.isEmpty })
  }

  @Test func aStepOverDaysThatWereNotReadIsSpreadOverThem() throws {
    let found = Self.statement(
      Self.days(electricity: [0, 10, nil, nil, 40], ("a", 80, [0, nil, nil, 31, 40])))
    #expect(found.total == 40)
    #expect(found.electricity.first?.knownDays == 4)
    let line = try Self.line("a", found)
    #expect(line.measured == 40)
    #expect(line.estimatedDays == 0)
  }

  @Test func ofAStepOverTheBeginOfThePeriodOnlyItsDaysCount() throws {
    // Read last two days before the period begins, then on its first day: a third of the step.
    let entry = { (name: String, kind: AllotmentMeter.Kind, reading: Int64) in
      MeterEntry(kind, name, area: 80, mostADay: Self.most, reading: reading)
    }
    let day = MeterDay(
      day: Self.first + 3, basis: .heat,
      entries: [entry("pumps", .electricity, 60), entry("a", .heat, 300)])
    let found = AllotmentStatement(
      plant: "", distribution: "", from: Self.first + 3, through: Self.first + 3,
      before: [
        (Self.first, entry("pumps", .electricity, 0)), (Self.first, entry("a", .heat, 0)),
      ], days: [day])
    // Electricity that becomes known is shared whole: nobody has paid for it yet.
    #expect(found.total == 60)
    #expect(found.electricity.map(\.early) == [40])
    #expect(found.text.contains("of it from days before that became known now"))
    #expect(try Self.line("a", found).measured == 100)
  }

  @Test func aSilentMeterIsEstimatedByAreaFromThoseMeasuredOnTheSameDay() throws {
    let found = Self.statement(
      Self.days(
        electricity: [0, 100, 200], ("a", 100, [0, 1000, 1500]), ("b", 50, [0, 500, nil])))
    let line = try Self.line("b", found)
    #expect(line.measured == 500)
    #expect(line.estimated == 250)
    #expect(line.estimatedDays == 1)
    #expect(found.lines.reduce(0) { $0 + $1.share } == 200)
    #expect(found.text.contains("b: 1 days estimated"))
  }

  @Test func aCounterThatBeganAnewIsCountedFromNothingAndMarked() throws {
    let found = Self.statement(
      Self.days(
        electricity: [0, 10, 20], ("a", 80, [5_000_000, 40, 90]), ("b", 80, [0, 90, 180])))
    let line = try Self.line("a", found)
    #expect(line.measured == 90)
    #expect(line.marks == ["counter began anew"])
  }

  @Test func aCounterThatJumpsOrGoesBackALittleIsNotCountedButEstimated() throws {
    for odd: Int64 in [9_000_000, 4_999_990] {
      let found = Self.statement(
        Self.days(
          electricity: [0, 10, 20, 30], ("a", 80, [5_000_000, odd, odd + 50, odd + 100]),
          ("b", 80, [0, 70, 140, 210])))
      let line = try Self.line("a", found)
      #expect(line.measured == 100)
      #expect(line.estimated == 70)
      #expect(line.marks == ["counter jumped"])
    }
  }

  @Test func aConsumerThatCameLateIsNoConsumerBefore() throws {
    var days = Self.days(
      electricity: [0, 10, 20, 30], ("a", 80, [0, 10, 20, 30]), ("b", 80, [0, 0, 5, 15]))
    for index in 0...1 { days[index].entries.removeAll { $0.name == "b" } }
    let line = try Self.line("b", Self.statement(days))
    #expect(line.days == 2)
    #expect(line.measured == 10)
    // Its first day has no step: it is estimated like any day without a figure.
    #expect(line.estimatedDays == 1)
    #expect(line.estimated == 10)
  }

  @Test func equalPartsAndAreaFollowTheDaysConnected() {
    for (basis, shares) in [(Allotment.Basis.equal, [20, 10]), (.area, [10, 20])]
      as [(Allotment.Basis, [Int64])]
    {
      var days = Self.days(
        basis, electricity: [0, 15, 30], ("a", 20, [0, 0, 0]), ("b", 80, [0, 0, 0]))
      days[1].entries.removeAll { $0.name == "b" }
      #expect(Self.statement(days).lines.map(\.share) == shares)
    }
  }

  @Test func whereNobodyTookAnythingAreaDecides() {
    let found = Self.statement(
      Self.days(electricity: [0, 30], ("a", 20, [7, 7]), ("b", 40, [9, 9])))
    #expect(found.usedBasis == .area)
    #expect(found.lines.map(\.share) == [10, 20])
  }

  @Test func monthsWithAGapBetweenCountEveryWattHourOnce() {
    let days = Self.days(
      electricity: [0, 100, nil, nil, 400, 500], ("a", 80, [0, 10, nil, nil, 40, 50]))
    let opening = days[0].entries.map { (days[0].day, $0) }
    let part = { (from: Int64, to: Int64, before: [(LocalDay, MeterEntry)]) in
      AllotmentStatement(
        plant: "", distribution: "", from: Self.first + from, through: Self.first + to,
        before: before.map { (day: $0.0, entry: $0.1) },
        days: days.filter { (Self.first + from...Self.first + to).contains($0.day) })
    }
    let early = part(1, 2, opening)
    let late = part(3, 5, days[1].entries.map { (days[1].day, $0) })
    #expect(early.total == 100)
    #expect(early.electricity.first?.knownDays == 1)
    #expect(late.total == 400)
    #expect(late.electricity.first?.early == 100)
    // The first month is the same when it is asked for again, with what was kept since.
    #expect(part(1, 2, opening).csv == early.csv)
  }

  @Test func aSlipBackIsNoNewCounter() throws {
    let found = Self.statement(
      Self.days(electricity: [30_000, 29_900, 29_950], ("a", 80, [500, 499, 600])))
    #expect(found.total == 50)
    #expect(found.electricity.first?.marks == ["counter jumped"])
    #expect(try Self.line("a", found).measured == 101)
  }

  @Test func aCounterReadEarlyOnOneDayAndLateOnTheNextHasTwoDaysToGo() throws {
    let found = Self.statement(
      Self.days(
        electricity: [0, 10], ("a", 80, [0, 2 * Self.most]), ("b", 80, [0, 3 * Self.most])))
    #expect(try Self.line("a", found).measured == 2 * Self.most)
    #expect(try Self.line("b", found).marks == ["counter jumped"])
  }

  @Test func waterSharesWhereItIsTheBasis() {
    let found = Self.statement(
      Self.days(.flow, electricity: [0, 90], ("a", 80, [0, 2000]), ("b", 10, [0, 1000])))
    #expect(found.lines.map(\.share) == [60, 30])
    #expect(found.text.contains("measured m³"))
  }

  @Test func daysBeforeAnythingWasKeptAreNobodys() {
    let days = Self.days(
      .equal, electricity: [0, 30, 60, 90], ("a", 80, [0, 0, 0, 0]), ("b", 80, [0, 0, 0, 0]))
    var later = Array(days.dropFirst(2))
    later[0].entries.removeAll { $0.name == "b" }
    let found = AllotmentStatement(
      plant: "", distribution: "", from: Self.first - 20, through: Self.first + 3, before: [],
      days: later)
    #expect(found.lines.map(\.days) == [2, 1])
    #expect(found.lines.map(\.share) == [20, 10])
  }

  @Test func withoutFloorOrHeatAllGetTheSame() {
    let found = Self.statement(
      Self.days(electricity: [0, 7], ("a", 0, [0, 0]), ("b", 0, [0, 0])))
    #expect(found.usedBasis == .equal)
    #expect(found.lines.map(\.share) == [4, 3])
  }

  @Test func theSamePeriodGivesTheSameBytes() {
    let days = Self.days(
      electricity: [0, 1234, 2400, 3700], ("a", 80, [0, 100, nil, 300]),
      ("b", 60, [0, 33, 66, 99]),
      ("c", 70, [0, 11, 20, 31]))
    let once = Self.statement(days)
    for _ in 0..<20 {
      let again = Self.statement(days)
      #expect(again.csv == once.csv)
      #expect(again.text == once.text)
      #expect(again.json.line == once.json.line)
    }
  }
}
