import Quantities

/// What must hold in every scan, whatever the controller believes.
///
/// Pure functions over what was read and what is commanded, used alike by the run-time monitor, the
/// exhaustive exploration, the simulation and the tests.
public enum SafetyProperty: String, CaseIterable, Sendable {
  /// While any port of a vessel has a command to open, its ports that are not proven closed, and
  /// those commanded to open, lead to one circuit at most. (`VALVE-01`)
  case oneCircuitPerVessel = "one-circuit-per-vessel"
  /// No block opens a row that another block must be proven for, nor leaves one that another
  /// relies on. (`VALVE-11`, `VALVE-12`)
  case blockDependence = "block-dependence"
  /// No unit is enabled without flow proven on both its sides (`UNIT-01`), nor turned to a second
  /// condenser without flow proven there (`RECOVERY-16`).
  case noUnitWithoutFlow = "no-unit-without-flow"
  /// No valve is told to open and to close at once.
  case noContradiction = "no-contradiction"

  /// The first thing that breaks the property, or nil when it holds.
  public func violation(plant: Plant, image: InputImage, outputs: OutputImage) -> Subject? {
    switch self {
    case .oneCircuitPerVessel:
      for index in plant.blocks.indices where outputs.opensAny(of: BlockID(index), plant) {
        for vessel in plant.blocks[index].vessels
        where SafetyProperty.joinsCircuits(vessel, plant: plant, image: image, outputs: outputs) {
          return .block(BlockID(index))
        }
      }
      return nil
    case .blockDependence:
      let valve = { (id: ValveID) in
        (outputs.command(of: plant[id]), image.position(of: plant[id]))
      }
      guard plant.blocks.indices.contains(where: { outputs.opensAny(of: BlockID($0), plant) })
      else { return nil }
      for index in plant.blocks.indices {
        for dependence in plant.blocks[index].dependences
        where dependence.isBroken(
          by: plant.blocks[index], and: plant[dependence.requiredBlock], valve)
        {
          return .block(BlockID(index))
        }
      }
      return nil
    case .noUnitWithoutFlow:
      let age = plant.parameters.proofMaximumAge
      for index in plant.units.indices {
        if plant.units[index].lacksFlow(outputs, image, within: age) { return .unit(UnitID(index)) }
      }
      return nil
    case .noContradiction:
      for (index, valve) in plant.valves.enumerated()
      where outputs.isOn(valve.openCommand) && outputs.isOn(valve.closeCommand) {
        return .valve(ValveID(index))
      }
      return nil
    }
  }

  /// Whether water could pass between circuits through `vessel` with these commands.
  static func joinsCircuits(
    _ vessel: Vessel, plant: Plant, image: InputImage, outputs: OutputImage
  ) -> Bool {
    vessel.isJoined {
      let valve = plant[$0]
      let opens = outputs.isOn(valve.openCommand)
      return (opens ? .open : .stay, image.position(of: valve))
    }
  }
}

extension OutputImage {
  /// Whether any change-over valve of a block is told to open: else it joins and leaves nothing.
  func opensAny(of block: BlockID, _ plant: Plant) -> Bool {
    for valve in plant[block].valves where isOn(plant[valve].openCommand) { return true }
    return false
  }
}

extension Vessel {
  /// Whether any port has a command to open while ports that are not proven closed, or are told to
  /// open, lead to more than one circuit: the one thing that must never be. (`VALVE-01`)
  ///
  /// - Parameter valve: what a valve is told, and where its end switches say it is.
  @inlinable
  public func isJoined(_ valve: (ValveID) -> (ValveCommand, ValvePosition)) -> Bool {
    var opening = false
    var reached: CircuitID?
    var joined = false
    for port in ports {
      let (command, position) = valve(port.valve)
      let opens = command == .open
      opening = opening || opens
      if opens || position != .closed {
        if let other = reached, other != port.circuit { joined = true }
        reached = port.circuit
      }
    }
    return opening && joined
  }
}

extension BlockDependence {
  /// Whether water of the wrong temperature could reach the dependent block: a valve of its row is
  /// told to open although the other block is not proven in its part, or the other block is told
  /// to open another row although this one is not proven closed. (`VALVE-11`, `VALVE-12`)
  @inlinable
  public func isBroken(
    by owner: ChangeOverBlock, and required: ChangeOverBlock,
    _ valve: (ValveID) -> (ValveCommand, ValvePosition)
  ) -> Bool {
    let row = owner.positions[position.index].open
    let isProven = required.valves.allSatisfy {
      valve($0).1 == (required.isOpen($0, in: requiredPosition) ? .open : .closed)
    }
    let opensDependent = row.contains { valve($0).0 == .open }
    let isLeaving = required.valves.contains {
      valve($0).0 == .open && !required.isOpen($0, in: requiredPosition)
    }
    let isLetGo = row.allSatisfy { valve($0).1 == .closed }
    return opensDependent && !isProven || isLeaving && !isLetGo
  }
}
