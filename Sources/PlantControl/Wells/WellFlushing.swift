public import PlantModel
public import Quantities

/// A flushing of a well's extraction screen, as a person asked for it: measured before, pumped to waste in
/// surges, measured after. (`WELL-23`)
///
/// It lays its wishes over those of the well's circuit; every limit of the well stays in force. It ends by
/// itself when enough water is out, when the well stops, when it is needed by others, or when a person says so,
/// and always by the
/// same way back: the valve opens before the drain shuts, and no pump works against a closed path.
struct WellFlushing: Sendable, Hashable {
  /// Where it is, in order.
  enum Stage: String, Sendable, Hashable, CaseIterable {
    case measuringBefore = "measuring-before"
    /// Pressure is built up, so that no air comes in when the drain opens.
    case pressing
    /// The drain is open and the back-pressure valve shut.
    case surging
    /// The back-pressure valve opens a little before the drain shuts.
    case closing
    case measuringAfter = "measuring-after"
  }

  private(set) var stage: Stage?
  private(set) var since: Instant = .distantPast
  /// What went to waste so far, by the meters.
  private(set) var drained: CubicMeters = .zero
  /// The last one; it began in the distant past when there was none.
  private(set) var record = FlushRecord(began: .distantPast)
  /// The way back is not there, or nobody sees it: the pump must stand.
  private(set) var mustStop = false
  private var unseenSince: Instant = .distantFuture
  private var lossSince: Instant = .distantFuture

  var isOn: Bool { stage != nil }

  private static let measuring = TimeSpan.minutes(15)
  private static let change = TimeSpan.minutes(1)
  /// A surge is so long at full speed and then so long at minimum flow; each speed is reached by the well's
  /// own ramp.
  private static let surge = TimeSpan.minutes(4)
  private static let ebb = TimeSpan.minutes(1)
  private static let surges = 4.0
  /// The valve's opening while the drain still lets most of the water out.
  static let ajar = Fraction(0.15)
  /// Unseen for so long, the pump stops.
  private static let blind = TimeSpan.seconds(5)
  /// A well that has not started after so long is not flushed.
  private static let patience = TimeSpan.hours(1)
  /// Part of the range at which it is measured.
  private static let reference = Fraction(0.5)

  mutating func begin(_ now: Instant) {
    enter(.measuringBefore, now)
    drained = .zero
    mustStop = false
    unseenSince = .distantFuture
    lossSince = .distantFuture
    record = FlushRecord(began: now)
  }

  /// A person, or a rule, has it end.
  mutating func abandon(_ now: Instant) {
    guard let stage, stage != .closing else { return }
    record.outcome = .abandoned
    if stage == .surging { enter(.closing, now) } else { finish(now) }
  }

  /// A drain that is found open, as after a restart, is shut by the way back.
  mutating func takeOver(_ now: Instant) {
    record.outcome = .abandoned
    drained = record.drained
    enter(.closing, now)
  }

  private mutating func enter(_ next: Stage, _ now: Instant) {
    stage = next
    since = now
  }

  private mutating func finish(_ now: Instant) {
    stage = nil
    mustStop = false
    record.ended = now
    record.drained = drained
  }

  /// - Parameters:
  ///   - runs: the well runs and is neither starting nor stopping.
  ///   - isLost: it failed or must stand.
  ///   - isDriveAway: its pump goes on at the speed that it has.
  mutating func step(
    _ well: Well, runs: Bool, isLost: Bool, isDriveAway: Bool, _ dt: TimeSpan,
    _ parameters: Parameters, _ image: InputImage
  ) {
    guard let stage else { return }
    let now = image.now
    guard !isLost else {
      record.outcome = .abandoned
      finish(now)
      return
    }
    guard runs else {
      // Not there yet, or on its way down: what has begun waits for nothing.
      if stage == .measuringBefore { since = now }
      if stage != .measuringBefore || now - record.began > WellFlushing.patience { abandon(now) }
      return
    }
    count(well, dt, image)
    watch(stage, well, image)
    if isDriveAway { abandon(now) }
    let age = now - since
    switch stage {
    case .measuringBefore where age >= WellFlushing.measuring:
      record.before = FlushReading(well, image)
      enter(.pressing, now)
    case .pressing where age >= WellFlushing.change:
      // No drain is opened on a loop that holds no pressure.
      let least = parameters.wellPressure + extraPressure * 0.5
      if image.reading(well.highestPressure).map({ $0 >= least }) ?? false {
        enter(.surging, now)
      } else if age >= WellFlushing.change * 3 {
        abandon(now)
      }
    case .surging
    where age >= (WellFlushing.surge + WellFlushing.ebb) * WellFlushing.surges
      || drained >= (well.drain?.most ?? .zero) * 0.95:
      enter(.closing, now)
    case .closing where age >= WellFlushing.change:
      // The drain shuts only once the other way is seen open.
      let isOpen =
        image.reading(well.valvePosition).map { $0 >= WellFlushing.ajar * 0.6 } ?? false
      if !isOpen {
        mustStop = age >= WellFlushing.change * 2
      } else if record.outcome == .abandoned {
        finish(now)
      } else {
        enter(.measuringAfter, now)
      }
    case .measuringAfter where age >= WellFlushing.measuring:
      record.after = FlushReading(well, image)
      record.outcome = .done
      finish(now)
    default: break
    }
  }

  /// Whether the valve and the loop's pressure are seen while the drain may be open, and whether it has shut.
  private mutating func watch(_ stage: Stage, _ well: Well, _ image: InputImage) {
    let now = image.now
    let isSeen =
      image.reading(well.valvePosition) != nil && image.reading(well.highestPressure) != nil
    let isMeasuring = stage == .measuringBefore || stage == .measuringAfter
    unseenSince = isSeen || isMeasuring ? .distantFuture : min(unseenSince, now)
    let out = image.reading(well.extractedFlow) ?? .zero
    let back = image.reading(well.returnedFlow) ?? out
    let isLosing =
      stage == .measuringAfter && now - since > WellFlushing.change
      && out - back > well.designFlow * 0.2
    lossSince = isLosing ? min(lossSince, now) : .distantFuture
    if unseenSince <= now, now - unseenSince >= WellFlushing.blind { mustStop = true }
    if lossSince <= now, now - lossSince >= WellFlushing.change { mustStop = true }
  }

  private mutating func count(_ well: Well, _ dt: TimeSpan, _ image: InputImage) {
    guard isDraining else { return }
    let out = image.reading(well.extractedFlow) ?? well.designFlow
    let back = image.reading(well.returnedFlow) ?? .zero
    drained += max(out - max(back, .zero), .zero) * dt
  }

  var isDraining: Bool {
    switch stage {
    case .surging, .closing: true
    case .measuringBefore, .pressing, .measuringAfter, nil: false
    }
  }

  /// Part of the speed's range that it wants now.
  func share(_ now: Instant) -> Fraction {
    switch stage {
    case .measuringBefore, .measuringAfter: return WellFlushing.reference
    case .surging:
      let cycle = WellFlushing.surge + WellFlushing.ebb
      let within = (now - since).milliseconds % cycle.milliseconds
      return within < WellFlushing.surge.milliseconds ? .one : .zero
    case .pressing, .closing, nil: return .zero
    }
  }

  /// How far the back-pressure valve is to open; nil while its own loop moves it.
  var opening: Fraction? {
    switch stage {
    case .surging: .zero
    case .closing: WellFlushing.ajar
    case .measuringBefore, .pressing, .measuringAfter, nil: nil
    }
  }

  /// By how much the pressure at the highest point is to be above what it is otherwise.
  var extraPressure: Kilopascals { stage == .pressing ? Kilopascals(60) : .zero }
}

/// What a well showed at the speed at which a flushing is measured.
public struct FlushReading: Sendable, Hashable {
  public var flow: CubicMetersPerHour?
  public var intakePressure: Kilopascals?
  public var returnPressure: Kilopascals?
  public var power: Kilowatts?

  init() {}

  init(_ well: Well, _ image: InputImage) {
    flow = image.reading(well.extractedFlow)
    intakePressure = well.intakePressure.flatMap { image.reading($0) }
    returnPressure = image.reading(well.returnPressure)
    power = image.reading(well.pump.power)
  }
}

/// The last flushing of a well: when, how much went to waste, and what it showed before and after.
public struct FlushRecord: Sendable, Hashable {
  /// How it ended.
  public enum Outcome: String, Sendable, Hashable {
    case underWay = "under-way"
    case done
    /// By a person or a rule, before its end.
    case abandoned
  }

  public internal(set) var began: Instant
  /// The distant past while it has not.
  public internal(set) var ended: Instant = .distantPast
  public internal(set) var outcome = Outcome.underWay
  public internal(set) var drained: CubicMeters = .zero
  public internal(set) var before = FlushReading()
  public internal(set) var after = FlushReading()

  init(began: Instant) { self.began = began }
}

extension FlushReading: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("flow_cubic_meters_per_hour", &flow)
    archive.field("intake_kilopascals", &intakePressure)
    archive.field("return_kilopascals", &returnPressure)
    archive.field("power_kilowatts", &power)
  }
}

extension FlushRecord: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("began", &began)
    archive.field("ended", &ended)
    archive.field("outcome", &outcome)
    archive.field("drained_cubic_meters", &drained)
    archive.group("before", &before)
    archive.group("after", &after)
  }
}

extension WellFlushing: Persistent {
  /// The record alone: a flushing that a restart interrupts is over, and its drain shut.
  mutating func persist(in archive: inout some Archive) {
    if isOn { record.drained = drained }
    archive.group("record", &record)
    if stage == nil, record.outcome == .underWay, record.began > .distantPast {
      record.outcome = .abandoned
    }
  }
}
