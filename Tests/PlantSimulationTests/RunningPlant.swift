import Foundation
import PlantConfiguration
import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// A shipped plant, the sports centre unless told otherwise, with its twin, and words for its parts.
struct RunningPlant {
  var session: Session
  let plant: Plant
  let description: TwinDescription

  init(
    _ name: String = "sports-centre", isWinter: Bool = true, scan: TimeSpan = .seconds(1),
    tune: (inout Plant) -> Void = { _ in }
  ) {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("config/\(name).yaml").path
    let loaded = PlantLoader.load(path: path).plant!
    var tuned = loaded.plant
    tune(&tuned)
    plant = tuned
    description = loaded.twin!
    // 2026-04-10 00:00 UTC.
    session = Session(
      plant: tuned, description: loaded.twin!,
      start: Instant(milliseconds: 1_775_779_200_000), scan: scan, isWinter: isWinter,
      keepsEvents: true)
    session.run(for: .seconds(130))
  }

  func block(_ name: String) -> BlockID {
    BlockID(plant.blocks.firstIndex { $0.name == name }!)
  }

  func point(_ name: String) -> PointID {
    PointID(plant.points.firstIndex { $0.name == name }!)
  }

  func hasAlarm(_ kind: AlarmKind) -> Bool {
    session.controller.alarms.contains { $0.key.kind == kind && $0.isActive }
  }

  /// What its first distribution does.
  var distribution: DistributionStatus { session.controller.status(of: DistributionID(0)) }

  /// What its first circuit is seen to move, m³/h.
  var flow: Double { session.image.reading(plant.circuits[0].flow)?.value ?? -1 }

  mutating func choose(_ block: String, _ mode: String) {
    let id = self.block(block)
    if mode == "automatic" {
      session.ask(.setAutomatic(id))
    } else {
      session.ask(.setMode(id, ModeID(plant[id].modes.firstIndex { $0.name == mode }!)))
    }
    session.step()
  }

  mutating func hold(
    ground: Double? = nil, building: Double? = nil, hot: Double? = nil, outdoor: Double? = nil,
    tanks: Double? = nil
  ) {
    var boundary = Boundary()
    boundary.ground = ground.map { Celsius($0) }
    boundary.building = building.map { Celsius($0) }
    boundary.hot = hot.map { Celsius($0) }
    boundary.outdoor = outdoor.map { Celsius($0) }
    boundary.tanks = tanks.map { Celsius($0) }
    session.twin.hold(boundary)
  }

  /// Runs until `condition`, at most for `span`; whether it came true.
  mutating func run(atMost span: TimeSpan, until condition: (RunningPlant) -> Bool) -> Bool {
    let end = session.twin.now + span
    while session.twin.now < end {
      if condition(self) { return true }
      session.run(for: .seconds(10))
    }
    return condition(self)
  }

  func status(_ block: String) -> BlockStatus { session.controller.status(of: self.block(block)) }

  /// Whether the block holds the named row.
  func holds(_ block: String, _ row: String) -> Bool {
    let status = status(block)
    return status.phase == .held
      && status.position.map { plant[self.block(block)].positions[$0.index].name } == row
  }

  func running(_ prefix: String) -> [UnitStatus] {
    plant.units.indices.filter { plant.units[$0].name.hasPrefix(prefix) }
      .map { session.controller.status(of: UnitID($0)) }.filter { $0.phase == .running }
  }

  var coefficient: Double? { session.controller.energy.window.coefficient }
}

extension RunningPlant: CustomTestStringConvertible {
  /// A failed expectation shows the time, not every point of the plant.
  var testDescription: String { "plant at \(session.twin.now)" }
}
