import PlantModel
import Quantities

extension Controller {
  /// Circuits whose valves are seen open into one vessel: a valve ran on or was moved by hand. What
  /// drives their water stands until the valves are seen closed again. (`VALVE-01`)
  mutating func watchJoinedCircuits(_ image: InputImage) {
    for index in joined.indices { joined[index] = false }
    for index in plant.blocks.indices {
      for vessel in plant.blocks[index].vessels where isJoined(vessel) {
        for port in vessel.ports where valves[port.valve].isSeenOffClosed {
          joined[port.circuit.index] = true
        }
        let subject = Subject.block(BlockID(index))
        board.alarms.see(
          .circuitsJoined, subject, Reason(.oneCircuitPerVessel, subject, since: image.now))
      }
    }
  }

  /// Ports to two circuits are seen off their closed ends. Valves that are not seen do not count:
  /// they have no reason to move.
  private func isJoined(_ vessel: Vessel) -> Bool {
    var first: CircuitID?
    for port in vessel.ports where valves[port.valve].isSeenOffClosed {
      if let first, first != port.circuit { return true }
      first = port.circuit
    }
    return false
  }

  /// Whether either side of a unit is on a joined circuit.
  func isOnJoinedCircuit(_ unit: Int) -> Bool {
    branches[(2 * unit)...(2 * unit + 1)].contains { branch in
      branch.circuit.map { joined[$0.index] } ?? false
    }
  }
}
