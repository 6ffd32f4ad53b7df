import PlantModel
import Quantities

/// By how much what the plant gives is outside its band in a scan; zero for what is inside, is not asked
/// for, or has no value.
struct Shortfall: Sendable, Hashable {
  /// Domestic hot water below the least of its tank; of several tanks the sum.
  var hotWater = TemperatureDifference.zero
  /// The pool below its least.
  var pool = TemperatureDifference.zero
  /// The building's water from the machines beyond `demand_band_kelvins` from its set-point.
  var building = TemperatureDifference.zero
  /// The water of loops that heat below `distribution_cold_alarm_celsius`; of several loops the sum.
  var loops = TemperatureDifference.zero
}

extension Controller {
  /// What the plant is short of now.
  func shortfall(_ image: InputImage) -> Shortfall {
    var found = Shortfall()
    for tank in plant.tanks {
      guard let temperature = image.reading(tank.temperature) else { continue }
      let lack = max(tank.minimum - temperature, .zero)
      switch tank.use {
      case .domesticHotWater: found.hotWater += lack
      case .pool: found.pool += lack
      }
    }
    for index in plant.blocks.indices where !plant.blocks[index].units.isEmpty {
      found.building = max(found.building, lack(ofBlock: index, image))
    }
    for (index, distribution) in plant.distributions.enumerated()
    where distributions[index].isOn
      && modes[distribution.block.index].service(plant) == .heating
    {
      guard let back = image.reading(plant[distribution.circuit].supplyTemperature) else {
        continue
      }
      found.loops += max(plant.parameters.distributionColdAlarm - back, .zero)
    }
    return found
  }

  /// Of a block that is to heat or cool the building, in weather that asks for it, whether its valves and
  /// units let it or not.
  private func lack(ofBlock index: Int, _ image: InputImage) -> TemperatureDifference {
    let service = modes[index].service(plant)
    guard stagings[index].isAllowed(service), let supply = buildingSupply(index, service, image)
    else { return .zero }
    let setpoint = Staging.setpoint(service, plant.parameters)
    let off = service == .cooling ? supply - setpoint : setpoint - supply
    return max(off - plant.parameters.demandBand, .zero)
  }
}
