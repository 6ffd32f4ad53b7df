import Foundation
import PlantConfiguration
import PlantControl
import PlantModel
import PlantSimulation
import Quantities

/// The sports centre warmed up in one season, of which each loss gets a copy of its own.
struct LossBench {
  enum Season: String, CaseIterable {
    /// −15 °C outdoors: main units heat, the recovery unit runs on the ground.
    case winter
    /// 34 °C outdoors: main units cool, the recovery unit runs on the cooling circuit.
    case summer
  }

  let season: Season
  let plant: Plant
  var session: Session
  /// What the units made since the copy was taken: heat in winter, cold in summer.
  private(set) var made = 0.0

  init(_ season: Season) {
    self.season = season
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("config/sports-centre.yaml").path
    let loaded = PlantLoader.load(path: path).plant!
    plant = loaded.plant
    session = Session(
      plant: loaded.plant, description: loaded.twin!,
      start: Instant(milliseconds: season == .winter ? 1_768_438_800_000 : 1_784_080_800_000),
      isWinter: season == .winter)
    var boundary = Boundary()
    boundary.outdoor = Celsius(season == .winter ? -15 : 34)
    session.twin.hold(boundary)
    session.run(for: .seconds(130))
    choose("main", season == .winter ? "winter" : "summer")
    session.run(for: .hours(2))
    choose("recovery", season == .winter ? "ground" : "cooling-circuit")
    session.run(for: .hours(2))
  }

  var now: Instant { session.twin.now }
  var truth: TwinTruth { session.twin.truth }

  func block(_ name: String) -> BlockID { BlockID(plant.blocks.firstIndex { $0.name == name }!) }

  mutating func choose(_ name: String, _ mode: String) {
    let block = block(name)
    let place = plant[block].modes.firstIndex { $0.name == mode }!
    session.ask(.setMode(block, ModeID(place)))
    session.step()
  }

  mutating func step() {
    session.step()
    for index in plant.units.indices {
      let output = session.twin.output(of: UnitID(index))
      made += (season == .winter ? output.heat : output.cold).value / 3600
    }
  }

  mutating func run(_ span: TimeSpan) {
    let end = now + span
    while now < end { step() }
  }

  /// How many units of a block run, as its status says.
  func running(_ block: String) -> Int {
    let id = self.block(block)
    return plant.units.indices.count {
      plant.units[$0].block == id
        && session.controller.status(of: UnitID($0)).phase == .running
    }
  }

  /// As many units run as in `other`, and no alarm is active.
  func runs(like other: LossBench) -> Bool {
    running("main") >= other.running("main") && running("recovery") >= other.running("recovery")
      && activeAlarms.isEmpty
  }

  var activeAlarms: [Alarm] { session.controller.alarms.filter(\.isActive) }
}
