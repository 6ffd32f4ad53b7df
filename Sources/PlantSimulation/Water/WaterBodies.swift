import PlantModel
import Quantities

/// The plant's water: four mixed bodies in a row for each circuit, one in each side of each unit.
struct WaterBodies: Sendable {
  /// The bodies of a circuit, in the direction of flow.
  enum Place: Int {
    /// Leaves the machines: the return header.
    case out
    /// Outside: the first and the second half of the ground loop, the building or the tanks' pipes.
    case outer, farOuter
    /// Comes to the machines: suction, pumps and supply header.
    case back
  }

  private(set) var temperatures: [Double]
  private(set) var volumes: [Double]
  private(set) var sides: [Double]
  private let sideVolume: Double
  /// Water in the nodes before and behind each vessel's machines.
  var vesselInlets: [Double]
  var vesselOutlets: [Double]
  /// Volume that comes into each body in this step, and that volume times its temperature.
  private var inflows: [Double]
  private var inflowHeats: [Double]

  private static let shares = [0.1, 0.35, 0.35, 0.2]

  init(_ layout: Layout, _ starting: [Double], trapped: Double) {
    temperatures = starting.flatMap { [$0, $0, $0, $0] }
    volumes = layout.circuits.flatMap { circuit in
      WaterBodies.shares.map { max($0 * circuit.volume, min(0.05, 0.1 * circuit.volume)) }
    }
    sides = layout.sides.map { $0.circuit >= 0 ? starting[$0.circuit] : 20 }
    sideVolume = max(trapped, 0.01)
    vesselInlets = layout.vessels.map { _ in 20 }
    vesselOutlets = vesselInlets
    inflows = temperatures.map { _ in 0 }
    inflowHeats = inflows
  }

  subscript(place: Place, circuit: Int) -> Double { temperatures[4 * circuit + place.rawValue] }

  /// Heat held against 0 °C, kWh.
  var energy: Double {
    var sum = 0.0
    for index in temperatures.indices { sum += volumes[index] * temperatures[index] }
    for side in sides { sum += sideVolume * side }
    return sum * Water.kilowattHoursPerCubicMeterKelvin
  }

  mutating func beginStep() {
    for index in inflows.indices {
      inflows[index] = 0
      inflowHeats[index] = 0
    }
  }

  mutating func bring(_ volume: Double, at temperature: Double, to place: Place, of circuit: Int) {
    inflows[4 * circuit + place.rawValue] += volume
    inflowHeats[4 * circuit + place.rawValue] += volume * temperature
  }

  /// Mixes what came in with what was there, together with heat (in m³·K) and with something at
  /// `around` that it exchanges heat with (`exchange` in m³): implicit, so that no step is too long.
  /// Returns the heat taken from there, m³·K.
  @discardableResult
  mutating func mix(
    _ place: Place, of circuit: Int, heat: Double = 0, exchange: Double = 0, around: Double = 0
  ) -> Double {
    let index = 4 * circuit + place.rawValue
    let whole = volumes[index] + inflows[index] + exchange
    let held =
      volumes[index] * temperatures[index] + inflowHeats[index] + heat + exchange * around
    temperatures[index] = held / whole
    return exchange * (around - temperatures[index])
  }

  /// The same for the water inside one side of a unit.
  mutating func mixSide(_ side: Int, _ volume: Double, at temperature: Double, heat: Double) {
    sides[side] =
      (sideVolume * sides[side] + volume * temperature + heat) / (sideVolume + volume)
  }

  /// Puts a body at a temperature; returns what that took, kWh.
  mutating func hold(_ place: Place, of circuit: Int, at temperature: Double) -> Double {
    let index = 4 * circuit + place.rawValue
    let heat = volumes[index] * (temperature - temperatures[index])
    temperatures[index] = temperature
    return heat * Water.kilowattHoursPerCubicMeterKelvin
  }

  /// What the circuit's water takes up more than at 4 °C, m³: densities from 0 to 60 °C to 5 %.
  func expansion(of circuit: Int) -> Double {
    var sum = 0.0
    for index in (4 * circuit)..<(4 * circuit + 4) {
      let above = temperatures[index] - 4
      sum += volumes[index] * 5.3e-6 * above * above
    }
    return sum
  }
}

/// The water inside one side of a unit: whose it is, and how much of another's is still to go.
struct TrappedWater: Sendable {
  /// The circuit that it came from; −1 while nobody knows.
  var circuit: Int
  /// What is still to be flushed out into the circuit that it is turned to now, m³.
  var left = 0.0
}
