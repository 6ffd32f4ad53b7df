public import Quantities

/// What the twin must know of a plant's physics and the controller must not.
///
/// The `twin:` section of a configuration; the daemon checks it and does not use it.
public struct TwinDescription: Sendable, Equatable {
  /// Seed of weather, noise and the population's habits.
  public var seed: UInt64
  /// The undisturbed ground.
  public var groundTemperature: Celsius
  /// Heat that the ground loop takes or gives per kelvin between its water and the ground.
  public var groundConductance: KilowattsPerKelvin
  /// Heat that a kelvin stores in the ground near the loop.
  public var groundCapacity: KilowattHoursPerKelvin
  /// How the near ground recovers towards the undisturbed one.
  public var groundRecovery: KilowattsPerKelvin
  /// Heat that the building loses per kelvin to the outside.
  public var buildingLoss: KilowattsPerKelvin
  /// Heat that a kelvin stores in the building.
  public var buildingCapacity: KilowattHoursPerKelvin
  /// Heat that the fan coils pass per kelvin between water and room.
  public var terminalConductance: KilowattsPerKelvin
  public var roomHeating: Celsius
  public var roomCooling: Celsius
  /// Heat from the sun at noon of a clear summer day.
  public var solarGain: Kilowatts
  /// Heat from people and lights while the building is open.
  public var internalGain: Kilowatts
  /// Hot water drawn on an average day, heated from 10 °C.
  public var hotWaterADay: CubicMeters
  /// Heat that the pool loses at its set-point.
  public var poolLoss: Kilowatts
  public var valveStroke: TimeSpan
  /// Water held by one unit's vessel: what a change-over carries over.
  public var trappedVolume: CubicMeters
  /// The head of a pump of each group at no flow and at its design flow, by the plant's order.
  public var pumps: [PumpCurve]
  /// Pressure that the fixed part of each circuit takes at its design flow, by the plant's order.
  public var circuitLosses: [CircuitLoss]
  /// By the plant's wells.
  public var wells: [WellDescription]
  /// By the plant's distributions.
  public var populations: [PopulationDescription]

  public init(
    seed: UInt64, groundTemperature: Celsius, groundConductance: KilowattsPerKelvin,
    groundCapacity: KilowattHoursPerKelvin, groundRecovery: KilowattsPerKelvin,
    buildingLoss: KilowattsPerKelvin, buildingCapacity: KilowattHoursPerKelvin,
    terminalConductance: KilowattsPerKelvin, roomHeating: Celsius, roomCooling: Celsius,
    solarGain: Kilowatts, internalGain: Kilowatts, hotWaterADay: CubicMeters,
    poolLoss: Kilowatts, valveStroke: TimeSpan, trappedVolume: CubicMeters,
    pumps: [PumpCurve], circuitLosses: [CircuitLoss], wells: [WellDescription] = [],
    populations: [PopulationDescription] = []
  ) {
    self.seed = seed
    self.groundTemperature = groundTemperature
    self.groundConductance = groundConductance
    self.groundCapacity = groundCapacity
    self.groundRecovery = groundRecovery
    self.buildingLoss = buildingLoss
    self.buildingCapacity = buildingCapacity
    self.terminalConductance = terminalConductance
    self.roomHeating = roomHeating
    self.roomCooling = roomCooling
    self.solarGain = solarGain
    self.internalGain = internalGain
    self.hotWaterADay = hotWaterADay
    self.poolLoss = poolLoss
    self.valveStroke = valveStroke
    self.trappedVolume = trappedVolume
    self.pumps = pumps
    self.circuitLosses = circuitLosses
    self.wells = wells
    self.populations = populations
  }
}

/// The curve of one pump of a group, as its maker prints it at 50 Hz.
public struct PumpCurve: Sendable, Equatable {
  public var group: PumpGroupID
  public var shutOffHead: Kilopascals
  public var designHead: Kilopascals
  /// Electrical power at the design flow.
  public var designPower: Kilowatts

  public init(
    group: PumpGroupID, shutOffHead: Kilopascals, designHead: Kilopascals, designPower: Kilowatts
  ) {
    self.group = group
    self.shutOffHead = shutOffHead
    self.designHead = designHead
    self.designPower = designPower
  }
}

/// The pressure that a circuit takes outside the machine room.
public struct CircuitLoss: Sendable, Equatable {
  public var circuit: CircuitID
  public var flow: CubicMetersPerHour
  public var pressure: Kilopascals

  public init(circuit: CircuitID, flow: CubicMetersPerHour, pressure: Kilopascals) {
    self.circuit = circuit
    self.flow = flow
    self.pressure = pressure
  }
}
