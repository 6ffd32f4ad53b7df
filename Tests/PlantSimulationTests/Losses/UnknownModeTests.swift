import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// A restart on a saved mode that the configuration does not know.
@Suite struct UnknownModeTests {
  /// A block in a mode, restarted after its saved rows were changed; a nil text takes a row away.
  private func restarted(
    _ block: String, _ mode: String, _ changes: [String: String?]
  ) -> RunningPlant {
    var plant = RunningPlant(isWinter: mode != "summer")
    plant.choose(block, mode)
    plant.session.run(for: .minutes(2))
    let rows = ArchiveWriter.rows(of: plant.session.controller).compactMap { row in
      let name = row.path.split(separator: "/").last.map(String.init) ?? ""
      guard row.path.hasPrefix("block/\(block)/"), let text = changes[name] else { return row }
      return text.map { (path: row.path, text: $0) }
    }
    plant.session.restart(from: rows, after: .seconds(7))
    plant.session.run(for: .minutes(10))
    return plant
  }

  private func mode(_ plant: RunningPlant, _ block: String) -> String {
    plant.plant[plant.block(block)].modes[plant.status(block).mode.index].name
  }

  private func hasAlarm(_ plant: RunningPlant, _ block: String) -> Bool {
    plant.session.controller.alarms.contains {
      $0.key == AlarmKey(.modeUnknown, .block(plant.block(block))) && $0.isActive
    }
  }

  private func hasChanged(_ plant: RunningPlant) -> Bool {
    plant.session.events.contains {
      if case .changeBegun = $0.kind { true } else { false }
    }
  }

  static let cases: [(block: String, mode: String, service: String?, wanted: String)] = [
    ("main", "winter", "heating", "winter"), ("main", "transition", "transition", "transition"),
    ("main", "summer", "cooling", "summer"),
    // Without the service, or with one of another row, the proven row decides: heating before others.
    ("main", "transition", nil, "winter"), ("main", "summer", nil, "summer"),
    ("main", "winter", "cooling", "winter"), ("main", "winter", "###", "winter"),
    ("recovery", "ground", nil, "ground"),
    // Somebody may work on a block that was off.
    ("main", "off", "off", "off"),
  ]

  @Test(
    "MODE-06: a block goes on in a mode of its proven row, and no valve moves", arguments: cases)
  func goesOnInItsRow(block: String, before: String, service: String?, wanted: String) {
    let plant = restarted(block, before, ["mode": "wanter", "service": service])
    #expect(mode(plant, block) == wanted)
    #expect(hasAlarm(plant, block))
    #expect(!hasChanged(plant))
  }

  @Test("MODE-06: the unknown name is kept until a person chooses, and known again when put right")
  func isKept() {
    var plant = restarted("main", "winter", ["mode": "wanter"])
    let saved = { (plant: RunningPlant) in
      ArchiveWriter.rows(of: plant.session.controller).filter {
        ["block/main/mode", "block/main/service"].contains($0.path)
      }.map(\.text)
    }
    #expect(saved(plant) == ["wanter", "heating"])
    plant.choose("main", "transition")
    plant.session.step()
    #expect(saved(plant) == ["transition", "transition"])
    #expect(!hasAlarm(plant, "main"))
    let known = restarted("main", "winter", ["mode": "summer", "service": "heating"])
    #expect(mode(known, "main") == "summer")
    #expect(!hasAlarm(known, "main"))
  }

  @Test("MODE-06: giving the block to its rules is a choice too")
  func automatic() {
    var plant = restarted("main", "winter", ["mode": "wanter"])
    plant.choose("main", "automatic")
    plant.session.step()
    #expect(!hasAlarm(plant, "main"))
    #expect(mode(plant, "main") == "winter")
  }
}
