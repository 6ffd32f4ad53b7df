public import PlantModel
public import Quantities

/// How many units of a block serve the building, and at what load.
///
/// The measured load decides (`STAGE-01`, `STAGE-02`), the supply temperature fails safe
/// (`STAGE-03`) and sets the load of those that run (`STAGE-09`). Without the heat meter the load
/// command stands for the load; without the supply sensor the running units' own leaving water
/// does; without either the last load is held.
public struct Staging: Sendable, Hashable {
  public let block: BlockID
  /// Units that are wanted.
  public internal(set) var stage = 0
  public internal(set) var stageSince: Instant
  public internal(set) var load: Fraction = .zero
  public internal(set) var demand: Kilowatts = .zero
  public internal(set) var reason: Reason
  public internal(set) var setpoint: Celsius = Celsius(0)
  var loop = PILoop()
  var isEnabled = false
  var enabledSince: Instant
  var upSince: Instant = .distantFuture
  var downSince: Instant = .distantFuture
  var offSince: Instant = .distantFuture
  var goneSince: Instant = .distantFuture
  var wantedSince: Instant = .distantFuture
  var heatingAllowed = true
  var coolingAllowed = true
  private var lastStep: Instant

  init(_ block: BlockID, now: Instant) {
    self.block = block
    stageSince = now
    enabledSince = now - .hours(1)
    lastStep = now
    reason = Reason(.plantDisabled, .block(block), since: now)
  }

  /// What a scan knows beside the image.
  struct Situation {
    var service: BlockMode.Service
    var blockHeld: Bool
    /// How many units can run at all.
    var available: Int
    var running: Int
    /// Recovery cools the building too: the main units start only for what it cannot hold.
    var recoveryHelps: Bool
    var supply: Celsius?
    /// What the block's units give the building, metered; nil when the meter is away.
    var load: Kilowatts?
    var ratedHeat: Kilowatts
    var ratedCold: Kilowatts
    var minimumLoad: Fraction
  }

  mutating func step(_ situation: Situation, plant: Plant, image: InputImage) {
    let now = image.now
    let dt = max(now - lastStep, .zero)
    lastStep = now
    let parameters = plant.parameters
    lockOut(parameters, image, plant)
    setpoint = Staging.setpoint(situation.service, parameters)
    let isCooling = situation.service == .cooling
    let deviation = situation.supply.map { isCooling ? $0 - setpoint : setpoint - $0 }
    let rated = isCooling ? situation.ratedCold : situation.ratedHeat
    average(situation, rated: rated, dt, parameters)
    enable(situation, deviation, parameters, now)
    if isEnabled {
      restage(situation, deviation, rated: rated, parameters, now)
    } else if stage != 0 {
      set(0, now, reason)
    }
    regulate(situation, deviation, dt, parameters)
  }

  static func setpoint(_ service: BlockMode.Service, _ parameters: Parameters) -> Celsius {
    switch service {
    case .cooling: parameters.coolingSupply
    case .transition: parameters.transitionSupply
    case .heating, .off, .hotWaterFromGround, .recovery: parameters.heatingSupply
    }
  }

  /// Whether outdoor weather allows the service now; building circulation goes by it too.
  func isAllowed(_ service: BlockMode.Service) -> Bool {
    switch service {
    case .cooling: coolingAllowed
    case .heating, .transition: heatingAllowed
    case .off, .hotWaterFromGround, .recovery: false
    }
  }

  private mutating func lockOut(_ parameters: Parameters, _ image: InputImage, _ plant: Plant) {
    guard let outdoor = image.reading(plant.site.outdoorTemperature) else { return }
    let band = parameters.lockOutHysteresis
    if outdoor > parameters.heatingLockOut + band { heatingAllowed = false }
    if outdoor < parameters.heatingLockOut - band { heatingAllowed = true }
    if outdoor < parameters.coolingLockOut - band { coolingAllowed = false }
    if outdoor > parameters.coolingLockOut + band { coolingAllowed = true }
  }

  private mutating func average(
    _ situation: Situation, rated: Kilowatts, _ dt: TimeSpan, _ parameters: Parameters
  ) {
    let estimate = rated * Double(situation.running) * load.value
    let measured = max(situation.load ?? estimate, .zero)
    let part = min(dt / parameters.loadMeanTime, 1)
    demand += (measured - demand) * part
  }

  private mutating func enable(
    _ situation: Situation, _ deviation: TemperatureDifference?, _ parameters: Parameters,
    _ now: Instant
  ) {
    let mayServe = situation.blockHeld && situation.service != .off
    guard mayServe, isAllowed(situation.service) else {
      let rule: Rule =
        situation.service == .off
        ? .modeOff
        : !situation.blockHeld ? .blockNotInPosition : .outdoorLockOut
      switchOff(Reason(rule, .block(block), since: now), now)
      return
    }
    let band =
      situation.recoveryHelps && situation.service == .cooling
      ? parameters.recoveryHolds : parameters.demandBand
    if !isEnabled {
      let wants = deviation.map { $0 > band } ?? false
      wantedSince = wants ? min(wantedSince, now) : .distantFuture
      // Recovery gets its time to hold the water alone. (`RECOVERY-02`)
      let patience = situation.recoveryHelps ? parameters.stageDelay : .zero
      let rested = max(
        enabledSince + parameters.plantMinimumOff, wants ? wantedSince + patience : now)
      if wants, now >= rested {
        isEnabled = true
        enabledSince = now
        set(1, now, Reason(.stageUp, .block(block), since: now))
      } else {
        reason = Reason(
          .plantDisabled, .block(block), since: enabledSince,
          until: wants ? rested : .distantFuture, limit: Float(band.value))
      }
      return
    }
    relieve(situation, deviation, parameters, now)
  }

  /// Demand is gone when the least load overshoots: units go one by one, the last one with the
  /// plant.
  private mutating func relieve(
    _ situation: Situation, _ deviation: TemperatureDifference?, _ parameters: Parameters,
    _ now: Instant
  ) {
    let most =
      situation.service == .cooling ? parameters.failsafeCooling : parameters.failsafeHeating
    // Beside recovery the last main unit goes as soon as its least load holds the water.
    let yields = situation.recoveryHelps && stage <= 1
    let limit = yields ? parameters.recoveryHolds : -most
    let overshoots = load <= situation.minimumLoad && (deviation.map { $0 < limit } ?? false)
    goneSince = overshoots ? min(goneSince, now) : .distantFuture
    guard goneSince <= now, now - goneSince >= parameters.demandGone else { return }
    let why = Reason(.plantDisabled, .block(block), since: now, limit: Float(most.value))
    if stage > 1 {
      set(stage - 1, now, why)
      goneSince = now
    } else if now - enabledSince >= parameters.plantMinimumOn {
      switchOff(why, now)
    }
  }

  private mutating func switchOff(_ why: Reason, _ now: Instant) {
    if isEnabled {
      isEnabled = false
      enabledSince = now
    }
    goneSince = .distantFuture
    reason = why
  }

  /// One more or one fewer, when its reason and the stage have lasted. (`STAGE-01` to `STAGE-04`)
  private mutating func restage(
    _ situation: Situation, _ deviation: TemperatureDifference?, rated: Kilowatts,
    _ parameters: Parameters, _ now: Instant
  ) {
    let failsafe =
      situation.service == .cooling ? parameters.failsafeCooling : parameters.failsafeHeating
    let isOff = deviation.map { $0 > failsafe } ?? false
    offSince = isOff ? min(offSince, now) : .distantFuture
    let capacity = rated * Double(max(stage, 1))
    let ratio = Fraction(demand / capacity)
    let wantsUp = ratio > parameters.stageUpRatio
    upSince = wantsUp ? min(upSince, now) : .distantFuture
    let less = rated * Double(max(stage - 1, 1))
    let wantsDown =
      stage > 1 && !isOff && Fraction(demand / less) < parameters.stageUpRatio
    downSince = wantsDown ? min(downSince, now) : .distantFuture
    let delay = parameters.stageDelay
    let isLong = { (since: Instant) in since <= now && now - since >= delay }
    guard now - stageSince >= delay, situation.running >= min(stage, situation.available) else {
      return
    }
    let subject = Subject.block(block)
    if isLong(offSince), stage < situation.available {
      set(stage + 1, now, Reason(.stageFailsafe, subject, since: now, limit: Float(failsafe.value)))
    } else if isLong(upSince), stage < situation.available {
      set(stage + 1, now, Reason(.stageUp, subject, since: now, limit: Float(ratio.value)))
    } else if isLong(downSince) {
      set(stage - 1, now, Reason(.stageDown, subject, since: now, limit: Float(ratio.value)))
    }
  }

  /// Another number of units, with the total load kept.
  private mutating func set(_ count: Int, _ now: Instant, _ why: Reason) {
    let share = count > 0 ? Double(stage) / Double(count) : 0
    loop.preset(to: min(load.value * share, 1))
    stage = count
    stageSince = now
    reason = why
    upSince = .distantFuture
    downSince = .distantFuture
    offSince = .distantFuture
  }

  /// PI on the supply temperature; nothing is integrated past the ends of its range.
  private mutating func regulate(
    _ situation: Situation, _ deviation: TemperatureDifference?, _ dt: TimeSpan,
    _ parameters: Parameters
  ) {
    guard stage > 0, situation.running > 0 else {
      load = situation.minimumLoad
      return
    }
    guard let deviation else { return }
    load = Fraction(
      loop.step(
        error: deviation.value, gain: parameters.supplyGain,
        integralTime: parameters.supplyIntegralTime, dt: dt,
        range: situation.minimumLoad.value...1))
  }
}

extension Staging: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("stage", &stage)
    archive.field("load", &load)
    archive.group("loop", &loop)
    archive.field("is_enabled", &isEnabled)
    archive.field("enabled_since", &enabledSince)
    archive.field("demand_kilowatts", &demand)
    archive.field("heating_allowed", &heatingAllowed)
    archive.field("cooling_allowed", &coolingAllowed)
  }
}
