import PlantModel
import Quantities
import Testing

@Suite struct SampleTests {
  private let taken = Instant(milliseconds: 1_000_000)
  private var good: Sample { .judged(21, in: 0...50, at: taken) }

  @Test func aValueIsJudgedWhereItComesIn() {
    #expect(good.quality == .good && good.doubt == .none && good.value == 21)
    for (value, doubt) in [
      (Double.nan, Doubt.notFinite), (.infinity, .notFinite), (50.1, .outOfRange),
      (-1, .outOfRange),
    ] {
      let sample = Sample.judged(value, in: 0...50, at: taken)
      #expect(sample.quality == .bad && sample.doubt == doubt && sample.value.isFinite)
    }
    #expect(Sample.judged(50, in: 0...50, at: taken).quality == .good)
  }

  @Test func aValueAgesByStepsAtItsLimits() {
    let limit = TimeSpan.seconds(10)
    let at = { (seconds: Double) in good.aged(at: taken + .seconds(seconds), maximumAge: limit) }
    #expect(at(10) == good)
    #expect(at(10.001).quality == .stale && at(10.001).doubt == .tooOld)
    #expect(at(20).quality == .stale)
    #expect(at(20.001).quality == .bad)
    #expect(at(5).isUsable && !at(11).isUsable && !at(30).isUsable)
    #expect(at(11).value == 21 && at(11).taken == taken)
  }

  @Test func aBadValueStaysWhatItIs() {
    let refused = Sample(value: 0, quality: .bad, doubt: .refused, taken: taken)
    #expect(refused.aged(at: taken + .days(3), maximumAge: .seconds(10)) == refused)
    #expect(Sample.neverRead.aged(at: taken, maximumAge: .seconds(10)) == .neverRead)
  }

  @Test func qualitiesAreOrdered() {
    #expect(Quality.allCases.sorted() == [.bad, .stale, .uncertain, .good])
  }
}
