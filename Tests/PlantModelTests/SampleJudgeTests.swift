import PlantModel
import Quantities
import Testing

@Suite struct SampleJudgeTests {
  private let point = PointID(0)
  private let other = PointID(1)

  private func at(_ second: Double) -> Instant { Instant(milliseconds: 0) + .seconds(second) }

  private func good(_ value: Double, at second: Double) -> Sample {
    .judged(value, in: -1e9...1e9, at: at(second))
  }

  /// Judges a value for each second, beside another sensor's.
  private func course(_ check: ValueCheck, _ values: [Double], beside: Double = 0) -> [Sample] {
    var judge = SampleJudge([check])
    return values.enumerated().map { second, value in
      var samples = [good(value, at: Double(second)), good(beside, at: Double(second))]
      judge.judge(&samples, at: at(Double(second)))
      return samples[0]
    }
  }

  @Test func aJumpIsBadUntilTheValueStaysThere() {
    let check = ValueCheck(point: point, maximumRate: 0.5)
    let told = course(check, [10, 10.4, 90, 10.8, 11] + Array(repeating: 30, count: 8))
    #expect(told[2].quality == .bad && told[2].doubt == .jumped)
    #expect(told[3].quality == .good)
    #expect(told[5...9].allSatisfy { $0.quality == .bad })
    #expect(told[10].quality == .good && told[10].value == 30)
  }

  @Test func whatNeverChangesIsInDoubt() {
    let check = ValueCheck(point: point, frozenAfter: .seconds(3))
    let told = course(check, [7, 7, 7, 7, 7, 8])
    #expect(told.map(\.quality) == [.good, .good, .good, .good, .uncertain, .good])
    #expect(told[4].doubt == .frozen && told[4].isUsable)
  }

  @Test func timeWithoutAValueIsNoTimeWithoutAChange() {
    let check = ValueCheck(point: point, frozenAfter: .seconds(3))
    let told = course(check, [7, 7] + Array(repeating: .nan, count: 10) + [7, 7, 7, 7])
    #expect(told[12...14].allSatisfy { $0.quality == .good })
    #expect(told[15].doubt == .frozen)
  }

  @Test func twinsThatDisagreeAreBothInDoubt() {
    let check = ValueCheck(point: point, twin: other, twinWithin: 2)
    var judge = SampleJudge([check])
    var samples = [good(10, at: 0), good(12, at: 0)]
    judge.judge(&samples, at: at(0))
    #expect(samples.allSatisfy { $0.quality == .good })
    samples = [good(10, at: 1), good(12.1, at: 1)]
    judge.judge(&samples, at: at(1))
    #expect(samples.allSatisfy { $0.quality == .uncertain && $0.doubt == .disagrees })
  }

  @Test func aSubstituteIsTakenOnlyWhileThereIsNoValueAndNeverProvesAnything() {
    let check = ValueCheck(point: point, substitute: other)
    var judge = SampleJudge([check])
    var samples = [good(10, at: 0), good(12, at: 0)]
    judge.judge(&samples, at: at(0))
    #expect(samples[0].value == 10)
    samples = [.neverRead, good(12, at: 1)]
    judge.judge(&samples, at: at(1))
    #expect(samples[0].value == 12 && samples[0].quality == .uncertain)
    #expect(samples[0].doubt == .substituted)
    samples = [.neverRead, .neverRead]
    judge.judge(&samples, at: at(2))
    #expect(!samples[0].isUsable)
  }

  @Test func twoThatStandInForEachOtherMakeNoValueOutOfNothing() {
    var judge = SampleJudge([
      ValueCheck(point: point, substitute: other), ValueCheck(point: other, substitute: point),
    ])
    var samples: [Sample] = [.neverRead, .neverRead]
    judge.judge(&samples, at: at(0))
    #expect(samples.allSatisfy { !$0.isUsable })
  }
}
