public import PlantModel
public import Quantities

/// What the paths of a circuit ask of its pumps in one scan.
public struct FlowDemand: Sendable, Hashable {
  /// Some open branch wants water.
  public var isWanted = false
  /// At least one way from the supply header back to the pumps is proven open.
  public var pathProven = false
  /// What the open, wanted branches take by design.
  public var flow: CubicMetersPerHour = .zero
  public var setpoint: Kilopascals = .zero
  /// The circuit is seen open to another: nothing may drive its water.
  public var isJoined = false
  /// The circuit's pressure is below its cut-off.
  public var pressureTooLow = false
  /// An emergency stop: off at once.
  public var isInhibited = false
  /// Nothing of the plant answers: pumps start anew, one by one, when it does.
  public var isPowerLost = false
  /// A group that stands does not start before: the plant settles, other groups start one by one.
  public var startsHeldUntil: Instant = .distantPast
  public var reason: Reason

  public init(reason: Reason) { self.reason = reason }

  /// What stops every pump at once; nil while nothing does.
  var obstacle: Rule? {
    if isInhibited { return .emergencyStop }
    if isJoined { return .oneCircuitPerVessel }
    if isPowerLost { return .restartSettling }
    if pressureTooLow { return .lowCircuitPressure }
    return pathProven ? nil : .pathNotProven
  }
}

/// The pumps of one circuit: how many run, which, and how fast.
///
/// Never against a closed path (`PUMP-01`). A pump that does not prove itself within its time, trips,
/// is switched to local or is away is replaced in the same scan (`PUMP-06`, `PUMP-07`), at the speed
/// that it had. A drive that is away while no other can take over stays commanded: it is to go on by
/// itself, and must find its command when it is back (`PUMP-16`). Every `swap_interval_hours` the least-run idle pump takes over from the most-run one,
/// which goes on until the other is proven (`PUMP-15`). Without the differential-pressure sensor the
/// speed is held for `sensor_hold_seconds` and then goes to `safe_speed_fraction` (`PUMP-13`), by its
/// slope; without the flow sensor pumps are staged by design flow alone.
public struct PumpGroupControl: Sendable {
  public let id: PumpGroupID
  public internal(set) var pumps: [PumpControl]
  public internal(set) var speed: Fraction
  public internal(set) var reason: Reason
  public internal(set) var setpoint: Kilopascals
  var loop = PILoop()
  var stage = 0
  var stageSince: Instant
  var upSince: Instant = .distantFuture
  var downSince: Instant = .distantFuture
  var failsafeSince: Instant = .distantFuture
  var unwantedSince: Instant
  var lastStart: Instant = .distantPast
  var sensorSeen: Instant
  var lastSwap: Instant
  /// The pump that is to take over, until it is proven.
  private var successor: PumpID?
  private var lastStep: Instant

  init(_ id: PumpGroupID, plant: Plant, now: Instant) {
    self.id = id
    pumps = plant[id].pumps.map { PumpControl($0, now: now) }
    speed = plant.parameters.safeSpeed
    setpoint = plant[id].setpoint
    stageSince = now
    unwantedSince = now
    sensorSeen = now
    lastSwap = now
    lastStep = now
    reason = Reason(.noFlowWanted, .pumpGroup(id), since: now)
  }

  /// Pumps that are told to run.
  public var commanded: Int { pumps.count { $0.isCommanded } }
  var isRunning: Bool { pumps.contains { $0.isCommanded && $0.isProven } }

  /// A pump is proven to run, or told to and unseen: it goes on by itself as far as anybody knows.
  /// (`PUMP-16`)
  func mayMove(_ plant: Plant, _ image: InputImage) -> Bool {
    pumps.contains { pump in
      pump.isCommanded && (pump.isProven || image.state(plant[pump.id].running) == nil)
    }
  }

  /// Every pump is proven to stand: only then may the last valve of a path close.
  func isStopped(_ plant: Plant, _ image: InputImage) -> Bool {
    pumps.allSatisfy { !$0.isCommanded && image.state(plant[$0.id].running) == false }
  }

  mutating func step(_ demand: FlowDemand, plant: Plant, image: InputImage, board: inout Board) {
    let group = plant[id]
    let now = image.now
    let dt = max(now - lastStep, .zero)
    lastStep = now
    setpoint = demand.setpoint
    for index in pumps.indices { pumps[index].observe(dt, plant, image, &board) }
    if demand.isWanted { unwantedSince = now }
    let before = reason
    let target = count(demand, group: group, plant: plant, image: image)
    if reason.isSameGround(as: before) { reason.since = before.since }
    choose(target, demand, plant: plant, image: image, board: &board)
    regulate(demand, dt, group: group, plant: plant, image: image)
    command(demand, group: group, plant: plant, image: image, board: &board)
    let sound = pumps.count { $0.isCommanded || $0.mayStart(plant, image) }
    if demand.isWanted, demand.pathProven, sound < target {
      board.alarms.see(
        .pumpGroupShort, .pumpGroup(id), Reason(.pumpFailed, .pumpGroup(id), since: now))
    }
  }

  /// How many pumps are to run.
  private mutating func count(
    _ demand: FlowDemand, group: PumpGroup, plant: Plant, image: InputImage
  ) -> Int {
    let now = image.now
    let parameters = plant.parameters
    let subject = Subject.pumpGroup(id)
    if let rule = demand.obstacle {
      reason = rule == .pathNotProven ? demand.reason : Reason(rule, subject, since: now)
      set(0, now)
      return 0
    }
    guard demand.isWanted else {
      let ends = unwantedSince + parameters.leadOffDelay
      let goesOn = commanded > 0 && now < ends
      reason = Reason(
        goesOn ? .runOn : .noFlowWanted, subject, since: unwantedSince,
        until: goesOn ? ends : .distantFuture)
      set(goesOn ? 1 : 0, now)
      return stage
    }
    if commanded == 0, now < demand.startsHeldUntil {
      reason = Reason(.powerReturnStagger, subject, since: now, until: demand.startsHeldUntil)
      set(0, now)
      return 0
    }
    reason = demand.reason
    let parts = demand.flow / group.designFlow
    let needed = min(max(Int((parts - 0.1).rounded(.up)), 1), group.duty)
    if stage < needed { set(needed, now) }
    restage(needed, group: group, parameters: parameters, image: image, plant: plant)
    return stage
  }

  /// Up and down by measured flow, and up when full speed does not do. (`PUMP-04`)
  private mutating func restage(
    _ needed: Int, group: PumpGroup, parameters: Parameters, image: InputImage, plant: Plant
  ) {
    let now = image.now
    let circuit = plant[group.circuit]
    let margin = parameters.pumpStageMargin.value
    let whole = group.designFlow * Double(group.duty)
    let ratio = image.reading(circuit.flow).map { $0 / whole }
    let up = ratio.map { $0 > Double(stage) / Double(group.duty) - margin } ?? false
    let down = ratio.map { $0 < Double(stage - 1) / Double(group.duty) - margin } ?? true
    let pressure = image.reading(circuit.differentialPressure)
    let fails =
      speed.value > 0.99
      && (pressure.map { $0 < setpoint - parameters.pumpFailsafePressure } ?? false)
    upSince = up ? min(upSince, now) : .distantFuture
    downSince = down && stage > needed ? min(downSince, now) : .distantFuture
    failsafeSince = fails ? min(failsafeSince, now) : .distantFuture
    let lasts = { (since: Instant, span: TimeSpan) in since <= now && now - since >= span }
    if stage < group.duty,
      lasts(upSince, parameters.pumpStageTime)
        || lasts(failsafeSince, parameters.pumpFailsafeTime)
    {
      set(stage + 1, now)
    } else if lasts(downSince, parameters.pumpStageTime) {
      set(stage - 1, now)
    }
  }

  private mutating func set(_ count: Int, _ now: Instant) {
    guard count != stage else { return }
    stage = count
    stageSince = now
    upSince = .distantFuture
    downSince = .distantFuture
    failsafeSince = .distantFuture
  }

  /// Which pumps run: those that do go on, the least-run one starts, the most-run one stops. A pump
  /// that fails is replaced at once; others start `stagger_pumps_seconds` apart.
  private mutating func choose(
    _ target: Int, _ demand: FlowDemand, plant: Plant, image: InputImage, board: inout Board
  ) {
    let now = image.now
    let retry = plant.parameters.pumpTripRetry
    var failed = 0
    for index in pumps.indices where pumps[index].isCommanded {
      guard let why = pumps[index].failure(plant, image) else { continue }
      if why.rule == .deviceLost, leastRun(plant, image) == nil {
        pumps[index].goOn(now)
        continue
      }
      pumps[index].fail(why, retry: retry, now, &board)
      failed += 1
    }
    swap(target, plant: plant, image: image, board: &board)
    let most = successor == nil ? target : target + 1
    while commanded > most, let index = mostRun() { pumps[index].stop(reason, now, &board) }
    while commanded < target,
      failed > 0 || commanded == 0 || now - lastStart >= plant.parameters.staggerPumps,
      let index = leastRun(plant, image)
    {
      let rule: Rule = failed > 0 ? .standbyPump : commanded == 0 ? .leadPump : .stagedPump
      pumps[index].start(Reason(rule, .pump(pumps[index].id), since: now), now, &board)
      failed -= 1
      lastStart = now
    }
  }

  /// The scheduled change of pumps: the standby is proven before the duty pump goes. (`PUMP-15`)
  private mutating func swap(
    _ target: Int, plant: Plant, image: InputImage, board: inout Board
  ) {
    let now = image.now
    if let id = successor {
      guard let index = pumps.firstIndex(where: { $0.id == id }), pumps[index].isCommanded,
        target > 0
      else {
        successor = nil
        return
      }
      guard pumps[index].isProven else { return }
      successor = nil
      let why = Reason(.scheduledSwap, .pump(id), since: now)
      if commanded > target, let old = mostRun() { pumps[old].stop(why, now, &board) }
      return
    }
    guard target > 0, commanded == target, now - lastSwap >= plant.parameters.swapInterval,
      pumps.allSatisfy({ !$0.isCommanded || $0.isProven }), let old = mostRun(),
      let new = leastRun(plant, image), pumps[new].runTime < pumps[old].runTime
    else { return }
    lastSwap = now
    successor = pumps[new].id
    pumps[new].start(Reason(.scheduledSwap, .pump(pumps[new].id), since: now), now, &board)
  }

  private func leastRun(_ plant: Plant, _ image: InputImage) -> Int? {
    var best: Int?
    for index in pumps.indices
    where !pumps[index].isCommanded && pumps[index].mayStart(plant, image) {
      if best.map({ pumps[index].runTime < pumps[$0].runTime }) ?? true { best = index }
    }
    return best
  }

  private func mostRun() -> Int? {
    var best: Int?
    for index in pumps.indices where pumps[index].isCommanded {
      if best.map({ pumps[index].runTime > pumps[$0].runTime }) ?? true { best = index }
    }
    return best
  }

  /// One speed for all, by PI on differential pressure. (`PUMP-09`)
  private mutating func regulate(
    _ demand: FlowDemand, _ dt: TimeSpan, group: PumpGroup, plant: Plant, image: InputImage
  ) {
    let parameters = plant.parameters
    let low = group.speed.lowerBound / group.speed.upperBound
    let slope = Fraction(parameters.pumpSlope.value * dt.seconds / 60)
    guard isRunning else {
      speed = max(speed, Fraction(low))
      loop.preset(to: speed.value)
      return
    }
    guard let pressure = image.reading(plant[group.circuit].differentialPressure) else {
      if image.now - sensorSeen > parameters.sensorHold {
        speed = parameters.safeSpeed.clamped(to: speed - slope...speed + slope)
      }
      loop.preset(to: speed.value)
      return
    }
    sensorSeen = image.now
    let error = (setpoint - pressure) / max(setpoint, Kilopascals(1))
    let wanted = loop.step(
      error: error, gain: parameters.pumpGain, integralTime: parameters.pumpIntegralTime, dt: dt,
      range: low...1)
    let limited = Fraction(wanted).clamped(to: speed - slope...speed + slope)
    if limited.value != wanted {
      loop.preset(to: limited.value, error: error, gain: parameters.pumpGain)
    }
    speed = limited
  }

  private func command(
    _ demand: FlowDemand, group: PumpGroup, plant: Plant, image: InputImage, board: inout Board
  ) {
    let hertz = group.speed.upperBound * speed.value
    let holds = image.reading(plant[group.circuit].differentialPressure) == nil
    for control in pumps {
      let why = control.isCommanded ? control.reason : control.failedReason ?? reason
      board.outputs.decide(plant[control.id].runCommand, control.isCommanded, why)
      board.outputs.decide(
        plant[control.id].speedCommand, control.isCommanded ? hertz : .zero,
        Reason(
          control.isCommanded ? (holds ? .holdSpeed : .pressureLoop) : reason.rule,
          .pumpGroup(id), since: stageSince, limit: Float(setpoint.value)))
    }
  }

  /// Goes on with what runs already, as the registers say.
  mutating func takeOver(plant: Plant, image: InputImage) {
    for index in pumps.indices {
      let pump = plant[pumps[index].id]
      if image.mayBeCommanded(pump.runCommand, in: plant), image.state(pump.running) == true {
        pumps[index].takeOver(image.now)
        if let frequency = image.reading(pump.frequency) {
          speed = Fraction(frequency / plant[id].speed.upperBound).clamped(to: .zero...Fraction.one)
        }
      }
    }
    stage = commanded
    loop.preset(to: speed.value)
  }
}

extension PumpGroupControl {
  /// Keeps hours, starts and the last scheduled swap, each pump under its name.
  mutating func persist(in archive: inout some Archive, plant: Plant) {
    archive.groups("pump", plant[id].pumps.map { plant[$0].name }, &pumps)
    archive.open("pump_group/" + plant[id].name)
    archive.field("last_swap", &lastSwap)
    archive.close()
  }
}
