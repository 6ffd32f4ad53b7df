import PlantModel
import Quantities

extension ChangeOver {
  /// What a scan looks at to choose a transition.
  struct Situation {
    let inputs: Inputs
    let block: BlockID
    let row: RowView
    let surroundings: Surroundings
    let interlock: ChangeOverInterlock
    let times: ChangeOverTimes
    let now: Instant
  }

  /// The one transition that this scan allows, or nil to stay.
  func next(_ scan: Situation) -> ChangeOverTransition? {
    let (inputs, row) = (scan.inputs, scan.row)
    switch phase {
    case .unknown:
      if row.provenRow != nil { return .rowFound }
      let isLost = position.map(row.contradicts) ?? false
      return inputs.wanted != nil || target != nil || isLost ? .recoverUnknown : nil
    case .held:
      return fromHeld(scan)
    case .stoppingUnits, .waitingForWater, .stoppingFlow:
      return beforeClosing(scan)
    case .closingOld:
      if isOldWanted(inputs) { return .oldWanted }
      if mayOpen(target, scan), inputs.pressureReady { return .oldClosed }
      if isTroubledTooLong(scan) { return .stuckTooLong }
      return isStrokeOver(scan) && !isFreeOfOthers(row) ? .closingTimedOut : nil
    case .openingNew:
      if let target, row.provenRow == target { return .changeDone }
      if isOldWanted(inputs) { return .oldWanted }
      if !mayOpen(target, scan) { return .openingBlocked }
      return isStrokeOver(scan) ? .openingTimedOut : nil
    case .stuck:
      if row.provenRow != nil, row.provenRow == target { return .rowCameBack }
      if isOldWanted(inputs) { return .oldWanted }
      if hasOtherWish(inputs) { return .begunAnew }
      if isTroubledTooLong(scan) { return .stuckTooLong }
      return isStrokeOver(scan) && inputs.pressureReady && mayOpen(target, scan)
        ? .closedAfterAll : nil
    case .goingBack:
      if row.provenRow != nil, row.provenRow == position { return .rowCameBack }
      if inputs.wanted == position, mayOpen(position, scan) { return .turnedBack }
      return inputs.wanted != nil && (inputs.isRetry || isRetryDue(scan)) ? .retried : nil
    }
  }

  /// What failed may have come back by itself, as a lost device does: once every valve is seen the
  /// change is tried again, as long after giving up as it was stuck before. (`VALVE-10`)
  private func isRetryDue(_ scan: Situation) -> Bool {
    scan.now - since >= scan.times.stuck
      && scan.row.block.valves.allSatisfy { scan.row.valves[$0] != .unknown }
  }

  private func fromHeld(_ scan: Situation) -> ChangeOverTransition? {
    guard let position else { return nil }
    if scan.row.contradicts(position) { return .rowLost }
    guard let wanted = scan.inputs.wanted, wanted != position,
      scan.surroundings.mayLeave.contains(position), scan.surroundings.mayEnter.contains(wanted)
    else { return nil }
    return .changeBegun
  }

  /// Units, water, flow: the waits before any valve moves.
  private func beforeClosing(_ scan: Situation) -> ChangeOverTransition? {
    let inputs = scan.inputs
    if isCancelled(inputs, scan.row) { return .changeCancelled }
    if isLostOnTheWay(scan.row) { return .rowLost }
    // A way back to the row proven last is gone to its end first.
    if hasOtherWish(inputs), target != position { return .begunAnew }
    if isTroubledTooLong(scan) { return .stuckTooLong }
    switch phase {
    case .stoppingUnits:
      return inputs.unitsStopped && inputs.unitsRested ? .unitsStopped : nil
    case .waitingForWater:
      return mayGo(scan) ? .waterReady : nil
    default:
      return inputs.flowStopped ? .flowStopped : nil
    }
  }

  /// The old row is proven, and is wanted again or is where the way leads.
  private func isCancelled(_ inputs: Inputs, _ row: RowView) -> Bool {
    guard let position, row.provenRow == position else { return false }
    return inputs.wanted == position || target == position
  }

  /// The row that was to stay until the change is ready has left its place.
  private func isLostOnTheWay(_ row: RowView) -> Bool {
    guard let position, target != position, troubledSince == .distantFuture else { return false }
    return row.contradicts(position)
  }

  private func hasOtherWish(_ inputs: Inputs) -> Bool {
    inputs.wanted != nil && inputs.wanted != target
  }

  private func isOldWanted(_ inputs: Inputs) -> Bool {
    hasOtherWish(inputs) && inputs.wanted == position
  }

  /// The water of the row proven last is in the machines already: it needs no window.
  private func mayGo(_ scan: Situation) -> Bool {
    guard let target, target != position else { return true }
    let mayLeave = position.map(scan.surroundings.mayLeave.contains) ?? true
    return scan.inputs.waterReady && mayLeave && scan.surroundings.mayEnter.contains(target)
  }

  /// Whether every valve of `position` may be open now.
  private func mayOpen(_ position: PositionID?, _ scan: Situation) -> Bool {
    guard let position, scan.inputs.flowStopped else { return false }
    return scan.row.block.positions[position.index].open.allSatisfy {
      scan.interlock.mayOpen(
        $0, of: scan.block, into: position, valves: scan.row.valves, commands: nil,
        surroundings: scan.surroundings)
    }
  }

  /// Every valve that the target row does not open is proven closed.
  func isFreeOfOthers(_ row: RowView) -> Bool {
    guard let target else { return true }
    return row.block.valves.allSatisfy {
      row.block.isOpen($0, in: target) || row.valves[$0] == .closed
    }
  }

  private func isStrokeOver(_ scan: Situation) -> Bool { scan.now - since >= scan.times.stroke }

  /// Shut in for so long that the water must get a way out. (`VALVE-10`)
  private func isTroubledTooLong(_ scan: Situation) -> Bool {
    position != nil && !scan.row.block.vesselsHaveRelief && troubledSince <= scan.now
      && scan.now - troubledSince >= scan.times.stuck
  }
}
