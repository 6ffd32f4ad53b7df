public import Quantities

/// What is asked of one measured value beyond its range, and what stands in for it.
public struct ValueCheck: Sendable, Equatable {
  public var point: PointID
  /// Faster than this, in the point's unit a second, it is not believed until it stays there.
  public var maximumRate: Double?
  /// The last digit of it, by which it may change at once; 0 for a floating-point number.
  public var step: Double
  /// Unchanged to the last digit for so long, it is in doubt.
  public var frozenAfter: TimeSpan?
  /// Another sensor of the same thing.
  public var twin: PointID?
  /// How far the two may be apart before both are in doubt, in their unit.
  public var twinWithin: Double
  /// What is taken in its place while it has no value.
  public var substitute: PointID?

  public init(
    point: PointID, maximumRate: Double? = nil, step: Double = 0,
    frozenAfter: TimeSpan? = nil, twin: PointID? = nil, twinWithin: Double = 0,
    substitute: PointID? = nil
  ) {
    self.point = point
    self.maximumRate = maximumRate
    self.step = step
    self.frozenAfter = frozenAfter
    self.twin = twin
    self.twinWithin = twinWithin
    self.substitute = substitute
  }
}

/// Judges measured values by what the configuration asks of them. Pure.
///
/// A jump is bad until the value has stayed where it went; what is frozen or contradicted by its twin is
/// uncertain, which a rule may act on and a proof may not; a substitute is uncertain too.
public struct SampleJudge: Sendable {
  private struct Course: Sendable {
    /// The last sample, and the last one that was believed.
    var last: Sample?
    var believed: Sample?
    /// How many samples in a row agree with each other since a jump.
    var agreeing = 0
    var changed = Instant.distantPast
    /// It had no value since the last sample.
    var wasAbsent = false
  }

  private let checks: [ValueCheck]
  private var courses: [Course]

  /// So many samples in a row make a jump believable.
  static let confirmations = 5

  public init(_ checks: [ValueCheck]) {
    self.checks = checks
    courses = checks.map { _ in Course() }
  }

  /// Judges the samples of one scan in place.
  public mutating func judge(_ samples: inout [Sample], at now: Instant) {
    for (place, check) in checks.enumerated() {
      follow(place, check, samples[check.point.index])
      let sample = samples[check.point.index]
      guard sample.isUsable else { continue }
      if courses[place].agreeing > 0 {
        samples[check.point.index].quality = .bad
        samples[check.point.index].doubt = .jumped
      } else if let limit = check.frozenAfter, now - courses[place].changed > limit {
        lower(&samples[check.point.index], .frozen)
      }
    }
    for check in checks { compare(check, &samples) }
    for check in checks { substitute(check, &samples) }
  }

  private mutating func follow(_ place: Int, _ check: ValueCheck, _ sample: Sample) {
    guard sample.isUsable else {
      courses[place].wasAbsent = true
      return
    }
    guard sample.taken > courses[place].last?.taken ?? .distantPast else { return }
    let before = courses[place].last
    courses[place].last = sample
    // What it was while nobody saw it says nothing of its being frozen.
    if courses[place].wasAbsent, let before {
      courses[place].changed = courses[place].changed + (sample.taken - before.taken)
    }
    courses[place].wasAbsent = false
    if before?.value != sample.value { courses[place].changed = sample.taken }
    guard let rate = check.maximumRate, let believed = courses[place].believed else {
      courses[place].believed = sample
      return
    }
    if isReachable(sample, from: believed, at: rate, step: check.step) {
      courses[place].believed = sample
      courses[place].agreeing = 0
      return
    }
    let agrees = before.map { isReachable(sample, from: $0, at: rate, step: check.step) } ?? false
    courses[place].agreeing = agrees ? courses[place].agreeing + 1 : 1
    if courses[place].agreeing > SampleJudge.confirmations {
      courses[place].believed = sample
      courses[place].agreeing = 0
    }
  }

  private func isReachable(
    _ sample: Sample, from other: Sample, at rate: Double, step: Double
  ) -> Bool {
    let passed = max((sample.taken - other.taken).seconds, 0)
    // Values of one digit apart differ by more than it in binary.
    return abs(sample.value - other.value) <= rate * passed + step * 1.001
  }

  private func compare(_ check: ValueCheck, _ samples: inout [Sample]) {
    guard let twin = check.twin else { return }
    let (own, other) = (samples[check.point.index], samples[twin.index])
    guard own.isUsable, other.isUsable, abs(own.value - other.value) > check.twinWithin else {
      return
    }
    lower(&samples[check.point.index], .disagrees)
    lower(&samples[twin.index], .disagrees)
  }

  private func substitute(_ check: ValueCheck, _ samples: inout [Sample]) {
    guard let other = check.substitute, !samples[check.point.index].isUsable,
      samples[other.index].isUsable, samples[other.index].doubt != .substituted
    else { return }
    samples[check.point.index] = samples[other.index]
    samples[check.point.index].quality = .uncertain
    samples[check.point.index].doubt = .substituted
  }

  private func lower(_ sample: inout Sample, _ doubt: Doubt) {
    guard sample.quality == .good else { return }
    sample.quality = .uncertain
    sample.doubt = doubt
  }
}
