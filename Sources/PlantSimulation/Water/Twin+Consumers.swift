import PlantModel
import Quantities

extension Twin {
  /// One half of what lies outside of the machine room: ground, rooms, or tanks.
  mutating func exchange(_ place: WaterBodies.Place, _ circuit: Int, _ hours: Double) {
    switch layout.circuits[circuit].kind {
    case .buriedLoop, .openWell: exchangeWithGround(place, circuit, hours)
    case .sourceLoop: exchangeWithWells(place, circuit, hours)
    case .building: exchangeWithRooms(place, circuit, hours)
    case .hotWater: exchangeWithTanks(place, circuit, hours)
    }
  }

  /// Still water passes a tenth of the heat that moving water does.
  private func film(_ circuit: Int) -> Double {
    circuits[circuit].flow > layout.circuits[circuit].movingFlow ? 1 : 0.1
  }

  private mutating func exchangeWithGround(
    _ place: WaterBodies.Place, _ circuit: Int, _ hours: Double
  ) {
    let conductance = description.groundConductance.value / 2 * film(circuit)
    let heat =
      Twin.carry
      * water.mix(place, of: circuit, exchange: conductance * hours / Twin.carry, around: ground)
    ground -= heat / description.groundCapacity.value
    truth.groundHeat += KilowattHours(heat)
    givenEnergy += heat
  }

  /// The exchangers warm or cool the water as it leaves the machine room.
  private mutating func exchangeWithWells(
    _ place: WaterBodies.Place, _ circuit: Int, _ hours: Double
  ) {
    let heat = place == .outer ? wellHeat(circuit) * hours : 0
    rest(place, circuit, hours, heat: heat / Twin.carry)
    truth.groundHeat += KilowattHours(heat)
    givenEnergy += heat
  }

  /// Fan coils open by their thermostats; with the fans off a little heat passes all the same.
  private mutating func exchangeWithRooms(
    _ place: WaterBodies.Place, _ circuit: Int, _ hours: Double
  ) {
    let cold = description.roomHeating.value + 0.5 - room
    let warm = room - (description.roomCooling.value - 0.5)
    let wanted = water[place, circuit] > room ? cold : warm
    let duty = min(max(wanted, 0.1), 1)
    let conductance = description.terminalConductance.value / 2 * duty * film(circuit)
    let heat =
      Twin.carry
      * water.mix(place, of: circuit, exchange: conductance * hours / Twin.carry, around: room)
    room -= heat / description.buildingCapacity.value
    if heat < 0 {
      truth.buildingHeat -= KilowattHours(heat)
    } else {
      truth.cold += KilowattHours(heat)
    }
    givenEnergy += heat
  }

  /// Tanks take their heat from the first body, by their share of the flow.
  private mutating func exchangeWithTanks(
    _ place: WaterBodies.Place, _ circuit: Int, _ hours: Double
  ) {
    guard place == .outer else {
      rest(place, circuit, hours)
      return
    }
    let before = water[.outer, circuit]
    var exchange = 0.0
    var weighed = 0.0
    for index in layout.tanks.indices where layout.tanks[index].circuit == circuit {
      let each = coil(index, circuit, before) * hours / Twin.carry
      exchange += each
      weighed += each * store(index)
    }
    let around = exchange > 0 ? weighed / exchange : 0
    givenEnergy += Twin.carry * water.mix(.outer, of: circuit, exchange: exchange, around: around)
    let after = water[.outer, circuit]
    for index in layout.tanks.indices where layout.tanks[index].circuit == circuit {
      let energy = coil(index, circuit, before) * hours * (after - store(index))
      truth.hotWaterHeat += KilowattHours(energy)
      charge(index, layout.tanks[index], energy, hours)
    }
  }

  /// The water that a tank's coil warms.
  private func store(_ index: Int) -> Double {
    layout.tanks[index].isPool ? tanks[index].top : tanks[index].bottom
  }

  /// What a coil or exchanger passes per kelvin, kW: fully from a quarter of the flow that carries its
  /// heat at 5 K, and nothing backwards.
  private func coil(_ index: Int, _ circuit: Int, _ supply: Double) -> Double {
    let tank = layout.tanks[index]
    let open = chargeOpening(circuit)
    guard open > 0, supply > store(index) else { return 0 }
    let flow = circuits[circuit].flow * valves[tank.valve].opening / open
    return tank.conductance * min(flow / (tank.conductance / 2), 1)
  }

  private mutating func charge(
    _ index: Int, _ tank: Layout.TankPlace, _ energy: Double, _ hours: Double
  ) {
    if tank.isPool {
      tanks[index].top += energy / (tank.volume * Twin.carry)
      tanks[index].bottom = tanks[index].top
      // The filter moves 120 m³/h over the exchanger.
      tanks[index].outlet = tanks[index].top + energy / max(hours, 1e-9) / (120 * Twin.carry)
      return
    }
    tanks[index].bottom += energy / (tank.volume / 2 * Twin.carry)
    if tanks[index].bottom > tanks[index].top {
      let mean = (tanks[index].bottom + tanks[index].top) / 2
      tanks[index].bottom = mean
      tanks[index].top = mean
    }
    tanks[index].outlet = tanks[index].top
  }

  /// Weather, people and the sun on the building; the ground's recovery; draws and losses of tanks.
  mutating func heatConsumers(_ dt: Double) {
    let hours = dt / 3600
    let hour = Weather.hour(now + plant.site.utcOffset)
    let isOpen = hour >= 8 && hour < 22
    let gain =
      description.solarGain.value * weather.sun.value
      + (isOpen ? 1 : 0.1) * description.internalGain.value
    let loss = description.buildingLoss.value * (room - weather.outdoor.value)
    // Windows and roof vents are opened step by step when it is fresher outdoors than in a warm hall.
    let opening = min(max(room - 23.5, 0), 1)
    let airing =
      opening * 4 * description.buildingLoss.value * max(room - weather.outdoor.value, 0)
    room += (gain - loss - airing) * hours / description.buildingCapacity.value
    ground +=
      description.groundRecovery.value * (description.groundTemperature.value - ground) * hours
      / description.groundCapacity.value
    truth.seeRoom(room)
    for index in tanks.indices { draw(index, layout.tanks[index], hours, hour) }
  }

  private mutating func draw(
    _ index: Int, _ tank: Layout.TankPlace, _ hours: Double, _ hour: Double
  ) {
    if tank.isPool {
      let above = (tanks[index].top - 18) / max(tank.setpoint - 18, 1)
      tanks[index].top -=
        description.poolLoss.value * above * hours / (tank.volume * Twin.carry)
      tanks[index].bottom = tanks[index].top
      truth.seePool(tanks[index].top)
      return
    }
    // Mornings, noon and, most of all, evenings.
    let pattern = hour < 6 ? 0.1 : hour < 9 ? 1.2 : hour < 17 ? 0.9 : hour < 21.5 ? 2.6 : 0.4
    let volume = description.hotWaterADay.value / 24 * pattern * hours
    let part = min(volume / (tank.volume / 2), 1)
    tanks[index].top += (tanks[index].bottom - tanks[index].top) * part
    tanks[index].bottom += (10 - tanks[index].bottom) * part
    truth.seeTank(tanks[index].top)
  }
}
