import PlantModel
import Quantities

/// A single well of the twin under its rated load through a winter without a pause.
///
/// From 15 November on it is stepped by the hour, after ten minutes by the second. Once a step its frequency is
/// brought nearer to the flow, up to the rated one and no further, and its back-pressure valve nearer to the
/// pressure at the highest point.
struct RatedWell {
  /// What the well has to bring, and to what.
  struct Duty {
    var heat: Kilowatts
    var flow: CubicMetersPerHour
    /// Flow behind the plate exchanger; nil for a unit on the well's own water.
    var secondary: CubicMetersPerHour?
  }

  /// How it went, the first day apart.
  struct Outcome {
    /// At the end.
    var last: WellReadings
    /// Taken out of the well's water, by its flow and temperatures, over all of it.
    var heat: Kilowatts
    /// Returned over extracted.
    var returnedPart: Fraction
    var lowestHighestPoint: Kilopascals
    /// Coldest water to the outlet, and from the units.
    var coldestOutlet: Celsius
    var coldestLeaving: Celsius
    /// Into and out of the exchanger's other side at the end.
    var secondaryDifference: TemperatureDifference
  }

  static let days = 120.0
  /// 2025-11-15 00:00 UTC.
  private static let start = Instant(milliseconds: 1_763_164_800_000)
  /// Held at the highest point, as the controller does (`WELL-13`).
  private static let heldPressure = Parameters().wellPressure

  private var well: SingleWell
  private var input: WellInput
  private let duty: Duty
  private let step: TimeSpan

  /// - Parameter step: a part of an hour.
  init(_ description: WellDescription, _ duty: Duty, step: TimeSpan = .hours(1)) {
    self.duty = duty
    self.step = step
    well = SingleWell(description, at: RatedWell.start)
    input = WellInput(
      frequency: description.pump.ratedFrequency * 0.9, valvePosition: Fraction(0.75),
      load: .heat(.zero))
  }

  /// Runs the 120 days.
  mutating func run() -> Outcome {
    for _ in 0..<600 {
      load()
      well.step(input, over: .seconds(1))
    }
    for _ in 0..<Int(24 / step.hours) { advance() }
    var result = Outcome(
      last: well.readings, heat: .zero, returnedPart: .zero,
      lowestHighestPoint: well.readings.highestPointPressure,
      coldestOutlet: well.readings.outletTemperature, coldestLeaving: unitsLeaving,
      secondaryDifference: .zero)
    var extracted = CubicMeters.zero
    var returned = CubicMeters.zero
    let steps = 24 * (RatedWell.days - 1) / step.hours
    for _ in 0..<Int(steps) {
      advance()
      let now = well.readings
      extracted += now.extracted * step
      returned += now.returned * step
      result.heat +=
        Water.heat(of: now.extracted, over: now.outletTemperature - now.returnTemperature) / steps
      result.lowestHighestPoint = min(result.lowestHighestPoint, now.highestPointPressure)
      result.coldestOutlet = min(result.coldestOutlet, now.outletTemperature)
      result.coldestLeaving = min(result.coldestLeaving, unitsLeaving)
    }
    result.last = well.readings
    result.returnedPart = Fraction(returned / extracted)
    if case .exchanger(_, let entering) = input.load {
      result.secondaryDifference = well.readings.secondaryLeaving - entering
    }
    return result
  }

  private mutating func advance() {
    let now = well.readings
    let short = (duty.flow - now.extracted) / duty.flow
    input.frequency = min(
      input.frequency + Hertz(10 * short), well.description.pump.ratedFrequency)
    // A unit of the valve's stroke is some 900 kPa at the rated flow.
    let open = (now.highestPointPressure - RatedWell.heldPressure).value / 1000
    input.valvePosition = Fraction(
      min(max(input.valvePosition.value + min(max(open, -0.05), 0.05), 0.1), 1))
    load()
    well.step(input, over: step)
  }

  /// The units take their heat out of the well's water, or out of the exchanger's other side.
  private mutating func load() {
    guard let secondary = duty.secondary else {
      input.load = .heat(duty.heat)
      return
    }
    input.load = .exchanger(secondary: secondary, entering: unitsLeaving)
  }

  /// Water as it leaves the units.
  private var unitsLeaving: Celsius {
    guard let secondary = duty.secondary else { return well.readings.returnTemperature }
    let fall = duty.heat / Water.heat(of: secondary, over: TemperatureDifference(1))
    return well.readings.secondaryLeaving - TemperatureDifference(fall)
  }
}
