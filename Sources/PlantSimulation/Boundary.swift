import PlantModel
public import Quantities

/// What a test bench holds in place of the world, for rating runs; nil leaves it to physics.
public struct Boundary: Sendable, Hashable {
  /// Water that comes to the machines, by the kind of its circuit.
  public var ground: Celsius?
  public var building: Celsius?
  public var hot: Celsius?
  public var outdoor: Celsius?
  /// The tanks' water, so that they keep asking for heat, or do not.
  public var tanks: Celsius?

  public init() {}
}

extension Twin {
  mutating func holdBoundary() {
    guard let boundary else { return }
    for (index, circuit) in layout.circuits.enumerated() {
      let held: Celsius? =
        switch circuit.kind {
        case .buriedLoop, .openWell, .sourceLoop: boundary.ground
        case .building: boundary.building
        case .hotWater: boundary.hot
        }
      if let held { givenEnergy += water.hold(.back, of: index, at: held.value) }
    }
    guard let temperature = boundary.tanks else { return }
    for index in tanks.indices {
      tanks[index].top = temperature.value
      tanks[index].bottom = temperature.value
      tanks[index].outlet = temperature.value
    }
  }
}
