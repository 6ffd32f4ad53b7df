public import PlantModel

/// Has the last word on every opening of a change-over valve.
public struct ChangeOverInterlock: Sendable {
  /// The rules that it applies. All of them, always; the exploration takes one away to show that
  /// it would find the harm.
  struct Checks: OptionSet, Sendable, Hashable {
    let rawValue: UInt8
    /// Ports at the same end of a vessel are never open to two circuits: the drawing's pairs.
    static let pairs = Checks(rawValue: 1)
    /// Nor are ports at its two ends: the way through the vessel. With the pairs this is the
    /// vessel rule, `VALVE-01`.
    static let waysThrough = Checks(rawValue: 2)
    /// What other blocks must be proven to do. (`VALVE-11`, `VALVE-12`)
    static let dependences = Checks(rawValue: 4)
    static let all: Checks = [.pairs, .waysThrough, .dependences]
  }

  public let plant: Plant
  let checks: Checks

  public init(plant: Plant) { self.init(plant: plant, checks: .all) }

  init(plant: Plant, checks: Checks) {
    self.plant = plant
    self.checks = checks
  }

  /// Whether `valve` may be driven open on the way into `position`.
  ///
  /// - Parameter commands: what other valves are told in this scan; nil to judge by position alone.
  func mayOpen(
    _ valve: ValveID, of block: BlockID, into position: PositionID, valves: ValveView,
    commands: [ValveCommand]?, surroundings: Surroundings
  ) -> Bool {
    guard surroundings.mayEnter.contains(position), surroundings.mayOpen.contains(position) else {
      return false
    }
    for vessel in plant[block].vessels {
      guard let own = vessel.ports.first(where: { $0.valve == valve }) else { continue }
      for port in vessel.ports where port.circuit != own.circuit {
        let check = port.end == own.end ? Checks.pairs : .waysThrough
        let isShut = valves[port.valve] == .closed && commands?[port.valve.index] != .open
        if checks.contains(check), !isShut { return false }
      }
    }
    return true
  }

  /// What the other blocks let `block` do in this scan.
  public func surroundings(
    of block: BlockID, valves: ValveView, states: [ChangeOver]
  ) -> Surroundings {
    var around = Surroundings()
    for index in plant[block].positions.indices {
      let position = PositionID(index)
      if mayEnter(position, of: block, valves: valves, states: states) {
        around.mayEnter.insert(position)
      }
      if mayLeave(position, of: block, states: states) { around.mayLeave.insert(position) }
      if othersLetGo(of: block, for: position, valves: valves) { around.mayOpen.insert(position) }
    }
    return around
  }

  /// Whether every block that `position` depends on is proven to do its part. (`VALVE-11`)
  private func mayEnter(
    _ position: PositionID, of block: BlockID, valves: ValveView, states: [ChangeOver]
  ) -> Bool {
    guard checks.contains(.dependences) else { return true }
    return plant[block].dependences.allSatisfy { dependence in
      guard dependence.position == position else { return true }
      let other = states[dependence.requiredBlock.index]
      let row = RowView(plant: plant, id: dependence.requiredBlock, valves: valves)
      return other.phase == .held && row.isProven(dependence.requiredPosition)
    }
  }

  /// Whether no other block relies on this one staying in `position`. (`VALVE-12`)
  private func mayLeave(_ position: PositionID, of block: BlockID, states: [ChangeOver]) -> Bool {
    guard checks.contains(.dependences) else { return true }
    for index in plant.blocks.indices where index != block.index {
      for dependence in plant.blocks[index].dependences
      where dependence.requiredBlock == block && dependence.requiredPosition == position {
        let state = states[index]
        let isElsewhere = state.phase == .held && state.position != dependence.position
        if !isElsewhere { return false }
      }
    }
    return true
  }

  /// Whether the rows of other blocks that need another position of this one are proven closed.
  private func othersLetGo(
    of block: BlockID, for position: PositionID, valves: ValveView
  ) -> Bool {
    guard checks.contains(.dependences) else { return true }
    for index in plant.blocks.indices where index != block.index {
      for dependence in plant.blocks[index].dependences
      where dependence.requiredBlock == block && dependence.requiredPosition != position {
        let row = plant.blocks[index].positions[dependence.position.index].open
        if !row.allSatisfy({ valves[$0] == .closed }) { return false }
      }
    }
    return true
  }
}

/// What the other blocks let a block do: all that a change-over knows of them.
public struct Surroundings: Hashable, Sendable {
  /// Rows for which every block that they depend on is proven in its part. (`VALVE-11`)
  public internal(set) var mayEnter = RowSet()
  /// Rows that no other block relies on. (`VALVE-12`)
  public internal(set) var mayLeave = RowSet()
  /// Rows for which the blocks that need another one are proven closed. (`VALVE-12`)
  public internal(set) var mayOpen = RowSet()
}

/// A set of a block's rows, without an array.
public struct RowSet: Hashable, Sendable {
  public private(set) var bits: UInt64 = 0

  public func contains(_ row: PositionID) -> Bool { bits >> UInt64(row.index) & 1 == 1 }
  mutating func insert(_ row: PositionID) { bits |= 1 << UInt64(row.index) }
}
