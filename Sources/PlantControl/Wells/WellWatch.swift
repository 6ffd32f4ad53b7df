import PlantModel
import Quantities

/// What may be wrong with a well that runs: dry-run, vacuum, over-pressure; each must last its time.
struct WellWatch: Sendable, Hashable {
  /// What must stop it now.
  private(set) var fault: Rule?
  /// Below the alarm limit at the highest point, while water moves.
  private(set) var isNearVacuum = false
  private var underSince: Instant = .distantFuture
  private var vacuumSince: Instant = .distantFuture
  private var alarmSince: Instant = .distantFuture
  private var intakeSince: Instant = .distantFuture
  private var overSince: Instant = .distantFuture

  /// - Parameter running: how long the pump has been told to run; nil while it stands.
  mutating func step(
    _ running: TimeSpan?, speed: Hertz, _ well: Well, _ parameters: Parameters,
    _ image: InputImage
  ) {
    guard let running else {
      self = WellWatch()
      return
    }
    let now = image.now
    let isJudged = running > parameters.wellDryRunMask
    let turning = image.reading(well.pump.frequency) ?? speed
    let least = well.soundPower(at: turning) * parameters.wellDryRunRatio.value
    let power = image.reading(well.pump.power)
    let isUnder = isJudged && (power.map { $0 < least } ?? false)
    underSince = isUnder ? min(underSince, now) : .distantFuture
    let highest = isJudged ? image.reading(well.highestPressure) : nil
    vacuumSince =
      highest.map { $0 < parameters.wellVacuumStop } ?? false
      ? min(vacuumSince, now) : .distantFuture
    alarmSince =
      highest.map { $0 < parameters.wellVacuumAlarm } ?? false
      ? min(alarmSince, now) : .distantFuture
    let intake = well.intakePressure.flatMap { image.reading($0) }
    intakeSince =
      intake.map { $0 < well.minimumIntake } ?? false ? min(intakeSince, now) : .distantFuture
    let back = image.reading(well.returnPressure)
    overSince =
      back.map { $0 > well.maximumReturn } ?? false ? min(overSince, now) : .distantFuture
    let lasts = { (since: Instant, span: TimeSpan) in since <= now && now - since >= span }
    isNearVacuum = lasts(alarmSince, parameters.wellVacuumTime)
    if lasts(intakeSince, WellWatch.shortly) {
      fault = .wellIntakeLow
    } else if lasts(underSince, parameters.wellDryRunTime) {
      fault = .wellDryRun
    } else if lasts(vacuumSince, parameters.wellVacuumTime) {
      fault = .wellVacuum
    } else if lasts(overSince, WellWatch.shortly) {
      fault = .wellReturnPressure
    } else {
      fault = nil
    }
  }

  /// A pressure that is seen wrong in one scan alone stops nothing.
  private static let shortly = TimeSpan.seconds(3)
}

/// How fast a well may turn for what it draws down, presses up and cools. (`WELL-22`)
struct WellLimits {
  /// Part of the range between minimum flow and full speed.
  private(set) var part = Fraction.one
  private(set) var rule = Rule.wellSpeedLimited

  init(_ well: Well, _ parameters: Parameters, _ image: InputImage) {
    if let sensor = well.intakePressure, let intake = image.reading(sensor) {
      bound((intake - well.minimumIntake) / WellLimits.intakeRange, .wellIntakeLow)
    }
    if let pressure = image.reading(well.returnPressure) {
      let range = well.maximumReturn * 0.1
      bound((well.maximumReturn - pressure) / range, .wellReturnPressure)
    }
    if let outlet = image.reading(well.outletTemperature) {
      let above = outlet - parameters.wellColdest
      bound(above / WellLimits.outletRange, .wellSpeedLimited)
    }
  }

  private mutating func bound(_ value: Double, _ why: Rule) {
    let value = Fraction(min(max(value, 0), 1))
    guard value < part else { return }
    part = value
    rule = why
  }

  /// From these distances to the limits on, the speed falls in proportion.
  private static let intakeRange = Kilopascals(10)
  private static let outletRange = TemperatureDifference(1)
}

/// The last trips of a well: how long it waits, and whether only a person helps. (`WELL-09`)
struct WellTrips: Sendable, Hashable, Persistent {
  private(set) var last: Instant = .distantPast
  private var second: Instant = .distantPast
  private var third: Instant = .distantPast
  private(set) var isLockedOut = false

  mutating func note(_ now: Instant, _ parameters: Parameters) {
    third = second
    second = last
    last = now
    if now - third < parameters.wellLockOutWindow { isLockedOut = true }
  }

  /// When it may try again: after one, two or six waits, by its trips of one day.
  func retry(_ parameters: Parameters) -> Instant {
    let waits: Double =
      last - third < .days(1) ? 6 : last - second < .days(1) ? 2 : 1
    return last + parameters.wellTripRetry * waits
  }

  mutating func persist(in archive: inout some Archive) {
    archive.field("last", &last)
    archive.field("second", &second)
    archive.field("third", &third)
    archive.field("is_locked_out", &isLockedOut)
  }
}

/// Whether a standing well keeps its column: one that loses it spins its pump backwards. (`WELL-10`)
struct ColumnWatch: Sendable, Hashable {
  /// Nothing starts before.
  private(set) var until: Instant = .distantPast
  private(set) var seen: Instant = .distantPast
  private var mark: Kilopascals?
  private var markedAt: Instant
  private var backSince: Instant = .distantFuture

  init(now: Instant) { markedAt = now }

  mutating func step(
    isStanding: Bool, pressure: Kilopascals?, flow: CubicMetersPerHour?, _ well: Well,
    _ parameters: Parameters, _ now: Instant
  ) {
    guard isStanding else {
      mark = nil
      backSince = .distantFuture
      return
    }
    let isBack = flow.map { $0 < well.designFlow * -0.02 } ?? false
    backSince = isBack ? min(backSince, now) : .distantFuture
    let runsBack = backSince <= now && now - backSince >= ColumnWatch.lasting
    var falls = false
    if now - markedAt >= .minutes(1) || mark == nil {
      if let mark, mark > ColumnWatch.held, let pressure {
        falls = mark - pressure > parameters.wellBackSpinLoss
      }
      mark = pressure
      markedAt = now
    }
    guard runsBack || falls else { return }
    if now >= until { seen = now }
    until = now + parameters.wellMinimumOff
  }

  /// Less than this is no column that could still be lost.
  private static let held = Kilopascals(10)

  /// A flow that is seen to run back for a moment is the meter's noise.
  private static let lasting = TimeSpan.seconds(10)
}
