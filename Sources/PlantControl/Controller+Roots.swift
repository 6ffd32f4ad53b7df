import PlantModel
import Quantities

/// What a person must mend first: a value or a device that is lost, where a reason tells of what
/// follows from it. For screens and `why` alone: nothing is decided here.
extension Controller {
  /// Why the first of these points that has no value has none; nil while all have one.
  private func loss(of points: [PointID]) -> Reason? {
    for point in points {
      if let loss = watch.loss(of: point, plant) { return loss }
    }
    return nil
  }

  /// The loss behind a reason, or the reason itself.
  func root(of reason: Reason) -> Reason {
    let index = Int(reason.subject.number)
    switch (reason.rule, reason.subject.kind) {
    case (.positionUnknown, .block), (.unitsStoppedBeforeChange, .block),
      (.pumpsStoppedBeforeChange, .block), (.closingOldPosition, .block),
      (.openingNewPosition, .block), (.valveNotProven, .block), (.wayBackToOldCircuit, .block),
      (.blockNotInPosition, .block):
      return lossOfRow(index) ?? reason
    case (.valveFollowsPath, .unit), (.pathNotProven, .unit):
      return lossOfPath(UnitID(index)) ?? reason
    case (.pathNotProven, .circuit):
      return lossOfWay(CircuitID(index)) ?? reason
    case (.noFlowWanted, .pumpGroup):
      return lossOfRow(around: plant.pumpGroups[index].circuit) ?? reason
    default:
      return valueRoot(of: reason)
    }
  }

  /// Guards, each that does not hold for want of a value with the loss behind it.
  func rooted(_ list: GuardList) -> [Guard] {
    list.guards.map { $0.holds ? $0 : Guard(valueRoot(of: $0.reason), holds: false) }
  }

  /// The same for what rests on measured values alone.
  private func valueRoot(of reason: Reason) -> Reason {
    let index = Int(reason.subject.number)
    let points: [PointID]
    switch (reason.rule, reason.subject.kind) {
    case (.waterTemperatureWindow, .circuit):
      points = [plant.circuits[index].returnTemperature.point]
    case (.pressureAcrossValve, .block):
      points = plant.blocks[index].vessels.flatMap(\.ports).map { plant[$0.circuit].pressure.point }
    case (.plantDisabled, .block):
      let building = plant.circuits.first { $0.kind == .building }
      points = [building?.supplyTemperature.point].compactMap { $0 }
    case (.tankSensorLost, .tank), (.tankSatisfied, .tank), (.poolFilterFlow, .tank):
      points = plant.tanks[index].sensors
    case (.tankSatisfied, .block):
      points = plant.tanks.flatMap(\.sensors)
    case (.fillSensorLost, .circuit):
      points = plant.makeUps.filter { $0.circuit.index == index }
        .flatMap { [plant[$0.circuit].pressure.point, $0.tankLevel.point] }
    default:
      return reason
    }
    return loss(of: points) ?? reason
  }

  /// The lost end switches of a block that holds no row.
  private func lossOfRow(_ block: Int) -> Reason? {
    guard changeOvers[block].phase != .held else { return nil }
    return plant.blocks[block].valves.lazy.compactMap { lossOfSwitches($0) }.first
  }

  /// The lost end switches of the valves that shut a unit off.
  func lossOfPath(_ unit: UnitID) -> Reason? {
    lossOfSwitches(plant[unit].evaporator.isolation)
      ?? lossOfSwitches(plant[unit].condenser.isolation)
  }

  /// A valve's lost end switch. It is asked for in scans too, so it makes no list.
  func lossOfSwitches(_ valve: ValveID?) -> Reason? {
    guard let valve else { return nil }
    if let opened = plant[valve].openedSwitch, let loss = watch.loss(of: opened.point, plant) {
      return loss
    }
    return plant[valve].closedSwitch.flatMap { watch.loss(of: $0.point, plant) }
  }

  /// The lost end switches of a block whose row would bring a circuit's water to its units.
  private func lossOfRow(around circuit: CircuitID) -> Reason? {
    for (index, block) in plant.blocks.enumerated()
    where block.vessels.contains(where: { $0.ports.contains { $0.circuit == circuit } }) {
      if let loss = lossOfRow(index) { return loss }
    }
    return nil
  }

  /// What keeps a circuit's water from a way that is proven open.
  private func lossOfWay(_ circuit: CircuitID) -> Reason? {
    if let loss = lossOfRow(around: circuit) { return loss }
    for branch in branches where branch.circuit == circuit {
      if let loss = lossOfPath(branch.unit) { return loss }
    }
    let tanks = plant.tanks.lazy.filter { $0.circuit == circuit }
    return tanks.compactMap { lossOfSwitches($0.chargeValve) }.first
  }
}

extension Tank {
  /// What it must be seen by to be charged.
  fileprivate var sensors: [PointID] {
    [temperature.point] + [exchangerOutlet?.point, filterFlow?.point].compactMap { $0 }
  }
}
