import PlantModel
import Quantities

/// What a well's two flow meters say about its water.
public enum WellWaterFinding: String, Sendable, Hashable, CaseIterable {
  /// What the meters differ by when all is well is still being learnt.
  case learning
  case sound
  /// They differ, and it is not clear yet why: hours at other flows are missing.
  case undecided
  /// One of the meters counts too much or too little: the difference is a part of the flow.
  case meterBias = "meter-bias"
  /// Water leaves between the meters, as much at any flow.
  case leakOut = "leak-out"
  /// Water enters between the meters, as much at any flow.
  case leakIn = "leak-in"
  /// The same, and the building's water gets less, or more: it passes the heat exchanger.
  case exchangerIn = "exchanger-in"
  case exchangerOut = "exchanger-out"
}

/// Tells a meter that errs from water that leaves or enters, by the hours since the balance broke.
///
/// A meter's error grows with the flow, a leak's water depends on the pressure, which the valve holds: so the
/// hours' differences are fitted once as a part of the flow and once as a constant, by least squares, and what
/// explains them better by nine times their variance (three standard deviations) is named.
struct WaterFit: Sendable, Hashable {
  /// Fewer hours name nothing.
  private static let least = 8.0
  private static let decisive = 9.0
  /// How well an hour of a meter repeats itself, as part of the design flow.
  private static let repeats = 0.0015

  private var count = 0.0
  private var flow = 0.0
  private var difference = 0.0
  private var flowSquare = 0.0
  private var product = 0.0
  private var differenceSquare = 0.0

  /// One hour: mean flow, and returned less extracted without the learnt bias, in m³/h.
  mutating func add(flow hour: Double, difference rest: Double) {
    count += 1
    flow += hour
    difference += rest
    flowSquare += hour * hour
    product += hour * rest
    differenceSquare += rest * rest
  }

  /// As part of the flow, if it is a meter.
  var bias: Fraction { Fraction(flowSquare > 0 ? product / flowSquare : 0) }
  /// In m³/h, outward below nothing, if it is a leak.
  var leak: CubicMetersPerHour { CubicMetersPerHour(count > 0 ? difference / count : 0) }

  func finding(_ designFlow: CubicMetersPerHour) -> WellWaterFinding {
    guard count >= WaterFit.least, flowSquare > 0 else { return .undecided }
    let asMeter = differenceSquare - product * product / flowSquare
    let asLeak = differenceSquare - difference * difference / count
    let floor = WaterFit.repeats * designFlow.value
    let variance = max(floor * floor, min(asMeter, asLeak) / (count - 1))
    if asLeak - asMeter > WaterFit.decisive * variance { return .meterBias }
    if asMeter - asLeak > WaterFit.decisive * variance {
      return leak < .zero ? .leakOut : .leakIn
    }
    return .undecided
  }
}

extension WaterFit: Persistent {
  mutating func persist(in archive: inout some Archive) {
    archive.field("hours", &count)
    archive.field("flow", &flow)
    archive.field("difference", &difference)
    archive.field("flow_square", &flowSquare)
    archive.field("product", &product)
    archive.field("difference_square", &differenceSquare)
  }
}
