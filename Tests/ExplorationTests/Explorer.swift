import PlantModel
import Quantities

@testable import PlantControl

/// Visits every state that a plant's change-overs can reach, breadth first, running the sequencer
/// that ships.
///
/// One step of the world is one of these: a valve makes half a stroke as it was last told, or by
/// itself when its fault is that; the fault begins or ends; the daemon is killed and starts again,
/// with its memory or without; or a scan, in which every block may see any wish and any proofs
/// (units, flow, water, pressure come and go as they please), any limit passed, or an emergency
/// stop that freezes all. Any number of other steps fits between two scans, so that every timing of valves
/// against scans is tried. The safety monitor is not in it: the sequencer must hold without.
struct Explorer {
  let plant: Plant
  let interlock: ChangeOverInterlock
  /// The valve that may fail, and how; nil for sound valves.
  let fault: Fault?
  let inputs: [ChangeOver.Inputs]

  var report = Report()
  var view: ValveView
  private var table = StateTable()
  var worlds: [UInt64] { table.keys }
  private var parents: [Int32] = []
  private var scanned = StateTable()
  /// What a block's scans lead to, by all that they look at.
  var outcomes = Memo<[Outcome]>()
  var around = Memo<Surroundings>()
  var judged = StateTable()
  /// The bits of `Told.seen` that each block's own valves fill.
  let masks: [UInt64]
  /// Every step but restarts as (from, to), when asked for.
  private(set) var steps: [(from: Int32, to: Int32)] = []
  private let keepsSteps: Bool

  init(
    _ plant: Plant, fault: Fault? = nil, inputs: [ChangeOver.Inputs] = Explorer.proofsTogether,
    without missing: ChangeOverInterlock.Checks = [], keepsSteps: Bool = false
  ) {
    precondition(plant.valves.count <= World.valves && plant.blocks.count <= World.blocks)
    precondition(plant.blocks.allSatisfy { $0.positions.count <= 3 })
    self.plant = plant
    self.fault = fault
    self.inputs = inputs
    self.keepsSteps = keepsSteps
    interlock = ChangeOverInterlock(
      plant: plant, checks: ChangeOverInterlock.Checks.all.subtracting(missing))
    view = ValveView(count: plant.valves.count)
    masks = plant.blocks.map { block in
      block.valves.reduce(0) { $0 | 3 << UInt64(2 * $1.index) }
    }
  }

  /// Explores until no state is left to visit, or a property is broken.
  mutating func run() -> Report {
    for world in starts { visit(world, from: -1) }
    var next = 0
    var levelEnd = worlds.count
    while next < worlds.count, report.violation == nil {
      if next == levelEnd {
        report.depth += 1
        levelEnd = worlds.count
      }
      expand(World(bits: worlds[next]), Int32(next))
      next += 1
    }
    report.states = worlds.count
    report.unvisited = worlds.count - next
    return report
  }

  /// Every combination of rows, and a plant with all valves between their ends; the sequencers know
  /// nothing yet.
  private var starts: [World] {
    var unknown = World()
    for number in plant.blocks.indices {
      unknown.setBlock(number, PackedBlock(ChangeOver(now: Moments.now)))
    }
    var between = unknown
    for valve in plant.valves.indices { between[valve] = Stem(place: .between) }
    var rows = [unknown]
    for block in plant.blocks {
      rows = rows.flatMap { world in
        block.positions.indices.map { row in
          var world = world
          for valve in block.valves where block.isOpen(valve, in: PositionID(row)) {
            world[valve.index] = Stem(place: .open)
          }
          return world
        }
      }
    }
    return rows + [between]
  }

  private mutating func expand(_ world: World, _ parent: Int32) {
    for valve in plant.valves.indices { move(valve, in: world, parent) }
    if fault != nil {
      var other = world
      other.isFaulty.toggle()
      visit(other, from: parent)
    }
    for remembers in [true, false] {
      var restarted = world
      for number in plant.blocks.indices {
        restarted.setBlock(number, world.block(number).restarted(remembers: remembers))
      }
      visit(restarted, from: parent, isRestart: true)
    }
    // A scan takes every drive back: from states that differ in them alone it leads to the same.
    var undriven = world
    for valve in plant.valves.indices { undriven[valve].drive = .stay }
    if keepsSteps || scanned.number(undriven.bits).isNew { scan(world, parent) }
  }

  /// Half a stroke, where the valve is driven or moves by itself.
  private mutating func move(_ valve: Int, in world: World, _ parent: Int32) {
    let stem = world[valve]
    let kind = world.isFaulty && fault?.valve == valve ? fault?.kind : nil
    if kind == .sticks { return }
    for open in [true, false] {
      let isDriven = stem.drive == (open ? .open : .close)
      guard isDriven || kind == .wanders, let moved = stem.moved(open: open) else { continue }
      var after = world
      after[valve] = moved
      if open { judgeWater(valve, isDriven: isDriven, after, parent) }
      visit(after, from: parent)
    }
  }

  mutating func visit(_ world: World, from parent: Int32, isRestart: Bool = false) {
    let (number, isNew) = table.number(world.bits)
    if isNew { parents.append(parent) }
    if keepsSteps, parent >= 0, !isRestart { steps.append((parent, Int32(number))) }
  }

  mutating func fail(_ what: String, _ world: World, _ parent: Int32) {
    guard report.violation == nil else { return }
    var way = [describe(world)]
    var place = parent
    while place >= 0 {
      way.append(describe(World(bits: worlds[Int(place)])))
      place = parents[Int(place)]
    }
    report.violation = Report.Violation(what: what, way: way.reversed())
  }

  func describe(_ world: World) -> String {
    let valves = plant.valves.indices.map { valve in
      let drive = world[valve].drive == .stay ? "" : ", told to \(world[valve].drive)"
      return "\(plant.valves[valve].name) \(world[valve].place)\(drive)"
    }
    let blocks = plant.blocks.indices.map { number in
      let block = world.block(number)
      let row = { (row: Int?) in row.map { plant.blocks[number].positions[$0].name } ?? "?" }
      return "\(plant.blocks[number].name) \(block.phase) \(row(block.position))"
        + "→\(row(block.target))"
    }
    return (blocks + valves).joined(separator: "; ") + (world.isFaulty ? "; faulty" : "")
  }
}
