import PlantModel
import Quantities

/// A submersible pump: H = H₀·s² − a·Q², moved by the affinity laws.
///
/// Wear is water that slips back inside, so that the impeller moves more than is delivered.
struct SubmersiblePump: Hashable, Sendable {
  private let shutOff: Double
  private let slope: Double
  private let bestFlow: Double
  private let bestEfficiency: Double
  private let motorEfficiency: Double

  init(_ description: WellDescription) {
    let pump = description.pump
    let flow = description.nominalFlow.value
    shutOff = pump.shutOffHead.value
    slope = (pump.shutOffHead.value - pump.nominalHead.value) / (flow * flow)
    bestFlow = flow
    bestEfficiency = pump.bestEfficiency.value
    motorEfficiency = pump.motorEfficiency.value
  }

  /// kPa at a part `speed` of the rated frequency; `wear` is the slip as a part of the nominal flow.
  func head(flow: Double, speed: Double, wear: Double) -> Double {
    let moved = flow + wear * bestFlow * speed
    return shutOff * speed * speed - slope * moved * abs(moved)
  }

  /// Hydraulic power over shaft power: a parabola with its top at the nominal flow.
  func efficiency(flow: Double, speed: Double, wear: Double) -> Double {
    let shaft = shaftPower(flow: flow, speed: speed, wear: wear)
    return shaft > 0 ? flow * head(flow: flow, speed: speed, wear: wear) / 3600 / shaft : 0
  }

  /// kW at the shaft. What the impeller moves has the efficiency η·x·(2 − x), so that the power at
  /// no flow is finite.
  func shaftPower(flow: Double, speed: Double, wear: Double) -> Double {
    guard speed > 0 else { return 0 }
    let moved = max(flow + wear * bestFlow * speed, 0)
    let part = min(moved / (bestFlow * speed), 1.7)
    let head = max(shutOff * speed * speed - slope * moved * moved, 0)
    return bestFlow * speed * head / (3600 * bestEfficiency * (2 - part))
  }

  /// kW that motor, cable and drive take.
  func motorPower(flow: Double, speed: Double, wear: Double) -> Double {
    shaftPower(flow: flow, speed: speed, wear: wear) / motorEfficiency
  }
}
