import PlantModel
import Quantities
import Testing

@testable import Ledger

/// What a month comes to.
struct StatementTests {
  private func statement(_ entries: [LedgerEntry], hours: Double) -> LedgerStatement {
    let records = entries.enumerated().map {
      LedgerRecord($1, number: Int64($0), of: Samples.plant)
    }
    return LedgerStatement(
      plant: "Two wells", from: Samples.start, to: Samples.start + .hours(hours), records: records)
  }

  private func gap(_ litres: Int64, _ meter: Int, at hour: Double) -> LedgerEntry {
    LedgerEntry(
      .gap, .stopped, at: Samples.start + .hours(hour), since: Samples.start + .hours(hour - 1),
      WaterMeterID(meter), first: 0, last: litres, litres: litres)
  }

  @Test func totalsAreSumsToTheLitreAndGapsStandApart() {
    let entries = Samples.entries(hours: 10) + [gap(5000, 1, at: 9.5)]
    let found = statement(entries, hours: 10)
    #expect(found.litres(.extracted) == 165_000 && found.litres(.returned) == 160_000)
    #expect(found.lines.map(\.stepped) == [5000, 0])
    #expect(found.lines.map(\.meter) == ["supply-1", "back-1"])
    #expect(found.lines[0].hours == (10, 0, 0))
    #expect(found.events.map(\.kind) == [.gap])
    #expect(found.balance == 5000)
  }

  @Test func anHourThatEndsWithTheMonthIsItsLast() {
    let found = statement(Samples.entries(hours: 12), hours: 10)
    #expect(found.lines[0].hours.good == 10)
    let later = LedgerStatement(
      plant: "", from: Samples.start + .hours(10), to: Samples.start + .hours(12),
      records: Samples.entries(hours: 12).map { LedgerRecord($0, number: 0, of: Samples.plant) })
    #expect(later.lines[0].hours.good == 2)
  }

  @Test func theBalancesUncertaintyIsThatOfBothMetersBySquares() {
    let found = statement(Samples.entries(hours: 10), hours: 10)
    // 2 % of 160 m³, twice: 3.2·√2.
    #expect(abs(found.balanceUncertainty - 4525.48) < 0.01)
    #expect(found.uncertainty([.extracted]) == 3200)
    #expect(
      found.text.contains(
        "extracted − returned  0.000 m³ ± 4.525 m³: inside the meters' uncertainty"))
  }

  @Test func aLossAndWaterBuiltInAreToldApart() {
    let loss = statement(Samples.entries(hours: 10) + [gap(9000, 1, at: 5)], hours: 10)
    #expect(loss.text.contains("a loss beyond the meters' uncertainty"))
    let builtIn = statement(Samples.entries(hours: 10) + [gap(9000, 0, at: 5)], hours: 10)
    #expect(builtIn.balance == -9000)
    #expect(builtIn.text.contains("−9.000 m³"))
    #expect(builtIn.text.contains("more returned than extracted, beyond"))
  }

  @Test func aMeterThatIsAnotherNowIsALineOfItsOwn() {
    var records = Samples.entries(hours: 2).map { LedgerRecord($0, number: 0, of: Samples.plant) }
    records[3].classPercent = 1
    let found = LedgerStatement(
      plant: "", from: Samples.start, to: Samples.start + .hours(2), records: records)
    #expect(found.lines.map(\.meter) == ["supply-1", "supply-1", "back-1"])
  }

  @Test func theRowsOfTheCSVHaveAllColumns() {
    let rows = statement(Samples.entries(hours: 3) + [gap(1, 0, at: 3)], hours: 3).csv
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.map { $0[0] } == ["row", "meter", "meter", "use", "use", "balance", "gap"])
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    #expect(rows[1][14] == "48000" && rows[1][15] == "960" && rows[5][14] == "-1")
  }
}
