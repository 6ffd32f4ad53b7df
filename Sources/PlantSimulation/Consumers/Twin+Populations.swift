public import PlantModel
public import Quantities

extension Twin {
  /// The populations of a plant's distributions, each behind a pipe of its own.
  static func populations(
    _ plant: Plant, _ description: TwinDescription, _ layout: Layout
  ) -> [Population] {
    description.populations.enumerated().map { index, each in
      let distribution = plant.distributions[index]
      let count = plant.consumers.count { $0.distribution.index == index }
      return Population(
        each, count: max(count, 1), circuit: distribution.circuit.index,
        pipe: layout.distributions[index], seed: description.seed &+ UInt64(index))
    }
  }

  /// Which home of its distribution every consumer is.
  static func homes(_ plant: Plant) -> [(population: Int, home: Int)] {
    var next = plant.distributions.map { _ in 0 }
    return plant.consumers.map { consumer in
      let population = consumer.distribution.index
      next[population] += 1
      return (population, next[population] - 1)
    }
  }

  /// Consumers' valves and the bypass stand in the way of the loop's water.
  mutating func openDistributions() {
    for index in populations.indices {
      let through = bypassConductance(index) * populations[index].bypass
      network.setConductance(populations[index].pipe, populations[index].conductance + through)
    }
  }

  /// The bypass passes a fifth more than the least flow at the lowest set-point.
  private func bypassConductance(_ index: Int) -> Double {
    let distribution = plant.distributions[index]
    return 1.2 * distribution.minimumFlow.value
      / distribution.setpointRange.lowerBound.value.squareRoot()
  }

  /// What really goes through the consumers, without the bypass, m³/h.
  func consumerFlow(_ index: Int) -> Double {
    let through = bypassConductance(index) * populations[index].bypass
    let own = populations[index].conductance
    return own > 0
      ? max(network.pipes[populations[index].pipe].flow, 0) * own / (own + through) : 0
  }

  /// Rooms, units and their heat out of the loop's water.
  mutating func runPopulations(_ dt: Double) {
    let hour = Weather.hour(now + plant.site.utcOffset)
    for index in populations.indices {
      let circuit = populations[index].circuit
      populations[index].step(
        dt, hour: hour, outdoor: weather.outdoor.value, sun: weather.sun.value,
        flow: consumerFlow(index), water: water[.back, circuit])
      let hours = dt / 3600
      truth.unitElectricity += KilowattHours(populations[index].power * hours)
      truth.buildingHeat += KilowattHours(populations[index].heat * hours)
      truth.cold += KilowattHours(populations[index].cold * hours)
      truth.unitHours += Double(populations[index].running) * hours
    }
  }

  /// The loop's water on its way through the consumers: from the back of the circuit to its out.
  mutating func moveDistribution(_ index: Int, _ hours: Double) {
    let circuit = populations[index].circuit
    let volume = max(network.pipes[populations[index].pipe].flow, 0) * hours
    guard volume > 0 else { return }
    let heat = populations[index].taken * hours
    let leaving = water[.back, circuit] - heat / (volume * Twin.carry)
    water.bring(volume, at: leaving, to: .out, of: circuit)
    givenEnergy -= heat
  }

  /// Mean kelvins by which rooms that people want warm are more than 1 K short; nil without people.
  public var roomShortage: TemperatureDifference? {
    populations.isEmpty
      ? nil
      : TemperatureDifference(
        populations.reduce(0) { $0 + $1.shortage } / Double(populations.count))
  }

  /// Mean kelvins by which rooms that people want cool are more than 1 K too warm; nil without people.
  public var roomExcess: TemperatureDifference? {
    populations.isEmpty
      ? nil
      : TemperatureDifference(
        populations.reduce(0) { $0 + $1.excess } / Double(populations.count))
  }

  /// What a consumer really took from the loop and gave to it.
  public func energy(of consumer: ConsumerID) -> KilowattHours {
    KilowattHours(home(of: consumer.index).energy)
  }

  /// The water that really went through a consumer.
  public func volume(of consumer: ConsumerID) -> CubicMeters {
    CubicMeters(home(of: consumer.index).volume)
  }
}
