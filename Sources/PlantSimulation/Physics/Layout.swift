import PlantModel
import Quantities

/// What of a plant is where: nodes and pipes of the network, and the numbers that a step needs, so
/// that it never walks the plant's equipment.
struct Layout: Sendable {
  /// A vessel's two header nodes.
  struct VesselPlace: Sendable {
    let block: Int
    let vessel: Int
    let inlet: Int
    let outlet: Int
  }

  /// A block's valve between a vessel and a circuit.
  struct PortPipe: Sendable {
    let vessel: Int
    let valve: Int
    let circuit: Int
    let isInlet: Bool
    let pipe: Int
    let conductance: Double
  }

  /// One side of a unit; −1 where there is no such thing.
  struct SidePipe: Sendable {
    let unit: Int
    let isEvaporator: Bool
    /// A desuperheater or second condenser.
    let isRecovery: Bool
    let isolation: Int
    let vessel: Int
    let circuit: Int
    let pipe: Int
    let conductance: Double
    let designFlow: Double
  }

  /// What lies outside of the machine room.
  struct CircuitPlace: Sendable {
    let kind: Circuit.Kind
    let volume: Double
    let external: Int
    let conductance: Double
    /// From the header back through the check valves.
    let seep: Int
    /// Whether the way outside leads through the charge valves of tanks.
    let hasTanks: Bool
    /// From this flow on the water counts as moving, m³/h.
    let movingFlow: Double
  }

  struct PumpPlace: Sendable {
    let circuit: Int
    let designFlow: Double
    let designPower: Double
  }

  struct TankPlace: Sendable {
    let circuit: Int
    let valve: Int
    let isPool: Bool
    let volume: Double
    let setpoint: Double
    /// Of its coil or exchanger, kW per kelvin.
    let conductance: Double
  }

  private(set) var vessels: [VesselPlace] = []
  private(set) var ports: [PortPipe] = []
  /// The evaporator of each unit at twice its number, the condenser after it; behind them all what some
  /// units have for hot water.
  private(set) var sides: [SidePipe] = []
  /// The place of each unit's desuperheater or second condenser among the sides; −1 without one.
  private(set) var recoveries: [Int] = []
  private(set) var circuits: [CircuitPlace] = []
  /// By the plant's pumps.
  private(set) var pumps: [PumpPlace] = []
  private(set) var tanks: [TankPlace] = []
  /// The pipe of each distribution, from the supply header to the back header.
  private(set) var distributions: [Int] = []
  private let circuitCount: Int

  /// A block's valve passes the design flow of all its units at this pressure difference, kPa.
  private static let valveLoss = 4.0
  /// What the check valves of standing pumps let back from the header, m³/h at 1 kPa.
  static let seep = 0.2

  func suction(_ circuit: Int) -> Int { circuit }
  func supply(_ circuit: Int) -> Int { circuitCount + 2 * circuit }
  func back(_ circuit: Int) -> Int { circuitCount + 2 * circuit + 1 }

  init(_ plant: Plant, _ description: TwinDescription, network: inout Network) {
    circuitCount = plant.circuits.count
    var node = 3 * circuitCount
    for (block, each) in plant.blocks.enumerated() {
      for vessel in each.vessels.indices {
        vessels.append(
          VesselPlace(block: block, vessel: vessel, inlet: node, outlet: node + 1))
        node += 2
      }
    }
    network = Network(nodes: node, fixed: circuitCount)
    for index in plant.circuits.indices { addCircuit(plant, description, index, &network) }
    for index in vessels.indices { addPorts(plant, index, &network) }
    for unit in plant.units.indices {
      addSide(plant, unit, isEvaporator: true, &network)
      addSide(plant, unit, isEvaporator: false, &network)
    }
    recoveries = plant.units.map { _ in -1 }
    for unit in plant.units.indices { addRecovery(plant, unit, &network) }
    for distribution in plant.distributions {
      let circuit = distribution.circuit.index
      distributions.append(network.pipes.count)
      network.add(.init(from: supply(circuit), to: back(circuit), conductance: 0))
    }
    for index in plant.pumps.indices { addPump(plant, description, index, &network) }
    tanks = plant.tanks.map { Layout.place(of: $0) }
  }

  private mutating func addCircuit(
    _ plant: Plant, _ description: TwinDescription, _ index: Int, _ network: inout Network
  ) {
    let loss = description.circuitLosses.first { $0.circuit.index == index }
    let conductance = loss.map { $0.flow.value / $0.pressure.value.squareRoot() } ?? 100
    circuits.append(
      CircuitPlace(
        kind: plant.circuits[index].kind, volume: plant.circuits[index].volume.value,
        external: network.pipes.count, conductance: conductance, seep: network.pipes.count + 1,
        hasTanks: plant.tanks.contains { $0.circuit.index == index },
        movingFlow: min(1, 0.1 * plant.designFlow(of: CircuitID(index)).value)))
    network.add(.init(from: back(index), to: suction(index), conductance: conductance))
    network.add(.init(from: supply(index), to: suction(index), conductance: 0))
  }

  private mutating func addPorts(_ plant: Plant, _ index: Int, _ network: inout Network) {
    let place = vessels[index]
    let block = plant.blocks[place.block]
    var design = 0.0
    for unit in block.units {
      for part in [plant[unit].evaporator, plant[unit].condenser]
      where part.water == .vessel(VesselID(place.vessel)) { design += part.designFlow.value }
    }
    for port in block.vessels[place.vessel].ports {
      let circuit = port.circuit.index
      let isInlet = port.end == .inlet
      ports.append(
        PortPipe(
          vessel: index, valve: port.valve.index, circuit: circuit, isInlet: isInlet,
          pipe: network.pipes.count,
          conductance: max(design, 1) / Layout.valveLoss.squareRoot()))
      network.add(
        .init(
          from: isInlet ? supply(circuit) : place.outlet,
          to: isInlet ? place.inlet : back(circuit), conductance: 0))
    }
  }

  private mutating func addSide(
    _ plant: Plant, _ index: Int, isEvaporator: Bool, _ network: inout Network
  ) {
    let unit = plant.units[index]
    let part = isEvaporator ? unit.evaporator : unit.condenser
    var ends = (from: 0, to: 0)
    var vessel = -1
    var circuit = -1
    switch part.water {
    case .vessel(let id):
      vessel = vessels.firstIndex { $0.block == unit.block.index && $0.vessel == id.index }!
      ends = (vessels[vessel].inlet, vessels[vessel].outlet)
    case .circuit(let id):
      circuit = id.index
      ends = (supply(circuit), back(circuit))
    }
    let ports = vessel >= 0 ? 2 * Layout.valveLoss : 0
    let drop = max(Layout.designDrop(plant, unit, part) - ports, 1)
    let conductance = part.designFlow.value / drop.squareRoot()
    sides.append(
      SidePipe(
        unit: index, isEvaporator: isEvaporator, isRecovery: false,
        isolation: part.isolation?.index ?? -1,
        vessel: vessel, circuit: circuit, pipe: network.pipes.count, conductance: conductance,
        designFlow: part.designFlow.value))
    network.add(.init(from: ends.from, to: ends.to, conductance: conductance))
  }

  /// A pipe of its own, without a valve: at its pumps' set-point it gets its design flow.
  private mutating func addRecovery(_ plant: Plant, _ index: Int, _ network: inout Network) {
    guard let recovery = plant.units[index].recovery else { return }
    let circuit = recovery.circuit.index
    let drop = plant.pumpGroups.first { $0.circuit == recovery.circuit }?.setpoint.value ?? 100
    let conductance = recovery.designFlow.value / max(drop, 1).squareRoot()
    recoveries[index] = sides.count
    sides.append(
      SidePipe(
        unit: index, isEvaporator: false, isRecovery: true, isolation: -1, vessel: -1,
        circuit: circuit, pipe: network.pipes.count, conductance: conductance,
        designFlow: recovery.designFlow.value))
    network.add(.init(from: supply(circuit), to: back(circuit), conductance: conductance))
  }

  /// The largest set-point that its pumps hold for it: at that the side gets its design flow.
  private static func designDrop(_ plant: Plant, _ unit: HeatPumpUnit, _ part: HeatPumpUnit.Side)
    -> Double
  {
    switch part.water {
    case .circuit(let circuit):
      return plant.pumpGroups.first { $0.circuit == circuit }?.setpoint.value ?? 100
    case .vessel(let vessel):
      var largest = 1.0
      let block = plant[unit.block]
      for position in block.positions.indices {
        let circuit = block.circuit(of: vessel, in: PositionID(position))
        for group in plant.pumpGroups where group.circuit == circuit {
          for entry in group.setpoints
          where entry.block == unit.block && entry.position.index == position {
            largest = max(largest, entry.pressure.value)
          }
        }
      }
      return largest
    }
  }

  private mutating func addPump(
    _ plant: Plant, _ description: TwinDescription, _ index: Int, _ network: inout Network
  ) {
    let place = plant.pumpGroups.firstIndex { $0.pumps.contains(PumpID(index)) }!
    let group = plant.pumpGroups[place]
    let curve = description.pumps.first { $0.group.index == place }
    let shutOff = curve?.shutOffHead.value ?? 300
    let design = curve?.designHead.value ?? 200
    let flow = group.designFlow.value
    pumps.append(
      PumpPlace(
        circuit: group.circuit.index, designFlow: flow,
        designPower: curve?.designPower.value ?? 0))
    network.add(
      .init(
        from: suction(group.circuit.index), to: supply(group.circuit.index), shutOff: shutOff,
        fall: max(shutOff - design, 1) / (flow * flow), bend: min(1, 0.01 * flow * flow)))
  }

  /// Sized for its design heat with water 7 K above a tank's set-point, 20 K above a pool's.
  private static func place(of tank: Tank) -> TankPlace {
    TankPlace(
      circuit: tank.circuit.index, valve: tank.chargeValve.index, isPool: tank.use == .pool,
      volume: tank.volume.value, setpoint: tank.setpoint.value,
      conductance: tank.designHeat.value / max(47.5 - tank.setpoint.value, 7))
  }
}
