import PlantModel
import Quantities

@testable import PlantSimulation

/// A well on a bench: held at a frequency and a valve position with a heat load.
struct WellBench {
  static let start = Instant(milliseconds: 1_763_164_800_000)
  var well: SingleWell
  var input: WellInput

  init(
    _ description: WellDescription = .gravel500, hertz: Double = 46, valve: Double = 0.75,
    kilowatts: Double = 0
  ) {
    well = SingleWell(description, at: WellBench.start)
    input = WellInput(
      frequency: Hertz(hertz), valvePosition: Fraction(valve),
      load: .heat(Kilowatts(kilowatts)))
  }

  mutating func run(_ span: TimeSpan, step: TimeSpan = .seconds(1)) {
    var left = span
    while left > .zero {
      let part = min(left, step)
      well.step(input, over: part)
      left = left - part
    }
  }

  var readings: WellReadings { well.readings }
}

extension WellDescription {
  /// With no change over the year, so that closed forms hold.
  func steady() -> WellDescription {
    var result = self
    result.aquifer.levelSwingMeters = 0
    result.aquifer.temperatureSwing = .zero
    result.aquifer.driftKelvinPerYear = 0
    return result
  }
}
