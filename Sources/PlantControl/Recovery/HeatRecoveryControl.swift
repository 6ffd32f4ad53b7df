import PlantModel
import Quantities

/// What hot water asks of a unit.
enum UnitClaim: Sendable, Hashable {
  case none
  /// It goes on serving the building, or begins to: its second condenser takes the heat.
  case shared
  /// It is taken from the building.
  case taken
}

/// A unit's desuperheater, or the turning to its second condenser. Rules `RECOVERY-11` to `RECOVERY-16`.
///
/// Without proven flow the unit is never turned, and turned back in the scan in which that is lost, or what
/// the unit says of it. While it is turned only the second condenser has flow; before it is turned back on
/// the run, its own condenser gets it. Without the leaving temperature it is turned back after
/// `sensor_hold_seconds`; without the hot side's supply the load is held.
struct HeatRecoveryControl: Sendable, Hashable {
  let unit: UnitID
  let circuit: CircuitID
  let isDesuperheater: Bool
  private(set) var phase = Phase.apart
  private(set) var claim = UnitClaim.none
  /// The hot-water circuit's pumps are to move water through the part.
  private(set) var wantsFlow = false
  /// What hot water wants of the compressor while the unit is turned.
  private(set) var load: Fraction
  private(set) var reason: Reason
  private var since: Instant
  /// When it was last told another condenser.
  private var told: Instant = .distantPast
  private var askedSince: Instant = .distantFuture
  private var strangeSince: Instant = .distantFuture
  private var heldUntil: Instant = .distantPast
  private var seen: Instant
  private var isHot = false
  /// Turned, and not seen back since.
  private var mayBeTurned = false
  private var takesCold = false
  private var loop = PILoop()
  private var lastStep: Instant

  /// Where the unit's heat goes.
  enum Phase: Sendable, Hashable {
    /// To its own condenser.
    case apart
    /// Told to turn, not confirmed yet: both condensers have flow while the unit runs.
    case turning
    case turned
    /// Still turned, until its own condenser has flow again.
    case returning
  }

  /// Nil for a unit that has neither.
  init?(_ unit: UnitID, plant: Plant, now: Instant) {
    guard let recovery = plant[unit].recovery else { return nil }
    self.unit = unit
    circuit = recovery.circuit
    isDesuperheater = recovery.command == nil
    load = plant[unit].minimumLoad
    since = now
    seen = now
    lastStep = now
    reason = Reason(.tankSatisfied, .unit(unit), since: now)
  }

  /// Told to be turned.
  var isTurned: Bool { phase != .apart }

  /// What stands around the unit when hot water may ask for it.
  struct Asking {
    /// A tank of the circuit wants heat that no other unit gives yet.
    var wantsHeat: Bool
    /// The unit's block holds the row of a mode that serves the building.
    var serves: Bool
    var isFit: Bool
    var isCooling: Bool
    /// Staging wants units for cooling.
    var isColdWanted: Bool
    /// The building's water on its way to the machines.
    var chilledReturn: Celsius?
  }

  /// Whether hot water asks for the unit. In heating that takes it from the building; in cooling it serves
  /// both, and runs for hot water alone only while the chilled water can take the cold. (`RECOVERY-13`)
  mutating func ask(_ asking: Asking, plant: Plant, image: InputImage) {
    let parameters = plant.parameters
    let leaving = image.reading(plant[unit].evaporator.leaving)
    if asking.chilledReturn.map({ $0 >= parameters.coastEnd }) ?? false { takesCold = true }
    let isCold = isTurned && (leaving.map { $0 < parameters.coldUnloaded } ?? true)
    if isCold || asking.chilledReturn == nil { takesCold = false }
    let wants = asking.wantsHeat && image.now >= heldUntil
    // It stays for its dwell time, satisfied or not. (`RECOVERY-14`)
    let dwells = phase == .turned && image.now < told + parameters.secondCondenserDwell
    let mayServe = !asking.isCooling || asking.isColdWanted || takesCold
    guard !isDesuperheater, asking.serves, asking.isFit, !isHot, wants || dwells, mayServe else {
      claim = .none
      return
    }
    claim = asking.isCooling ? .shared : .taken
  }

  /// What stands around the unit when its part is decided.
  struct Around {
    var phase: UnitPhase
    var wantsWater: Bool
    /// Staging or hot water wants it to run.
    var isWanted: Bool
    /// A tank of the circuit wants heat.
    var wantsHeat: Bool
    var isColdWanted: Bool
    /// The last word of an emergency stop.
    var isStopped: Bool

    /// On its way up, not running yet.
    var isRising: Bool { phase == .openingPath || phase == .waitingForFlow }
  }

  mutating func step(_ around: Around, plant: Plant, image: InputImage, board: inout Board) {
    let now = image.now
    let dt = max(now - lastStep, .zero)
    lastStep = now
    guard let recovery = plant[unit].recovery else { return }
    guard let command = recovery.command else {
      // `RECOVERY-11`
      wantsFlow = around.wantsHeat && around.phase.isOn
      return
    }
    let age = plant.parameters.proofMaximumAge
    let flow = image.isProven(recovery.flowProof, within: age)
    watchHeat(recovery, flow: flow, plant.parameters, image)
    // A unit that is not heard says nothing of it.
    let isHeard = image.state(plant[unit].running) != nil
    let shown = isHeard ? recovery.isTurned(told: isTurned, image) : nil
    if let step = next(around, shown: shown, flow: flow, plant: plant, image: image) {
      if (step.phase == .apart) == isTurned { told = now }
      phase = step.phase
      since = now
      reason = step.reason
    }
    let asks = claim != .none && (around.phase.isOn || around.isRising)
    mayBeTurned = isTurned || shown ?? mayBeTurned
    wantsFlow = around.wantsWater && (mayBeTurned || asks)
    askedSince = wantsFlow && !flow ? min(askedSince, now) : .distantFuture
    regulate(around, dt, plant: plant, image: image)
    let rested = told + plant.parameters.secondCondenserDwell
    let waits = !isTurned && asks && now < rested
    board.outputs.decide(
      command, isTurned && flow,
      waits ? Reason(.secondCondenserDwell, .unit(unit), since: told, until: rested) : reason)
    raise(recovery, shown: shown, plant.parameters, now, &board)
  }

  /// Too hot until it has been turned back for its dwell time. (`RECOVERY-15`)
  private mutating func watchHeat(
    _ recovery: HeatRecovery, flow: Bool, _ parameters: Parameters, _ image: InputImage
  ) {
    let leaving = image.reading(recovery.leaving)
    if leaving != nil || !isTurned { seen = image.now }
    if isTurned, let leaving, leaving > parameters.secondCondenserLimit { isHot = true }
    if !isTurned, image.now >= told + parameters.secondCondenserDwell { isHot = false }
  }

  /// The one change of phase that this scan allows, or nil to stay.
  private func next(
    _ around: Around, shown: Bool?, flow: Bool, plant: Plant, image: InputImage
  ) -> (phase: Phase, reason: Reason)? {
    let now = image.now
    let parameters = plant.parameters
    let why = { (rule: Rule) in Reason(rule, .unit(unit), since: now) }
    if isTurned {
      if around.isStopped { return (.apart, why(.emergencyStop)) }
      if !around.wantsWater { return (.apart, why(.tankSatisfied)) }
      let isLate = phase == .turning && now - since > parameters.strokeLimit
      let isUnconfirmed = phase != .turning && shown != true
      // `RECOVERY-16`
      if !flow || isLate || isUnconfirmed || now - seen > parameters.sensorHold {
        return (.apart, why(.secondCondenserUnproven))
      }
    }
    switch phase {
    case .apart:
      let hasOwn =
        !around.phase.isOn
        || image.isProven(plant[unit].condenser.flowProof, within: parameters.proofMaximumAge)
      let isDue = claim != .none && wantsFlow && flow && hasOwn && !around.isStopped
      guard isDue, now >= told + parameters.secondCondenserDwell || around.isRising else {
        return nil
      }
      return (.turning, why(.secondCondenser))
    case .turning:
      return shown == true ? (.turned, why(.secondCondenser)) : nil
    case .turned:
      guard isHot || claim == .none && around.isWanted else { return nil }
      let rule: Rule = isHot ? .secondCondenserHot : .tankSatisfied
      if around.isRising { return (.apart, why(rule)) }
      return around.phase.isOn ? (.returning, why(rule)) : nil
    case .returning:
      if claim != .none { return (.turned, why(.secondCondenser)) }
      let hasOwn = image.isProven(
        plant[unit].condenser.flowProof, within: parameters.proofMaximumAge)
      return hasOwn ? (.apart, reason) : nil
    }
  }

  /// Too hot, and its own condenser gets no water in time: the unit must stop.
  func mustStop(_ parameters: Parameters, _ now: Instant) -> Reason? {
    guard phase == .returning, isHot, now - since > parameters.waterLimit else { return nil }
    return Reason(.secondCondenserHot, .unit(unit), since: since)
  }

  /// The load holds the hot side's supply; for hot water alone the chilled water limits it.
  /// (`TANK-06`, `RECOVERY-03`)
  private mutating func regulate(
    _ around: Around, _ dt: TimeSpan, plant: Plant, image: InputImage
  ) {
    let parameters = plant.parameters
    let least = plant[unit].minimumLoad
    guard phase == .turned, !isHot, around.phase == .running else {
      load = least
      loop.preset(to: least.value)
      return
    }
    let supply = image.reading(plant[circuit].supplyTemperature)
    let most =
      claim == .shared && !around.isColdWanted
      ? parameters.mostByChilledWater(image.reading(plant[unit].evaporator.leaving), least) : .one
    let reachable = load + parameters.loadSlope * (dt.seconds / 60)
    load = Fraction(
      loop.step(
        error: supply.map { (parameters.hotSupply - $0).value } ?? 0, gain: parameters.supplyGain,
        integralTime: parameters.supplyIntegralTime, dt: dt,
        range: least.value...max(least, min(most, reachable)).value))
  }

  /// After a failure it is left alone for `pump_retry_seconds`; so long the alarm stands. (`RECOVERY-16`)
  private mutating func raise(
    _ recovery: HeatRecovery, shown: Bool?, _ parameters: Parameters, _ now: Instant,
    _ board: inout Board
  ) {
    let lasts = { (since: Instant, span: TimeSpan) in since <= now && now - since > span }
    strangeSince = !isTurned && shown == true ? min(strangeSince, now) : .distantFuture
    let isLost = since == now && reason.rule == .secondCondenserUnproven
    if isLost || lasts(askedSince, parameters.waterLimit)
      || lasts(strangeSince, parameters.strokeLimit)
    {
      heldUntil = now + parameters.pumpRetry
      askedSince = .distantFuture
    }
    guard now < heldUntil else { return }
    var points = [recovery.flowProof.point]
    if case .secondCondenser(_, let confirmed?) = recovery.kind { points.append(confirmed.point) }
    let subject = Subject.unit(unit)
    board.see(
      .flowLost, subject,
      Reason(
        .secondCondenserUnproven, subject, since: heldUntil - parameters.pumpRetry,
        until: heldUntil),
      by: points)
  }

  /// Goes on with a unit that is turned already, as its register says.
  mutating func takeOver(plant: Plant, image: InputImage) {
    guard let recovery = plant[unit].recovery, let command = recovery.command else { return }
    let sample = image.sample(command.point)
    guard sample.isUsable, sample.value >= 0.5,
      image.isProven(recovery.flowProof, within: plant.parameters.proofMaximumAge)
    else { return }
    phase = .turned
    since = image.now
    reason = Reason(.secondCondenser, .unit(unit), since: image.now)
  }
}

extension Parameters {
  /// A valve that opens, a pump that starts and water that comes, one after the other.
  fileprivate var waterLimit: TimeSpan { strokeLimit + proofOfRunning + proofOfFlow }

  /// What the chilled water allows: full load at its limit, down to the least where the unit is fully
  /// unloaded; the least without its temperature. (`RECOVERY-03`)
  func mostByChilledWater(_ leaving: Celsius?, _ least: Fraction) -> Fraction {
    guard let leaving else { return least }
    let span = max((coldLimit - coldUnloaded).value, 0.05)
    let part = min(max((leaving - coldUnloaded).value / span, 0), 1)
    return least + (Fraction.one - least) * part
  }
}
