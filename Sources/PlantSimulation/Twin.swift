public import PlantModel
public import Quantities

/// A digital twin of a plant: the same devices, real physics behind them, and a count of what must
/// never happen. It gets commands and gives measurements; it knows nothing of intentions.
///
/// Published models: affinity laws and quadratic curves for pumps, quadratic resistances for pipes
/// and valves, fraction-of-Carnot heat pumps (`HeatPumpMap`), fully mixed water bodies in a row.
/// Water moves by the solved flows only, so heat and litres balance. Deterministic to the last bit.
public struct Twin: Sendable {
  public let plant: Plant
  public internal(set) var now: Instant
  public internal(set) var truth = TwinTruth()
  /// The measured value of every point, for an output what its device has taken; not a number while
  /// its device is silent.
  public internal(set) var values: [Double]

  let description: TwinDescription
  let layout: Layout
  let wiring: Wiring
  let maps: [HeatPumpMap]
  var network: Network
  var water: WaterBodies
  var weather: Weather
  var valves: [ValveState]
  var pumps: [PumpState]
  var units: [UnitState]
  var wells: [WellState]
  var populations: [Population]
  let homePlaces: [(population: Int, home: Int)]
  var tanks: [TankState]
  var circuits: [CircuitState]
  var trapped: [TrappedWater]
  /// The circuit that each vessel was last turned to; −1 for none yet.
  var vesselCircuits: [Int]
  /// Each circuit's pressure when it was filled, and what its water took up then.
  let restPressures: [Double]
  let startingExpansions: [Double]
  /// The ground near the loop, and the rooms, °C.
  var ground: Double
  var room: Double
  var boundary: Boundary?
  var instruments: Instruments
  /// Room for the values of the next step.
  var spare: [Double]
  var meters: [MeterState]
  var silent: [Bool]
  var isPowerCut = false
  var timed: [TimedFault] = []
  /// What the water held at the start, and what it was given since, kWh.
  var startingEnergy = 0.0
  var givenEnergy = 0.0

  /// A plant that stands: valves in the first row of each block in winter, in the last in summer, and
  /// the building's water as that season leaves it.
  public init(plant: Plant, description: TwinDescription, start: Instant, isWinter: Bool = true) {
    self.plant = plant
    self.description = description
    now = start
    var built = Network(nodes: 0, fixed: 0)
    layout = Layout(plant, description, network: &built)
    network = built
    wiring = Wiring(plant)
    maps = plant.units.map { HeatPumpMap(ratedHeating: $0.ratedHeating) }
    weather = Weather(seed: description.seed)
    weather.step(start + plant.site.utcOffset)
    valves = plant.valves.map { _ in ValveState() }
    pumps = plant.pumps.map { _ in PumpState() }
    units = plant.units.map { _ in UnitState() }
    populations = Twin.populations(plant, description, layout)
    homePlaces = Twin.homes(plant)
    wells = description.wells.map { WellState($0, at: start) }
    tanks = plant.tanks.map {
      let warm = $0.setpoint.value - $0.band.value / 2
      return TankState(top: warm, bottom: warm, outlet: warm)
    }
    ground = description.groundTemperature.value
    room = isWinter ? description.roomHeating.value : description.roomCooling.value
    restPressures = plant.circuits.indices.map { Twin.restPressure(plant, $0) }
    circuits = restPressures.map { CircuitState(pressure: $0) }
    let temperatures = plant.circuits.map { circuit -> Double in
      switch circuit.kind {
      case .buriedLoop, .openWell, .sourceLoop: description.groundTemperature.value
      case .building: isWinter ? 35 : 15
      case .hotWater: 45
      }
    }
    let filled = WaterBodies(layout, temperatures, trapped: description.trappedVolume.value)
    water = filled
    startingExpansions = plant.circuits.indices.map { filled.expansion(of: $0) }
    trapped = layout.sides.map { TrappedWater(circuit: $0.circuit) }
    vesselCircuits = layout.vessels.map { _ in -1 }
    instruments = Instruments(plant, seed: description.seed)
    spare = Array(repeating: 0, count: plant.points.count)
    meters = plant.meters.map { MeterState($0) }
    silent = plant.devices.map { _ in false }
    values = plant.points.map { $0.direction == .output ? $0.safeValue : 0 }
    for block in plant.blocks {
      let row = isWinter ? 0 : block.positions.count - 1
      for valve in block.positions[row].open { valves[valve.index].position = 1 }
    }
    fillVessels()
    startingEnergy = water.energy
    solveFlows()
    measure(0, isFirst: true)
  }

  /// One step of physics.
  ///
  /// - Parameter commands: one value for each point; only those of outputs are looked at.
  public mutating func step(commands: [Double], by dt: TimeSpan) {
    now = now + dt
    let seconds = dt.seconds
    applyTimedFaults()
    take(commands)
    weather.step(now + plant.site.utcOffset)
    if let outdoor = boundary?.outdoor { weather.hold(outdoor) }
    let stroke = seconds / max(description.valveStroke.seconds, 1)
    for index in valves.indices { valves[index].step(stroke) }
    for index in pumps.indices { pumps[index].step(seconds) }
    solveFlows()
    runUnits(seconds)
    runWells(dt)
    runPopulations(seconds)
    moveWater(seconds)
    heatConsumers(seconds)
    holdPressure(seconds)
    holdBoundary()
    watchOver(seconds)
    measure(seconds)
  }

  /// Commands reach only devices that answer.
  private mutating func take(_ commands: [Double]) {
    if isPowerCut {
      standStill()
      return
    }
    for index in wiring.outputs {
      if !silent[wiring.devices[index]] { values[index] = commands[index] }
    }
    for (index, wires) in wiring.valves.enumerated() where !silent[wires.device] {
      let opens = commands[wires.open] >= 0.5
      let closes = commands[wires.close] >= 0.5
      valves[index].command = opens == closes ? .stay : opens ? .open : .close
    }
    for (index, wires) in wiring.pumps.enumerated() where !silent[wires.device] {
      pumps[index].run = commands[wires.run] >= 0.5
      pumps[index].command = min(max(commands[wires.speed] / 50, 0), 1.2)
    }
    for (index, wires) in wiring.units.enumerated() where !silent[wires.device] {
      units[index].enabled = commands[wires.enable] >= 0.5
      units[index].command = commands[wires.load]
      if let turn = wires.turn { units[index].turnCommand = commands[turn] >= 0.5 }
    }
    for (index, wires) in wiring.bypasses.enumerated() where index < populations.count {
      if let wires, !silent[wires.device] {
        populations[index].bypassCommand = commands[wires.point]
      }
    }
    for (index, wires) in wiring.wells.enumerated() where index < wells.count {
      if !silent[wires.drive] {
        wells[index].run = commands[wires.run] >= 0.5
        wells[index].command = Hertz(commands[wires.speed])
      }
      if !silent[wires.head] {
        wells[index].valve = Fraction(commands[wires.valve])
        if let drain = wires.drain { wells[index].isDraining = commands[drain] >= 0.5 }
      }
    }
    for wires in wiring.fills where !silent[wires.device] {
      circuits[wires.circuit].fills = commands[wires.fill] >= 0.5
    }
  }

  private mutating func standStill() {
    for index in pumps.indices { pumps[index].run = false }
    for index in units.indices {
      units[index].enabled = false
      units[index].turnCommand = false
    }
    for index in wells.indices { wells[index].run = false }
    for index in valves.indices { valves[index].command = .stay }
    for index in circuits.indices { circuits[index].fills = false }
  }

  /// Holds the world to a test bench's conditions; nil lets it go.
  public mutating func hold(_ boundary: Boundary?) {
    self.boundary = boundary
    holdBoundary()
  }
}
