public import PlantModel
public import Quantities

/// A distribution's electricity of a period, shared by its consumers: to the last watt-hour, and the same
/// whenever it is computed, since it rests on what was kept up to the period's last day alone.
///
/// A day on which a consumer's meter gave no sound figure is estimated: floor area times the mean, per area,
/// of those who were measured on that day. Electricity that became known in the period is shared in it, also
/// where it is of days before: so what is shared over the periods adds up to what the meters counted.
public struct AllotmentStatement: Sendable {
  /// One consumer's part.
  public struct Line: Sendable, Hashable {
    public var consumer: String
    /// On its last day, m².
    public var area: Double
    /// Days on which it was connected.
    public var days = 0
    /// Of these, days that were estimated, and days of which nobody's figure is known.
    public var estimatedDays = 0
    public var unknownDays = 0
    /// Heat in Wh or water in litres.
    public var measured: Int64 = 0
    public var estimated: Int64 = 0
    public var firstReading: Int64?
    public var firstDay: LocalDay?
    public var lastReading: Int64?
    public var lastDay: LocalDay?
    /// What happened to its counter, in words.
    public var marks: [String] = []
    /// What the share is in proportion to.
    public var weight: Int64 = 0
    /// Wh.
    public var share: Int64 = 0
  }

  /// One meter of the shared electricity.
  public struct Electricity: Sendable, Hashable {
    public var meter: String
    public var wattHours: Int64
    /// The part of it that is of days before the period, and became known in it.
    public var early: Int64
    public var knownDays: Int
    public var marks: [String]
  }

  public let plant: String
  public let distribution: String
  public let from: LocalDay
  /// The last day.
  public let to: LocalDay
  /// What shares were to follow.
  public private(set) var basis = Allotment.Basis.equal
  /// What shares really follow: area where nobody took anything.
  public private(set) var usedBasis = Allotment.Basis.equal
  public private(set) var electricity: [Electricity] = []
  public private(set) var lines: [Line] = []

  /// What is shared, Wh.
  public var total: Int64 { electricity.reduce(0) { $0 + $1.wattHours } }
  public var dayCount: Int { Int(to - from) + 1 }

  /// - Parameters:
  ///   - before: the last reading of each counter before the period, with its day.
  ///   - days: those that were kept in the period, in their order; at least one.
  public init(
    plant: String, distribution: String, from: LocalDay, through to: LocalDay,
    before: [(day: LocalDay, entry: MeterEntry)], days: [MeterDay]
  ) {
    self.plant = plant
    self.distribution = distribution
    self.from = from
    self.to = to
    basis = days.last?.basis ?? .equal
    usedBasis = basis
    let kept = days.filter { (from...to).contains($0.day) }
    let shared = courses(.electricity, before, kept).sorted { $0.key < $1.key }
    electricity = shared.map { name, course in
      Electricity(
        meter: name, wattHours: course.whole, early: course.early, knownDays: course.knownDays,
        marks: course.marks.map(\.rawValue))
    }
    let kind: AllotmentMeter.Kind = basis == .flow ? .water : .heat
    share(measured: courses(kind, before, kept), members: members(kept, before))
  }

  /// What every counter of a kind did, by name.
  private func courses(
    _ kind: AllotmentMeter.Kind, _ before: [(day: LocalDay, entry: MeterEntry)],
    _ days: [MeterDay]
  ) -> [String: CounterCourse] {
    let names = Set(days.flatMap { $0.entries.filter { $0.kind == kind }.map(\.name) })
    var courses: [String: CounterCourse] = [:]
    for name in names { courses[name] = CounterCourse(from: from, through: to) }
    let all =
      before.map { ($0.day, [$0.entry]) } + days.map { ($0.day, $0.entries) }
    for (day, entries) in all {
      for entry in entries where entry.kind == kind {
        guard let reading = entry.reading else { continue }
        courses[entry.name]?.take(.init(day: day, counter: reading), mostADay: entry.mostADay)
      }
    }
    return courses
  }

  /// The floor area of every consumer on each day; nil where it was not connected. A day that was not
  /// kept is as the last one before it that was; before all of them, as the last readings before.
  private func members(
    _ days: [MeterDay], _ before: [(day: LocalDay, entry: MeterEntry)]
  ) -> [String: [Double?]] {
    var members: [String: [Double?]] = [:]
    var entries = before.map(\.entry)
    var next = days[...]
    for index in 0..<dayCount {
      if let kept = next.first, kept.day == from + Int64(index) {
        entries = kept.entries
        next.removeFirst()
      }
      for entry in entries where entry.kind != .electricity {
        members[entry.name, default: Array(repeating: nil, count: dayCount)][index] = entry.area
      }
    }
    return members
  }

  private mutating func share(
    measured courses: [String: CounterCourse], members: [String: [Double?]]
  ) {
    let names = members.keys.sorted()
    let means = (0..<dayCount).map { day -> Double? in
      var (sum, area): (Int64, Double) = (0, 0)
      for name in names {
        guard let own = members[name]?[day], let figure = courses[name]?.measured[day] else {
          continue
        }
        sum += figure
        area += own
      }
      return area > 0 ? Double(sum) / area : nil
    }
    lines = names.map { line(of: $0, members[$0] ?? [], courses[$0], means) }
    let weights = { (basis: Allotment.Basis, lines: [Line]) in
      lines.map { AllotmentStatement.weight(of: $0, basis, members[$0.consumer] ?? []) }
    }
    guard !lines.isEmpty else { return }
    var chosen = weights(basis, lines)
    for other in [Allotment.Basis.area, .equal] where chosen.allSatisfy({ $0 == 0 }) {
      usedBasis = other
      chosen = weights(other, lines)
    }
    for (index, share) in Shares.largestRemainder(of: total, by: chosen).enumerated() {
      lines[index].weight = chosen[index]
      lines[index].share = share
    }
  }

  private func line(
    of name: String, _ areas: [Double?], _ course: CounterCourse?, _ means: [Double?]
  ) -> Line {
    var line = Line(consumer: name, area: areas.compactMap { $0 }.last ?? 0)
    var estimated = 0.0
    let usesCounters = basis == .heat || basis == .flow
    for (day, area) in areas.enumerated() {
      guard let area else { continue }
      line.days += 1
      if let figure = course?.measured[day] {
        line.measured += figure
      } else if usesCounters {
        if let mean = means[day] {
          line.estimatedDays += 1
          estimated += area * mean
        } else {
          line.unknownDays += 1
        }
      }
    }
    line.estimated = Int64(estimated.rounded())
    line.firstReading = course?.first?.counter
    line.firstDay = course?.first?.day
    line.lastReading = course?.last?.counter
    line.lastDay = course?.last?.day
    line.marks = usesCounters ? course?.marks.map(\.rawValue) ?? [] : []
    return line
  }

  /// Wh or litres; whole square decimetres times days; or days.
  private static func weight(of line: Line, _ basis: Allotment.Basis, _ areas: [Double?]) -> Int64 {
    switch basis {
    case .heat, .flow: line.measured + line.estimated
    case .area: areas.reduce(0) { $0 + Int64((($1 ?? 0) * 100).rounded()) }
    case .equal: Int64(line.days)
    }
  }
}
