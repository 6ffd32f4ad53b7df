import PlantModel

@testable import PlantControl

extension Explorer {
  /// The states from which no way leads to one where every block holds a row.
  var stranded: [String] {
    var isFree = worlds.map { bits in
      plant.blocks.indices.allSatisfy { World(bits: bits).block($0).phase == .held }
    }
    var grows = true
    while grows {
      grows = false
      for step in steps.reversed() where isFree[Int(step.to)] && !isFree[Int(step.from)] {
        isFree[Int(step.from)] = true
        grows = true
      }
    }
    return worlds.indices.filter { !isFree[$0] }.map { describe(World(bits: worlds[$0])) }
  }
}
