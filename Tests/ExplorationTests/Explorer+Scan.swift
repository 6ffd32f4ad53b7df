import PlantModel
import Quantities

@testable import PlantControl

extension Explorer {
  /// What a scan does to one sequencer, and what it tells the valves of that block.
  struct Outcome: Hashable {
    var state: PackedBlock
    /// Two bits a valve of the plant.
    var commands: UInt64 = 0

    subscript(valve: Int) -> ValveCommand { Explorer.command(valve, in: commands) }
  }

  static func command(_ valve: Int, in commands: UInt64) -> ValveCommand {
    ValveCommand(rawValue: UInt8(commands >> UInt64(2 * valve) & 3))!
  }

  /// Every wish with proofs that all hold or all fail, and asked for again. A phase asks for proofs
  /// that must hold together, so that this leads to the same states as `anyProofs`; a test compares
  /// them.
  static let proofsTogether = inputs([(0, false), (31, false), (0, true)])
  /// Every wish with every combination of the five proofs, asked for again or not.
  static let anyProofs = inputs((0..<32).flatMap { [($0, false), ($0, true)] })

  private static func inputs(_ proofs: [(Int, Bool)]) -> [ChangeOver.Inputs] {
    var frozen = ChangeOver.Inputs()
    frozen.isFrozen = true
    var all = [frozen]
    for wanted in [nil, 0, 1] {
      for (proof, isRetry) in proofs {
        var inputs = ChangeOver.Inputs()
        inputs.wanted = wanted.map { PositionID($0) }
        inputs.isRetry = isRetry
        inputs.unitsStopped = proof & 1 != 0
        inputs.unitsRested = proof & 2 != 0
        inputs.flowStopped = proof & 4 != 0
        inputs.waterReady = proof & 8 != 0
        inputs.pressureReady = proof & 16 != 0
        all.append(inputs)
      }
    }
    return all
  }

  /// Visits everything that a scan of `world` can lead to.
  mutating func scan(_ world: World, _ parent: Int32) {
    let seen = see(world)
    scan(0, Told(seen: seen, commands: 0), world, parent)
  }

  /// What a scan saw of the valves and tells them.
  struct Told {
    /// Two bits a valve each.
    let seen: UInt64
    var commands: UInt64
  }

  /// Steps the block `number` in every way, and those after it from there, in the order of the
  /// controller.
  private mutating func scan(_ number: Int, _ told: Told, _ world: World, _ parent: Int32) {
    guard number < plant.blocks.count else {
      if judged.number(told.seen << UInt64(2 * World.valves) | told.commands).isNew {
        judge(told, world, parent)
      }
      visit(world, from: parent)
      return
    }
    for outcome in outcomes(number, world, told) {
      var after = world
      after.setBlock(number, outcome.state)
      for valve in plant.blocks[number].valves { after[valve.index].drive = outcome[valve.index] }
      var told = told
      told.commands |= outcome.commands
      scan(number + 1, told, after, parent)
    }
  }

  /// What one scan can do to the block `number`: by its own valves, its own state and what its
  /// surroundings let it do, since it is shown nothing else.
  private mutating func outcomes(_ number: Int, _ world: World, _ told: Told) -> [Outcome] {
    let block = BlockID(number)
    let packed = world.block(number)
    let around = surroundings(block, world, told)
    let own = told.seen & masks[number]
    let bits = around.mayEnter.bits << 6 | around.mayLeave.bits << 3 | around.mayOpen.bits
    let key = ((own << PackedBlock.width | packed.bits) << 9 | bits) << 1 | UInt64(number)
    if let known = outcomes.recall(key) { return known }
    var shown = ValveView(count: plant.valves.count)
    for valve in plant[block].valves { shown[valve] = view[valve] }
    var commands = Array(repeating: ValveCommand.stay, count: plant.valves.count)
    var found: [Outcome] = []
    for isStrokeOver in [false, true] {
      for isStuckTooLong in [false, true] {
        for input in inputs {
          var state = packed.state(isStrokeOver: isStrokeOver, isStuckTooLong: isStuckTooLong)
          let transition = state.step(
            input, block: block, valves: shown, surroundings: around, interlock: interlock,
            times: Moments.times, now: Moments.now, commands: &commands)
          if let transition { report.transitions.insert(transition) }
          var outcome = Outcome(state: PackedBlock(state))
          for valve in plant[block].valves {
            outcome.commands |=
              UInt64(commands[valve.index].rawValue) << UInt64(2 * valve.index)
          }
          if !found.contains(outcome) { found.append(outcome) }
        }
      }
    }
    outcomes.learn(found)
    return found
  }

  /// What the interlock says of the other blocks, by all valves and all states.
  private mutating func surroundings(
    _ block: BlockID, _ world: World, _ told: Told
  ) -> Surroundings {
    let key = (told.seen << 18 | world.sequencers) << 1 | UInt64(block.index)
    if let known = around.recall(key) { return known }
    let states = plant.blocks.indices.map {
      world.block($0).state(isStrokeOver: false, isStuckTooLong: false)
    }
    let found = interlock.surroundings(of: block, valves: view, states: states)
    around.learn(found)
    return found
  }

  /// Fills the view with what the end switches show; two bits a valve.
  private mutating func see(_ world: World) -> UInt64 {
    var bits: UInt64 = 0
    for valve in plant.valves.indices {
      var seen: ValvePosition =
        switch world[valve].place {
        case .closed: .closed
        case .between: .between
        case .open: .open
        }
      if world.isFaulty, let fault, fault.valve == valve { seen = fault.kind.shown(for: seen) }
      view[ValveID(valve)] = seen
      bits |= UInt64(seen.rawValue) << UInt64(2 * valve)
    }
    return bits
  }
}

/// What can be wrong with one valve, from any moment on and until any other.
struct Fault {
  enum Kind: CaseIterable {
    case sticks, showsClosed, showsOpen, notSeen, wanders

    func shown(for truth: ValvePosition) -> ValvePosition {
      switch self {
      case .showsClosed: .closed
      case .showsOpen: .open
      case .notSeen: .unknown
      case .sticks, .wanders: truth
      }
    }

    var words: String {
      switch self {
      case .sticks: "sticking"
      case .showsClosed: "lying that it is closed"
      case .showsOpen: "lying that it is open"
      case .notSeen: "not seen"
      case .wanders: "wandering"
      }
    }

    /// Such a valve can let water pass though it is told not to, or is not known to.
    var mayMix: Bool { self == .showsClosed || self == .wanders }
  }

  var valve: Int
  var kind: Kind
}
