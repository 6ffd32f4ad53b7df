import PlantControl
import PlantModel
import Quantities

/// A well of numbers alone, whose every loss is known: what a step test would read on it.
struct AlgebraicWell {
  /// Losses at 100 m³/h, kPa; the head at no flow and its fall; all at 50 Hz.
  var drawLinear = 30.0
  var drawQuadratic = 9.0
  var backLinear = 55.0
  var backQuadratic = 18.0
  var shutOff = 440.0
  var fall = 125.0
  var exchangerLoss = 42.0
  var conductance = 320.0
  var powerFactor = 1.0
  /// Depth of the static level as a pressure.
  var level = 60.0
  var outlet = 12.0
  /// Adds this many standard deviations to each reading, by turns.
  var noise: [Double] = [0]

  static let instruments = WellInstruments(
    part: Fraction(0.001), flowRange: 150, frequencyRange: 60, powerRange: 22,
    pressureRange: 600, exchangerRange: 100, temperatureRange: 50)

  static let design = WellDesign(
    nominalFlow: CubicMetersPerHour(100), ratedFrequency: Hertz(50),
    shutOffHead: Kilopascals(425), nominalHead: Kilopascals(300),
    nominalPower: Kilowatts(15), riserLoss: Kilopascals(30), returnColumnLoss: Kilopascals(20),
    drawDownLinear: Kilopascals(36), drawDownQuadratic: Kilopascals(8),
    buildUpLinear: Kilopascals(60), buildUpQuadratic: Kilopascals(17),
    exchangerLoss: Kilopascals(46), exchangerConductance: KilowattsPerKelvin(300),
    valveFullFlow: CubicMetersPerHour(230), valveRangeability: 50, intakeDepthMeters: 45,
    staticLevelMeters: 6)

  func test(day: Double) -> StepTest {
    var turn = 0
    func noisy(_ value: Double, _ sensor: WellSensor) -> Double {
      turn += 1
      return value + noise[turn % noise.count] * AlgebraicWell.instruments.deviation(sensor)!
    }
    let intakeRest = noisy(441 - level, .intakePressure)
    let backRest = noisy(-level, .returnPressure)
    var readings: [StepReading] = []
    for speed in [0.8, 0.94] {
      for (position, valve) in [(0.55, 620.0), (0.65, 280), (0.75, 128)] {
        let head = { (flow: Double) in shutOff * speed * speed - fall * flow * flow }
        let loss = { (flow: Double) in
          (drawLinear + backLinear) * flow
            + (drawQuadratic + backQuadratic + 50 + exchangerLoss + valve) * flow * flow
        }
        // Flow in parts of 100 m³/h by halving: where head and losses meet.
        var low = 0.0
        var high = 2.0
        for _ in 0..<60 {
          let middle = (low + high) / 2
          if head(middle) > loss(middle) { low = middle } else { high = middle }
        }
        let drawn = drawLinear * low + drawQuadratic * low * low
        let power =
          14 * powerFactor * speed * speed * speed * (0.55 + 0.45 * low / speed)
        let other = 80.0
        let film = 2 / (1 / (low * low * low).squareRoot().squareRoot() + 1 / 0.8459)
        let effect = exchange(film * conductance, low * 116.3, other * 1.163)
        let heat = effect * 5
        readings.append(
          StepReading(
            frequency: Hertz(noisy(speed * 50, .frequency)),
            valvePosition: Fraction(position),
            flow: CubicMetersPerHour(noisy(low * 100, .flow)),
            power: Kilowatts(noisy(power, .power)),
            intakePressure: Kilopascals(noisy(441 - level - drawn, .intakePressure)),
            supplyPressure: Kilopascals(
              noisy(-level - drawn + head(low) - 30 * low * low, .supplyPressure)),
            returnPressure: Kilopascals(
              noisy(
                -level + backLinear * low + (backQuadratic + 20) * low * low,
                .returnPressure)),
            exchangerPressureLoss: Kilopascals(
              noisy(exchangerLoss * low * low, .exchangerPressureLoss)),
            outletTemperature: Celsius(noisy(outlet, .outletTemperature)),
            returnTemperature: Celsius(
              noisy(outlet - heat / (low * 116.3), .returnTemperature)),
            secondaryEntering: Celsius(noisy(outlet - 5, .secondaryEntering)),
            secondaryLeaving: Celsius(
              noisy(outlet - 5 + heat / (other * 1.163), .secondaryLeaving)),
            secondaryFlow: CubicMetersPerHour(noisy(other, .secondaryFlow))))
      }
    }
    return StepTest(
      at: Instant(milliseconds: 0) + .days(day),
      restIntakePressure: Kilopascals(intakeRest), restReturnPressure: Kilopascals(backRest),
      readings: readings)
  }

  /// kW per kelvin between what enters: counter-flow, its mean difference found by halving.
  private func exchange(_ conductance: Double, _ first: Double, _ second: Double) -> Double {
    var low = 0.0
    var high = min(first, second)
    for _ in 0..<60 {
      let heat = (low + high) / 2
      let warm = 1 - heat / second
      let cold = 1 - heat / first
      let mean = ((warm + cold) / 2 + 2 * max(warm * cold, 0).squareRoot()) / 3
      if heat > conductance * mean { high = heat } else { low = heat }
    }
    return low
  }
}
