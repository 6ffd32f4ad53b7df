public import PlantModel
public import Quantities

extension Twin {
  /// Whether every state of the twin and every count of it is a number.
  public var isFinite: Bool {
    room.isFinite && ground.isFinite && truth.isFinite && givenEnergy.isFinite
      && water.temperatures.allSatisfy(\.isFinite) && water.sides.allSatisfy(\.isFinite)
      && circuits.allSatisfy { $0.pressure.isFinite && $0.surplus.isFinite }
      && tanks.allSatisfy { $0.top.isFinite && $0.bottom.isFinite }
      && units.allSatisfy { $0.heat.isFinite && $0.power.isFinite }
      && pumps.allSatisfy { $0.speed.isFinite && $0.power.isFinite }
  }

  public var roomTemperature: Celsius { Celsius(room) }
  public var outdoorTemperature: Celsius { weather.outdoor }
  public var groundTemperature: Celsius { Celsius(ground) }

  /// Where a valve really stands, 0 closed … 1 open.
  public func position(of valve: ValveID) -> Fraction { Fraction(valves[valve.index].position) }

  /// The flow that a unit's side really gets; against its direction it is negative.
  public func flow(of unit: UnitID, _ side: Vessel.Side) -> CubicMetersPerHour {
    CubicMetersPerHour(
      network.pipes[layout.sides[2 * unit.index + (side == .evaporator ? 0 : 1)].pipe].flow)
  }

  /// Of what a unit makes now, the heat that its desuperheater or second condenser gives to hot water.
  public func recovered(by unit: UnitID) -> Kilowatts { Kilowatts(units[unit.index].recovered) }

  /// What a pump really moves.
  public func flow(of pump: PumpID) -> CubicMetersPerHour {
    CubicMetersPerHour(network.pumps[pump.index].flow)
  }

  /// What a unit makes and draws at this moment.
  public func output(of unit: UnitID) -> HeatPumpMap.Output {
    let state = units[unit.index]
    return HeatPumpMap.Output(
      heat: Kilowatts(state.heat), cold: Kilowatts(state.cold), power: Kilowatts(state.power))
  }

  /// The pressure that is really at a circuit's suction.
  public func pressure(of circuit: CircuitID) -> Kilopascals {
    Kilopascals(circuits[circuit.index].pressure)
  }

  /// What the water holds more than at the start, less what it was given since: nothing but what
  /// rounding and water under way between two bodies make of it.
  public var balanceResidual: KilowattHours {
    KilowattHours(water.energy - startingEnergy - givenEnergy)
  }

  /// A digest of what was measured and of the state behind it: equal runs have equal digests.
  public var digest: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    let mix = { (value: Double, hash: inout UInt64) in
      hash = (hash ^ value.bitPattern) &* 0x100_0000_01B3
    }
    for value in values { mix(value, &hash) }
    for value in water.temperatures { mix(value, &hash) }
    for value in water.sides { mix(value, &hash) }
    for circuit in circuits { mix(circuit.surplus, &hash) }
    for population in populations { mix(population.taken, &hash) }
    for well in wells { mix(well.physics.readings.outletTemperature.value, &hash) }
    mix(room, &hash)
    mix(ground, &hash)
    mix(givenEnergy, &hash)
    return hash
  }
}
