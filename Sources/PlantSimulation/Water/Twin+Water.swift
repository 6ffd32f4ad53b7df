import PlantModel
import Quantities

extension Twin {
  /// Heat that a cubic metre an hour carries per kelvin, kW.
  static let carry = Water.kilowattHoursPerCubicMeterKelvin

  /// Moves every body's water by the solved flows, and the machines' heat with it.
  mutating func moveWater(_ dt: Double) {
    let hours = dt / 3600
    water.beginStep()
    for index in layout.vessels.indices { mixInlet(index) }
    for index in layout.sides.indices { moveSide(index, hours) }
    for index in layout.vessels.indices { mixOutlet(index) }
    for port in layout.ports { movePort(port, hours) }
    for index in populations.indices { moveDistribution(index, hours) }
    for index in layout.circuits.indices { moveCircuit(index, hours) }
  }

  /// What comes to a vessel's machines: from the ports that let water in, and from machines through
  /// which it runs backwards.
  private mutating func mixInlet(_ vessel: Int) {
    var flow = 0.0
    var heat = 0.0
    for port in layout.ports where port.vessel == vessel && port.isInlet {
      let each = max(network.pipes[port.pipe].flow, 0)
      flow += each
      heat += each * water[.back, port.circuit]
    }
    for index in layout.sides.indices where layout.sides[index].vessel == vessel {
      let each = max(-network.pipes[layout.sides[index].pipe].flow, 0)
      flow += each
      heat += each * water.sides[index]
    }
    if flow > 1e-6 { water.vesselInlets[vessel] = heat / flow }
  }

  private mutating func mixOutlet(_ vessel: Int) {
    var flow = 0.0
    var heat = 0.0
    for index in layout.sides.indices where layout.sides[index].vessel == vessel {
      let each = max(network.pipes[layout.sides[index].pipe].flow, 0)
      flow += each
      heat += each * water.sides[index]
    }
    for port in layout.ports where port.vessel == vessel && !port.isInlet {
      let each = max(-network.pipes[port.pipe].flow, 0)
      flow += each
      heat += each * water[.out, port.circuit]
    }
    if flow > 1e-6 { water.vesselOutlets[vessel] = heat / flow }
  }

  private mutating func moveSide(_ index: Int, _ hours: Double) {
    let side = layout.sides[index]
    let volume = network.pipes[side.pipe].flow * hours
    let unit = units[side.unit]
    let given = side.isRecovery ? unit.recovered : unit.heat - unit.recovered
    let heat = (side.isEvaporator ? -unit.cold : given) * hours
    givenEnergy += heat
    water.mixSide(index, abs(volume), at: entering(index), heat: heat / Twin.carry)
    guard side.circuit >= 0 else { return }
    let place: WaterBodies.Place = volume > 0 ? .out : .back
    water.bring(abs(volume), at: water.sides[index], to: place, of: side.circuit)
  }

  /// The water that a side gets, whichever way it runs.
  func entering(_ index: Int) -> Double {
    let side = layout.sides[index]
    let isForward = network.pipes[side.pipe].flow >= 0
    if side.vessel >= 0 {
      return isForward ? water.vesselInlets[side.vessel] : water.vesselOutlets[side.vessel]
    }
    return isForward ? water[.back, side.circuit] : water[.out, side.circuit]
  }

  /// Water between a vessel and a circuit, and what the circuit has more or less of it.
  private mutating func movePort(_ port: Layout.PortPipe, _ hours: Double) {
    let volume = network.pipes[port.pipe].flow * hours
    if port.isInlet {
      circuits[port.circuit].surplus -= volume
      guard volume < 0 else { return }
      water.bring(-volume, at: water.vesselInlets[port.vessel], to: .back, of: port.circuit)
    } else {
      circuits[port.circuit].surplus += volume
      guard volume > 0 else { return }
      water.bring(volume, at: water.vesselOutlets[port.vessel], to: .out, of: port.circuit)
    }
  }

  /// The way around outside of the machine room, body by body in the direction of flow.
  private mutating func moveCircuit(_ index: Int, _ hours: Double) {
    let volume = network.pipes[layout.circuits[index].external].flow * hours
    let pumps = pumpHeat(index) * hours / Twin.carry
    givenEnergy += pumps * Twin.carry
    if volume >= 0 {
      rest(.out, index, hours)
      water.bring(volume, at: water[.out, index], to: .outer, of: index)
      exchange(.outer, index, hours)
      water.bring(volume, at: water[.outer, index], to: .farOuter, of: index)
      exchange(.farOuter, index, hours)
      water.bring(volume, at: water[.farOuter, index], to: .back, of: index)
      rest(.back, index, hours, heat: pumps)
    } else {
      rest(.back, index, hours, heat: pumps)
      water.bring(-volume, at: water[.back, index], to: .farOuter, of: index)
      exchange(.farOuter, index, hours)
      water.bring(-volume, at: water[.farOuter, index], to: .outer, of: index)
      exchange(.outer, index, hours)
      water.bring(-volume, at: water[.outer, index], to: .out, of: index)
      rest(.out, index, hours)
    }
  }

  /// What pumps draw ends as heat in the water, but for the motors' own losses.
  private func pumpHeat(_ circuit: Int) -> Double {
    var sum = 0.0
    for index in pumps.indices where layout.pumps[index].circuit == circuit {
      sum += 0.9 * pumps[index].power
    }
    return sum
  }

  /// Pipes of the plant room drift towards its air, by a sixtieth of the difference an hour.
  mutating func rest(
    _ place: WaterBodies.Place, _ circuit: Int, _ hours: Double, heat: Double = 0
  ) {
    let volume = water.volumes[4 * circuit + place.rawValue]
    let taken = water.mix(place, of: circuit, heat: heat, exchange: volume * hours / 60, around: 18)
    givenEnergy += taken * Twin.carry
  }
}
