import Testing

@testable import Allotment

/// SplitMix64 (Steele, Lea, Flood 2014): the same weights in every run.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Whole shares by the largest remainder.
struct ShareTests {
  @Test func leftOverUnitsGoToTheLargestRemainders() {
    // 100 over 47, 16, 15.8, 12, 6.1, 3.1: a textbook's apportionment of ten seats.
    let shares = Shares.largestRemainder(of: 10, by: [470, 160, 158, 120, 61, 31])
    #expect(shares == [5, 2, 1, 1, 1, 0])
  }

  @Test func equalRemaindersGoToTheFirst() {
    #expect(Shares.largestRemainder(of: 5, by: [1, 1, 1]) == [2, 2, 1])
  }

  @Test func whoTookNothingPaysNothing() {
    #expect(Shares.largestRemainder(of: 7, by: [0, 3, 0]) == [0, 7, 0])
  }

  @Test func sumsAreExactForAnyWeights() {
    var random = Seeded(state: 7)
    for _ in 0..<2000 {
      let weights = (0..<Int.random(in: 1...500, using: &random)).map { _ in
        Int64.random(in: 0...1_000_000_000_000, using: &random)
      }
      guard weights.contains(where: { $0 > 0 }) else { continue }
      let total = Int64.random(in: 0...1_000_000_000_000_000, using: &random)
      let shares = Shares.largestRemainder(of: total, by: weights)
      #expect(shares.reduce(0, +) == total)
      let sum = Double(weights.reduce(0, +))
      for (share, weight) in zip(shares, weights) {
        #expect(abs(Double(share) - Double(total) * (Double(weight) / sum)) < 1.5)
      }
    }
  }
}
