public import PlantModel
public import Quantities

/// The wells of one circuit: how many run, which, and how fast.
///
/// All turn at the same part of their range, which holds the temperature difference over their
/// exchangers (`WELL-05`): more wells slower are cheaper and gentler than few fast ones. A well that is
/// lost is made up for at once by the head-room of those that run and then by a start (`WELL-18`).
/// The least-run one comes next; one whose water has drifted to the worse side comes last
/// (`WELL-19`). At night, when even minimum flow is too much, the last one cycles on the temperature of
/// the source water (`WELL-20`).
public struct WellFieldControl: Sendable {
  public let circuit: CircuitID
  /// In the plant's order.
  let wells: [WellID]
  /// How many are to run.
  public internal(set) var stage = 0
  /// Part of the range between minimum flow and full speed.
  public internal(set) var share = Fraction.zero
  public internal(set) var isCycling = false
  var loop = PILoop()
  private var wanted: [Bool]
  private var why: [Reason]
  private var upSince: Instant = .distantFuture
  private var downSince: Instant = .distantFuture
  private var idleSince: Instant = .distantFuture
  private var busySince: Instant = .distantFuture
  private var cycleSince: Instant
  private var isResting = false
  private var running = 0
  private var isCooling = false
  private var isWanted = false
  private var lastStep: Instant

  init(_ circuit: CircuitID, plant: Plant, now: Instant) {
    self.circuit = circuit
    wells = plant.wells.indices.map { WellID($0) }.filter { plant[$0].circuit == circuit }
    wanted = wells.map { _ in false }
    why = wells.map { Reason(.wellNotWanted, .well($0), since: now) }
    cycleSince = now
    lastStep = now
  }

  /// What a scan asks of the circuit's wells.
  struct Demand {
    /// Water of the circuit moves, and its machines want heat or cold of it.
    var isWanted: Bool
    /// What the machines that want it take by design.
    var flow: CubicMetersPerHour
    /// Heat goes into the ground.
    var isCooling: Bool
    var reason: Reason
    /// Nobody may start a well yet, until then.
    var startsHeldUntil: Instant
    var mustStop: Reason?
    /// Its water is seen to get less: a leak, or pressure that make-up cannot hold.
    var loses: Bool
    /// Water is seen to come that nobody filled.
    var gains: Bool
  }

  mutating func step(
    _ demand: Demand, controls: inout [WellControl], plant: Plant, image: InputImage,
    board: inout Board
  ) {
    let now = image.now
    let dt = max(now - lastStep, .zero)
    lastStep = now
    isCooling = demand.isCooling
    count(demand, controls, plant, image)
    choose(demand, controls, plant, image)
    regulate(controls, dt, plant, image)
    let carries = wells.contains { controls[$0.index].isFit && !controls[$0.index].isGuided }
    isWanted = demand.isWanted
    if demand.isWanted, !carries {
      for id in wells { controls[id.index].flushing.abandon(now) }
    }
    if demand.isWanted, !maySpare(alone: !carries, by: WellFieldControl.cycleMargin, plant, image) {
      for id in wells { controls[id.index].testing.end(.needed, now) }
    }
    var held = demand.startsHeldUntil
    for (place, id) in wells.enumerated() {
      let wish = WellControl.Wish(
        isWanted: wanted[place], reason: why[place], share: share, startsHeldUntil: held,
        mustStop: demand.mustStop, circuitLoses: demand.loses,
        circuitGains: demand.gains)
      let wasOn = controls[id.index].isOn
      controls[id.index].step(wish, plant: plant, image: image, board: &board)
      // One after the other, but in place of one that was lost at once.
      let starts = !wasOn && controls[id.index].isOn
      if starts, running == 0 { held = max(held, now + plant.parameters.staggerPumps) }
    }
    let fit = wells.count { controls[$0.index].isFit }
    if demand.isWanted, fit < min(stage, wells.count) || fit == 0 {
      board.alarms.see(
        .wellsShort, .circuit(circuit), Reason(.pumpFailed, .circuit(circuit), since: now))
    }
  }

  // MARK: How many

  private mutating func count(
    _ demand: Demand, _ controls: [WellControl], _ plant: Plant, _ image: InputImage
  ) {
    let now = image.now
    let parameters = plant.parameters
    guard demand.isWanted, let first = wells.first else {
      set(0)
      isCycling = false
      isResting = false
      return
    }
    let design = plant[first].designFlow
    let needed = min(max(Int((demand.flow / design - 0.1).rounded(.up)), 1), wells.count)
    if stage < needed { set(needed) }
    var moved = CubicMetersPerHour.zero
    for id in wells where controls[id.index].isOn && !controls[id.index].isGuided {
      moved += image.reading(plant[id].extractedFlow) ?? plant[id].designFlow * 0.8
    }
    let isUp = moved > design * Double(max(running, 1)) * parameters.wellAddRatio.value
    let isDown =
      stage > needed && moved < design * Double(stage - 1) * parameters.wellDropRatio.value
    upSince = isUp ? min(upSince, now) : .distantFuture
    downSince = isDown ? min(downSince, now) : .distantFuture
    let lasts = { (since: Instant) in since <= now && now - since >= parameters.wellStageTime }
    if lasts(upSince), stage < wells.count {
      set(stage + 1)
    } else if lasts(downSince) {
      set(stage - 1)
    }
    cycle(demand, controls, plant, image)
  }

  private mutating func set(_ count: Int) {
    stage = count
    upSince = .distantFuture
    downSince = .distantFuture
  }

  /// A well that starts and is purged takes minutes until the source water feels it.
  private static let cycleMargin = TemperatureDifference(1.5)

  /// Too little load even for minimum flow: on and off by the temperature of the source water.
  private mutating func cycle(
    _ demand: Demand, _ controls: [WellControl], _ plant: Plant, _ image: InputImage
  ) {
    let now = image.now
    let parameters = plant.parameters
    let found = difference(controls, plant, image)
    let isIdle =
      stage == 1 && share == .zero
      && (found.map { $0 < parameters.wellCycleDifference } ?? false)
    idleSince = isIdle ? min(idleSince, now) : .distantFuture
    if !isCycling {
      guard idleSince <= now, now - idleSince >= parameters.wellCycleAfter else { return }
      isCycling = true
      rest(now)
      return
    }
    let isBusy = found.map { $0 > parameters.wellCycleDifference * 2 } ?? false
    busySince = isBusy && !isResting ? min(busySince, now) : .distantFuture
    if busySince <= now, now - busySince >= parameters.wellCycleAfter {
      isCycling = false
      return
    }
    guard let water = image.reading(plant[circuit].returnTemperature) else {
      // Unseen, the source water is kept moving: heat before economy.
      isResting = false
      return
    }
    let isCold = isNearFreezing(plant, image)
    if isResting {
      let isDue =
        demand.isCooling ? water > parameters.wellCycleWarm : water < parameters.wellCycleCold
      if isDue || isCold {
        isResting = false
        cycleSince = now
      }
    } else if !isCold, now - cycleSince >= parameters.wellCycleOn,
      let own = outlet(controls, plant, image)
    {
      // In cooling it may have started for either reason.
      let off = water - own
      let margin = parameters.wellCycleMargin
      if off > -margin, !demand.isCooling || off < margin { rest(now) }
    }
  }

  /// What the machines give back is colder still than the source water, and must not come near freezing: in
  /// cooling too, where some of them may heat.
  private func isNearFreezing(_ plant: Plant, _ image: InputImage) -> Bool {
    let least = plant.parameters.distributionColdAlarm + WellFieldControl.cycleMargin
    return image.reading(plant[circuit].supplyTemperature).map { $0 < least } ?? false
  }

  /// Whether the circuit's water can do without a well for a while: it is seen, not near freezing and, where no
  /// other well carries the load, `margin` away from where a well that cycles starts.
  private func maySpare(
    alone: Bool, by margin: TemperatureDifference, _ plant: Plant, _ image: InputImage
  ) -> Bool {
    guard let water = image.reading(plant[circuit].returnTemperature),
      !isNearFreezing(plant, image)
    else { return false }
    let parameters = plant.parameters
    let isFar =
      isCooling
      ? water < parameters.wellCycleWarm - margin : water > parameters.wellCycleCold + margin
    return !alone || isFar
  }

  /// Whether a well of the circuit may be tested now: nobody wants it, or the water lasts until it is back, which
  /// a pump that has just stopped takes its time for.
  func maySpare(_ id: WellID, _ controls: [WellControl], _ plant: Plant, _ image: InputImage)
    -> Bool
  {
    let others = wells.count { $0 != id && controls[$0.index].isOn && !controls[$0.index].isGuided }
    let isAlone = others < min(stage, wells.count - 1) || others == 0
    return !isWanted
      || maySpare(alone: isAlone, by: WellFieldControl.cycleMargin * 2, plant, image)
  }

  private mutating func rest(_ now: Instant) {
    isResting = true
    cycleSince = now
  }

  // MARK: Which

  private mutating func choose(
    _ demand: Demand, _ controls: [WellControl], _ plant: Plant, _ image: InputImage
  ) {
    let now = image.now
    let target = isResting ? 0 : stage
    var lost = 0
    var count = 0
    for (place, id) in wells.enumerated() where wanted[place] {
      if controls[id.index].isFit, !controls[id.index].isGuided {
        count += 1
      } else {
        wanted[place] = false
        why[place] = Reason(.wellNotWanted, .well(id), since: now)
        lost += 1
      }
    }
    while count > target, let place = worst(controls, plant, image) {
      wanted[place] = false
      let rule: Rule =
        !demand.isWanted ? demand.reason.rule : isResting ? .wellCycles : .wellNotWanted
      why[place] = Reason(rule, .well(wells[place]), since: now)
      count -= 1
    }
    while count < target, let place = best(controls, plant, image) {
      wanted[place] = true
      let rule: Rule = lost > 0 ? .wellReplaces : count > 0 ? .wellAdded : .wellWanted
      why[place] = Reason(rule, .well(wells[place]), since: now)
      lost -= 1
      count += 1
    }
  }

  /// The least-run well that may be added; one that has drifted only when there is no other.
  private func best(_ controls: [WellControl], _ plant: Plant, _ image: InputImage) -> Int? {
    var found: Int?
    for place in wells.indices where !wanted[place] && carries(place, controls) {
      guard let other = found else {
        found = place
        continue
      }
      if isBefore(place, other, controls, plant, image) { found = place }
    }
    return found
  }

  /// It serves or may serve soon, and is not being flushed.
  private func carries(_ place: Int, _ controls: [WellControl]) -> Bool {
    let control = controls[wells[place].index]
    return control.isFit && !control.isGuided
  }

  private func worst(_ controls: [WellControl], _ plant: Plant, _ image: InputImage) -> Int? {
    var found: Int?
    for place in wells.indices where wanted[place] {
      guard let other = found else {
        found = place
        continue
      }
      if isBefore(other, place, controls, plant, image) { found = place }
    }
    return found
  }

  private func isBefore(
    _ place: Int, _ other: Int, _ controls: [WellControl], _ plant: Plant, _ image: InputImage
  ) -> Bool {
    let drifts = hasDrifted(place, controls, plant, image)
    if drifts != hasDrifted(other, controls, plant, image) { return !drifts }
    return controls[wells[place].index].runTime < controls[wells[other].index].runTime
  }

  /// Its water is worse than the others' mean by more than `well_drift_kelvins`: colder while heat is
  /// taken, warmer while it is given.
  private func hasDrifted(
    _ place: Int, _ controls: [WellControl], _ plant: Plant, _ image: InputImage
  ) -> Bool {
    let well = plant[wells[place]]
    guard controls[wells[place].index].phase == .running,
      let own = image.reading(well.outletTemperature)
    else { return false }
    var sum = 0.0
    var count = 0.0
    for id in wells where id != wells[place] && controls[id.index].phase == .running {
      guard let value = image.reading(plant[id].outletTemperature) else { continue }
      sum += value.value
      count += 1
    }
    guard count > 0 else { return false }
    let off = own - Celsius(sum / count)
    return isCooling ? off > plant.parameters.wellDrift : off < -plant.parameters.wellDrift
  }

  // MARK: How fast

  private mutating func regulate(
    _ controls: [WellControl], _ dt: TimeSpan, _ plant: Plant, _ image: InputImage
  ) {
    let parameters = plant.parameters
    let now = wells.indices.count {
      controls[wells[$0].index].phase == .running && carries($0, controls)
    }
    if now < running, now > 0, stage >= running {
      // What the lost one moved is asked of the others at once.
      let whole = Double(running) / Double(now)
      loop.preset(to: min(share.value * whole + (whole - 1) * 0.5, 1))
    }
    running = now
    guard running > 0 else {
      share = .zero
      loop.preset(to: 0)
      return
    }
    // Without temperatures the speed is held.
    guard let found = difference(controls, plant, image) else { return }
    let wanted = parameters.wellDifference
    share = Fraction(
      loop.step(
        error: (found - wanted).value / wanted.value, gain: parameters.wellGain,
        integralTime: parameters.wellIntegralTime, dt: dt, range: 0...1))
  }

  /// The mean difference over the exchangers of the wells that run, whichever way the heat goes.
  private func difference(_ controls: [WellControl], _ plant: Plant, _ image: InputImage)
    -> TemperatureDifference?
  {
    var sum = 0.0
    var count = 0.0
    for id in wells
    where controls[id.index].phase == .running && !controls[id.index].isGuided {
      guard let out = image.reading(plant[id].outletTemperature),
        let back = image.reading(plant[id].returnTemperature)
      else { continue }
      sum += abs((out - back).value)
      count += 1
    }
    return count > 0 ? TemperatureDifference(sum / count) : nil
  }

  private func outlet(_ controls: [WellControl], _ plant: Plant, _ image: InputImage) -> Celsius? {
    for id in wells where controls[id.index].phase == .running {
      if let out = image.reading(plant[id].outletTemperature) { return out }
    }
    return nil
  }

  /// Wells that run already are the ones that are wanted.
  mutating func takeOver(_ controls: [WellControl], _ plant: Plant, _ image: InputImage) {
    for (place, id) in wells.enumerated() where controls[id.index].isOn {
      wanted[place] = true
      why[place] = Reason(.wellWanted, .well(id), since: image.now)
      let well = plant[id]
      let range = well.maximumFrequency - well.minimumFlowFrequency
      share = Fraction((controls[id.index].speed - well.minimumFlowFrequency) / range)
      running += 1
    }
    stage = running
    loop.preset(to: share.value)
  }
}
