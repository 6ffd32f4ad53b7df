import PlantModel
import Quantities

/// Heat on its way from the return screen to the extraction screen.
///
/// The part of the water that comes back is that of a doublet in a natural flow of ground water,
/// F = (2/π)·(arctan √(X−1) − √(X−1)/X) with X = 2Q/(π·q·L), nought below X = 1 (Milnes and Perrochet
/// 2013). It runs through stream tubes with the times of a doublet, t_φ = t_b·3(1 − φ·cot φ)/sin²φ and
/// t_b = (π/3)·(ρc/ρc_w)·b·L²/Q (Gringarten and Sauty 1975). Each tube is a row of mixed compartments,
/// retarded by the grains, that conduct to the layers above and below (Lauwerier 1955, with one mass
/// of `nearMeters` in place of the half-space). The rest is taken from, and left to, the natural flow.
struct GroundHeat: Hashable, Sendable {
  static let tubes = 6
  /// Dispersion along a tube is its length over twice this.
  static let compartments = 12
  /// Depth of the layers above and below that follow the aquifer, and of those that hold them.
  private static let nearMeters = 2.0
  private static let farMeters = 3.0
  /// The returning part follows the flow of some days.
  private static let memorySeconds = 5.0 * 86_400
  private static let heatPerFlow = Water.kilowattHoursPerCubicMeterKelvin

  private struct Compartment: Hashable, Sendable {
    /// °C of the aquifer and of the near layers.
    var aquifer: Double
    var near: Double
  }

  /// What a tube's compartments hold, kWh/K, and how they conduct, kW/K.
  private struct Tube: Hashable, Sendable {
    var aquiferCapacity: Double
    var nearCapacity: Double
    var toNear: Double
    var toFar: Double
  }

  private var compartments: ContiguousArray<Compartment>
  private let tubes: ContiguousArray<Tube>
  /// X per m³/h.
  private let thresholdPerFlow: Double
  private var meanFlow: Double
  /// °C of what reaches the extraction screen.
  private(set) var arriving: Double
  /// kWh that the layers beyond the near ones have given.
  private(set) var conducted = 0.0

  init(_ description: WellDescription, celsius: Double) {
    let ground = description.aquifer
    let flow = description.nominalFlow.value
    let distance = ground.screenDistanceMeters
    let regional =
      ground.transmissivitySquareMetersPerDay * ground.regionalGradient / 24
    let pi = 3.141_592_653_589_793
    thresholdPerFlow = 2 / (pi * regional * distance)
    let returning = GroundHeat.returningPart(threshold: thresholdPerFlow * flow)
    let aquiferHeat = ground.heatCapacityMegajoulesPerCubicMeterKelvin / 3.6
    // Bulk volume that a whole doublet has swept at its breakthrough.
    let swept = pi / 3 * ground.thicknessMeters * distance * distance
    let conduction =
      ground.conductivityWattsPerMeterKelvin / 1000
      * (description.granules?.conductionGain ?? 1)
    tubes = ContiguousArray(
      (0..<GroundHeat.tubes).map { index in
        let angle =
          max(returning, 0.05) * pi * (Double(index) + 0.5) / Double(GroundHeat.tubes)
        let volume =
          swept * GroundHeat.delay(angle) * max(returning, 0.05)
          / Double(GroundHeat.tubes * GroundHeat.compartments)
        let faces = 2 * volume / ground.thicknessMeters
        return Tube(
          aquiferCapacity: volume * aquiferHeat,
          nearCapacity: faces * GroundHeat.nearMeters * aquiferHeat,
          toNear: conduction * faces / (GroundHeat.nearMeters / 2),
          toFar: conduction * faces / GroundHeat.farMeters)
      })
    compartments = ContiguousArray(
      repeating: Compartment(aquifer: celsius, near: celsius),
      count: GroundHeat.tubes * GroundHeat.compartments)
    meanFlow = flow
    arriving = celsius
  }

  /// F for X.
  static func returningPart(threshold: Double) -> Double {
    guard threshold > 1 else { return 0 }
    let root = (threshold - 1).squareRoot()
    return 2 / 3.141_592_653_589_793 * (Numerics.arctangent(root) - root / threshold)
  }

  /// Time on the stream line that leaves at `angle`, from 0 to π, against that of the fastest.
  static func delay(_ angle: Double) -> Double {
    guard angle > 0.01 else { return 1 + angle * angle * 0.4 }
    let turns = angle / 6.283_185_307_179_586
    let sine = exactSine(angle)
    let cosine = exactSine(6.283_185_307_179_586 * (0.25 - turns))
    return 3 * (1 - angle * cosine / sine) / (sine * sine)
  }

  /// The sine of an angle from −3π/2 to π, by its series.
  private static func exactSine(_ angle: Double) -> Double {
    var term = angle
    var sum = angle
    var order = 2.0
    while order < 40 {
      term *= -angle * angle / (order * (order + 1))
      sum += term
      order += 2
    }
    return sum
  }

  /// The part of the returned water that comes back to the extraction screen.
  var returningPart: Double {
    GroundHeat.returningPart(threshold: thresholdPerFlow * meanFlow)
  }

  /// kWh that the tubes and their near layers hold above 0 °C.
  var stored: Double {
    var sum = 0.0
    for tube in 0..<GroundHeat.tubes {
      for index in 0..<GroundHeat.compartments {
        let part = compartments[tube * GroundHeat.compartments + index]
        sum += part.aquifer * tubes[tube].aquiferCapacity + part.near * tubes[tube].nearCapacity
      }
    }
    return sum
  }

  /// Moves `flow`, m³/h, of water returned at `returned` °C for `seconds` through the tubes; implicit,
  /// so that every length of step is stable and no heat is lost.
  mutating func step(flow: Double, returned: Double, undisturbed: Double, seconds: Double) {
    let moved = max(flow, 0)
    meanFlow +=
      (moved - meanFlow) * (1 - Numerics.exponential(-seconds / GroundHeat.memorySeconds))
    let part = returningPart
    let carried = part * moved * GroundHeat.heatPerFlow / Double(GroundHeat.tubes)
    let hours = seconds / 3600
    var mixed = 0.0
    for tube in 0..<GroundHeat.tubes {
      let data = tubes[tube]
      var upstream = returned
      for index in 0..<GroundHeat.compartments {
        let place = tube * GroundHeat.compartments + index
        let old = compartments[place]
        // (Cn/Δt + U1 + U2)·Tn = Cn/Δt·Tn° + U1·Tc + U2·Tu, put into the balance of the aquifer.
        let near = data.nearCapacity / hours
        let nearSum = near + data.toNear + data.toFar
        let nearRest = near * old.near + data.toFar * undisturbed
        let aquifer = data.aquiferCapacity / hours
        let new =
          (aquifer * old.aquifer + carried * upstream + data.toNear * nearRest / nearSum)
          / (aquifer + carried + data.toNear - data.toNear * data.toNear / nearSum)
        let newNear = (nearRest + data.toNear * new) / nearSum
        conducted += data.toFar * (undisturbed - newNear) * hours
        compartments[place] = Compartment(aquifer: new, near: newNear)
        upstream = new
      }
      mixed += upstream
    }
    arriving = part * mixed / Double(GroundHeat.tubes) + (1 - part) * undisturbed
  }
}
