public import PlantModel
public import Quantities

/// The change-over of one block of valves: break before make, by vessel.
///
/// A pure state machine without arrays, small enough to be explored exhaustively. It is told what is
/// proven and says which valves to drive; `ChangeOverInterlock` has the last word on every opening.
/// Of other blocks it knows their `Surroundings` alone, of the valves it looks at its own.
/// The table of its transitions stands in `docs/change-over.md`.
public struct ChangeOver: Hashable, Sendable {
  public internal(set) var phase: ChangeOverPhase = .unknown
  /// When the phase began.
  public internal(set) var since: Instant
  /// The row that was proven last: where the way back leads.
  public internal(set) var position: PositionID?
  /// The row on the way to; nil while one is held.
  public internal(set) var target: PositionID?
  /// When the last change was begun or, once it is done, its row was reached. (`VALVE-16`)
  public internal(set) var turned: Instant
  /// Since when the machines' water may have been shut in, or a valve failed; `distantFuture` while
  /// a row holds.
  public internal(set) var troubledSince: Instant = .distantFuture

  public init(now: Instant) {
    since = now
    turned = now
  }

  /// A change-over in any state, as the exploration visits it.
  init(
    phase: ChangeOverPhase, since: Instant, position: PositionID?, target: PositionID?,
    turned: Instant, troubledSince: Instant
  ) {
    self.phase = phase
    self.since = since
    self.position = position
    self.target = target
    self.turned = turned
    self.troubledSince = troubledSince
  }

  /// What a scan knows of the block, apart from the valves themselves.
  public struct Inputs: Hashable, Sendable {
    /// The row that the block's mode needs; nil when the mode needs none.
    public var wanted: PositionID?
    /// Whether a person has just asked for that row (again).
    public var isRetry = false
    /// Every unit of the block is proven stopped.
    public var unitsStopped = false
    /// They have stood for as long as a change of water asks. (`VALVE-03`)
    public var unitsRested = false
    /// No water moves through the block's valves. (`VALVE-04`)
    public var flowStopped = false
    /// The water that the target row brings is in its window. (`VALVE-05`)
    public var waterReady = false
    /// The circuits' pressures are close enough to begin opening a valve between them. Once a
    /// port is open the vessel has that circuit's pressure. (`VALVE-06`)
    public var pressureReady = false
    /// An emergency stop, or a plant not yet read: nothing moves.
    public var isFrozen = false

    public init() {}
  }

  /// One scan: at most one transition, then the commands of the phase that it leads to.
  ///
  /// - Returns: the transition that was taken, if any.
  public mutating func step(
    _ inputs: Inputs, block: BlockID, valves: ValveView, surroundings: Surroundings,
    interlock: ChangeOverInterlock, times: ChangeOverTimes, now: Instant,
    commands: inout [ValveCommand]
  ) -> ChangeOverTransition? {
    let row = RowView(plant: interlock.plant, id: block, valves: valves)
    let transition =
      inputs.isFrozen
      ? nil
      : next(
        Situation(
          inputs: inputs, block: block, row: row, surroundings: surroundings,
          interlock: interlock, times: times, now: now))
    if let transition { take(transition, inputs, row: row, now: now) }
    if inputs.isFrozen {
      // A valve that may not move does not use up its stroke time.
      if phase == .closingOld || phase == .openingNew { since = now }
      for valve in row.block.valves { commands[valve.index] = .stay }
    } else {
      drive(
        block, valves: valves, surroundings: surroundings, interlock: interlock,
        commands: &commands)
    }
    return transition
  }

  /// Moves to where the transition leads. The only place that assigns the phase.
  private mutating func take(
    _ transition: ChangeOverTransition, _ inputs: Inputs, row: RowView, now: Instant
  ) {
    switch transition {
    case .rowFound, .changeDone, .changeCancelled, .rowCameBack:
      let reached = transition == .changeCancelled ? position : row.provenRow ?? position
      let isBack = transition == .changeDone || transition == .rowCameBack
      if isBack || reached != position { turned = now }
      position = reached
      target = nil
      troubledSince = .distantFuture
    case .changeBegun:
      target = inputs.wanted
      turned = now
    case .recoverUnknown:
      target = inputs.wanted ?? target ?? position
      turned = now
      troubledSince = min(troubledSince, now)
    case .rowLost:
      target = position
      turned = now
      troubledSince = min(troubledSince, now)
    case .begunAnew:
      target = inputs.wanted
      turned = now
    case .retried:
      target = inputs.wanted
      turned = now
      troubledSince = now
    case .oldWanted:
      target = position
    case .turnedBack:
      target = position
      troubledSince = now
    case .flowStopped, .closingTimedOut, .openingTimedOut:
      troubledSince = min(troubledSince, now)
    case .unitsStopped, .waterReady, .oldClosed, .openingBlocked, .closedAfterAll, .stuckTooLong:
      break
    }
    phase = transition.to
    since = now
  }

  /// The commands of the phase. Closing is always safe; opening goes through the interlock.
  private func drive(
    _ block: BlockID, valves: ValveView, surroundings: Surroundings,
    interlock: ChangeOverInterlock, commands: inout [ValveCommand]
  ) {
    let row = RowView(plant: interlock.plant, id: block, valves: valves)
    for valve in row.block.valves { commands[valve.index] = .stay }
    switch phase {
    case .unknown: break
    case .held, .stoppingUnits, .waitingForWater, .stoppingFlow:
      if let position { shut(foreignTo: position, row: row, valves: valves, &commands) }
    case .closingOld, .stuck:
      if let target { close(allBut: target, row: row, &commands) }
    case .openingNew:
      guard let target else { break }
      close(allBut: target, row: row, &commands)
      for valve in row.block.positions[target.index].open
      where interlock.mayOpen(
        valve, of: block, into: target, valves: valves, commands: commands,
        surroundings: surroundings)
      {
        commands[valve.index] = .open
      }
    case .goingBack:
      if let position { close(allBut: position, row: row, &commands) }
      reopenOnePort(
        block, row: row, surroundings: surroundings, interlock: interlock, valves: valves,
        &commands)
    }
  }

  private func close(
    allBut position: PositionID, row: RowView, _ commands: inout [ValveCommand]
  ) {
    for valve in row.block.valves where !row.block.isOpen(valve, in: position) {
      commands[valve.index] = .close
    }
  }

  /// A valve that left its place by itself is shut at once, flow or not. (`VALVE-01`)
  private func shut(
    foreignTo position: PositionID, row: RowView, valves: ValveView,
    _ commands: inout [ValveCommand]
  ) {
    for valve in row.block.valves
    where !row.block.isOpen(valve, in: position) && valves[valve].isSeenOffClosed {
      commands[valve.index] = .close
    }
  }

  /// For each vessel one port to the old circuit, so that trapped water can expand. (`VALVE-10`)
  private func reopenOnePort(
    _ block: BlockID, row: RowView, surroundings: Surroundings,
    interlock: ChangeOverInterlock, valves: ValveView, _ commands: inout [ValveCommand]
  ) {
    guard let position else { return }
    for vessel in row.block.vessels {
      let old = vessel.ports.first { row.block.isOpen($0.valve, in: position) }
      if let old,
        interlock.mayOpen(
          old.valve, of: block, into: position, valves: valves, commands: commands,
          surroundings: surroundings)
      {
        commands[old.valve.index] = .open
      }
    }
  }
}

/// The times of a change-over, from the parameters.
public struct ChangeOverTimes: Hashable, Sendable {
  public var stroke: TimeSpan
  public var stuck: TimeSpan

  public init(stroke: TimeSpan, stuck: TimeSpan) {
    self.stroke = stroke
    self.stuck = stuck
  }
}

extension ChangeOver {
  /// The phase is not kept: after a restart the valves themselves say where they are.
  mutating func persist(in archive: inout some Archive, block: ChangeOverBlock) {
    let names = block.positions.map(\.name)
    archive.field("position", &position, among: names)
    archive.field("target", &target, among: names)
    archive.field("turned", &turned)
    archive.field("troubled_since", &troubledSince)
  }
}
