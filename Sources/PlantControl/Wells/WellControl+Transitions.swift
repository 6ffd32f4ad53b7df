import PlantModel
import Quantities

extension WellControl {
  /// Where the well goes next and why; nil while it stays.
  func next(
    _ wish: Wish, _ well: Well, _ parameters: Parameters, _ image: InputImage
  ) -> (phase: WellPhase, reason: Reason)? {
    let now = image.now
    let subject = Subject.well(id)
    let age = now - since
    if isOn, let stop = wish.mustStop { return (.holdingColumn, stop) }
    if isOn, flushing.mustStop {
      let blind = Reason(.wellFlushing, subject, since: now)
      return (.failed, retried(blind, after: parameters.pumpTripRetry))
    }
    if isOn, isDriveAway { return nil }
    if isOn, let fitness {
      return (.failed, retried(fitness, after: parameters.pumpTripRetry))
    }
    if isOn, let fault = watch.fault { return (.failed, Reason(fault, subject, since: now)) }
    if isOn, balance.isWitnessed { return (.failed, Reason(.wellBalance, subject, since: now)) }
    switch phase {
    case .stopped:
      return guards.allHold ? (.starting, Reason(.wellMinimumFlow, subject, since: now)) : nil
    case .starting:
      if !wish.isWanted { return (.stopping, wish.reason) }
      let isProven = image.isProven(well.pump.running, within: parameters.proofMaximumAge)
      if !isProven {
        guard age > parameters.proofOfRunning else { return nil }
        let failed = Reason(.proofOfRunning, subject, since: now)
        return (.failed, retried(failed, after: parameters.pumpRetry))
      }
      if moves(well, parameters, image) {
        return needsPurge
          ? (.purging, Reason(.wellPurge, subject, since: now, until: now + parameters.wellPurge))
          : (.running, wish.reason)
      }
      return age > parameters.wellProofOfFlow
        ? (.failed, Reason(.wellFlowNotProven, subject, since: now)) : nil
    case .purging:
      if !wish.isWanted { return (.stopping, wish.reason) }
      let isFull =
        image.reading(well.highestPressure).map { $0 >= parameters.wellVacuumAlarm } ?? true
      return age >= parameters.wellPurge && isFull ? (.running, wish.reason) : nil
    case .running:
      return wish.isWanted ? nil : (.stopping, wish.reason)
    case .stopping:
      if wish.isWanted { return (.running, wish.reason) }
      let isShut = image.reading(well.valvePosition).map { $0.value <= 0.03 } ?? false
      let flow = image.reading(well.extractedFlow)
      let isStill = isClosing(well) && (flow.map { $0 < well.designFlow * 0.1 } ?? false)
      return isShut || isStill || age > parameters.strokeLimit * 2 ? (.holdingColumn, reason) : nil
    case .holdingColumn:
      let isShut = image.reading(well.valvePosition).map { $0.value < 0.02 } ?? false
      return isShut || age > parameters.strokeLimit ? (.stopped, reason) : nil
    case .failed:
      let waits = reason.rule == .wellBalance ? !balance.isReleased : now < reason.until
      let isOver = !waits && fitness == nil && !trips.isLockedOut
      return isOver ? (.stopped, wish.reason) : nil
    }
  }

  private func retried(_ reason: Reason, after span: TimeSpan) -> Reason {
    var reason = reason
    reason.until = reason.since + span
    return reason
  }

  /// Water moves: by the meter or, without it, by the power that only moving water asks for.
  private func moves(_ well: Well, _ parameters: Parameters, _ image: InputImage) -> Bool {
    if let flow = image.reading(well.extractedFlow) { return flow > well.designFlow * 0.1 }
    let least = well.soundPower(at: speed) * parameters.wellDryRunRatio.value
    return image.reading(well.pump.power).map { $0 > least } ?? false
  }
}
