public import PlantModel
public import Quantities

/// One heat-pump unit: path, then flow, then enable; and back down in the reverse order.
///
/// Without the unit's controller (away, `UNIT-07`) nothing proves that it runs, nor that it stands: it
/// is commanded off and replaced, and keeps its water until it is seen standing. Without a flow proof
/// (`UNIT-01`) it is off in the same scan. The unit's own wired protections stay in series with all of
/// this.
public struct UnitControl: Sendable {
  public let id: UnitID
  public internal(set) var phase: UnitPhase = .stopped
  public internal(set) var since: Instant
  public internal(set) var reason: Reason
  public internal(set) var guards = GuardList()
  public internal(set) var load: Fraction = .zero
  public internal(set) var runTime: TimeSpan = .zero
  public internal(set) var starts = 0
  /// When it last ended and last began to run.
  var stoppedAt: Instant = .distantPast
  var startedAt: Instant = .distantPast
  var recent = RecentStarts()
  /// Whether staging may count on it.
  private(set) var readiness: Readiness = .ready
  /// When its controller was last heard: power for its crankcase heater.
  var lastPowered: Instant = .distantPast
  var warmSince: Instant = .distantPast
  var freeze = FreezeLadder()
  var gentleUntil: Instant = .distantPast
  /// Told to run, or seen running, and not seen standing since.
  private(set) var mayTurn = false
  /// What ended its last run or start, while it runs on before it counts as failed.
  private(set) var fault: Reason?
  private var uncommandedSince: Instant = .distantFuture
  private var lastStep: Instant

  init(_ id: UnitID, now: Instant) {
    self.id = id
    since = now
    lastStep = now
    reason = Reason(.unitNotWanted, .unit(id), since: now)
  }

  /// How far a unit can serve now.
  enum Readiness: Sendable, Hashable {
    /// Failed, away, local or latched: only time, its return or a person helps.
    case unfit
    /// It rests, or its crankcase warms, or it is on the way down: ready by itself soon.
    case waiting
    /// It runs, is on the way up, or may start now.
    case ready
  }

  /// What a scan asks of a unit and what stands around it.
  struct Wish {
    var isWanted: Bool
    var load: Fraction
    /// Why it is wanted or not.
    var reason: Reason
    /// Its block holds a row, so that its water is defined.
    var blockHeld: Bool
    /// Both its branches are open to their circuits.
    var pathOpen: Bool
    /// Nothing may start yet, until then.
    var startsHeldUntil: Instant
    /// Another unit started so recently that this one waits.
    var staggeredUntil: Instant
    /// Off at once, whatever else: emergency stop, frozen plant, lost row.
    var mustStop: Reason?
    /// Why the valves of its path cannot be seen, if they cannot.
    var pathLoss: Reason? = nil
    /// Whether its heat is taken away, where that is not by its condenser alone; nil where it is.
    var takesHeat: Bool? = nil
  }

  /// Whether its branches are to be open and its pumps to run. A unit that may still turn, whatever
  /// it was told, keeps its water.
  var wantsFlow: Bool {
    switch phase {
    case .openingPath, .waitingForFlow, .starting, .running, .stopping, .runOn: true
    case .stopped, .failed: mayTurn
    }
  }

  var isOn: Bool { phase.isOn }
  var isStoppedForLong: Bool { phase == .stopped || phase == .failed }

  /// Why it is where it is: while it stands, the first thing that keeps it from starting; once it has
  /// failed, what keeps it from serving or what it failed for.
  var shownReason: Reason {
    switch phase {
    case .stopped: guards.firstObstacle ?? reason
    case .failed: guards.guards.prefix(2).first { !$0.holds }?.reason ?? reason
    default: reason
    }
  }

  /// It failed because the valves of its path cannot be seen: it may try again once they are.
  var isPathLost: Bool {
    phase == .failed
      && [.deviceLost, .registersRefused, .sensorLost].contains(reason.rule)
  }

  /// When it will have stood for `span`.
  func rested(_ span: TimeSpan) -> Instant { max(stoppedAt, .distantPast) + span }

  mutating func step(_ wish: Wish, plant: Plant, image: InputImage, board: inout Board) {
    let unit = plant[id]
    let now = image.now
    let dt = max(now - lastStep, .zero)
    lastStep = now
    watchPower(unit, plant, image)
    let seen = image.state(unit.running)
    if seen == true { runTime += dt }
    mayTurn = isOn || seen ?? mayTurn
    uncommandedSince = seen == true && !isOn ? min(uncommandedSince, now) : .distantFuture
    freeze.step(leaving: isOn ? image.reading(unit.evaporator.leaving) : nil, plant, image)
    judge(wish, unit: unit, plant: plant, image: image)
    move(wish, unit: unit, plant: plant, image: image, board: &board)
    command(wish, unit: unit, plant: plant, image: image, board: &board)
    raise(unit: unit, plant: plant, image: image, board: &board)
  }

  /// Every guard of a start, evaluated in every scan: the list that `why` shows.
  private mutating func judge(_ wish: Wish, unit: HeatPumpUnit, plant: Plant, image: InputImage) {
    let now = image.now
    let subject = Subject.unit(id)
    guards.begin()
    let lost = lost(unit, image)
    guards.require(lost == nil, lost ?? Reason(.unitAway, .device(unit.device), since: since))
    guards.require(
      !freeze.isLatched, Reason(.freezeLatched, subject, since: freeze.oldest))
    guards.require(wish.isWanted, wish.reason)
    guards.require(
      wish.blockHeld, Reason(.blockNotInPosition, .block(unit.block), since: since))
    let off = rested(plant.parameters.unitMinimumOff)
    guards.require(
      now >= off || isOn, Reason(.minimumOffTime, subject, since: stoppedAt, until: off))
    let nextStart = recent.next(atMost: unit.maximumStartsPerHour)
    guards.require(
      now >= nextStart || isOn,
      Reason(
        .startsPerHour, subject, since: since, until: nextStart,
        limit: Float(unit.maximumStartsPerHour)))
    let preheated = warmSince + plant.parameters.crankcasePreheat
    guards.require(
      now >= preheated,
      Reason(.crankcaseHeating, subject, since: warmSince, until: preheated))
    guards.require(
      now >= wish.startsHeldUntil,
      Reason(.restartSettling, .plant, since: since, until: wish.startsHeldUntil))
    let retry = since + plant.parameters.pumpRetry
    let mayRetry = phase != .failed || !isPathLost && now >= retry
    guards.require(
      mayRetry, mayRetry ? Reason(.unitNotProven, subject, since: since, until: retry) : reason)
    let rests =
      !isOn && (now < max(off, nextStart, preheated) || phase == .stopping || phase == .runOn)
    let isUnfit = lost != nil || freeze.isLatched || phase == .failed
    readiness = isUnfit ? .unfit : rests ? .waiting : .ready
  }

  /// The one place where the phase changes.
  private mutating func move(
    _ wish: Wish, unit: HeatPumpUnit, plant: Plant, image: InputImage, board: inout Board
  ) {
    guard
      let step = next(wish, unit: unit, plant: plant, image: image)
    else { return }
    let now = image.now
    let wasOn = isOn
    phase = step.phase
    since = now
    reason = step.reason
    if isOn, !wasOn { noteStart(unit, plant, image, &board) }
    let isFault = reason.rule == .unitTripped || reason.rule == .unitNotProven
    if phase == .stopping, isFault { fault = reason }
    if phase == .stopped || phase == .failed { fault = nil }
    if wasOn, !isOn {
      stoppedAt = now
      board.tell(.unitStopped, .unit(id), reason, at: now)
    }
  }

  private mutating func noteStart(
    _ unit: HeatPumpUnit, _ plant: Plant, _ image: InputImage, _ board: inout Board
  ) {
    let now = image.now
    startedAt = now
    starts += 1
    recent.note(now, atMost: unit.maximumStartsPerHour)
    let entering = image.reading(unit.condenser.entering)
    let isCold = entering.map { $0 < plant.parameters.condenserWarmEnough } ?? false
    gentleUntil = isCold ? now + plant.parameters.condenserWarmLimit : .distantPast
    board.tell(.unitStarted, .unit(id), reason, at: now)
  }

  private mutating func command(
    _ wish: Wish, unit: HeatPumpUnit, plant: Plant, image: InputImage, board: inout Board
  ) {
    let now = image.now
    load = isOn ? limitedLoad(wish, unit: unit, plant: plant, image: image) : .zero
    let shown = isOn ? reason : guards.firstObstacle ?? reason
    board.outputs.decide(unit.enableCommand, isOn, shown)
    let loadRule: Rule =
      freeze.unloading < .one ? .freezeUnload : now < gentleUntil ? .coldCondenser : .supplyLoop
    board.outputs.decide(
      unit.loadCommand, load, Reason(loadRule, .unit(id), since: now, limit: Float(load.value)))
  }

  /// The wanted load, less what frost and cold condenser water forbid.
  private mutating func limitedLoad(
    _ wish: Wish, unit: HeatPumpUnit, plant: Plant, image: InputImage
  ) -> Fraction {
    var most = freeze.unloading
    if image.now < gentleUntil {
      let leaving = image.reading(unit.condenser.leaving)
      if let leaving, leaving >= plant.parameters.condenserWarmLeaving {
        gentleUntil = .distantPast
      } else {
        most = min(most, Fraction(0.5))
      }
    }
    let floor = min(unit.minimumLoad, Fraction.one)
    return max(min(wish.load, most), floor)
  }

  private mutating func watchPower(
    _ unit: HeatPumpUnit, _ plant: Plant, _ image: InputImage
  ) {
    guard image.sample(unit.running.point).quality == .good else { return }
    let hasBeenOff =
      lastPowered > .distantPast
      && image.now - lastPowered > plant.parameters.crankcasePowerOff
    if hasBeenOff { warmSince = image.now }
    lastPowered = image.now
  }

  private func raise(
    unit: HeatPumpUnit, plant: Plant, image: InputImage, board: inout Board
  ) {
    let subject = Subject.unit(id)
    if image.state(unit.tripped) == true {
      board.alarms.see(.unitTripped, subject, Reason(.unitTripped, subject, since: image.now))
    }
    if let fault = phase == .failed ? reason : fault, fault.rule == .unitNotProven {
      board.alarms.see(.unitFailedToStart, subject, fault)
    }
    if uncommandedSince <= image.now,
      image.now - uncommandedSince > plant.parameters.uncommandedLimit
    {
      let running = Reason(.unitUncommanded, subject, since: uncommandedSince)
      board.alarms.see(.unitRunsUncommanded, subject, running)
    }
    let lostFlow = phase == .failed || phase == .stopping || phase == .runOn
    if lostFlow, reason.rule == .flowNotProven || reason.rule == .pathNotProven {
      board.see(
        .flowLost, subject, reason,
        by: [unit.evaporator.flowProof.point, unit.condenser.flowProof.point])
    }
    freeze.raise(subject, image.now, &board)
  }

  /// A person has looked after its frozen evaporator.
  mutating func releaseFreeze() { freeze.release() }

  /// Takes over a unit that runs already, as its registers say.
  mutating func takeOver(plant: Plant, image: InputImage) {
    let unit = plant[id]
    guard image.mayBeCommanded(unit.enableCommand, in: plant), image.state(unit.running) == true
    else { return }
    phase = .running
    since = image.now
    startedAt = max(startedAt, image.now - plant.parameters.unitMinimumOn)
    reason = Reason(.unitRunning, .unit(id), since: image.now)
  }
}

extension UnitControl: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("run_time_milliseconds", &runTime)
    archive.field("starts", &starts)
    archive.field("stopped_at", &stoppedAt)
    archive.field("started_at", &startedAt)
    archive.group("recent_starts", &recent)
    archive.field("last_powered", &lastPowered)
    archive.field("warm_since", &warmSince)
    archive.field("may_turn", &mayTurn)
    archive.group("freeze", &freeze)
  }
}
