import Quantities

/// The step tests of a well since its commissioning, judged together.
public struct WellTrend: Sendable {
  /// One test knows a screen to some per cent only, so that three decide.
  static let leastTests = 3
  /// The latest tests through which the line is drawn.
  static let window = 7
  /// A change counts from here, and only beyond three and a half standard deviations.
  static let named = -0.075
  static let deviations = 3.5
  /// The fall that asks for rehabilitation.
  static let limit = -0.10
  /// A direction known worse than this could hide a fall of 10 %.
  static let resolved = 0.0285
  private static let kept = 64

  /// From the oldest to the latest.
  public private(set) var conditions: [WellCondition] = []

  public init() {}

  /// Adds the latest test.
  public mutating func add(_ condition: WellCondition) {
    conditions.append(condition)
    if conditions.count > WellTrend.kept { conditions.removeFirst() }
  }

  /// What the tests say at the latest of them; nil before the first.
  public func report() -> WellReport? {
    guard let last = conditions.last else { return nil }
    let latest = conditions.suffix(WellTrend.window)
    let line = StraightLine(days: latest.map { ($0.at - last.at).hours / 24 })
    let values = combine(latest, line.atEnd)
    let covariance = spread(latest, line.atEnd, lasting: 1)
    let founded = latest.count >= WellTrend.leastTests
    let figures = WellIndex.allCases.map { figure($0, values, covariance, line, latest) }
    let worsened = WellPart.allCases.filter { part in
      founded
        && figures.contains {
          $0.index.part == part && $0.isResolved
            && isWorse($0.value.value, $0.deviation.value)
        }
    }
    let groups = unresolved(covariance).map { members in
      let group = WellReport.Group(members: members.map { WellIndex.allCases[$0] }, isWorse: false)
      let isExplained = group.parts.contains { worsened.contains($0) }
      return WellReport.Group(
        members: group.members,
        isWorse: founded && !isExplained && group.parts.count > 1
          && group.parts.allSatisfy { alone($0, members, values, covariance) })
    }
    return WellReport(
      figures: figures, worsened: worsened, groups: groups, isFounded: founded)
  }

  private func isWorse(_ value: Double, _ deviation: Double) -> Bool {
    value <= WellTrend.named && value + WellTrend.deviations * deviation < 0
  }

  private func combine(_ tests: ArraySlice<WellCondition>, _ weights: [Double]) -> [Double] {
    WellIndex.allCases.indices.map { place in
      zip(tests, weights).reduce(0) { $0 + $1.0.values[place] * $1.1 }
    }
  }

  /// What differs from test to test shrinks as the line averages it; what the commissioning left
  /// open does not.
  private func spread(
    _ tests: ArraySlice<WellCondition>, _ weights: [Double], lasting: Double
  ) -> SymmetricMatrix {
    zip(tests, weights).reduce(tests.last!.lasting * lasting) {
      $0 + ($1.0.covariance + $1.0.lasting * -1) * ($1.1 * $1.1)
    }
  }

  private func figure(
    _ index: WellIndex, _ values: [Double], _ covariance: SymmetricMatrix, _ line: StraightLine,
    _ tests: ArraySlice<WellCondition>
  ) -> WellReport.Figure {
    let place = index.rawValue
    let deviation = covariance[place, place].squareRoot()
    var result = WellReport.Figure(
      index: index, value: Fraction(values[place]),
      deviation: Fraction(deviation), reachesLimit: nil,
      reachesLimitDeviation: .zero, isResolved: deviation <= WellTrend.resolved)
    guard tests.count >= WellTrend.leastTests, let last = tests.last else { return result }
    let slope = combine(tests, line.slope)[place]
    let slopeDeviation = spread(tests, line.slope, lasting: 0)[place, place].squareRoot()
    guard slope + 2 * slopeDeviation < 0 else { return result }
    let days = (WellTrend.limit - values[place]) / slope
    result.reachesLimit = last.at + .days(days)
    let level = result.deviation.value / slope
    let course = days * slopeDeviation / slope
    result.reachesLimitDeviation = .days((level * level + course * course).squareRoot())
    return result
  }

  /// The directions in which the readings say nothing: those eigenvectors of the covariance, which
  /// are the null space of the readings' sensitivity, that are known worse than `resolved`. To each
  /// belong the figures that are uncertain for the most part along it.
  private func unresolved(_ covariance: SymmetricMatrix) -> [[Int]] {
    let limit = WellTrend.resolved * WellTrend.resolved
    var groups: [[Int]] = []
    for (value, vector) in covariance.eigen() where value > limit {
      let members = vector.indices.filter {
        vector[$0] * vector[$0] * value > 0.5 * covariance[$0, $0]
      }
      let touching = groups.filter { group in group.contains { members.contains($0) } }
      groups.removeAll { group in group.contains { members.contains($0) } }
      let joined = (touching.flatMap(\.self) + members).sorted()
      groups.append(joined.reduce(into: []) { if $0.last != $1 { $0.append($1) } })
    }
    return groups.filter { group in
      group.contains { covariance[$0, $0] > limit }
    }.sorted { $0[0] < $1[0] }
  }

  /// Whether `part` would have worsened if the other parts of its group had not.
  private func alone(
    _ part: WellPart, _ members: [Int], _ values: [Double], _ covariance: SymmetricMatrix
  ) -> Bool {
    let others = members.filter { WellIndex.allCases[$0].part != part }
    guard let inverse = covariance.part(others).inverse() else { return false }
    return members.contains { member in
      guard !others.contains(member) else { return false }
      let cross = others.map { covariance[member, $0] }
      let gain = inverse.times(cross)
      let value =
        values[member] - zip(gain, others).reduce(0) { $0 + $1.0 * values[$1.1] }
      let variance = covariance[member, member] - inverse.form(cross, cross)
      return isWorse(value, max(variance, 0).squareRoot())
    }
  }
}

/// Weights that give a straight line's end and slope from values at given days.
struct StraightLine: Hashable, Sendable {
  /// For the value at day 0, the last.
  var atEnd: [Double]
  /// For the change a day.
  var slope: [Double]

  init(days: [Double]) {
    let count = Double(days.count)
    let mean = days.reduce(0, +) / count
    let square = days.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    // One test, or several on one day, have a mean and no course.
    slope = days.map { square > 0 ? ($0 - mean) / square : 0 }
    atEnd = zip(days, slope).map { _, course in 1 / count - mean * course }
  }
}
