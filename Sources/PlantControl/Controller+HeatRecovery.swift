import PlantModel
import Quantities

/// Desuperheaters and second condensers.
extension Controller {
  /// Which units hot water asks for: as many as its tanks can take, in the plant's order.
  mutating func claimUnits(_ image: InputImage) {
    for index in heatRecoveries.indices where !heatRecoveries[index].isDesuperheater {
      let part = heatRecoveries[index]
      let block = plant[part.unit].block.index
      let service = modes[block].service(plant)
      let chilled = plant.circuits.first { $0.kind == .building }
      heatRecoveries[index].ask(
        .init(
          wantsHeat: wantsHeat(part.circuit, before: index), serves: serves(block) && !isStopping,
          isFit: units[part.unit.index].readiness != .unfit, isCooling: service == .cooling,
          isColdWanted: stagings[block].stage > 0,
          chilledReturn: chilled.flatMap { image.reading($0.returnTemperature) }),
        plant: plant, image: image)
      claims[part.unit.index] = heatRecoveries[index].claim
    }
  }

  /// Whether the tanks of a circuit take more heat than the units claimed for it before make.
  private func wantsHeat(_ circuit: CircuitID, before place: Int) -> Bool {
    guard let hot = hotWaters.first(where: { $0.circuit == circuit }), hot.isWanted else {
      return false
    }
    var given = Kilowatts.zero
    for part in heatRecoveries[..<place] where part.circuit == circuit && part.claim != .none {
      given += plant[part.unit].ratedHeating
    }
    return given < hot.demand(plant)
  }

  /// What a claimed unit is to do: alone for hot water, or for both.
  mutating func wishClaimed(_ block: BlockID, _ image: InputImage) {
    for part in heatRecoveries where part.claim != .none && plant[part.unit].block == block {
      let unit = part.unit.index
      let isAlone = part.claim == .taken || stagings[block.index].stage == 0
      unitWishes[unit].isWanted = part.claim == .taken || unitWishes[unit].isWanted
      if isAlone {
        unitWishes[unit].load = part.load
        unitWishes[unit].reason = Reason(.hotWaterAlone, .unit(part.unit), since: image.now)
      } else if part.phase == .turned, part.load < unitWishes[unit].load {
        unitWishes[unit].load = part.load
        limitOthers(block, image)
      }
    }
  }

  /// The others cool the chilled water no deeper for what a unit lacks that the hot water limits.
  /// (`RECOVERY-03`)
  private mutating func limitOthers(_ block: BlockID, _ image: InputImage) {
    for unit in plant[block].units where claims[unit.index] == .none {
      let most = plant.parameters.mostByChilledWater(
        image.reading(plant[unit].evaporator.leaving), plant[unit].minimumLoad)
      unitWishes[unit.index].load = min(unitWishes[unit.index].load, most)
    }
  }

  /// Why a running unit is turned to its second condenser; nil for one that is not.
  func turnReason(_ unit: UnitID) -> Reason? {
    guard let place = heatRecoveryPlaces[unit.index], units[unit.index].phase == .running,
      heatRecoveries[place].isTurned
    else { return nil }
    return heatRecoveries[place].reason
  }

  mutating func stepHeatRecoveries(_ image: InputImage, isStopped: Bool) {
    for index in heatRecoveries.indices {
      let unit = heatRecoveries[index].unit
      let circuit = heatRecoveries[index].circuit
      let around = HeatRecoveryControl.Around(
        phase: units[unit.index].phase, wantsWater: units[unit.index].wantsFlow,
        isWanted: unitWishes[unit.index].isWanted,
        wantsHeat: hotWaters.contains { $0.circuit == circuit && $0.isWanted },
        isColdWanted: stagings[plant[unit].block.index].stage > 0, isStopped: isStopped)
      heatRecoveries[index].step(around, plant: plant, image: image, board: &board)
    }
  }

  /// A unit that is turned, or about to start so, needs no way through its own condenser.
  func needsOwnCondenser(_ unit: Int) -> Bool {
    guard let place = heatRecoveryPlaces[unit] else { return true }
    let part = heatRecoveries[place]
    switch part.phase {
    case .turned: return false
    case .turning: return units[unit].phase.isOn
    case .returning: return true
    case .apart:
      return part.claim == .none
        || units[unit].phase != .openingPath && units[unit].phase != .waitingForFlow
    }
  }

  /// Tells a unit with a second condenser where its heat is to go.
  func turn(_ wish: inout UnitControl.Wish, of unit: Int, _ image: InputImage) {
    guard let place = heatRecoveryPlaces[unit], !heatRecoveries[place].isDesuperheater else {
      return
    }
    let part = heatRecoveries[place]
    let needsOwn = needsOwnCondenser(unit)
    wish.pathOpen = branches[2 * unit].isOpen && (!needsOwn || branches[2 * unit + 1].isOpen)
    // One that is to start turned waits for that.
    wish.takesHeat =
      (needsOwn || part.phase == .turned)
      && plant.units[unit].condenserFlowIsProven(
        turned: plant.units[unit].isTurned(by: board.outputs), image,
        within: plant.parameters.proofMaximumAge)
    if wish.mustStop == nil { wish.mustStop = part.mustStop(plant.parameters, image.now) }
  }

  /// Whether some unit's part wants its water moved.
  func isRecoveryFlowWanted(_ circuit: CircuitID) -> Bool {
    heatRecoveries.contains { $0.circuit == circuit && $0.wantsFlow }
  }

  /// What parts ask of a circuit's pumps, and by which rule; nil while none does. Their pipes are always a way.
  func addHeatRecoveries(to demand: inout FlowDemand, of circuit: CircuitID) -> Rule? {
    var rule: Rule?
    for part in heatRecoveries where part.circuit == circuit {
      demand.pathProven = true
      guard part.wantsFlow, let recovery = plant[part.unit].recovery else { continue }
      demand.isWanted = true
      demand.flow += recovery.designFlow
      rule =
        !part.isDesuperheater || rule == .secondCondenser ? .secondCondenser : .desuperheaterPump
    }
    return rule
  }
}
