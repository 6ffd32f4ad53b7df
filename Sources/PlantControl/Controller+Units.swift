import PlantModel
import Quantities

extension Controller {
  /// What staging and recovery want of every unit.
  mutating func wishUnits(_ image: InputImage) {
    for index in plant.blocks.indices {
      if makesHotWater(index) { wishRecovery(index, image) } else { stage(index, image) }
    }
  }

  private mutating func wishRecovery(_ index: Int, _ image: InputImage) {
    let recovery = recoveries[index]
    for unit in plant.blocks[index].units {
      unitWishes[unit.index].isWanted = recovery.isWanted && !isStopping
      unitWishes[unit.index].load = recovery.load
      let isOff = modes[index].service(plant) == .off
      let rule: Rule =
        isOff ? .modeOff : recovery.isCoasting ? .recoveryCoast : .tankSatisfied
      unitWishes[unit.index].reason =
        recovery.isWanted
        ? Reason(.loadFollowsDemand, .unit(unit), since: image.now)
        : Reason(rule, .block(BlockID(index)), since: image.now)
    }
  }

  private mutating func stage(_ index: Int, _ image: InputImage) {
    let block = BlockID(index)
    var available = 0
    var running = 0
    var heat = Kilowatts.zero
    var cold = Kilowatts.zero
    var least = Fraction.zero
    for unit in plant[block].units where claims[unit.index] != .taken {
      if isAvailable(unit) { available += 1 }
      if units[unit.index].phase == .running { running += 1 }
      heat = max(heat, plant[unit].ratedHeating)
      cold = max(cold, plant[unit].ratedCooling)
      least = max(least, plant[unit].minimumLoad)
    }
    let service = isStopping ? .off : modes[index].service(plant)
    let situation = Staging.Situation(
      service: service, blockHeld: serves(index), available: available, running: running,
      recoveryHelps: isRecoveryCooling, supply: buildingSupply(index, service, image),
      load: metered(index, image), ratedHeat: heat, ratedCold: cold, minimumLoad: least)
    stagings[index].step(situation, plant: plant, image: image)
    assign(index, image)
  }

  private var isRecoveryCooling: Bool {
    plant.blocks.indices.contains {
      modes[$0].service(plant) == .recovery
        && plant.blocks[$0].units.contains { units[$0.index].isOn }
    }
  }

  private func isAvailable(_ unit: UnitID) -> Bool {
    units[unit.index].readiness != .unfit
  }

  /// The building's water as it leaves the machines; without that sensor, the running units' own.
  func buildingSupply(_ index: Int, _ service: BlockMode.Service, _ image: InputImage)
    -> Celsius?
  {
    guard let building = plant.circuits.first(where: { $0.kind == .building }) else { return nil }
    if let supply = image.reading(building.supplyTemperature) { return supply }
    var sum = 0.0
    var count = 0.0
    for unit in plant.blocks[index].units where units[unit.index].phase == .running {
      let side = service == .cooling ? plant[unit].evaporator : plant[unit].condenser
      guard let leaving = image.reading(side.leaving) else { continue }
      sum += leaving.value
      count += 1
    }
    return count > 0 ? Celsius(sum / count) : nil
  }

  private func metered(_ index: Int, _ image: InputImage) -> Kilowatts? {
    for meter in plant.meters {
      switch meter.use {
      case .building(let block):
        if block.index == index { return image.reading(meter.power) }
      case .recoveredCold, .hotWater, .units, .pumps: break
      }
    }
    return nil
  }

  /// Which units make up the stage: those that run stay, one that cannot serve is replaced at once,
  /// the least-run one that is ready comes next. (`STAGE-05`, `STAGE-08`)
  private mutating func assign(_ index: Int, _ image: InputImage) {
    let block = BlockID(index)
    let staging = stagings[index]
    var count = 0
    for unit in plant[block].units {
      unitWishes[unit.index].load = staging.load
      switch claims[unit.index] {
      case .none: break
      case .shared: unitWishes[unit.index].isWanted = true
      case .taken: unitWishes[unit.index].isWanted = false
      }
      guard unitWishes[unit.index].isWanted else { continue }
      let keeps = isAvailable(unit) && !(isWaiting(unit) && hasReadySpare(block))
      unitWishes[unit.index].isWanted = keeps
      if keeps { count += 1 }
    }
    while count > staging.stage, let unit = leastNeeded(block) {
      unitWishes[unit.index].isWanted = false
      count -= 1
    }
    while count < staging.stage, let unit = next(block) {
      unitWishes[unit.index].isWanted = true
      count += 1
    }
    for unit in plant[block].units {
      unitWishes[unit.index].reason =
        unitWishes[unit.index].isWanted
        ? Reason(.stageUp, .block(block), since: staging.stageSince)
        : staging.stage == 0
          ? staging.reason
          : Reason(.unitNotWanted, .block(block), since: staging.stageSince)
    }
    wishClaimed(block, image)
  }

  private func isWaiting(_ unit: UnitID) -> Bool { units[unit.index].readiness == .waiting }

  private func hasReadySpare(_ block: BlockID) -> Bool {
    plant[block].units.contains {
      !unitWishes[$0.index].isWanted && units[$0.index].readiness == .ready
        && claims[$0.index] != .taken
    }
  }

  /// The wanted unit that goes first: one that does not run, else the most-run one; never one whose heat
  /// hot water takes.
  private func leastNeeded(_ block: BlockID) -> UnitID? {
    var best: UnitID?
    for unit in plant[block].units
    where unitWishes[unit.index].isWanted && claims[unit.index] == .none {
      guard let other = best else {
        best = unit
        continue
      }
      let (own, its) = (units[unit.index], units[other.index])
      let isBetter = own.isOn == its.isOn ? own.runTime > its.runTime : !own.isOn
      if isBetter { best = unit }
    }
    return best
  }

  /// The unit that comes next: one that is ready, else one that will be; the least-run of them.
  private func next(_ block: BlockID) -> UnitID? {
    var best: UnitID?
    for unit in plant[block].units
    where !unitWishes[unit.index].isWanted && isAvailable(unit) && claims[unit.index] != .taken {
      guard let other = best else {
        best = unit
        continue
      }
      let isBetter =
        isWaiting(unit) == isWaiting(other)
        ? units[unit.index].runTime < units[other.index].runTime : isWaiting(other)
      if isBetter { best = unit }
    }
    return best
  }

  mutating func stepUnits(_ image: InputImage, isStopped: Bool) {
    let now = image.now
    for index in units.indices {
      let block = plant.units[index].block
      let state = changeOvers[block.index]
      let row = rows[block.index]
      var wish = UnitControl.Wish(
        isWanted: unitWishes[index].isWanted, load: unitWishes[index].load,
        reason: unitWishes[index].reason,
        blockHeld: state.phase == .held && row != nil && !isOnJoinedCircuit(index),
        pathOpen: branches[2 * index].isOpen && branches[2 * index + 1].isOpen,
        startsHeldUntil: startsHeldUntil,
        staggeredUntil: lastUnitStart + plant.parameters.staggerUnits, mustStop: nil)
      if state.phase != .held { wish.isWanted = false }
      if state.phase != .held {
        wish.reason = Reason(.unitsStoppedBeforeChange, .block(block), since: state.since)
      }
      if isStopped {
        wish.mustStop = Reason(.emergencyStop, .plant, since: now)
      } else if row == nil {
        wish.mustStop = Reason(.blockNotInPosition, .block(block), since: now)
      } else if isOnJoinedCircuit(index) {
        wish.mustStop = Reason(.oneCircuitPerVessel, .block(block), since: now)
      }
      if units[index].phase == .openingPath || units[index].phase == .failed {
        wish.pathLoss = lossOfPath(UnitID(index))
      }
      turn(&wish, of: index, image)
      let wasOn = units[index].phase.isOn
      units[index].step(wish, plant: plant, image: image, board: &board)
      if units[index].phase.isOn, !wasOn { lastUnitStart = now }
    }
  }

  mutating func countEnergy(_ image: InputImage) {
    let cooling = plant.circuits.first { $0.kind == .building }
    let supply = cooling.flatMap { image.reading($0.supplyTemperature) }
    let isColdWanted = supply.map { $0 > plant.parameters.coldUnloaded } ?? true
    account.step(
      isColdWanted: isColdWanted, services: { [modes, plant] in modes[$0].service(plant) },
      plant: plant, image: image)
    guard account.lastSurplus > .zero else { return }
    for index in recoveries.indices where modes[index].service(plant) == .recovery {
      recoveries[index].note(surplus: account.lastSurplus)
    }
  }
}
