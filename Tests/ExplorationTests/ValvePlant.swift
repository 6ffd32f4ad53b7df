import PlantModel
import Quantities

/// The valves of a plant and nothing else: what the exploration of its change-over needs.
///
/// - Parameter vessels: the vessels to keep; a block without any is left out.
func valvePlant(of plant: Plant, keeping vessels: Set<String>) -> Plant {
  var reduced = plant
  var kept: [ValveID] = []
  for index in reduced.blocks.indices {
    var block = reduced.blocks[index]
    block.vessels.removeAll { !vessels.contains($0.name) }
    let ports = block.vessels.flatMap { $0.ports.map(\.valve) }
    block.valves.removeAll { !ports.contains($0) }
    block.pairs.removeAll { !ports.contains($0.first) || !ports.contains($0.second) }
    for row in block.positions.indices {
      block.positions[row].open.removeAll { !ports.contains($0) }
    }
    kept += block.valves
    reduced.blocks[index] = block
  }
  reduced.blocks.removeAll(where: \.vessels.isEmpty)
  return reduced.renumbered(kept.sorted())
}

extension Plant {
  /// The same plant with only the valves `kept`, numbered from 0.
  fileprivate func renumbered(_ kept: [ValveID]) -> Plant {
    var plant = self
    let place = { (valve: ValveID) in ValveID(kept.firstIndex(of: valve)!) }
    plant.valves = kept.map { self[$0] }
    for index in plant.blocks.indices {
      var block = plant.blocks[index]
      block.valves = block.valves.map(place)
      block.pairs = block.pairs.map { ValvePair(place($0.first), place($0.second)) }
      for vessel in block.vessels.indices {
        for port in block.vessels[vessel].ports.indices {
          let valve = block.vessels[vessel].ports[port].valve
          block.vessels[vessel].ports[port].valve = place(valve)
        }
      }
      for row in block.positions.indices {
        block.positions[row].open = block.positions[row].open.map(place)
      }
      plant.blocks[index] = block
    }
    return plant
  }
}
