public import PlantModel
public import Quantities

extension Controller {
  /// What each block does now, in the plant's order.
  public func status(of block: BlockID) -> BlockStatus {
    let state = changeOvers[block.index]
    let mode = modes[block.index]
    let reason = root(of: changeReason(block.index, state.since))
    return BlockStatus(
      mode: mode.mode, automatic: mode.isAutomatic, proposed: mode.proposed,
      position: heldRow(block), target: state.target, phase: state.phase, since: state.since,
      until: reason.until, reason: reason)
  }

  public func status(of unit: UnitID) -> UnitStatus {
    let control = units[unit.index]
    let reason = turnReason(unit) ?? root(of: control.shownReason)
    return UnitStatus(
      phase: control.phase, since: control.since, until: reason.until, reason: reason,
      load: control.load, runTime: control.runTime, starts: control.starts)
  }

  public func status(of group: PumpGroupID) -> PumpGroupStatus {
    let control = groups[group.index]
    let lead = control.pumps.first(where: \.isCommanded) ?? control.pumps[0]
    return PumpGroupStatus(
      running: control.pumps.count { $0.isCommanded && $0.isProven },
      speed: plant[group].speed.upperBound * (control.commanded > 0 ? control.speed.value : 0),
      setpoint: control.setpoint, lead: lead.id, reason: root(of: control.reason))
  }

  public func status(of pump: PumpID) -> PumpStatus? {
    for group in groups {
      for control in group.pumps where control.id == pump {
        return PumpStatus(
          commanded: control.isCommanded, proven: control.isProven,
          failed: control.failedReason != nil, reason: control.failedReason ?? control.reason,
          runTime: control.runTime, starts: control.starts)
      }
    }
    return nil
  }

  /// Whether a tank takes heat, and why it does or does not.
  public func status(of tank: TankID) -> (isCharging: Bool, reason: Reason) {
    for hot in hotWaters {
      for control in hot.tanks where control.id == tank {
        return (control.isCharging, root(of: control.reason))
      }
    }
    return (false, Reason(.safeDefault, .tank(tank), since: began))
  }

  /// How many units staging wants of a block, and the supply set-point it works for.
  public func staging(of block: BlockID) -> (stage: Int, setpoint: Celsius, demand: Kilowatts) {
    let staging = stagings[block.index]
    return (staging.stage, staging.setpoint, staging.demand)
  }

  /// The mean outdoor temperature that proposes the season.
  public var threeDayMean: Celsius? { season.mean }

  /// Why something is as it is, and the guards of its next step as they were last found.
  public func explanation(of subject: Subject) -> Explanation {
    let index = Int(subject.number)
    switch subject.kind {
    case .unit:
      return Explanation(
        reason: status(of: UnitID(index)).reason, guards: rooted(units[index].guards))
    case .block:
      return Explanation(
        reason: status(of: BlockID(index)).reason,
        guards: rooted(changeGuards[index]))
    case .pump:
      let reason = status(of: PumpID(index))?.reason
      return Explanation(reason: reason ?? Reason(.safeDefault, subject, since: began), guards: [])
    case .pumpGroup:
      return Explanation(reason: status(of: PumpGroupID(index)).reason, guards: [])
    case .valve:
      let command = plant.valves[index].openCommand.point
      let lost = lossOfSwitches(ValveID(index))
      return Explanation(reason: lost ?? board.outputs[command].reason, guards: [])
    case .point:
      let isInput = plant.points[index].direction == .input
      return Explanation(
        reason: isInput
          ? watch.loss(of: PointID(index), plant) : board.outputs[PointID(index)].reason)
    case .tank:
      return Explanation(reason: status(of: TankID(index)).reason, guards: [])
    case .circuit:
      for (place, makeUp) in plant.makeUps.enumerated() where makeUp.circuit.index == index {
        return Explanation(
          reason: root(of: board.outputs[plant.makeUps[place].fillCommand.point].reason),
          guards: [])
      }
      return Explanation(reason: nil)
    case .device: return Explanation(reason: watch.loss(of: DeviceID(index)))
    case .well:
      return Explanation(
        reason: status(of: WellID(index)).reason, guards: rooted(wells[index].guards))
    case .distribution: return Explanation(reason: status(of: DistributionID(index)).reason)
    case .consumer: return Explanation(reason: nil)
    case .plant, .bus, .meter, .waterMeter: return Explanation(reason: nil)
    }
  }

  /// Since when an input has had its quality and, where it has only two states, its value.
  public func standing(of input: PointID) -> Instant { inputs[input] }

  /// Whether a device answers, and since when; nil for one that nothing is read from.
  public func standing(of device: DeviceID) -> (answers: Bool, since: Instant)? {
    watch.standing(of: device).map { ($0.answers, max($0.since, began)) }
  }
}

extension Controller: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    for index in plant.blocks.indices {
      let block = plant.blocks[index]
      archive.open("block/" + block.name)
      modes[index].persist(in: &archive, block: block)
      changeOvers[index].persist(in: &archive, block: block)
      archive.group("staging", &stagings[index])
      archive.group("recovery", &recoveries[index])
      archive.close()
    }
    archive.groups("unit", plant.units.map(\.name), &units)
    for index in groups.indices { groups[index].persist(in: &archive, plant: plant) }
    for index in hotWaters.indices { hotWaters[index].persist(in: &archive, plant: plant) }
    archive.groups("make_up", plant.makeUps.map { plant[$0.circuit].name }, &makeUps)
    archive.groups("well", plant.wells.map(\.name), &wells)
    archive.group("frost", &frost)
    archive.group("season", &season)
    archive.group("energy", &account)
    costs.persist(in: &archive, plant: plant)
    water.persist(in: &archive, plant: plant)
    dayReadings.persist(in: &archive, plant: plant)
    persistLatches(in: &archive)
  }

  /// What a person must reset stays so over a restart.
  private mutating func persistLatches(in archive: inout some Archive) {
    archive.open("latched")
    keep(.emergencyStop, .plant, .emergencyStop, "emergency_stop", in: &archive)
    for index in plant.blocks.indices {
      let name = "circuits_joined/" + plant.blocks[index].name
      keep(.circuitsJoined, .block(BlockID(index)), .oneCircuitPerVessel, name, in: &archive)
    }
    for index in plant.units.indices {
      let name = "freeze_stop/" + plant.units[index].name
      keep(.evaporatorFreezeStop, .unit(UnitID(index)), .freezeStop, name, in: &archive)
    }
    for index in plant.wells.indices {
      let name = plant.wells[index].name
      keep(.wellLockedOut, .well(WellID(index)), .wellLockedOut, "locked_out/" + name, in: &archive)
      keep(
        .wellPackerLeaks, .well(WellID(index)), .wellPackerLeaks, "packer_leaks/" + name,
        in: &archive)
      keep(
        .wellColumnLeaks, .well(WellID(index)), .wellColumnLeaks, "column_leaks/" + name,
        in: &archive)
      keep(.wellGainsWater, .well(WellID(index)), .wellBalance, "gains_water/" + name, in: &archive)
    }
    archive.close()
  }

  private mutating func keep(
    _ kind: AlarmKind, _ subject: Subject, _ rule: Rule, _ name: String,
    in archive: inout some Archive
  ) {
    let holds = board.alarms.holds(kind, subject)
    var latched = holds
    archive.field(name, &latched)
    if latched, !holds {
      board.alarms.latch(kind, subject, Reason(rule, subject, since: began))
    }
  }
}
