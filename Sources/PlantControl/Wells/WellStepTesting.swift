public import PlantModel
public import Quantities

/// A step test of a well, as a person asked for it: a rest, then every valve position at every speed, each
/// held for a quarter of an hour and read at its end. (`WELL-25`)
///
/// It lays its wishes over those of the well's circuit; every limit of the well stays in force. The others
/// carry the heat during the rest; it ends by itself when the well, its circuit or a sensor cannot go on.
struct WellStepTesting: Sendable, Hashable {
  private enum Stage: Sendable, Hashable {
    /// The pump stands, the valve is shut, and the level comes back.
    case resting
    case holding(Int)
    /// The speed stays while the valve's own loop brings the pressure back.
    case settling(Int)
  }

  private var stage: Stage?
  private var since: Instant = .distantPast
  private var opensBaseline = false
  private var averages = Averages()
  private var rest: [Double] = []
  private var readings: [StepReading] = []
  private var limitedSince: Instant = .distantFuture
  private var lowSince: Instant = .distantFuture
  /// The last one; it began in the distant past when there was none.
  private(set) var record = StepTestRecord(began: .distantPast)
  /// What ended with this scan, complete.
  private(set) var result: StepTest?

  private static let resting = TimeSpan.minutes(30)
  private static let hold = TimeSpan.minutes(15)
  /// Values are averaged over the end of a rest and of each hold.
  private static let window = TimeSpan.minutes(5)
  private static let settling = TimeSpan.minutes(2)
  /// A start has no pressure yet, and one odd value says nothing.
  private static let mask = TimeSpan.seconds(15)
  private static let shortly = TimeSpan.seconds(3)
  /// Part of the design flow that a hold must pass.
  private static let leastFlow = 0.3
  /// How far the valve may stand from where it is told to.
  private static let valveRepeats = 0.03
  /// A well that does not come to rest, or does not start, after so long is not tested.
  private static let patience = TimeSpan.hours(1)

  var isOn: Bool { stage != nil }
  /// Which hold it is at, from 1; 0 while it rests, nil when none is under way.
  var hold: Int? {
    switch stage {
    case .resting: 0
    case .holding(let index), .settling(let index): index + 1
    case nil: nil
    }
  }

  /// Whether the well is to run now.
  var wantsPump: Bool { stage != nil && stage != .resting }

  mutating func begin(_ now: Instant, opensBaseline: Bool) {
    self = WellStepTesting()
    self.opensBaseline = opensBaseline
    record = StepTestRecord(began: now)
    enter(.resting, now)
  }

  private mutating func enter(_ next: Stage, _ now: Instant) {
    stage = next
    since = now
    averages = Averages()
  }

  /// Ends it; a well that runs goes back to its circuit once its pressure is back.
  mutating func end(_ outcome: StepTestRecord.Outcome, _ now: Instant) {
    switch stage {
    case .holding(let index) where outcome != .lost:
      record.outcome = outcome
      enter(.settling(index), now)
    case .resting, .holding: finish(outcome, now)
    case .settling, nil: break
    }
  }

  private mutating func finish(_ outcome: StepTestRecord.Outcome, _ now: Instant) {
    stage = nil
    record.outcome = outcome
    record.ended = now
  }

  /// How the well stands while it is tested.
  struct Situation {
    var phase: WellPhase
    /// How long its pump is seen to stand with the valve shut; nil while it does not.
    var rested: TimeSpan?
    /// It failed, must stand, or its drive goes on by itself.
    var isLost: Bool
    /// Something holds its speed below what the test wants.
    var isLimited: Bool
    /// The highest point of its loop is below the alarm limit, or not seen.
    var isNearVacuum: Bool
    /// It is below the limit at which a well stops.
    var isAtVacuum: Bool
  }

  mutating func step(
    _ well: Well, _ plan: WellStepPlan, _ situation: Situation, _ image: InputImage
  ) {
    result = nil
    guard let stage else { return }
    let now = image.now
    if situation.isLost { return finish(.lost, now) }
    switch stage {
    case .resting: rest(well, plan, situation, image)
    case .holding(let index): hold(index, well, plan, situation, image)
    case .settling:
      if now - since >= WellStepTesting.settling { finish(record.outcome, now) }
    }
  }

  private mutating func rest(
    _ well: Well, _ plan: WellStepPlan, _ situation: Situation, _ image: InputImage
  ) {
    let now = image.now
    guard let stood = situation.rested else {
      averages = Averages()
      if now - since >= WellStepTesting.patience { end(.notStarted, now) }
      return
    }
    if stood >= WellStepTesting.resting - WellStepTesting.window {
      averages.add(well, plan, image)
    }
    guard stood >= WellStepTesting.resting, now - since >= WellStepTesting.window else { return }
    let needed = [WellSensor.intakePressure, .returnPressure]
    guard let found = take(needed.filter { plan.instruments.has($0) }, now) else { return }
    rest = found
    enter(.holding(0), now)
  }

  private mutating func hold(
    _ index: Int, _ well: Well, _ plan: WellStepPlan, _ situation: Situation,
    _ image: InputImage
  ) {
    let now = image.now
    guard situation.phase == .running else {
      since = now
      if now - record.began > WellStepTesting.patience + WellStepTesting.hold * Double(plan.holds) {
        end(.notStarted, now)
      }
      return
    }
    let age = now - since
    let isNear = situation.isNearVacuum && age >= WellStepTesting.mask
    lowSince = isNear ? min(lowSince, now) : .distantFuture
    let isLow = lowSince <= now && now - lowSince >= WellStepTesting.shortly
    if isLow || isNear && situation.isAtVacuum { return end(.nearVacuum, now) }
    // A path that is nearly shut cools no motor.
    let isStarved =
      image.reading(well.extractedFlow).map { $0 < well.designFlow * WellStepTesting.leastFlow }
      ?? false
    limitedSince =
      situation.isLimited || isStarved ? min(limitedSince, now) : .distantFuture
    if limitedSince <= now, now - limitedSince >= .minutes(1) { return end(.limited, now) }
    if age >= WellStepTesting.hold - WellStepTesting.window { averages.add(well, plan, image) }
    guard age >= WellStepTesting.hold else { return }
    guard var found = take(WellSensor.allCases.filter { plan.instruments.has($0) }, now) else {
      return
    }
    // Equal set-points are one position, if the valve went there.
    let wanted = plan.position(of: index).value
    guard abs(found[1] - wanted) <= WellStepTesting.valveRepeats else {
      return end(.valveAstray, now)
    }
    found[1] = wanted
    if !plan.instruments.has(.frequency) { found[0] = plan.speed(of: index).value }
    readings.append(StepReading(values: found))
    if index + 1 < plan.holds { return enter(.holding(index + 1), now) }
    result = StepTest(
      at: now, restIntakePressure: Kilopascals(rest[4]), restReturnPressure: Kilopascals(rest[6]),
      readings: readings, opensBaseline: opensBaseline,
      sensors: WellSensor.allCases.filter { plan.instruments.has($0) })
    end(.done, now)
  }

  /// The averages, if each of `needed` was seen for most of the window; else the test ends.
  private mutating func take(_ needed: [WellSensor], _ now: Instant) -> [Double]? {
    if let missing = needed.first(where: { !averages.covers($0) }) {
      record.missing = missing
      end(.valueMissing, now)
      return nil
    }
    return averages.values
  }

  /// Part of the speed's range that it wants now.
  func share(_ well: Well, _ plan: WellStepPlan) -> Fraction {
    let index: Int
    switch stage {
    case .holding(let hold), .settling(let hold): index = hold
    case .resting, nil: return .zero
    }
    let range = well.maximumFrequency - well.minimumFlowFrequency
    return Fraction((plan.speed(of: index) - well.minimumFlowFrequency) / range)
  }

  /// How far the back-pressure valve is to open; nil while its own loop moves it.
  func opening(_ plan: WellStepPlan?) -> Fraction? {
    guard let plan, case .holding(let index) = stage else { return nil }
    return plan.position(of: index)
  }
}

extension WellStepTesting {
  /// Sums of what every sensor showed, in the order of a reading's values.
  fileprivate struct Averages: Sendable, Hashable {
    private var scans = 0
    private var counts = Array(repeating: 0, count: StepReading.count)
    private var sums = Array(repeating: 0.0, count: StepReading.count)

    mutating func add(_ well: Well, _ plan: WellStepPlan, _ image: InputImage) {
      scans += 1
      add(0, image.reading(well.pump.frequency)?.value)
      add(1, image.reading(well.valvePosition)?.value)
      add(2, image.reading(well.extractedFlow)?.value)
      add(3, image.reading(well.pump.power)?.value)
      add(4, well.intakePressure.flatMap { image.reading($0)?.value })
      add(5, plan.supplyPressure.flatMap { image.reading($0)?.value })
      add(6, image.reading(well.returnPressure)?.value)
      add(7, plan.exchangerPressureLoss.flatMap { image.reading($0)?.value })
      add(8, image.reading(well.outletTemperature)?.value)
      add(9, image.reading(well.returnTemperature)?.value)
      add(10, plan.secondaryEntering.flatMap { image.reading($0)?.value })
      add(11, plan.secondaryLeaving.flatMap { image.reading($0)?.value })
      add(12, plan.secondaryFlow.flatMap { image.reading($0)?.value })
    }

    private mutating func add(_ place: Int, _ value: Double?) {
      guard let value else { return }
      counts[place] += 1
      sums[place] += value
    }

    func covers(_ sensor: WellSensor) -> Bool {
      scans > 0 && counts[sensor.place] * 10 >= scans * 9
    }

    /// Nought where nothing was seen.
    var values: [Double] { zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : 0 } }
  }
}

extension WellSensor {
  /// Its place among a reading's values.
  fileprivate var place: Int {
    switch self {
    case .frequency: 0
    case .flow: 2
    case .power: 3
    case .intakePressure: 4
    case .supplyPressure: 5
    case .returnPressure: 6
    case .exchangerPressureLoss: 7
    case .outletTemperature: 8
    case .returnTemperature: 9
    case .secondaryEntering: 10
    case .secondaryLeaving: 11
    case .secondaryFlow: 12
    }
  }
}

/// The last step test of a well: when, and how it ended.
public struct StepTestRecord: Sendable, Hashable {
  /// How it ended.
  public enum Outcome: String, Sendable, Hashable, CaseIterable {
    case underWay = "under-way"
    case done
    /// By a person, a stop of the daemon or a restart.
    case stopped
    /// Its pump failed, had to stand, or its drive fell silent.
    case lost
    /// Its circuit's water became too cold, or too warm, without it.
    case needed
    /// A limit held its speed below what the test wants, or too little water passed.
    case limited
    /// The highest point of its loop came near vacuum, or was not seen.
    case nearVacuum = "near-vacuum"
    /// A sensor showed nothing for a part of the time.
    case valueMissing = "value-missing"
    /// The back-pressure valve did not go where it was told.
    case valveAstray = "valve-astray"
    /// It did not come to rest, or did not start.
    case notStarted = "not-started"
  }

  public internal(set) var began: Instant
  /// The distant past while it has not.
  public internal(set) var ended: Instant = .distantPast
  public internal(set) var outcome = Outcome.underWay
  /// The sensor that a test ended for.
  public internal(set) var missing: WellSensor?

  init(began: Instant) { self.began = began }
}

extension StepTestRecord: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("began", &began)
    archive.field("ended", &ended)
    archive.field("outcome", &outcome)
    var place = missing?.rawValue ?? -1
    archive.field("missing", &place)
    missing = WellSensor(rawValue: place)
  }
}

extension WellStepTesting: Persistent {
  /// The record alone: a test that a restart interrupts is over.
  mutating func persist(in archive: inout some Archive) {
    archive.group("record", &record)
    if stage == nil, record.outcome == .underWay, record.began > .distantPast {
      record.outcome = .stopped
    }
  }
}
