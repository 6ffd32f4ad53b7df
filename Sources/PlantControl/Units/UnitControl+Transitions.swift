import PlantModel
import Quantities

extension UnitControl {
  /// The one transition that this scan allows, or nil to stay.
  func next(_ wish: Wish, unit: HeatPumpUnit, plant: Plant, image: InputImage)
    -> (phase: UnitPhase, reason: Reason)?
  {
    let now = image.now
    let subject = Subject.unit(id)
    let age = now - since
    let flow = flowIsProven(wish, unit, plant, image)
    let giveUp = { (rule: Rule) in
      (UnitPhase.failed, Reason(rule, subject, since: now, until: now + plant.parameters.pumpRetry))
    }
    if let stop = wish.mustStop {
      if isOn { return (.stopping, stop) }
      if phase == .openingPath || phase == .waitingForFlow { return (.stopped, stop) }
    }
    switch phase {
    case .stopped:
      return guards.allHold ? (.openingPath, Reason(.valveFollowsPath, subject, since: now)) : nil
    case .openingPath:
      if let lost = lost(unit, image) { return (.stopped, lost) }
      if !wish.isWanted { return (.stopped, wish.reason) }
      if wish.pathOpen {
        return (.waitingForFlow, Reason(.flowNotProven, subject, since: now))
      }
      guard age > plant.parameters.strokeLimit else { return nil }
      // What failed is not its path but what should have shown it.
      return wish.pathLoss.map { (.failed, $0) } ?? giveUp(.pathNotProven)
    case .waitingForFlow:
      if let lost = lost(unit, image) { return (.runOn, lost) }
      if !wish.isWanted { return (.runOn, wish.reason) }
      if flow, now >= wish.staggeredUntil {
        return (.starting, Reason(.unitRunning, subject, since: now))
      }
      let limit =
        plant.parameters.proofOfRunning + plant.parameters.proofOfFlow
        + plant.parameters.strokeLimit
      return !flow && age > limit ? giveUp(.flowNotProven) : nil
    case .starting, .running:
      return whileOn(wish, unit: unit, plant: plant, image: image, flow: flow)
    case .stopping:
      guard image.state(unit.running) == false else { return nil }
      return (.runOn, Reason(.runOn, subject, since: now, until: now + plant.parameters.runOn))
    case .runOn:
      guard age >= plant.parameters.runOn else { return nil }
      return fault.map { giveUp($0.rule) } ?? (.stopped, wish.reason)
    case .failed where isPathLost:
      return wish.pathLoss == nil ? (.stopped, wish.reason) : nil
    case .failed:
      let isOver = age >= plant.parameters.pumpRetry && image.state(unit.tripped) == false
      return isOver ? (.stopped, wish.reason) : nil
    }
  }

  /// Why the unit does not answer to its commands; nil while it does.
  func lost(_ unit: HeatPumpUnit, _ image: InputImage) -> Reason? {
    let now = image.now
    if image.state(unit.running) == nil {
      return Reason(.unitAway, .device(unit.device), since: now)
    }
    if image.state(unit.tripped) == true { return Reason(.unitTripped, .unit(id), since: now) }
    if image.state(unit.remote) == false { return Reason(.unitLocal, .unit(id), since: now) }
    return nil
  }

  private func whileOn(
    _ wish: Wish, unit: HeatPumpUnit, plant: Plant, image: InputImage, flow: Bool
  ) -> (phase: UnitPhase, reason: Reason)? {
    let now = image.now
    let subject = Subject.unit(id)
    if let lost = lost(unit, image) { return (.stopping, lost) }
    if !flow { return (.stopping, Reason(.flowNotProven, subject, since: now)) }
    if freeze.mustStop { return (.stopping, Reason(.freezeStop, subject, since: now)) }
    let isRunning = image.state(unit.running) == true
    if phase == .starting {
      if isRunning { return (.running, Reason(.unitRunning, subject, since: now)) }
      let isLate = now - since > plant.parameters.unitStartLimit
      return isLate ? (.stopping, Reason(.unitNotProven, subject, since: now)) : nil
    }
    if !isRunning, now - since > plant.parameters.proofOfRunning {
      return (.stopping, Reason(.unitNotProven, subject, since: now))
    }
    // `UNIT-04`
    let mayStop = now - startedAt >= plant.parameters.unitMinimumOn
    return !wish.isWanted && mayStop ? (.stopping, wish.reason) : nil
  }

  private func flowIsProven(
    _ wish: Wish, _ unit: HeatPumpUnit, _ plant: Plant, _ image: InputImage
  ) -> Bool {
    let age = plant.parameters.proofMaximumAge
    return image.isProven(unit.evaporator.flowProof, within: age)
      && (wish.takesHeat ?? image.isProven(unit.condenser.flowProof, within: age))
  }
}
