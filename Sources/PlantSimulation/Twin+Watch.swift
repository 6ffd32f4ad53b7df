import PlantModel
import Quantities

extension Twin {
  /// What must not happen, measured.
  mutating func watchOver(_ dt: Double) {
    let minutes = dt / 60
    for index in pumps.indices {
      let place = layout.pumps[index]
      let isStill = circuits[place.circuit].flow < 0.05 * place.designFlow
      pumps[index].still = pumps[index].speed > 0.2 && isStill ? pumps[index].still + dt : 0
      if pumps[index].still > stillAllowed(place.circuit) { truth.deadHeadMinutes += minutes }
    }
    for index in units.indices where units[index].enabled {
      if flowShare(2 * index) < UnitState.switchBreaks
        || flowShare(heatSide(index)) < UnitState.switchBreaks
      {
        truth.dryUnitMinutes += minutes
      }
    }
    for index in layout.vessels.indices { watchVessel(index, dt) }
  }

  /// Consumers may shut all at once; the bypass has its stroke to open.
  private func stillAllowed(_ circuit: Int) -> Double {
    populations.contains { $0.circuit == circuit } ? Population.bypassStroke / 2 : 0
  }

  /// Water of one circuit that leaves a vessel into another one: everything that enters is mixed.
  private mutating func watchVessel(_ vessel: Int, _ dt: Double) {
    var first = -1
    var isJoined = false
    var inflow = 0.0
    var source = -1
    var hasTwoSources = false
    for port in layout.ports where port.vessel == vessel {
      if !valves[port.valve].isSeated {
        if first >= 0, first != port.circuit { isJoined = true }
        first = port.circuit
      }
      let entering = flowIn(port)
      inflow += entering
      if entering > 1e-3 {
        if source >= 0, source != port.circuit { hasTwoSources = true }
        source = port.circuit
      }
    }
    guard inflow > 1e-6 else { return }
    let litres = foreignOutflow(vessel, inflow) * dt / 3.6
    if isJoined { truth.mixedLitres += litres } else { truth.seepedLitres += litres }
    if !isJoined, !hasTwoSources, source >= 0 { flush(vessel, source, dt) }
  }

  private func foreignOutflow(_ vessel: Int, _ inflow: Double) -> Double {
    var sum = 0.0
    for port in layout.ports where port.vessel == vessel {
      let leaving = flowOut(port)
      guard leaving > 0 else { continue }
      var own = 0.0
      for other in layout.ports where other.vessel == vessel && other.circuit == port.circuit {
        own += flowIn(other)
      }
      sum += leaving * max(1 - own / inflow, 0)
    }
    return sum
  }

  private func flowIn(_ port: Layout.PortPipe) -> Double {
    let flow = network.pipes[port.pipe].flow
    return max(port.isInlet ? flow : -flow, 0)
  }

  private func flowOut(_ port: Layout.PortPipe) -> Double {
    let flow = network.pipes[port.pipe].flow
    return max(port.isInlet ? -flow : flow, 0)
  }

  /// A vessel that stands open to one circuit alone holds its water from the first moment on.
  mutating func fillVessels() {
    for vessel in layout.vessels.indices {
      let open = layout.ports.filter { $0.vessel == vessel && !valves[$0.valve].isSeated }
      guard let circuit = open.first?.circuit, open.allSatisfy({ $0.circuit == circuit }) else {
        continue
      }
      vesselCircuits[vessel] = circuit
      for side in layout.sides.indices where layout.sides[side].vessel == vessel {
        trapped[side].circuit = circuit
      }
    }
  }

  /// Water that machines held when their vessel was turned to another circuit goes there as soon as
  /// they are opened: the part of the water that is still the old circuit's is carried over.
  private mutating func flush(_ vessel: Int, _ circuit: Int, _ dt: Double) {
    for index in layout.sides.indices where layout.sides[index].vessel == vessel {
      let flow = abs(network.pipes[layout.sides[index].pipe].flow)
      guard flow > 0.01 else { continue }
      let volume = flow * dt / 3600
      if trapped[index].circuit < 0 { trapped[index].circuit = circuit }
      guard trapped[index].circuit != circuit else {
        trapped[index].left = 0
        continue
      }
      if trapped[index].left <= 0 { trapped[index].left = description.trappedVolume.value }
      let part = min(volume, trapped[index].left)
      truth.carriedLitres += part * 1000
      trapped[index].left -= part
      if trapped[index].left <= 1e-9 {
        trapped[index].circuit = circuit
        trapped[index].left = 0
      }
    }
    if vesselCircuits[vessel] >= 0, vesselCircuits[vessel] != circuit { truth.changeOvers += 1 }
    vesselCircuits[vessel] = circuit
  }
}
