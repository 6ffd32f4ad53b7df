import PlantControl
import PlantModel
import PlantOperation

/// The line that `systemctl status` shows.
enum StatusLine {
  static func text(_ operation: Operation) -> String {
    let controller = operation.controller
    let plant = controller.plant
    guard controller.hasTakenOver else { return "reading the plant; nothing is moved yet" }
    let blocks = plant.blocks.indices.map { index in
      let status = controller.status(of: BlockID(index))
      let mode = plant.blocks[index].modes[status.mode.index].name
      let phase = status.phase == .held ? "" : " (\(status.phase.rawValue))"
      return "\(plant.blocks[index].name) \(mode)\(phase)"
    }
    let running = plant.units.indices.count {
      controller.status(of: UnitID($0)).phase == .running
    }
    let alarms = controller.alarms.count { $0.isActive }
    return blocks.joined(separator: ", ")
      + "; \(running) of \(plant.units.count) units run; \(alarms) alarms"
  }
}
