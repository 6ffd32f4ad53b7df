import PlantModel
import Quantities

extension Twin {
  /// Sets what valves and pumps do now, and solves for the flows.
  mutating func solveFlows() {
    for port in layout.ports {
      network.setConductance(port.pipe, port.conductance * valves[port.valve].opening)
    }
    for side in layout.sides where side.isolation >= 0 {
      network.setConductance(side.pipe, side.conductance * valves[side.isolation].opening)
    }
    openDistributions()
    for index in layout.circuits.indices {
      let circuit = layout.circuits[index]
      network.setPressure(layout.suction(index), circuits[index].pressure)
      if circuit.hasTanks {
        network.setConductance(circuit.external, circuit.conductance * chargeOpening(index))
      }
    }
    for index in circuits.indices { circuits[index].isPumped = false }
    for index in pumps.indices {
      let speed = pumps[index].isRunning ? pumps[index].speed : 0
      network.setSpeed(index, speed)
      if speed > 0 { circuits[layout.pumps[index].circuit].isPumped = true }
    }
    // A header behind closed valves does not keep its pressure once its pumps stand.
    for index in circuits.indices {
      let seep = circuits[index].isPumped ? 0 : Layout.seep
      network.setConductance(layout.circuits[index].seep, seep)
    }
    network.solve()
    for index in circuits.indices { circuits[index].flow = 0 }
    for index in pumps.indices {
      circuits[layout.pumps[index].circuit].flow += network.pumps[index].flow
    }
    powerPumps()
  }

  /// Tanks stand in the way of a hot-water circuit: their charge valves in parallel.
  func chargeOpening(_ circuit: Int) -> Double {
    var sum = 0.0
    for tank in layout.tanks where tank.circuit == circuit { sum += valves[tank.valve].opening }
    return sum
  }

  /// Electrical power at constant efficiency shape: (speed ratio)³ × (0.45 + 0.55 × flow ratio).
  private mutating func powerPumps() {
    for index in pumps.indices {
      let speed = pumps[index].speed
      guard speed > 0.01 else {
        pumps[index].power = 0
        continue
      }
      let place = layout.pumps[index]
      let ratio = network.pumps[index].flow / (speed * place.designFlow)
      pumps[index].power = place.designPower * speed * speed * speed * (0.45 + 0.55 * ratio)
    }
  }
}
