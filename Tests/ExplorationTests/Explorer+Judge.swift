import PlantModel

@testable import PlantControl

/// What an exploration found.
struct Report {
  struct Violation {
    var what: String
    /// The shortest way there, state by state.
    var way: [String]
  }

  var states = 0
  /// States that were found and not gone on from; none when the exploration is complete.
  var unvisited = 0
  var depth = 0
  /// How often a scan told a port of a vessel to open: when "one circuit a vessel" can be broken.
  var openings = 0
  /// How often a row with a dependence was told to open, and how often one that another block may
  /// rely on was left: when "block dependence" can be broken.
  var dependentOpenings = 0
  var leavings = 0
  /// How often a driven valve moved open: when water can begin to pass.
  var strokes = 0
  /// How often a valve that lies or wanders let circuits meet.
  var mixedByFault = 0
  var transitions: Set<ChangeOverTransition> = []
  var violation: Violation?

  static func += (sum: inout Report, one: Report) {
    sum.states += one.states
    sum.unvisited += one.unvisited
    sum.depth = max(sum.depth, one.depth)
    sum.openings += one.openings
    sum.dependentOpenings += one.dependentOpenings
    sum.leavings += one.leavings
    sum.strokes += one.strokes
    sum.mixedByFault += one.mixedByFault
    sum.transitions.formUnion(one.transitions)
    sum.violation = sum.violation ?? one.violation
  }
}

extension Report: CustomStringConvertible {
  var description: String {
    "\(states) states, frontier \(unvisited), depth \(depth), openings \(openings), "
      + "dependent openings \(dependentOpenings), leavings \(leavings), strokes open \(strokes), "
      + "mixed by the fault \(mixedByFault), "
      + "transitions \(transitions.count) of \(ChangeOverTransition.allCases.count)"
  }
}

extension Explorer {
  /// The safety properties on what a scan saw and commands, as the run-time monitor judges them.
  mutating func judge(_ told: Told, _ world: World, _ parent: Int32) {
    let command = { (id: ValveID) in Explorer.command(id.index, in: told.commands) }
    let valve = { [view] (id: ValveID) in (command(id), view[id]) }
    for block in plant.blocks {
      for vessel in block.vessels {
        if vessel.ports.contains(where: { command($0.valve) == .open }) { report.openings += 1 }
        if vessel.isJoined(valve) { fail("\(vessel.name) may join two circuits", world, parent) }
      }
      for dependence in block.dependences {
        let required = plant[dependence.requiredBlock]
        let row = block.positions[dependence.position.index].open
        if row.contains(where: { command($0) == .open }) { report.dependentOpenings += 1 }
        let isLeft = required.valves.contains {
          command($0) == .open && !required.isOpen($0, in: dependence.requiredPosition)
        }
        if isLeft { report.leavings += 1 }
        if dependence.isBroken(by: block, and: required, valve) {
          fail("\(block.name) against its dependence", world, parent)
        }
      }
    }
  }

  /// The physical truth, when `valve` has just moved open: whatever was seen, its water meets no
  /// other circuit's, unless a valve that lies or wanders made it so.
  mutating func judgeWater(_ valve: Int, isDriven: Bool, _ world: World, _ parent: Int32) {
    if isDriven { report.strokes += 1 }
    let mayMix = fault?.kind.mayMix ?? false
    for block in plant.blocks {
      for vessel in block.vessels {
        guard let own = vessel.ports.first(where: { $0.valve.index == valve }) else { continue }
        let meets = vessel.ports.contains {
          $0.circuit != own.circuit && world[$0.valve.index].place != .closed
        }
        if meets, mayMix { report.mixedByFault += 1 }
        if meets, !mayMix { fail("water passes through \(vessel.name)", world, parent) }
      }
      guard !mayMix, fault?.kind != .showsOpen else { continue }
      for dependence in block.dependences {
        let valve = { (id: ValveID) -> (ValveCommand, ValvePosition) in
          let place = world[id.index].place
          let position: ValvePosition =
            place == .closed ? .closed : place == .open ? .open : .between
          return (id.index == valve ? .open : .stay, position)
        }
        if dependence.isBroken(by: block, and: plant[dependence.requiredBlock], valve) {
          fail("\(block.name)'s water against its dependence", world, parent)
        }
      }
    }
  }
}
