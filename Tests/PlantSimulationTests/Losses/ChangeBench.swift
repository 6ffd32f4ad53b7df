import Foundation
import PlantConfiguration
import PlantControl
import PlantModel
import PlantSimulation
import Quantities

/// The sports centre before a change-over, with water that lets it begin at once and short waits.
struct ChangeBench {
  enum Way: String, CaseIterable {
    case toSummer, toWinter, toCooling, toGround
  }

  let way: Way
  let plant: Plant
  var session: Session

  init(_ way: Way, stuckAfter: TimeSpan = .minutes(5)) {
    self.way = way
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("config/sports-centre.yaml").path
    let loaded = PlantLoader.load(path: path).plant!
    var tuned = loaded.plant
    for index in tuned.blocks.indices { tuned.blocks[index].unitsOffBefore = .minutes(4) }
    tuned.parameters.stuckLimit = stuckAfter
    plant = tuned
    session = Session(
      plant: tuned, description: loaded.twin!,
      start: Instant(milliseconds: 1_775_779_200_000), isWinter: way == .toSummer)
    var boundary = Boundary()
    boundary.ground = Celsius(15)
    boundary.building = Celsius(20)
    boundary.outdoor = Celsius(16)
    session.twin.hold(boundary)
    session.run(for: .seconds(130))
    choose("main", way == .toSummer ? "winter" : "summer")
    choose("recovery", way == .toGround ? "cooling-circuit" : "ground")
    session.run(for: .minutes(30))
  }

  var now: Instant { session.twin.now }
  var truth: TwinTruth { session.twin.truth }
  var blockID: BlockID { BlockID(way == .toSummer || way == .toWinter ? 0 : 1) }
  var block: ChangeOverBlock { plant[blockID] }
  var status: BlockStatus { session.controller.status(of: blockID) }

  /// The mode that the change leads to.
  var wanted: ModeID {
    let name =
      switch way {
      case .toSummer: "summer"
      case .toWinter: "winter"
      case .toCooling: "cooling-circuit"
      case .toGround: "ground"
      }
    return ModeID(block.modes.firstIndex { $0.name == name }!)
  }

  /// The row of the block's mode is proven and held.
  var isDone: Bool {
    let row = block.modes[status.mode.index].position
    return status.phase == .held && status.position == row
  }

  var isJoinedAlarm: Bool {
    session.controller.alarms.contains { $0.key.kind == .circuitsJoined && $0.isActive }
  }

  /// No pump of the circuits that the block's vessels can reach is told to run.
  var pumpsStand: Bool {
    let circuits = Set(block.vessels.flatMap { $0.ports.map(\.circuit) })
    return plant.pumpGroups.allSatisfy { group in
      !circuits.contains(group.circuit)
        || group.pumps.allSatisfy { !session.controller.outputs.isOn(plant[$0].runCommand) }
    }
  }

  mutating func choose(_ name: String, _ mode: String) {
    let block = BlockID(plant.blocks.firstIndex { $0.name == name }!)
    let place = plant[block].modes.firstIndex { $0.name == mode }!
    session.ask(.setMode(block, ModeID(place)))
    session.step()
  }

  /// Asks for the change, or for it again.
  mutating func change() {
    session.ask(.setMode(blockID, wanted))
    session.step()
  }

  /// Runs until the change is in `phase`, for an hour at most.
  mutating func reach(_ phase: ChangeOverPhase) {
    let end = now + .hours(1)
    while status.phase != phase, now < end { session.step() }
  }
}
