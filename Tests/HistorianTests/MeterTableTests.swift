import Historian
import Testing

/// The meters of each day in the state file.
@Suite struct MeterTableTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.file("state.db") }

  private func row(_ day: Int64, _ name: String, _ reading: Int64?, of loop: String = "homes")
    -> StateStore.MeterRow
  {
    StateStore.MeterRow(
      distribution: loop, day: day, kind: "heat", name: name, basis: "heat", area: 80.5,
      mostADay: 960_000, reading: reading)
  }

  @Test func aDayIsToldWholeAndAloneAndByItsLoop() throws {
    let store = try StateStore(path: path)
    let rows = [row(3, "a", 10), row(3, "b", nil), row(5, "a", 30)]
    try store.save([], [], meters: rows + [row(3, "a", 99, of: "other")])
    #expect(try store.meters(of: "homes", from: 0) == Array(rows[..<2]))
    #expect(try store.meters(of: "homes", from: 4) == [rows[2]])
    #expect(try store.meters(of: "homes", from: 6).isEmpty)
    #expect(try store.meters(of: "other", from: 0).map(\.reading) == [99])
  }

  @Test func theLastReadingBeforeADayIsFoundWithinItsReach() throws {
    let store = try StateStore(path: path)
    try store.save(
      [], [],
      meters: [
        row(500, "a", 10), row(501, "a", 20), row(502, "a", nil), row(10, "b", 7),
        row(600, "a", 50),
      ])
    #expect(try store.metersBefore(503, of: "homes") == [row(501, "a", 20)])
    #expect(try store.metersBefore(11, of: "homes") == [row(10, "b", 7)])
  }

  @Test func aDayStaysAsItWasKeptFirst() throws {
    let store = try StateStore(path: path)
    try store.save([], [], meters: [row(3, "a", 10)])
    try store.save([], [], meters: [row(3, "a", 11)])
    let answer = Command.run("sqlite3", [path, "SELECT reading FROM meter_days"])
    #expect(answer.output == "10\n")
  }
}
