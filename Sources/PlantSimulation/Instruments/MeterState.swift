import PlantModel
import Quantities

/// A heat or electricity meter: what it finds now, and its counter.
struct MeterState: Sendable {
  /// What it stands at.
  enum Place: Sendable {
    /// The ports of a block, on the building's circuit alone or on any.
    case ports(block: Int, onlyBuilding: Bool)
    case hotWater
    case units, pumps
  }

  let place: Place
  var power = 0.0
  var flow = 0.0
  /// kWh.
  var energy = 0.0

  init(_ meter: EnergyMeter) {
    switch meter.use {
    case .building(let block): place = .ports(block: block.index, onlyBuilding: true)
    case .recoveredCold(let block): place = .ports(block: block.index, onlyBuilding: false)
    case .hotWater: place = .hotWater
    case .units: place = .units
    case .pumps: place = .pumps
    }
  }
}

extension Twin {
  mutating func readMeters(_ dt: Double) {
    for index in meters.indices {
      switch meters[index].place {
      case .ports(let block, let onlyBuilding): readPorts(index, block, onlyBuilding)
      case .hotWater: readHotWater(index)
      case .units:
        var sum = 0.0
        for unit in units { sum += unit.power }
        meters[index].power = sum
      case .pumps:
        var sum = 0.0
        for pump in pumps { sum += pump.power }
        for well in wells { sum += well.physics.readings.motorPower.value }
        meters[index].power = sum
      }
      meters[index].energy += meters[index].power * dt / 3600
    }
  }

  /// Heat or cold that a block's machines pass, by flow and temperature difference.
  private mutating func readPorts(_ index: Int, _ block: Int, _ onlyBuilding: Bool) {
    var power = 0.0
    var flow = 0.0
    for port in layout.ports where !port.isInlet && layout.vessels[port.vessel].block == block {
      if onlyBuilding, layout.circuits[port.circuit].kind != .building { continue }
      let each = max(network.pipes[port.pipe].flow, 0)
      flow += each
      power +=
        each * Twin.carry * (water.vesselOutlets[port.vessel] - water.vesselInlets[port.vessel])
    }
    meters[index].power = abs(power)
    meters[index].flow = flow
  }

  private mutating func readHotWater(_ index: Int) {
    var power = 0.0
    var flow = 0.0
    for place in layout.sides.indices {
      let side = layout.sides[place]
      guard side.circuit >= 0, layout.circuits[side.circuit].kind == .hotWater else { continue }
      let each = max(network.pipes[side.pipe].flow, 0)
      flow += each
      power += each * Twin.carry * (water.sides[place] - water[.back, side.circuit])
    }
    meters[index].power = max(power, 0)
    meters[index].flow = flow
  }
}
