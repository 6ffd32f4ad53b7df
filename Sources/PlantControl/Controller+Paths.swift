import PlantModel
import Quantities

extension Controller {
  /// Which circuits' pumps all stand.
  mutating func surveyPumps(_ image: InputImage) {
    for index in isPumpless.indices { isPumpless[index] = true }
    for index in groups.indices {
      let circuit = plant[groups[index].id].circuit.index
      if isPumpless[circuit] { isPumpless[circuit] = groups[index].isStopped(plant, image) }
    }
  }

  /// Where every side of every unit gets its water now, and whether it is open.
  mutating func surveyBranches(_ image: InputImage) {
    surveyRows()
    for index in branches.indices {
      var branch = branches[index]
      branch.follow(rows[branch.block.index], plant)
      branch.isOpen = branch.circuit != nil
      branch.isShut = false
      if let place = branch.isolation {
        branch.isOpen = branch.isOpen && serviceValves[place].isOpen(valves, plant, image.now)
        branch.isShut = serviceValves[place].isClosed(valves, plant, image.now)
      }
      branches[index] = branch
    }
  }

  /// Which row every block holds; tells whether one has changed.
  @discardableResult
  mutating func surveyRows() -> Bool {
    var isChanged = false
    for index in rows.indices {
      let row = heldRow(BlockID(index))
      if rows[index] != row {
        rows[index] = row
        isChanged = true
      }
    }
    return isChanged
  }

  private func serviceValve(_ id: ValveID) -> ServiceValve? {
    serviceValves.first { $0.id == id }
  }

  /// The row through which water may still move: proven, or at least not seen otherwise.
  func heldRow(_ block: BlockID) -> PositionID? {
    let state = changeOvers[block.index]
    switch state.phase {
    case .held, .stoppingUnits, .waitingForWater, .stoppingFlow:
      guard let position = state.position,
        !RowView(plant: plant, id: block, valves: valves).contradicts(position)
      else { return nil }
      return position
    case .unknown, .closingOld, .openingNew, .stuck, .goingBack: return nil
    }
  }

  /// Who wants water where: units on their way up or down, circulation that waits for a change-over
  /// (`PUMP-14`), that measures the building's load, or that keeps pipes from freezing.
  mutating func wantBranches(_ image: InputImage) {
    for index in branches.indices {
      let unit = branches[index].unit.index
      branches[index].isWanted =
        units[unit].wantsFlow && (branches[index].side == .evaporator || needsOwnCondenser(unit))
    }
    for block in plant.blocks.indices {
      let waits = changeOvers[block].phase == .waitingForWater
      let serves = serves(block) && stagings[block].isAllowed(modes[block].service(plant))
      for index in plant.circuits.indices {
        let circuit = plant.circuits[index]
        let forWindow = waits && !isInWindow(block, CircuitID(index), image)
        let forLoad = serves && circuit.kind == .building && !isStopping
        let forFrost = frost.isWanted && circuit.kind != .openWell
        if forWindow || forLoad || forFrost { circulate(CircuitID(index), in: block) }
      }
    }
  }

  /// Opens a way through one unit of the block, the first that is open already or can be opened,
  /// unless the circuit's water moves through some other unit anyway.
  private mutating func circulate(_ circuit: CircuitID, in block: Int) {
    var chosen: Int?
    for index in branches.indices where branches[index].circuit == circuit {
      if branches[index].isWanted { return }
      guard plant[branches[index].unit].block.index == block else { continue }
      if chosen == nil || branches[index].isOpen && !branches[chosen!].isOpen { chosen = index }
    }
    if let chosen { branches[chosen].isWanted = true }
  }

  private func isInWindow(_ block: Int, _ circuit: CircuitID, _ image: InputImage) -> Bool {
    guard let target = changeOvers[block].target,
      let temperature = image.reading(plant[circuit].returnTemperature)
    else { return true }
    for (place, vessel) in plant.blocks[block].vessels.enumerated()
    where plant.blocks[block].circuit(of: VesselID(place), in: target) == circuit {
      if !plant.window(of: vessel.side).contains(temperature) { return false }
    }
    return true
  }

  /// Whether the block's units heat or cool the building in this mode.
  func serves(_ block: Int) -> Bool {
    switch modes[block].service(plant) {
    case .heating, .transition, .cooling:
      let state = changeOvers[block]
      return state.phase == .held && state.position == modes[block].position(plant)
    case .off, .hotWaterFromGround, .recovery: return false
    }
  }

  /// Isolation and charge valves follow their paths; the last way of running pumps stays open.
  mutating func stepServiceValves(_ image: InputImage) {
    let now = image.now
    for index in serviceValves.indices {
      let id = serviceValves[index].id
      var opens = false
      var rule = Rule.unitNotWanted
      if let place = isolated[index] {
        let branch = branches[place]
        let isLast = branch.circuit.map { !hasOtherWay($0, than: branch) } ?? false
        opens = branch.isWanted || isLast && serviceValves[index].isWantedOpen
        rule = opens ? .valveFollowsPath : .unitNotWanted
      } else if let open = chargeValveOpens(id) {
        opens = open
        rule = opens ? .tankCharging : .tankSatisfied
      }
      serviceValves[index].step(
        open: opens, Reason(rule, .valve(id), since: now), valves: valves, plant: plant, now: now,
        board: &board)
    }
  }

  /// Pumps stand, or another wanted way is open: this one may close.
  private func hasOtherWay(_ circuit: CircuitID, than own: Branch) -> Bool {
    isPumpless[circuit.index]
      || branches.contains {
        $0.circuit == circuit && $0.isOpen && $0.isWanted
          && ($0.unit != own.unit || $0.side != own.side)
      }
  }

  private func chargeValveOpens(_ id: ValveID) -> Bool? {
    for hot in hotWaters {
      for (place, tank) in hot.tanks.enumerated() where plant[tank.id].chargeValve == id {
        return hot.opens[place]
      }
    }
    return nil
  }

  mutating func stepHotWater(_ image: InputImage) {
    let charging = recoveries.contains { $0.isCharging }
    let drops = recoveries.contains { $0.dropsPool }
    let (plant, view, service) = (plant, valves, serviceValves)
    for index in hotWaters.indices {
      let circuit = hotWaters[index].circuit
      let moves =
        !isPumpless[circuit.index] || isRecoveryFlowWanted(circuit)
        || branches.contains { $0.circuit == circuit && $0.isWanted }
      hotWaters[index].step(
        evening: charging, dropsPool: drops, keepsPath: moves,
        isOpen: { id in service.first { $0.id == id }?.isOpen(view, plant, image.now) ?? false },
        plant: plant, image: image, board: &board)
    }
  }

  /// Every circuit's pumps: path, flow and set-point from the branches on it.
  mutating func stepPumps(_ image: InputImage, isStopped: Bool) {
    for index in groups.indices {
      let id = groups[index].id
      let circuit = plant[id].circuit
      var demand = FlowDemand(
        reason: Reason(.pathNotProven, .circuit(circuit), since: image.now))
      for branch in branches where branch.circuit == circuit {
        if branch.isOpen { demand.pathProven = true }
        guard branch.isWanted else { continue }
        if branch.isOpen { demand.isWanted = true }
        // A branch on its way counts already: its pump comes before it takes water from the others.
        demand.flow +=
          branch.side == .evaporator
          ? plant[branch.unit].evaporator.designFlow : plant[branch.unit].condenser.designFlow
      }
      let recovery = addHeatRecoveries(to: &demand, of: circuit)
      if let hot = hotWaters.first(where: { $0.circuit == circuit }) {
        demand.pathProven = demand.pathProven && isChargePathOpen(hot, image)
      }
      if demand.flow == .zero {
        demand.reason = Reason(.noFlowWanted, .pumpGroup(id), since: image.now)
      }
      if demand.isWanted, demand.pathProven {
        demand.reason = Reason(recovery ?? .leadPump, .circuit(circuit), since: image.now)
      }
      demand.setpoint = setpoint(of: id)
      addDistributions(to: &demand, of: circuit, image)
      demand.isInhibited = isStopped
      demand.isPowerLost = isPowerLost
      demand.isJoined = joined[circuit.index]
      demand.pressureTooLow = plant.makeUps.indices.contains {
        plant.makeUps[$0].circuit == circuit && makeUps[$0].isTooLow
      }
      demand.startsHeldUntil = max(
        startsHeldUntil,
        groups.reduce(.distantPast) { max($0, $1.lastStart) } + plant.parameters.staggerPumps)
      groups[index].step(demand, plant: plant, image: image, board: &board)
    }
  }

  private func isChargePathOpen(_ hot: HotWaterControl, _ image: InputImage) -> Bool {
    hot.tanks.contains { tank in
      serviceValve(plant[tank.id].chargeValve)?.isOpen(valves, plant, image.now) ?? false
    }
  }

  private func setpoint(of group: PumpGroupID) -> Kilopascals {
    var highest: Kilopascals?
    let circuit = plant[group].circuit
    for entry in plant[group].setpoints where rows[entry.block.index] == entry.position {
      let serves = branches.contains {
        $0.isWanted && $0.isOpen && $0.circuit == circuit
          && plant[$0.unit].block == entry.block
      }
      if serves { highest = max(highest ?? entry.pressure, entry.pressure) }
    }
    return highest ?? plant[group].setpoint
  }
}
