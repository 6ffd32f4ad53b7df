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
        startsHeldUntil: startsHeldUntil, mustStop: nil, loses: false, gains: false)
      for branch in branches where branch.circuit == circuit && branch.isWanted {
        let waits = changeOvers[branch.block.index].phase == .waitingForWater
        guard units[branch.unit.index].wantsFlow || waits else { continue }
        demand.flow += plant[branch.unit].side(branch.side).designFlow
        demand.isCooling = demand.isCooling || branch.side == .condenser
      }
      addDistributions(to: &demand, of: circuit, image)
      // A loop that nobody sees is not left without heat: well water that meets standing water costs little.
      let moves = groups.contains {
        plant[$0.id].circuit == circuit && $0.mayMove(plant, image)
      }
      demand.isWanted = demand.flow > .zero && moves && !isStopping
      if isStopped { demand.mustStop = Reason(.emergencyStop, .plant, since: now) }
      if isPowerLost { demand.mustStop = Reason(.restartSettling, .plant, since: now) }
      demand.loses = makeUps.contains {
        plant.makeUps[$0.index].circuit == circuit && $0.losesWater(at: now)
      }
      demand.gains = makeUps.contains {
        plant.makeUps[$0.index].circuit == circuit && $0.gainsWater(at: now)
      }
      wellFields[index].step(
        demand, controls: &wells, plant: plant, image: image, board: &board)
    }
  }

  /// Begins a flushing, if nothing stands against it, or has one end.
  mutating func flush(_ id: WellID, begins: Bool, _ image: InputImage) -> (Bool, Reason) {
    let now = image.now
    let control = wells[id.index]
    guard begins else {
      let isOn = control.flushing.isOn
      wells[id.index].flushing.abandon(now)
      return (isOn, Reason(.wellFlushing, .well(id), since: control.flushing.since))
    }
    let others = wells.contains {
      $0.id != id && plant[$0.id].circuit == plant[id].circuit && $0.isFit
    }
    let isAlone = !wells.contains(where: \.isGuided)
    let mayRun = control.phase == .running || control.phase == .stopped
    let isNeeded = control.isOn && !others
    guard plant[id].drain != nil, control.isFit, mayRun, isAlone, !isNeeded, !isStopping else {
      return (false, Reason(.wellFlushNotNow, .well(id), since: now))
    }
    wells[id.index].flushing.begin(now)
    return (true, Reason(.wellFlushing, .well(id), since: now))
  }

  /// Begins a step test, if nothing stands against it, or has one end.
  ///
  /// A well that is alone on its circuit may be tested too while the circuit's water lasts; the test ends once
  /// the circuit needs it.
  mutating func test(_ id: WellID, _ wish: StepTestWish, _ image: InputImage) -> (Bool, Reason) {
    let now = image.now
    let control = wells[id.index]
    guard wish != .end else {
      wells[id.index].testing.end(.stopped, now)
      return (control.testing.isOn, Reason(.wellStepTest, .well(id), since: now))
    }
    let isAlone = !wells.contains(where: \.isGuided)
    let maySpare = wellFields.contains {
      $0.circuit == plant[id].circuit && $0.maySpare(id, wells, plant, image)
    }
    guard plant[id].stepPlan != nil, control.isFit, isAlone, maySpare, !isStopping else {
      return (false, Reason(.wellStepTestNotNow, .well(id), since: now))
    }
    wells[id.index].testing.begin(now, opensBaseline: wish == .beginAnew)
    return (true, Reason(.wellStepTest, .well(id), since: now))
  }

  /// What the step tests of a well say.
  public func health(of id: WellID) -> WellHealthStatus {
    let control = wells[id.index]
    return WellHealthStatus(
      health: control.health, hold: control.testing.hold, record: control.testing.record)
  }

  /// What a well does now.
  public func status(of id: WellID) -> WellStatus {
    let control = wells[id.index]
    return WellStatus(
      phase: control.phase, since: control.since, reason: control.shownReason,
      speed: control.speed, opening: control.opening, runTime: control.runTime,
      starts: control.starts, difference: control.balance.difference,
      threshold: control.balance.threshold, extracted: control.balance.extracted,
      returned: control.balance.returned, finding: control.balance.finding,
      amount: control.balance.amount, bias: control.balance.bias, books: control.books,
      leak: control.tightness.finding,
      flushStage: control.flushing.stage?.rawValue, flush: control.flushing.record)
  }
}
