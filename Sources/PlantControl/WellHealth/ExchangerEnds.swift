import PlantModel
import Quantities

/// The four ends of the exchanger as far as they are seen.
struct ExchangerEnds {
  private(set) var outlet: Double?
  private(set) var back: Double?
  private var entering: Double?
  private var leaving: Double?
  private let flow: Double?
  private let secondary: Double?
  private let kelvin: Double
  private var isCompleted = false

  init(_ reading: StepReading, _ instruments: WellInstruments) {
    func seen(_ sensor: WellSensor, _ value: Double) -> Double? {
      instruments.has(sensor) ? value : nil
    }
    outlet = seen(.outletTemperature, reading.outletTemperature.value)
    back = seen(.returnTemperature, reading.returnTemperature.value)
    entering = seen(.secondaryEntering, reading.secondaryEntering.value)
    leaving = seen(.secondaryLeaving, reading.secondaryLeaving.value)
    flow = seen(.flow, reading.flow.value)
    secondary = seen(.secondaryFlow, reading.secondaryFlow.value)
    kelvin =
      [.outletTemperature, .returnTemperature, .secondaryEntering, .secondaryLeaving]
      .compactMap { instruments.deviation($0) }.max() ?? 0
    if let heat { complete(heat) }
  }

  /// kW, the mean of both sides where both are seen.
  private var heat: Double? {
    let perFlow = Water.kilowattHoursPerCubicMeterKelvin
    var sum = 0.0
    var sides = 0.0
    if let flow, let outlet, let back {
      sum += flow * perFlow * (outlet - back)
      sides += 1
    }
    if let secondary, let entering, let leaving {
      sum += secondary * perFlow * (leaving - entering)
      sides += 1
    }
    return sides > 0 ? sum / sides : nil
  }

  /// Fills one missing temperature in, where the flow on its side is seen.
  private mutating func complete(_ heat: Double) {
    guard [outlet, back, entering, leaving].count(where: { $0 == nil }) == 1 else { return }
    isCompleted = true
    let perFlow = Water.kilowattHoursPerCubicMeterKelvin
    if let flow, flow > 0 {
      if let back, outlet == nil { outlet = back + heat / (flow * perFlow) }
      if let outlet, back == nil { back = outlet - heat / (flow * perFlow) }
    }
    if let secondary, secondary > 0 {
      if let leaving, entering == nil { entering = leaving - heat / (secondary * perFlow) }
      if let entering, leaving == nil { leaving = entering + heat / (secondary * perFlow) }
    }
  }

  /// Heat per kelvin of mean difference against `design`, with its relative deviation; nil where too
  /// few temperatures and flows are seen.
  func conductance(of design: KilowattsPerKelvin) -> (value: Double, deviation: Double)? {
    guard let heat, let mean, let deviation = deviation(mean) else { return nil }
    return (heat / mean / design.value, deviation)
  }

  /// The mean temperature difference, two thirds geometric and one third arithmetic, which is the
  /// logarithmic one to 1 % (Paterson 1984).
  private var mean: Double? {
    guard let outlet, let back, let entering, let leaving else { return nil }
    let warm = outlet - leaving
    let cold = back - entering
    guard warm * cold > 0 else { return nil }
    let geometric = (warm * cold).squareRoot()
    return warm > 0
      ? (2 * geometric + (warm + cold) / 2) / 3 : (-2 * geometric + (warm + cold) / 2) / 3
  }

  /// Relative standard deviation of heat over mean difference; nil where it says nothing.
  private func deviation(_ mean: Double) -> Double? {
    guard let outlet, let back else { return nil }
    let ends = kelvin / mean
    let span = 1.42 * kelvin / (outlet - back)
    // A temperature that follows from the heat shares the heat's error.
    let share = isCompleted ? 3.0 : 1
    let result = share * (ends * ends + span * span + 1e-4).squareRoot()
    return result < 0.5 ? result : nil
  }
}
