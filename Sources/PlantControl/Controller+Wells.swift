public import PlantModel
import Quantities

extension Controller {
  /// The wells of every source circuit, after its pumps: heat is asked of them while its water moves.
  mutating func stepWells(_ image: InputImage, isStopped: Bool) {
    let now = image.now
    for index in wellFields.indices {
      let circuit = wellFields[index].circuit
      var demand = WellFieldControl.Demand(
        isWanted: false, flow: .zero, isCooling: false,
        reason: Reason(.noFlowWanted, .circuit(circuit), since: now),
        startsHeldUntil: startsHeldUntil, mustStop: nil, loses: false)
      for branch in branches where branch.circuit == circuit && branch.isWanted {
        let waits = changeOvers[branch.block.index].phase == .waitingForWater
        guard units[branch.unit.index].wantsFlow || waits else { continue }
        demand.flow += plant[branch.unit].side(branch.side).designFlow
        demand.isCooling = demand.isCooling || branch.side == .condenser
      }
      addDistributions(to: &demand, of: circuit, image)
      let moves = groups.contains { plant[$0.id].circuit == circuit && $0.isRunning }
      demand.isWanted = demand.flow > .zero && moves && !isStopping
      if isStopped { demand.mustStop = Reason(.emergencyStop, .plant, since: now) }
      if isPowerLost { demand.mustStop = Reason(.restartSettling, .plant, since: now) }
      demand.loses = makeUps.contains {
        plant.makeUps[$0.index].circuit == circuit && $0.losesWater
      }
      wellFields[index].step(
        demand, controls: &wells, plant: plant, image: image, board: &board)
    }
  }

  /// What a well does now.
  public func status(of id: WellID) -> WellStatus {
    let control = wells[id.index]
    return WellStatus(
      phase: control.phase, since: control.since, reason: control.shownReason,
      speed: control.speed, opening: control.opening, runTime: control.runTime,
      starts: control.starts, difference: control.balance.difference,
      threshold: control.balance.threshold, extracted: control.balance.extracted,
      returned: control.balance.returned)
  }
}
