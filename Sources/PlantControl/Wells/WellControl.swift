public import PlantModel
public import Quantities

/// One well: its pump at once to the speed from which water comes, air driven out, load by a slow
/// ramp; and back down with the column held.
///
/// Never below `minimum_flow_hertz` while it runs (`WELL-06`). Its wired dry-run and over-pressure
/// trips stay in series with all of this. A drive that does not answer is left to go on by itself, as
/// it was set up for a lost master (`PUMP-16`).
public struct WellControl: Sendable {
  public let id: WellID
  public internal(set) var phase: WellPhase = .stopped
  public internal(set) var since: Instant
  public internal(set) var reason: Reason
  public internal(set) var guards = GuardList()
  /// What the pump is told; zero while it is told to stand.
  public internal(set) var speed: Hertz = .zero
  /// How far the back-pressure valve is told to open.
  public internal(set) var opening: Fraction = .zero
  public internal(set) var runTime: TimeSpan = .zero
  public internal(set) var starts = 0
  public internal(set) var balance: WellBalance
  public internal(set) var books = WellBooks()
  var flushing = WellFlushing()
  var testing = WellStepTesting()
  public internal(set) var health: WellHealth
  public internal(set) var tightness = WellTightness()
  /// Until when what is not returned fills what was full of air.
  private var purgedUntil: Instant = .distantPast
  /// What holds its speed below what is wanted; nil while nothing does.
  private(set) var limit: Rule?
  var trips = WellTrips()
  var recent = RecentStarts()
  private(set) var column: ColumnWatch
  private(set) var watch = WellWatch()
  var needsPurge = true
  var stoppedAt: Instant = .distantPast
  private var seen: Instant = .distantPast
  private var valveLoop = PILoop()
  private var lastStep: Instant

  init(_ id: WellID, plant: Plant, now: Instant) {
    self.id = id
    health = WellHealth(plant[id].stepPlan)
    since = now
    restSince = now
    lastStep = now
    column = ColumnWatch(now: now)
    balance = WellBalance(id, now: now)
    reason = Reason(.wellNotWanted, .well(id), since: now)
  }

  /// Its pump is told to run.
  var isOn: Bool {
    switch phase {
    case .starting, .purging, .running, .stopping: true
    case .stopped, .holdingColumn, .failed: false
    }
  }

  /// It serves or may serve soon. One whose drive is away goes on by itself.
  var isFit: Bool { phase != .failed && (fitness == nil || isOn && isDriveAway) }
  var isDriveAway: Bool { fitness?.rule == .deviceLost }
  var fitness: Reason?

  /// Why it is where it is: while it stands, the first thing that keeps it from starting.
  var shownReason: Reason { phase == .stopped ? guards.firstObstacle ?? reason : reason }

  mutating func step(_ wish: Wish, plant: Plant, image: InputImage, board: inout Board) {
    let well = plant[id]
    let now = image.now
    let dt = max(now - lastStep, .zero)
    lastStep = now
    let wish = guided(wish, well, dt, plant.parameters, image)
    observe(well, dt, plant.parameters, image)
    judge(wish, well, plant.parameters, image)
    move(wish, well, plant.parameters, image, &board)
    drive(wish, well, dt, plant.parameters, image)
    isHeadSeen = image.reading(well.valvePosition) != nil
    command(well, now, &board)
    if phase == .purging { purgedUntil = now + plant.parameters.wellBalanceBlank }
    books.step(well, bookPhase(now), dt, offset: plant.site.utcOffset, image)
    if flushing.isOn { steadySince = now }
    let steady = now - max(since, steadySince)
    let isSteady = phase == .running && steady >= plant.parameters.wellBalanceBlank
    balance.step(
      well, isSteady: isSteady, circuitLoses: wish.circuitLoses,
      circuitGains: wish.circuitGains, dt, plant.parameters, image,
      &board)
    tightness.step(
      well, standing: rested(now),
      isSteady: isSteady && !isGuided && now - since > WellControl.settled,
      dt, image)
    raise(well, plant.parameters, image, &board)
  }

  /// After this, draw-down and build-up hardly move any more.
  private static let settled = TimeSpan.minutes(15)

  /// A rest was broken off that its circuit may have needed it for: it is to run again before a daemon ends.
  var owesStart = false
  /// Since when its pump is seen to stand with the valve shut.
  private var restSince: Instant

  /// How long it has rested; nil while it does not, or nobody sees it.
  func rested(_ now: Instant) -> TimeSpan? {
    phase == .stopped && now > restSince ? now - restSince : nil
  }

  /// The drain was opened, and the well head has not been heard of since it was told to shut it.
  private var mayDrain = false
  private var isHeadSeen = false

  /// The last moment of a flushing: the balance waits a while behind it.
  private var steadySince: Instant = .distantPast

  private func bookPhase(_ now: Instant) -> WellBooks.Phase {
    if flushing.isDraining { return .flushing }
    if now < purgedUntil { return .purging }
    return isOn ? .running : .standing
  }

  private mutating func observe(
    _ well: Well, _ dt: TimeSpan, _ parameters: Parameters, _ image: InputImage
  ) {
    let now = image.now
    let isRunning = image.state(well.pump.running)
    let flow = image.reading(well.extractedFlow)
    if isRunning == true { runTime += dt }
    if isRunning != nil {
      if now - seen > parameters.wellPurgeAfter { needsPurge = true }
      seen = now
    }
    let isStill = flow.map { abs($0.value) < well.designFlow.value * 0.02 }
    let isShut = image.reading(well.valvePosition).map { $0.value <= 0.03 }
    if isRunning != false || isStill != true || isShut != true {
      restSince = now
    }
    let highest = image.reading(well.highestPressure)
    if let highest, highest < .zero { needsPurge = true }
    column.step(
      isStanding: phase == .stopped || phase == .failed, pressure: highest,
      flow: flow, well, parameters, now)
    watch.step(isOn ? runningFor(now) : nil, speed: speed, well, parameters, image)
  }

  /// How long the pump has been told to run.
  private func runningFor(_ now: Instant) -> TimeSpan { now - startedAt }
  private var startedAt: Instant = .distantPast

  /// Every guard of a start, evaluated in every scan: the list that `why` shows.
  private mutating func judge(
    _ wish: Wish, _ well: Well, _ parameters: Parameters, _ image: InputImage
  ) {
    let now = image.now
    let subject = Subject.well(id)
    fitness = lost(well, image)
    guards.begin()
    guards.require(
      wish.mustStop == nil, wish.mustStop ?? Reason(.emergencyStop, .plant, since: now))
    guards.require(
      fitness == nil, fitness ?? Reason(.deviceLost, .device(well.pump.device), since: since))
    guards.require(
      !trips.isLockedOut, Reason(.wellLockedOut, subject, since: trips.last))
    guards.require(!mayDrain, Reason(.wellFlushing, subject, since: since))
    guards.require(balance.isReleased, Reason(.wellBalance, subject, since: since))
    guards.require(wish.isWanted, wish.reason)
    let off = stoppedAt + parameters.wellMinimumOff
    guards.require(now >= off, Reason(.wellMinimumOff, subject, since: stoppedAt, until: off))
    let next = recent.next(atMost: well.maximumStartsPerHour)
    guards.require(
      now >= next,
      Reason(
        .wellStartsPerHour, subject, since: since, until: next,
        limit: Float(well.maximumStartsPerHour)))
    guards.require(
      now >= column.until,
      Reason(.wellBackSpin, subject, since: column.seen, until: column.until))
    guards.require(
      now >= wish.startsHeldUntil,
      Reason(.restartSettling, .plant, since: since, until: wish.startsHeldUntil))
  }

  /// Why its drive does not answer to commands; nil while it does.
  private func lost(_ well: Well, _ image: InputImage) -> Reason? {
    let now = image.now
    if image.state(well.pump.tripped) == true { return Reason(.pumpFailed, .well(id), since: now) }
    if image.state(well.pump.remote) == false { return Reason(.pumpLocal, .well(id), since: now) }
    return image.state(well.pump.running) == nil
      ? Reason(.deviceLost, .device(well.pump.device), since: now) : nil
  }

  /// The one place where the phase changes.
  private mutating func move(
    _ wish: Wish, _ well: Well, _ parameters: Parameters, _ image: InputImage,
    _ board: inout Board
  ) {
    guard let step = next(wish, well, parameters, image) else { return }
    let now = image.now
    let wasOn = isOn
    phase = step.phase
    since = now
    reason = step.reason
    if isOn, !wasOn {
      startedAt = now
      starts += 1
      recent.note(now, atMost: well.maximumStartsPerHour)
      valveLoop.preset(to: WellControl.startOpening)
      board.tell(.pumpStarted, .well(id), reason, at: now)
    }
    if phase == .running { needsPurge = false }
    if wasOn, !isOn {
      stoppedAt = now
      board.tell(.pumpStopped, .well(id), reason, at: now)
    }
    if phase == .failed, reason.rule == .wellBalance { balance.isReleased = false }
    if phase == .failed, reason.rule.isWellTrip {
      trips.note(now, parameters)
      reason.until = trips.retry(parameters)
      if trips.isLockedOut {
        board.alarms.see(
          .wellLockedOut, .well(id), Reason(.wellLockedOut, .well(id), since: now))
      }
    }
  }

  /// Where the back-pressure valve stands when a well sets out: water comes, and the column stays.
  static let startOpening = 0.3

  private mutating func drive(
    _ wish: Wish, _ well: Well, _ dt: TimeSpan, _ parameters: Parameters, _ image: InputImage
  ) {
    let low = well.minimumFlowFrequency
    let step = well.slope * dt.seconds
    let ease = image.reading(well.highestPressure).map { slowing($0, parameters) } ?? 1
    switch phase {
    case .starting, .purging: speed = low
    case .running:
      let bound = WellLimits(well, parameters, image)
      limit = bound.part < wish.share ? bound.rule : nil
      let part = min(bound.part, wish.share).value
      let wanted = low + (well.maximumFrequency - low) * part
      speed = max(wanted.clamped(to: speed - step * ease...speed + step), low)
    case .stopping: speed = max(speed - step * ease, low)
    case .stopped, .holdingColumn, .failed: speed = .zero
    }
    if phase != .running { limit = nil }
    driveValve(well, dt, parameters, image)
  }

  /// Part of the slope at which it may slow down, so that the valve keeps up: less the nearer the highest
  /// point is to vacuum, but never none. (`WELL-13`)
  private func slowing(_ pressure: Kilopascals, _ parameters: Parameters) -> Double {
    let least = parameters.wellVacuumAlarm * 1.25
    guard parameters.wellPressure > least else { return 1 }
    let part = (pressure - least) / (parameters.wellPressure - least)
    return min(max(part * 1.25, 0.1), 1)
  }

  /// The valve holds the pressure at the highest point; standing, it shuts once hardly any water moves
  /// and holds the column. (`WELL-13`, `WELL-14`)
  private mutating func driveValve(
    _ well: Well, _ dt: TimeSpan, _ parameters: Parameters, _ image: InputImage
  ) {
    if phase == .stopping, isClosing(well) {
      // Shut against the pump at minimum flow, so that no vacuum is drawn when it goes off.
      opening = .zero
      return
    }
    guard isOn else {
      let flow = image.reading(well.extractedFlow)
      let isStill = flow.map { $0 < well.designFlow * 0.1 } ?? false
      if isStill || image.now - since > .seconds(10) || phase == .stopped { opening = .zero }
      return
    }
    if let fixed = flushing.opening {
      opening = fixed
      valveLoop.preset(to: WellFlushing.ajar.value)
      return
    }
    if phase == .running, let fixed = testing.opening(well.stepPlan) {
      // Slowly, so that a pressure that falls too low is seen before it is vacuum.
      let step = WellControl.testedSlope * dt.seconds
      opening = fixed.clamped(to: opening - step...opening + step)
      valveLoop.preset(to: opening.value)
      return
    }
    guard let pressure = image.reading(well.highestPressure) else { return }
    let wanted = parameters.wellPressure + flushing.extraPressure
    let error = (pressure - wanted) / WellControl.valveRange
    opening = Fraction(
      valveLoop.step(
        error: error, gain: WellControl.valveGain, integralTime: WellControl.valveIntegralTime,
        dt: dt, range: 0.03...1))
  }

  /// On its way to a stop the speed is down at minimum flow, and the valve shuts.
  func isClosing(_ well: Well) -> Bool {
    speed <= well.minimumFlowFrequency && !isDriveAway
  }

  /// How far the valve moves in a second while it is tested.
  private static let testedSlope = Fraction(0.005)
  private static let valveRange = Kilopascals(200)
  private static let valveGain = Fraction(0.25)
  private static let valveIntegralTime = TimeSpan.seconds(20)

  private mutating func command(_ well: Well, _ now: Instant, _ board: inout Board) {
    let shown = isOn ? reason : shownReason
    board.outputs.decide(well.pump.runCommand, isOn, shown)
    let rule: Rule =
      phase == .running ? limit ?? .wellDifference : isOn ? .wellMinimumFlow : shown.rule
    board.outputs.decide(
      well.pump.speedCommand, speed,
      Reason(rule, .well(id), since: since, limit: Float(speed.value)))
    board.outputs.decide(
      well.valveCommand, opening,
      Reason(isOn ? .wellPressureLoop : .wellColumnHeld, .well(id), since: since))
    if let drain = well.drain {
      // What was open last, and is not heard of since, may be so still.
      if flushing.isDraining {
        mayDrain = true
      } else if isHeadSeen {
        mayDrain = false
      }
      let isOpen = isOn && flushing.isDraining
      board.outputs.decide(
        drain.command, isOpen,
        isOpen ? Reason(.wellFlushing, .well(id), since: flushing.since) : shown)
    }
  }

  /// A person has looked after its trips.
  mutating func releaseTrips() { trips = WellTrips() }

  /// A person has looked where the water comes from.
  mutating func releaseBalance() { balance.isReleased = true }

  /// Goes on with a well that runs already, as its registers say.
  mutating func takeOver(plant: Plant, image: InputImage) {
    let well = plant[id]
    guard image.mayBeCommanded(well.pump.runCommand, in: plant),
      image.state(well.pump.running) == true
    else { return }
    phase = .running
    since = image.now
    startedAt = image.now
    seen = image.now
    needsPurge = false
    speed = max(image.reading(well.pump.frequency) ?? .zero, well.minimumFlowFrequency)
    valveLoop.preset(to: image.reading(well.valvePosition)?.value ?? WellControl.startOpening)
    reason = Reason(.wellWanted, .well(id), since: image.now)
    if let drain = well.drain, image.sample(drain.command.point).isUsable,
      image.sample(drain.command.point).value >= 0.5
    {
      flushing.takeOver(image.now)
    }
  }
}

extension WellControl: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("run_time_milliseconds", &runTime)
    archive.field("starts", &starts)
    archive.field("stopped_at", &stoppedAt)
    archive.field("needs_purge", &needsPurge)
    archive.field("seen", &seen)
    archive.group("recent_starts", &recent)
    archive.group("trips", &trips)
    archive.group("balance", &balance)
    archive.group("books", &books)
    archive.group("flushing", &flushing)
    archive.group("step_testing", &testing)
    archive.group("step_tests", &health)
    archive.group("tightness", &tightness)
  }
}

extension Rule {
  /// What counts towards a well's lock-out.
  fileprivate var isWellTrip: Bool {
    switch self {
    case .wellDryRun, .wellIntakeLow, .wellFlowNotProven, .wellVacuum, .wellReturnPressure: true
    default: false
    }
  }
}
