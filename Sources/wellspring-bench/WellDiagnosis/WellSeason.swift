import PlantControl
import PlantModel
import PlantSimulation
import Quantities

#if canImport(Glibc)
  import Glibc
#endif

/// A seeded generator (SplitMix64) with even and bell-shaped numbers.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  mutating func even(_ range: ClosedRange<Double>) -> Double {
    Double.random(in: range, using: &self)
  }

  /// With a standard deviation of 1.
  mutating func bell() -> Double {
    let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &self))).squareRoot()
    return radius * cos(2 * Double.pi * Double.random(in: 0..<1, using: &self))
  }
}

/// How far a part has worsened on a day: its figure falls in a straight line from an onset.
struct Growth {
  var part: WellPart
  var onset: Double
  /// The day of −10 %.
  var limit: Double

  func fall(on day: Double) -> Double { max(day - onset, 0) / (limit - onset) * 0.1 }
  /// The day of −20 %.
  var second: Double { onset + 2 * (limit - onset) }
}

/// A season of the twin's well, with heat drawn, faults growing and step tests in between.
struct WellSeason {
  static let days = 160
  /// Step tests: three at the commissioning, then one a week.
  static let commissioning = [3, 6, 9]
  static let testInterval = 7
  static let instruments = WellInstruments(
    part: Fraction(0.001), flowRange: 150, frequencyRange: 60, powerRange: 22,
    pressureRange: 600, exchangerRange: 100, temperatureRange: 50)
  /// As a designer would have it, off by up to a quarter.
  static let design = WellDesign(
    nominalFlow: CubicMetersPerHour(100), ratedFrequency: Hertz(50),
    shutOffHead: Kilopascals(425), nominalHead: Kilopascals(300),
    nominalPower: Kilowatts(15), riserLoss: Kilopascals(30), returnColumnLoss: Kilopascals(20),
    drawDownLinear: Kilopascals(38), drawDownQuadratic: Kilopascals(8),
    buildUpLinear: Kilopascals(62), buildUpQuadratic: Kilopascals(17),
    exchangerLoss: Kilopascals(46), exchangerConductance: KilowattsPerKelvin(300),
    valveFullFlow: CubicMetersPerHour(230), valveRangeability: 50, intakeDepthMeters: 45,
    staticLevelMeters: 6)

  private static let speeds = [40.0, 47]
  private static let positions = [0.55, 0.65, 0.75]

  let growths: [Growth]
  /// In the order of days; the first are the commissioning's.
  private(set) var tests: [StepTest] = []
  private(set) var testDays: [Double] = []
  private var dice: Dice
  private var well: SingleWell
  private var input: WellInput
  private let start: Instant

  init(growths: [Growth], seed: UInt64) {
    self.growths = growths
    dice = Dice(seed: seed)
    var description = WellDescription.gravel500
    description.aquifer.transmissivitySquareMetersPerDay *= dice.even(0.85...1.2)
    description.aquifer.undisturbedTemperature = Celsius(dice.even(13...15.5))
    description.aquifer.temperatureSwing = TemperatureDifference(dice.even(0.2...0.8))
    description.aquifer.levelSwingMeters = dice.even(0.5...1.5)
    description.aquifer.staticLevelMeters = dice.even(5...7)
    start = Instant(milliseconds: 1_761_955_200_000) + .days(dice.even(0...30))
    well = SingleWell(description, at: start)
    input = WellInput(
      frequency: Hertz(44), valvePosition: Fraction(0.7),
      load: .exchanger(secondary: CubicMetersPerHour(100), entering: Celsius(8)))
  }

  /// Runs the season; hourly between the tests.
  mutating func run() {
    for day in 0..<WellSeason.days {
      age(Double(day))
      if WellSeason.commissioning.contains(day)
        || (day > 10 && day.isMultiple(of: WellSeason.testInterval))
      {
        test(Double(day))
      }
      for hour in 0..<24 { heat(Double(day) + Double(hour) / 24) }
    }
  }

  private mutating func age(_ day: Double) {
    let bench = WellAging(well.description)
    var faults = WellFaults()
    for growth in growths { bench.set(growth.part, fall: growth.fall(on: day), &faults) }
    well.faults = faults
  }

  /// An hour of heating: more in the middle of the season, at night, and by the weather.
  private mutating func heat(_ day: Double) {
    let season = 0.5 + 0.35 * sin(.pi * day / Double(WellSeason.days))
    let hour = 0.1 * cos(2 * .pi * (day - 0.15))
    let part = min(max(season + hour + 0.08 * dice.bell(), 0.25), 1)
    input.frequency = Hertz(38 + 9 * part)
    supply(part)
    well.step(input, over: .hours(1))
  }

  private mutating func supply(_ part: Double) {
    let secondary = CubicMetersPerHour(60 + 40 * part)
    let entering = well.readings.secondaryLeaving - TemperatureDifference(4.6 * part)
    input.load = .exchanger(secondary: secondary, entering: max(entering, Celsius(4)))
  }

  private mutating func hold(_ span: TimeSpan, heating: Bool = true) {
    let step = TimeSpan.seconds(30)
    var left = span
    while left > .zero {
      if heating { supply(0.8) }
      well.step(input, over: step)
      left = left - step
    }
  }

  private mutating func test(_ day: Double) {
    input.valvePosition = .zero
    hold(.minutes(1))
    input.frequency = .zero
    hold(.minutes(40), heating: false)
    let rest = well.readings
    let intake = noisy(rest.intakePressure.value, .intakePressure)
    let back = noisy(rest.returnPressure.value, .returnPressure)
    var readings: [StepReading] = []
    for speed in WellSeason.speeds {
      for position in WellSeason.positions {
        input.frequency = Hertz(speed)
        input.valvePosition = Fraction(position)
        hold(.minutes(15))
        readings.append(read())
      }
    }
    input.valvePosition = Fraction(0.7)
    tests.append(
      StepTest(
        at: start + .days(day), restIntakePressure: Kilopascals(intake),
        restReturnPressure: Kilopascals(back), readings: readings))
    testDays.append(day)
  }

  private mutating func noisy(_ value: Double, _ sensor: WellSensor) -> Double {
    value + WellSeason.instruments.deviation(sensor)! * dice.bell()
  }

  private mutating func read() -> StepReading {
    let now = well.readings
    guard case .exchanger(let secondary, let entering) = input.load else {
      preconditionFailure("a season heats through the exchanger")
    }
    return StepReading(
      frequency: Hertz(noisy(now.frequency.value, .frequency)),
      valvePosition: input.valvePosition,
      flow: CubicMetersPerHour(noisy(now.extracted.value, .flow)),
      power: Kilowatts(noisy(now.motorPower.value, .power)),
      intakePressure: Kilopascals(noisy(now.intakePressure.value, .intakePressure)),
      supplyPressure: Kilopascals(noisy(now.supplyPressure.value, .supplyPressure)),
      returnPressure: Kilopascals(noisy(now.returnPressure.value, .returnPressure)),
      exchangerPressureLoss: Kilopascals(
        noisy(now.exchangerPressureLoss.value, .exchangerPressureLoss)),
      outletTemperature: Celsius(noisy(now.outletTemperature.value, .outletTemperature)),
      returnTemperature: Celsius(noisy(now.returnTemperature.value, .returnTemperature)),
      secondaryEntering: Celsius(noisy(entering.value, .secondaryEntering)),
      secondaryLeaving: Celsius(noisy(now.secondaryLeaving.value, .secondaryLeaving)),
      secondaryFlow: CubicMetersPerHour(noisy(secondary.value, .secondaryFlow)))
  }
}

/// The twin's faults for a fall of a part's figure at the nominal flow.
struct WellAging {
  private let description: WellDescription
  /// kPa of draw-down of the aquifer itself, at rest as a doublet.
  private let aquifer: Double

  init(_ description: WellDescription) {
    self.description = description
    let ground = description.aquifer
    let distance = log(ground.screenDistanceMeters / ground.boreholeRadiusMeters)
    aquifer =
      9.804 * description.nominalFlow.value * 24 * distance
      / (2 * .pi * ground.transmissivitySquareMetersPerDay)
  }

  func set(_ part: WellPart, fall: Double, _ faults: inout WellFaults) {
    switch part {
    case .screen: faults.screenClogging = clogging(description.extraction, fall)
    case .returnZone: faults.returnClogging = clogging(description.returnZone, fall)
    case .pump: faults.pumpWear = fall
    case .exchanger:
      faults.exchangerFouling = 1 / ((1 - fall) * (1 - fall)) - 1
      faults.foulingKelvinPerKilowatt =
        (1 / (1 - fall) - 1) / description.exchanger.conductance.value
    }
  }

  /// By how much a screen's loss grows until its specific capacity has fallen by `fall`.
  private func clogging(_ screen: ScreenDescription, _ fall: Double) -> Double {
    func loss(_ clogged: Double) -> Double {
      aquifer + screen.linearLoss.value * (1 + clogged)
        + screen.quadraticLoss.value * (1 + clogged) * (1 + clogged)
    }
    var low = 0.0
    var high = 10.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if 1 - loss(0) / loss(middle) < fall { low = middle } else { high = middle }
    }
    return low
  }
}
