import PlantModel
import Quantities

extension Controller {
  /// The mode of each block: a person's, or its rules'.
  mutating func stepModes(_ image: InputImage) {
    let now = image.now
    for index in modes.indices {
      if modes[index].unknown != nil { standIn(index, now) }
      let current = modes[index].service(plant)
      if makesHotWater(index) {
        stepRecovery(index, image)
        continue
      }
      switch current {
      case .hotWaterFromGround, .recovery: break
      case .heating, .transition, .cooling, .off:
        let wanted = season.proposal(current, plant.parameters)
        modes[index].proposed = wanted.flatMap { mode(of: index, $0) }
        let mayFollow =
          modes[index].isAutomatic && plant.site.seasonChange == .automatic
          && now - modes[index].changed >= plant.parameters.seasonDwell
        if mayFollow, let proposed = modes[index].proposed {
          modes[index].follow(proposed, at: now)
        }
      }
    }
  }

  /// A saved mode that is not known: the row that is proven decides. (`MODE-06`)
  private mutating func standIn(_ index: Int, _ now: Instant) {
    let subject = Subject.block(BlockID(index))
    let reason = Reason(.modeUnknown, subject, since: now)
    board.alarms.see(.modeUnknown, subject, reason)
    guard changeOvers[index].phase == .held, let row = changeOvers[index].position,
      modes[index].standIn(plant, row: row, at: now)
    else { return }
    board.tell(.modeChanged(modes[index].mode.index), subject, reason, at: now)
  }

  func mode(of block: Int, _ service: BlockMode.Service) -> ModeID? {
    plant.blocks[block].modes.firstIndex { $0.service == service }.map { ModeID($0) }
  }

  /// Whether a block's units make hot water, be it with what the building gives away or from the ground
  /// alone, and nothing else.
  func makesHotWater(_ block: Int) -> Bool {
    if mode(of: block, .recovery) != nil { return true }
    return mode(of: block, .hotWaterFromGround) != nil
      && ![.heating, .transition, .cooling].contains { mode(of: block, $0) != nil }
  }

  private mutating func stepRecovery(_ index: Int, _ image: InputImage) {
    guard let unitID = plant.blocks[index].units.first else { return }
    let now = image.now
    let state = changeOvers[index]
    let unit = plant[unitID]
    let cooling = coolingBlock(for: index)
    let canRecover = mode(of: index, .recovery) != nil
    let isCoolingActive =
      canRecover
      && (cooling.map { isHeldForMode($0) && modes[$0].service(plant) == .cooling } ?? false)
    let mustLetGo = cooling.map { modes[$0].service(plant) != .cooling || isStopping } ?? true
    let building = plant.blocks[index].dependences.first.map { plant[$0.circuit] }
    // `VALVE-16`
    let dwell = state.turned + plant.blocks[index].minimumDwell
    let today = (now + plant.site.utcOffset).milliseconds / 86_400_000
    if today != modes[index].changeDay {
      modes[index].changeDay = today
      modes[index].changes = 0
    }
    let limit = plant.blocks[index].maximumChangesPerDay
    // To the building only while the way back is left for the same day. (`VALVE-13`)
    let changesLeft = limit == 0 || !canRecover || modes[index].changes + 2 <= limit
    let situation = RecoveryControl.Situation(
      service: modes[index].service(plant), isHeld: isHeldForMode(index),
      isAutomatic: modes[index].isAutomatic, isCoolingActive: isCoolingActive,
      mustLetGo: mustLetGo, coolingLoad: coolingLoad(image),
      hotWanted: hotWaters.contains { isHeated($0, by: unitID) && $0.isWanted },
      heatDemand: hotWaters.reduce(.zero) {
        isHeated($1, by: unitID) ? $0 + $1.demand(plant) : $0
      },
      hotShort: hotWaters.contains { isHeated($0, by: unitID) && $0.isShort(plant, image) },
      mayCoast: hotWaters.contains { isHeated($0, by: unitID) && $0.mayCoast(plant, image) },
      hotSupply: hotSupply(of: unitID, image),
      chilledLeaving: image.reading(unit.evaporator.leaving),
      chilledReturn: building.flatMap { image.reading($0.returnTemperature) },
      groundReturn: plant.circuits.first { $0.kind.isGround }.flatMap {
        image.reading($0.returnTemperature)
      },
      unit: unit,
      isUnitRunning: plant.blocks[index].units.contains { units[$0.index].phase == .running },
      dwellUntil: dwell, changesLeft: changesLeft)
    let service = recoveries[index].step(situation, plant: plant, image: image)
    modes[index].proposed = mode(of: index, service)
    guard modes[index].isAutomatic, let wanted = modes[index].proposed else { return }
    if wanted != modes[index].mode, modes[index].service(plant) != .off {
      modes[index].changes += 1
    }
    modes[index].follow(wanted, at: now)
    if !changesLeft, modes[index].service(plant) == .hotWaterFromGround {
      board.alarms.see(
        .recoveryChangesUsedUp, .block(BlockID(index)),
        Reason(.changesPerDay, .block(BlockID(index)), since: now, limit: Float(limit)))
    }
  }

  /// The block that must hold a cooling row for this one to recover.
  private func coolingBlock(for block: Int) -> Int? {
    plant.blocks[block].dependences.first?.requiredBlock.index
  }

  private func isHeldForMode(_ index: Int) -> Bool {
    let state = changeOvers[index]
    return state.phase == .held && state.position == modes[index].position(plant)
  }

  /// What the building takes; nil while one of the meters that tell is away.
  private func coolingLoad(_ image: InputImage) -> Kilowatts? {
    var sum = Kilowatts.zero
    for meter in plant.meters {
      switch meter.use {
      case .building(let block):
        guard modes[block.index].service(plant) == .cooling else { continue }
      case .recoveredCold(let block):
        guard modes[block.index].service(plant) == .recovery else { continue }
      case .hotWater, .units, .pumps: continue
      }
      guard let power = image.reading(meter.power) else { return nil }
      sum += max(power, .zero)
    }
    return sum
  }

  /// Whether a unit's condenser is on a hot-water circuit; one that changes over may be on any.
  private func isHeated(_ hot: HotWaterControl, by unit: UnitID) -> Bool {
    switch plant[unit].condenser.water {
    case .circuit(let circuit): circuit == hot.circuit
    case .vessel: true
    }
  }

  private func hotSupply(of unit: UnitID, _ image: InputImage) -> Celsius? {
    hotWaters.first { isHeated($0, by: unit) }
      .flatMap { image.reading(plant[$0.circuit].supplyTemperature) }
  }

  /// The sequencers of all blocks, each told what the others do.
  mutating func stepChangeOvers(_ image: InputImage, isFrozen: Bool) {
    let now = image.now
    let times = ChangeOverTimes(
      stroke: plant.parameters.strokeLimit, stuck: plant.parameters.stuckLimit)
    for index in commands.indices { commands[index] = .stay }
    for index in changeOvers.indices {
      let around = interlock.surroundings(of: BlockID(index), valves: valves, states: changeOvers)
      let inputs = changeInputs(index, around, image, isFrozen: isFrozen)
      var state = changeOvers[index]
      let transition = state.step(
        inputs, block: BlockID(index), valves: valves, surroundings: around,
        interlock: interlock, times: times, now: now, commands: &commands)
      changeOvers[index] = state
      if !isFrozen { modes[index].isRetry = false }
      if let transition { announce(transition, index, now) }
      decideValves(index, now)
      raiseValves(index, now)
    }
  }

  private mutating func changeInputs(
    _ index: Int, _ around: Surroundings, _ image: InputImage, isFrozen: Bool
  ) -> ChangeOver.Inputs {
    let now = image.now
    let state = changeOvers[index]
    var inputs = ChangeOver.Inputs()
    inputs.wanted = isStopping ? nil : modes[index].position(plant)
    inputs.isRetry = modes[index].isRetry
    inputs.isFrozen = isFrozen
    let target = state.target ?? inputs.wanted
    inputs.unitsStopped =
      plant.blocks[index].units.allSatisfy {
        let phase = units[$0.index].phase
        return (phase == .stopped || phase == .failed) && image.state(plant[$0].running) == false
      }
    let restedAt = restedAt(index)
    inputs.unitsRested = now >= restedAt
    inputs.flowStopped = isFlowStopped(index)
    let wait = target.flatMap { plant.waterWait(for: $0, of: BlockID(index), image) }
    inputs.waterReady = target != nil && wait == nil
    forecasts[index].step(state.phase == .waitingForWater ? wait : nil, now)
    inputs.pressureReady = pressureIsReady(index, image)
    judgeChange(index, inputs, around, restedAt: restedAt, target: target, wait, now)
    return inputs
  }

  /// The guards as an operator sees them.
  private mutating func judgeChange(
    _ index: Int, _ inputs: ChangeOver.Inputs, _ around: Surroundings, restedAt: Instant,
    target: PositionID?, _ wait: WaterWait?, _ now: Instant
  ) {
    let subject = Subject.block(BlockID(index))
    let since = changeOvers[index].since
    var guards = changeGuards[index]
    changeGuards[index] = GuardList.empty
    guards.begin()
    guards.require(
      inputs.wanted == nil || inputs.wanted != changeOvers[index].position,
      Reason(.positionHeld, subject, since: since))
    if let target {
      guards.require(
        around.mayEnter.contains(target),
        Reason(.otherBlockRequired, subject, since: since))
    }
    if let position = changeOvers[index].position {
      guards.require(
        around.mayLeave.contains(position),
        Reason(.otherBlockDepends, subject, since: since))
    }
    guards.require(
      inputs.unitsStopped && inputs.unitsRested,
      Reason(.unitsStoppedBeforeChange, subject, since: since, until: restedAt))
    guards.require(
      inputs.waterReady,
      Reason(
        .waterTemperatureWindow, wait.map { .circuit($0.circuit) } ?? subject, since: since,
        until: forecasts[index].end, limit: wait.map { Float($0.bound.value) } ?? .infinity))
    guards.require(
      inputs.flowStopped, Reason(.pumpsStoppedBeforeChange, subject, since: since))
    guards.require(
      inputs.pressureReady,
      Reason(
        .pressureAcrossValve, subject, since: since,
        limit: Float(plant.parameters.valvePressureLimit.value)))
    changeGuards[index] = guards
  }

  /// No water moves through the block's valves: each unit is shut off from the vessel, or the pumps
  /// of every circuit that the vessel can reach stand.
  private func isFlowStopped(_ index: Int) -> Bool {
    for vessel in plant.blocks[index].vessels {
      if vessel.ports.allSatisfy({ isPumpless[$0.circuit.index] }) { continue }
      for branch in branches
      where plant[branch.unit].block.index == index && branch.side == vessel.side && !branch.isShut
      {
        return false
      }
    }
    return true
  }

  private func pressureIsReady(_ index: Int, _ image: InputImage) -> Bool {
    let limit = plant.parameters.valvePressureLimit
    for vessel in plant.blocks[index].vessels {
      var low: Kilopascals?
      var high: Kilopascals?
      for port in vessel.ports {
        guard let pressure = image.reading(plant[port.circuit].pressure) else { return false }
        low = low.map { min($0, pressure) } ?? pressure
        high = high.map { max($0, pressure) } ?? pressure
      }
      if let low, let high, high - low >= limit { return false }
    }
    return true
  }

  private mutating func announce(_ transition: ChangeOverTransition, _ index: Int, _ now: Instant) {
    let state = changeOvers[index]
    let subject = Subject.block(BlockID(index))
    let reason = changeReason(index, now)
    switch transition {
    case .changeBegun, .recoverUnknown, .rowLost, .begunAnew, .retried:
      board.tell(.changeBegun(state.target?.index ?? -1), subject, reason, at: now)
    case .changeDone, .rowFound, .rowCameBack:
      board.tell(.changeDone(state.position?.index ?? -1), subject, reason, at: now)
    case .stuckTooLong, .turnedBack, .oldWanted, .changeCancelled:
      board.tell(.changeAbandoned(state.position?.index ?? -1), subject, reason, at: now)
    case .unitsStopped, .waterReady, .flowStopped, .oldClosed, .closingTimedOut, .openingBlocked,
      .openingTimedOut, .closedAfterAll:
      break
    }
  }

  /// Why a block is where it is.
  func changeReason(_ index: Int, _ now: Instant) -> Reason {
    let state = changeOvers[index]
    let subject = Subject.block(BlockID(index))
    let stroke = state.since + plant.parameters.strokeLimit
    let make = { (rule: Rule, until: Instant) in
      Reason(rule, subject, since: state.since, until: until)
    }
    switch state.phase {
    case .unknown: return make(.positionUnknown, .distantFuture)
    case .held: return make(.positionHeld, .distantFuture)
    case .stoppingUnits:
      return make(.unitsStoppedBeforeChange, restedAt(index))
    case .waitingForWater:
      return obstacle(index) ?? make(.waterTemperatureWindow, .distantFuture)
    case .stoppingFlow: return make(.pumpsStoppedBeforeChange, .distantFuture)
    case .closingOld:
      let row = RowView(plant: plant, id: BlockID(index), valves: valves)
      guard state.isFreeOfOthers(row), var obstacle = obstacle(index) else {
        return make(.closingOldPosition, stroke)
      }
      obstacle.until = state.troubledSince + plant.parameters.stuckLimit
      return obstacle
    case .openingNew: return make(.openingNewPosition, stroke)
    case .stuck: return make(.valveNotProven, state.troubledSince + plant.parameters.stuckLimit)
    case .goingBack:
      return make(.wayBackToOldCircuit, state.since + plant.parameters.stuckLimit)
    }
  }

  /// The guard that a block waits for, other than its units and valves.
  private func obstacle(_ index: Int) -> Reason? {
    let phase = changeOvers[index].phase
    return changeGuards[index].guards.first {
      guard !$0.holds else { return false }
      switch $0.reason.rule {
      case .otherBlockRequired, .otherBlockDepends: return true
      case .waterTemperatureWindow: return phase == .waitingForWater
      case .pumpsStoppedBeforeChange, .pressureAcrossValve: return phase == .closingOld
      default: return false
      }
    }?.reason
  }

  private func restedAt(_ index: Int) -> Instant {
    var latest = Instant.distantPast
    for unit in plant.blocks[index].units {
      latest = max(latest, units[unit.index].rested(plant.blocks[index].unitsOffBefore))
    }
    return latest
  }

  private mutating func decideValves(_ index: Int, _ now: Instant) {
    let reason = changeReason(index, now)
    for valve in plant.blocks[index].valves {
      board.outputs.decide(plant[valve], commands[valve.index], reason)
    }
  }

  private mutating func raiseValves(_ index: Int, _ now: Instant) {
    let state = changeOvers[index]
    let subject = Subject.block(BlockID(index))
    for valve in plant.blocks[index].valves where valves[valve] == .unknown {
      board.see(
        .valvePositionUnknown, .valve(valve), Reason(.positionUnknown, .valve(valve), since: now),
        by: plant[valve].switches)
    }
    // A row that was lost is one that the block was not told to leave.
    let isLost = state.target != nil && state.target == state.position
    // While it is tried again the alarm stands: it must not come and go with every stroke.
    let isTriedAgain =
      (state.phase == .closingOld || state.phase == .openingNew)
      && board.alarms[AlarmKey(.changeOverStuck, subject)]?.isActive == true
    let isStuck = state.phase == .stuck || state.phase == .goingBack || isTriedAgain
    guard isStuck || isLost else { return }
    guard let row = state.phase == .goingBack || isLost ? state.position : state.target else {
      return
    }
    let block = plant.blocks[index]
    let mustClose = block.valves.filter { !block.isOpen($0, in: row) && valves[$0] != .closed }
    // Only when all others are closed were the row's own valves told to open.
    let mustOpen =
      mustClose.isEmpty && state.phase != .goingBack
      ? block.positions[row.index].open.filter { valves[$0] != .open } : []
    for valve in mustClose + mustOpen {
      board.see(
        .valveNotProven, .valve(valve), Reason(.valveNotProven, .valve(valve), since: state.since),
        by: plant[valve].switches)
    }
    if isStuck { board.alarms.see(.changeOverStuck, subject, changeReason(index, now)) }
  }
}
