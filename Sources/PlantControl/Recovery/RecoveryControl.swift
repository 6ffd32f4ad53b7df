public import PlantModel
public import Quantities

/// Where the units that make hot water take their heat: from the ground, or from the building that
/// wants to be cooled. Rules `RECOVERY-01` to `RECOVERY-10`; the change itself (`RECOVERY-07`) and what
/// follows when it fails (`RECOVERY-09`) are the block's change-over.
///
/// In a mode that a person chose, only load and limits follow these rules. Without the cold meter the
/// mean of the cooling load is kept for `sensor_hold_seconds`; after that nothing is changed for load.
/// Without the evaporator's leaving temperature the unit is held at its least load on the cooling row.
public struct RecoveryControl: Sendable, Hashable {
  public let block: BlockID
  public private(set) var load: Fraction = .zero
  public private(set) var isWanted = false
  public private(set) var dropsPool = false
  public private(set) var isCoasting = false
  public private(set) var isCharging = false
  /// Why it changed last, or why it coasts.
  public private(set) var reason: Reason
  /// The building's cooling load, averaged; nil while nobody knows it.
  public private(set) var coolingMean: Kilowatts?
  /// The last changes and what they cost. (`RECOVERY-10`)
  public private(set) var ledger: RecoveryLedger
  /// The cold side holds the load below what hot water wants.
  private var isLimited = false
  private var loop = PILoop()
  private var meterSeen: Instant
  private var bothSince: Instant = .distantFuture
  private var loadsSince: Instant = .distantFuture
  private var enoughSince: Instant = .distantFuture
  private var lowSince: Instant = .distantFuture
  private var limitedSince: Instant = .distantFuture
  private var fitSince: Instant = .distantFuture
  private var coldSince: Instant = .distantFuture
  private var veryColdSince: Instant = .distantFuture
  private var coastSince: Instant = .distantPast
  private var lastStep: Instant

  init(_ block: BlockID, now: Instant) {
    self.block = block
    meterSeen = now
    lastStep = now
    ledger = RecoveryLedger()
    reason = Reason(.modeOff, .block(block), since: now)
  }

  /// The service that the rules want; the same as the one in use when nothing speaks for a change.
  mutating func step(_ situation: Situation, plant: Plant, image: InputImage) -> BlockMode.Service {
    let now = image.now
    let dt = max(now - lastStep, .zero)
    lastStep = now
    let parameters = plant.parameters
    isCharging = isEvening(plant, now) && situation.isCoolingActive
    average(situation.coolingLoad, parameters, dt, now)
    watch(situation, parameters, now)
    let service = choose(situation, parameters, now)
    limit(situation, parameters, dt, now)
    ledger.step(situation, by: reason.rule, dt, now)
    return service
  }

  private func isEvening(_ plant: Plant, _ now: Instant) -> Bool {
    let local = (now + plant.site.utcOffset).milliseconds
    let day: Int64 = 86_400_000
    let hour = TimeSpan(milliseconds: ((local % day) + day) % day)
    return hour >= plant.parameters.eveningCharge
  }

  private mutating func average(
    _ load: Kilowatts?, _ parameters: Parameters, _ dt: TimeSpan, _ now: Instant
  ) {
    guard let load else {
      if now - meterSeen > parameters.sensorHold { coolingMean = nil }
      return
    }
    meterSeen = now
    guard let mean = coolingMean else {
      coolingMean = load
      return
    }
    coolingMean = mean + (load - mean) * (dt / (parameters.loadMeanTime + dt))
  }

  /// Since when each reason for a change has lasted.
  private mutating func watch(
    _ situation: Situation, _ parameters: Parameters, _ now: Instant
  ) {
    let unit = situation.unit
    let leastCold = unit.ratedCooling * unit.minimumLoad.value
    let leastHeat = unit.ratedHeating * unit.minimumLoad.value
    let mean = situation.isCoolingActive ? coolingMean : nil
    let isEnough = mean.map { $0 > leastCold * parameters.backLoadRatio.value } ?? false
    let isLow = mean.map { $0 < leastCold } ?? false
    let loads = mean.map { $0 > leastCold && situation.heatDemand > leastHeat } ?? false
    keep(&bothSince, situation.hotWanted && situation.isCoolingActive, now)
    keep(&enoughSince, isEnough, now)
    keep(&loadsSince, loads, now)
    keep(&lowSince, !situation.isCoolingActive || isLow || dropsPool, now)
    keep(&limitedSince, isLimited, now)
    keep(&fitSince, isFit(situation.chilledReturn, parameters), now)
  }

  private func keep(_ since: inout Instant, _ holds: Bool, _ now: Instant) {
    since = holds ? min(since, now) : .distantFuture
  }

  private mutating func choose(
    _ situation: Situation, _ parameters: Parameters, _ now: Instant
  ) -> BlockMode.Service {
    switch situation.service {
    case .recovery: return leaves(situation, parameters, now) ? .hotWaterFromGround : .recovery
    case .hotWaterFromGround:
      return enters(situation, parameters, now) ? .recovery : .hotWaterFromGround
    case .off, .heating, .transition, .cooling: return .hotWaterFromGround
    }
  }

  private func lasts(_ since: Instant, _ span: TimeSpan, _ now: Instant) -> Bool {
    since <= now && now - since >= span
  }

  /// To the ground: at once when the other block needs its circuit or a tank is short of heat that
  /// the cold side cannot yield, after a while when there is too little to cool. (`RECOVERY-06`)
  private mutating func leaves(
    _ situation: Situation, _ parameters: Parameters, _ now: Instant
  ) -> Bool {
    let subject = Subject.block(block)
    if situation.mustLetGo {
      reason = Reason(.otherBlockDepends, subject, since: now)
      return true
    }
    if situation.groundReturn != nil, !isFit(situation.groundReturn, parameters) { return false }
    let yieldsTooLittle =
      isCoasting || dropsPool || lasts(limitedSince, parameters.recoveryLoads, now)
    let isStarved = situation.hotShort && yieldsTooLittle
    let isIdle = lasts(lowSince, parameters.toGroundAfter, now) && now >= situation.dwellUntil
    guard isStarved || isIdle else { return false }
    reason = Reason(.recoveryToGround, subject, since: now)
    return true
  }

  /// To the building once both sides have wanted it, both loads have been large enough and its
  /// water has been fit for the evaporator for long: a loop that swings would keep the unit waiting
  /// between its rows. A tank that is short stays with the ground unless the building takes all the
  /// cold that the unit can make. (`RECOVERY-01`, `RECOVERY-08`)
  private mutating func enters(
    _ situation: Situation, _ parameters: Parameters, _ now: Instant
  ) -> Bool {
    let wants =
      lasts(bothSince, parameters.recoveryWanted, now)
      && lasts(loadsSince, parameters.recoveryLoads, now)
      && lasts(enoughSince, parameters.backAfter, now)
      && lasts(fitSince, parameters.backAfter, now)
    let takesAll = coolingMean.map { $0 >= situation.unit.ratedCooling } ?? false
    guard wants, !situation.hotShort || takesAll, situation.changesLeft,
      now >= situation.dwellUntil, !situation.mustLetGo
    else { return false }
    let rule: Rule = ledger.changes.isEmpty ? .recoveryEnter : .recoveryBack
    reason = Reason(rule, .block(block), since: now)
    return true
  }

  /// In the evaporator's window, with the margin that the change-over itself asks for.
  private func isFit(_ water: Celsius?, _ parameters: Parameters) -> Bool {
    let margin = parameters.windowMargin
    return water.map {
      $0 >= parameters.evaporatorWindowLow + margin
        && $0 <= parameters.evaporatorWindowHigh - margin
    } ?? false
  }

  /// The load: what hot water wants, but never more than the cold side can take. It rises by its
  /// slope and falls at once.
  private mutating func limit(
    _ situation: Situation, _ parameters: Parameters, _ dt: TimeSpan, _ now: Instant
  ) {
    let least = situation.unit.minimumLoad
    drop(situation, parameters, now)
    coast(situation, parameters, now)
    let runs = situation.service == .recovery || situation.service == .hotWaterFromGround
    isWanted = runs && situation.isHeld && situation.hotWanted && !isCoasting
    guard isWanted, situation.isUnitRunning else {
      load = least
      isLimited = false
      loop.preset(to: least.value)
      return
    }
    let most = ceiling(situation, parameters)
    let deviation = situation.hotSupply.map { (parameters.hotSupply - $0).value } ?? 0
    let reachable = load + parameters.loadSlope * (dt.seconds / 60)
    let wanted = loop.step(
      error: deviation, gain: parameters.supplyGain, integralTime: parameters.supplyIntegralTime,
      dt: dt, range: least.value...max(least, min(most, reachable)).value)
    load = Fraction(wanted)
    isLimited = most < .one && load >= most
  }

  /// On the cooling row, from full at the limit down to the least where the unit is fully unloaded.
  /// (`RECOVERY-03`)
  private func ceiling(_ situation: Situation, _ parameters: Parameters) -> Fraction {
    guard situation.isOnCold else { return .one }
    let least = situation.unit.minimumLoad
    return parameters.mostByChilledWater(situation.chilledLeaving, least)
  }

  /// The pool goes when even the least load is too much for the cold side, and comes back once the
  /// loop has warmed. (`RECOVERY-04`)
  private mutating func drop(
    _ situation: Situation, _ parameters: Parameters, _ now: Instant
  ) {
    let isLeast = situation.isOnCold && isWanted && load <= situation.unit.minimumLoad
    let leaving = isLeast ? situation.chilledLeaving : nil
    keep(&coldSince, leaving.map { $0 < parameters.dropPoolAt } ?? false, now)
    keep(&veryColdSince, leaving.map { $0 < parameters.dropPoolAtOnce } ?? false, now)
    if lasts(coldSince, parameters.dropPoolAfter, now)
      || lasts(veryColdSince, parameters.dropPoolAtOnceAfter, now)
    {
      dropsPool = true
    }
    if !situation.isOnCold || isWarm(situation, parameters) { dropsPool = false }
  }

  /// The unit rests on the cooling row while the hot water can wait. (`RECOVERY-05`)
  private mutating func coast(
    _ situation: Situation, _ parameters: Parameters, _ now: Instant
  ) {
    guard situation.isOnCold else {
      isCoasting = false
      return
    }
    let isStillCold =
      dropsPool && (situation.chilledLeaving.map { $0 < parameters.coldUnloaded } ?? true)
    if !isCoasting, isStillCold, situation.mayCoast {
      isCoasting = true
      coastSince = now
      reason = Reason(
        .recoveryCoast, .block(block), since: now, until: now + parameters.unitMinimumOff,
        limit: Float(parameters.coastEnd.value))
    }
    if isCoasting, isWarm(situation, parameters), now - coastSince >= parameters.unitMinimumOff {
      isCoasting = false
    }
  }

  private func isWarm(_ situation: Situation, _ parameters: Parameters) -> Bool {
    (situation.chilledReturn ?? situation.chilledLeaving).map { $0 >= parameters.coastEnd } ?? false
  }

  /// Counts cold that nobody wanted. (`RECOVERY-10`)
  mutating func note(surplus: KilowattHours) { ledger.note(surplus: surplus) }
}

extension RecoveryControl: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("load", &load)
    archive.field("is_coasting", &isCoasting)
    archive.field("coast_since", &coastSince)
    archive.field("drops_pool", &dropsPool)
    archive.group("loop", &loop)
    archive.group("ledger", &ledger)
  }
}
