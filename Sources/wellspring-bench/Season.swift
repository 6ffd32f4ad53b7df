import PlantModel
import PlantSimulation
import Quantities

extension Session {
  /// Asks every block for a service; those that do not have it, as recovery, go by their own rules.
  mutating func choose(_ service: BlockMode.Service, _ plant: Plant) {
    for (index, block) in plant.blocks.enumerated() {
      if let mode = block.modes.firstIndex(where: { $0.service == service }) {
        ask(.setMode(BlockID(index), ModeID(mode)))
      } else {
        ask(.setAutomatic(BlockID(index)))
      }
    }
  }
}

extension Twin {
  /// Kelvins by which rooms are more than 1 K off what they are set to: on average of many, or of the
  /// one building.
  func shortage(_ wanted: TwinDescription, cools: Bool) -> Double {
    if let off = cools ? roomExcess : roomShortage { return off.value }
    let off = cools ? roomTemperature - wanted.roomCooling : wanted.roomHeating - roomTemperature
    return max(off.value - 1, 0)
  }
}
