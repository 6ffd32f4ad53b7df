import PlantModel
import Quantities

extension Twin {
  /// The expansion tank holds this part of the circuit's volume in gas at rest.
  private static let gasShare = 0.04
  /// Its relief valve opens above, kPa.
  private static let relief = 400.0
  /// Make-up moves this part of the circuit's volume an hour, at this temperature.
  private static let fillsAnHour = 0.25
  private static let fillTemperature = 15.0
  private static let atmosphere = 100.0

  /// The pressure at which a circuit was filled: a little below the top of its make-up band.
  static func restPressure(_ plant: Plant, _ circuit: Int) -> Double {
    plant.makeUps.first { $0.circuit.index == circuit }
      .map { $0.band.upperBound.value - 10 } ?? 245
  }

  /// Fills, leaks, expansion, relief: the gas of the expansion tank gives the pressure.
  mutating func holdPressure(_ dt: Double) {
    for index in circuits.indices {
      let volume = layout.circuits[index].volume
      if circuits[index].fills {
        let filled = Twin.fillsAnHour * volume * dt / 3600
        circuits[index].surplus += filled
        circuits[index].madeUp += filled
        truth.madeUp += CubicMeters(filled)
        fillWarms(index, filled)
      }
      if circuits[index].leak > 0, circuits[index].pressure > 0 {
        let lost = circuits[index].leak * dt / 3600
        circuits[index].surplus -= lost
        truth.leaked += CubicMeters(lost)
      }
      circuits[index].pressure = pressure(index)
      if circuits[index].pressure > Twin.relief { relieve(index) }
    }
  }

  /// What is made up takes the place of what the circuit's water moved into the expansion tank.
  private mutating func fillWarms(_ index: Int, _ filled: Double) {
    water.beginStep()
    water.bring(filled, at: Twin.fillTemperature, to: .back, of: index)
    let before = water[.back, index]
    water.mix(.back, of: index)
    let volume = water.volumes[4 * index + WaterBodies.Place.back.rawValue]
    givenEnergy += volume * (water[.back, index] - before) * Twin.carry
  }

  /// Boyle's law of the gas that the water has left.
  private func pressure(_ index: Int) -> Double {
    let gas = Twin.gasShare * layout.circuits[index].volume
    let rest = restPressures[index] + Twin.atmosphere
    let excess = circuits[index].surplus + water.expansion(of: index) - startingExpansions[index]
    return rest * gas / max(gas - excess, 0.02 * gas) - Twin.atmosphere
  }

  private mutating func relieve(_ index: Int) {
    let gas = Twin.gasShare * layout.circuits[index].volume
    let rest = restPressures[index] + Twin.atmosphere
    let allowed = gas - rest * gas / (Twin.relief + Twin.atmosphere)
    let excess = circuits[index].surplus + water.expansion(of: index) - startingExpansions[index]
    let spilt = max(excess - allowed, 0)
    circuits[index].surplus -= spilt
    truth.leaked += CubicMeters(spilt)
    circuits[index].pressure = Twin.relief
  }
}
