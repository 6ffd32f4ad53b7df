import PlantModel
import Quantities

extension Controller {
  /// Carries out what a person asked for, or refuses it with the rule that stands against it.
  mutating func perform(_ act: Act, _ image: InputImage) {
    let now = image.now
    var accepted = true
    var reason = Reason(.modeByOperator, .plant, since: now)
    switch act.request {
    case .setMode(let block, let mode):
      if let obstacle = obstacle(to: mode, of: block) {
        accepted = false
        reason = obstacle
      } else {
        modes[block.index].choose(mode, by: act.user, at: now)
        reason = modes[block.index].reason
        board.tell(.modeChanged(mode.index), .block(block), reason, at: now)
      }
    case .setAutomatic(let block):
      modes[block.index].automate(by: act.user)
      reason = modes[block.index].reason
    case .acknowledge(let key):
      accepted = board.alarms.acknowledge(key)
      if accepted, [.wellPackerLeaks, .wellColumnLeaks].contains(key.kind) {
        wells[Int(key.subject.number)].tightness.relearn()
      }
      reason = Reason(.modeByOperator, key.subject, since: now)
      if accepted { board.tell(.alarmAcknowledged(key.kind), key.subject, reason, at: now) }
    case .reset(let key):
      accepted = board.alarms.reset(key)
      if accepted, key.kind == .evaporatorFreezeStop, key.subject.kind == .unit {
        units[Int(key.subject.number)].releaseFreeze()
      }
      if accepted, key.subject.kind == .well {
        let index = Int(key.subject.number)
        if key.kind == .wellLockedOut { wells[index].releaseTrips() }
        if key.kind == .wellGainsWater { wells[index].releaseBalance() }
      }
      reason = Reason(.modeByOperator, key.subject, since: now)
    case .replaceMeter(let meter, let reading, let old):
      accepted = water.replace(meter, reading: reading, old: old, plant, now)
      if accepted, let name = plant[meter].well,
        let index = plant.wells.firstIndex(where: { $0.name == name })
      {
        wells[index].balance.relearn()
      }
      reason = Reason(.meterReplaced, .waterMeter(meter), since: now)
    case .flush(let well, let begins):
      (accepted, reason) = flush(well, begins: begins, image)
    case .stepTest(let well, let wish):
      (accepted, reason) = test(well, wish, image)
    case .prepareToStop:
      isStopping = plant.site.stopState == .stop
      for index in wells.indices { wells[index].abandonGuided(now) }
      reason = Reason(.orderedStop, .plant, since: now)
    }
    let outcome = ActOutcome(number: act.number, accepted: accepted, reason: reason)
    board.tell(.actDone(outcome), .plant, reason, at: now)
  }

  /// What makes a mode impossible as things stand; a wait that ends by itself is no obstacle.
  private func obstacle(to mode: ModeID, of block: BlockID) -> Reason? {
    let wanted = plant[block].modes[mode.index].position
    for dependence in plant[block].dependences where dependence.position == wanted {
      let other = dependence.requiredBlock
      if modes[other.index].position(plant) != dependence.requiredPosition {
        return Reason(.otherBlockRequired, .block(other), since: modes[other.index].changed)
      }
    }
    guard let wanted else { return nil }
    for (index, other) in plant.blocks.enumerated() where index != block.index {
      for dependence in other.dependences
      where dependence.requiredBlock == block && dependence.requiredPosition != wanted {
        let isBoundByHand =
          !modes[index].isAutomatic && modes[index].position(plant) == dependence.position
        if isBoundByHand {
          return Reason(.otherBlockDepends, .block(BlockID(index)), since: modes[index].changed)
        }
      }
    }
    return nil
  }
}
