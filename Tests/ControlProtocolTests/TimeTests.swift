import ControlProtocol
import Quantities
import Testing

@Suite struct TimeTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:00:00Z", 951_825_600),
    ("2026-01-15T08:09:47Z", 1_768_464_587), ("2100-03-01T00:00:00Z", 4_107_542_400),
    ("9999-12-31T23:59:59Z", 253_402_300_799),
  ])
  func momentsAreWrittenAndReadAlike(_ text: String, _ seconds: Int64) {
    let moment = Instant(milliseconds: seconds * 1000)
    #expect(Times.iso(moment) == text)
    #expect(Times.parse(text) == moment)
  }

  @Test func everyDayOfACenturyReadsBack() {
    for day in stride(from: Int64(0), to: 40_000, by: 1) {
      let moment = Instant(milliseconds: day * 86_400_000 + 45_296_000)
      #expect(Times.parse(Times.iso(moment)) == moment)
    }
  }

  @Test func partsMayBeLeftOut() {
    #expect(Times.parse("1970-01-02") == Instant(milliseconds: 86_400_000))
    #expect(Times.parse("1970-01-01T01:30") == Instant(milliseconds: 5_400_000))
    #expect(Times.parse("1970-01-01T01:30:05") == Instant(milliseconds: 5_405_000))
  }

  @Test(arguments: [
    "", "now", "2026", "2026-13-01", "2026-00-01", "2026-01-32", "1969-12-31", "2026-01-01T",
    "2026-01-01T24:00", "2026-02-30", "2025-02-29", "2026-01-01T10:60", "2026-01-01T10",
    "2026-01-01T10:00:00:00",
    "2026-01-01T10:00T", "2026-1x-01", "26-01-01",
  ])
  func otherTextsMeanNoMoment(_ text: String) { #expect(Times.parse(text) == nil) }

  @Test(arguments: [0, 1_768_464_587_123, -86_400_000.4])
  func aNumberOfMillisecondsIsAMoment(_ number: Double) {
    #expect(JSON.number(number).instant == Instant(milliseconds: Int64(number.rounded())))
  }

  @Test(arguments: [1e300, -1e300, 9.3e18, .infinity, .nan])
  func aNumberThatIsNoMomentDoesNotTrap(_ number: Double) throws {
    let moment = try #require(JSON.number(number).instant)
    #expect(moment > .distantPast && moment < .distantFuture)
    #expect(Times.iso(moment).hasSuffix("Z"))
    #expect(JSON.text("1").instant == nil)
  }

  @Test func localTimeIsThatOfThePlant() {
    let moment = Instant(milliseconds: 1_768_464_587_000)
    #expect(Times.local(moment, offset: .hours(8)) == "2026-01-15 16:09:47")
    #expect(Times.local(Instant(milliseconds: 0), offset: .hours(-5)) == "1969-12-31 19:00:00")
    #expect(Times.offset(.hours(8)) == "+08:00")
    #expect(Times.offset(.minutes(-210)) == "-03:30")
    #expect(Times.offset(.minutes(0)) == "+00:00")
  }

  @Test(arguments: [
    (0.0, "0 s"), (-5, "0 s"), (59.4, "59 s"), (60, "1 min 0 s"), (432, "7 min 12 s"),
    (3600, "1 h 0 min"), (11_100, "3 h 5 min"), (187_200, "2 d 4 h"),
  ])
  func spansAreToldInTwoUnits(_ seconds: Double, _ text: String) {
    #expect(Times.span(.seconds(seconds)) == text)
  }
}
