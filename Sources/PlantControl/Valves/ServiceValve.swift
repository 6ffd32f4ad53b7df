import PlantModel
import Quantities

/// A valve that shuts a unit or a tank off: it joins no circuits and simply follows its path.
///
/// Both end switches prove it where it has them; else its stroke time must do, and the flow proof
/// behind it catches the error. While they say nothing it counts as where they showed it last: it has
/// no reason to move, and the flow proof watches over it. (`VALVE-15`)
struct ServiceValve: Sendable, Hashable {
  let id: ValveID
  private(set) var isWantedOpen = false
  private(set) var since: Instant
  /// Where its end switches showed it last.
  private var seen = ValvePosition.unknown

  init(_ id: ValveID, now: Instant) {
    self.id = id
    since = now
  }

  /// Open as far as can be known.
  func isOpen(_ valves: ValveView, _ plant: Plant, _ now: Instant) -> Bool {
    // Without both switches its position is never known.
    if valves[id] == .open { return true }
    guard isWantedOpen, valves[id] == .unknown else { return false }
    return hasSwitches(plant) ? seen == .open : isDue(plant, now)
  }

  func isClosed(_ valves: ValveView, _ plant: Plant, _ now: Instant) -> Bool {
    valves[id] == .closed || !hasSwitches(plant) && !isWantedOpen && isDue(plant, now)
  }

  private func hasSwitches(_ plant: Plant) -> Bool {
    plant[id].openedSwitch != nil && plant[id].closedSwitch != nil
  }

  private func isDue(_ plant: Plant, _ now: Instant) -> Bool {
    now - since >= plant[id].strokeTime
  }

  mutating func step(
    open: Bool, _ why: Reason, valves: ValveView, plant: Plant, now: Instant,
    board: inout Board
  ) {
    if open != isWantedOpen {
      isWantedOpen = open
      since = now
    }
    if valves[id] != .unknown || !open { seen = valves[id] }
    if let opened = plant[id].openedSwitch, plant[id].closedSwitch != nil,
      board.silent[opened.point.index],
      !board.alarms.isActive(.valveNotProven, .valve(id))
    {
      // A valve that is neither seen nor told uses up no stroke time.
      since = now
    }
    board.outputs.decide(plant[id], open ? .open : .close, why)
    let isProven = open ? isOpen(valves, plant, now) : isClosed(valves, plant, now)
    if !isProven, now - since > plant.parameters.strokeLimit {
      let reason = Reason(.valveNotProven, .valve(id), since: since)
      board.alarms.see(.valveNotProven, .valve(id), reason)
    }
  }

  /// Starts from where the valve is found.
  mutating func takeOver(_ valves: ValveView, now: Instant) {
    isWantedOpen = valves[id] == .open
    since = now
  }
}
