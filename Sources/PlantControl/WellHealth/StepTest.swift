public import Quantities

/// Steady readings at one speed and one position of the back-pressure valve.
///
/// A value whose sensor is not fitted is not looked at; `frequency` then is the drive's set-point.
public struct StepReading: Hashable, Sendable {
  public var frequency: Hertz
  /// The valve's set-point; equal ones are one position.
  public var valvePosition: Fraction
  public var flow: CubicMetersPerHour
  public var power: Kilowatts
  public var intakePressure: Kilopascals
  public var supplyPressure: Kilopascals
  public var returnPressure: Kilopascals
  public var exchangerPressureLoss: Kilopascals
  public var outletTemperature: Celsius
  public var returnTemperature: Celsius
  public var secondaryEntering: Celsius
  public var secondaryLeaving: Celsius
  public var secondaryFlow: CubicMetersPerHour

  public init(
    frequency: Hertz, valvePosition: Fraction, flow: CubicMetersPerHour, power: Kilowatts,
    intakePressure: Kilopascals, supplyPressure: Kilopascals, returnPressure: Kilopascals,
    exchangerPressureLoss: Kilopascals, outletTemperature: Celsius, returnTemperature: Celsius,
    secondaryEntering: Celsius, secondaryLeaving: Celsius, secondaryFlow: CubicMetersPerHour
  ) {
    self.frequency = frequency
    self.valvePosition = valvePosition
    self.flow = flow
    self.power = power
    self.intakePressure = intakePressure
    self.supplyPressure = supplyPressure
    self.returnPressure = returnPressure
    self.exchangerPressureLoss = exchangerPressureLoss
    self.outletTemperature = outletTemperature
    self.returnTemperature = returnTemperature
    self.secondaryEntering = secondaryEntering
    self.secondaryLeaving = secondaryLeaving
    self.secondaryFlow = secondaryFlow
  }
}

/// A step test: a rest of 30 min or more for the static level, then steady readings at two speeds or
/// more with three valve positions or more each, 15 min apart, while heating goes on.
public struct StepTest: Hashable, Sendable {
  public var at: Instant
  public var restIntakePressure: Kilopascals
  public var restReturnPressure: Kilopascals
  public var readings: [StepReading]

  public init(
    at: Instant, restIntakePressure: Kilopascals, restReturnPressure: Kilopascals,
    readings: [StepReading]
  ) {
    self.at = at
    self.restIntakePressure = restIntakePressure
    self.restReturnPressure = restReturnPressure
    self.readings = readings
  }

  static let leastSpeeds = 2
  static let leastPositions = 3

  /// Valve positions, rising, each once.
  var positions: [Fraction] { StepTest.distinct(readings.map(\.valvePosition)) }

  /// Whether frequency and flow were varied independently enough to tell anything: pump, pipe and
  /// turbulent terms all go with the flow's square.
  public var isComplete: Bool {
    let speeds = StepTest.distinct(readings.map { Hertz($0.frequency.value.rounded()) })
    return isFinite && speeds.count >= StepTest.leastSpeeds
      && positions.count >= StepTest.leastPositions
      && speeds.allSatisfy { speed in
        let there = readings.filter { Hertz($0.frequency.value.rounded()) == speed }
        return StepTest.distinct(there.map(\.valvePosition)).count >= StepTest.leastPositions
      }
  }

  /// Whether every value is a number, and every speed and valve position one that can be.
  private var isFinite: Bool {
    restIntakePressure.isFinite && restReturnPressure.isFinite
      && readings.allSatisfy { reading in
        let pressures = [
          reading.intakePressure, reading.supplyPressure, reading.returnPressure,
          reading.exchangerPressureLoss,
        ]
        let temperatures = [
          reading.outletTemperature, reading.returnTemperature, reading.secondaryEntering,
          reading.secondaryLeaving,
        ]
        return reading.frequency.value > 1 && reading.frequency.isFinite
          && reading.valvePosition.isFinite && reading.flow.isFinite && reading.power.isFinite
          && reading.secondaryFlow.isFinite && pressures.allSatisfy(\.isFinite)
          && temperatures.allSatisfy { $0.isFinite && abs($0.value) < 150 }
      }
  }

  private static func distinct<Value: Quantity>(_ values: [Value]) -> [Value] {
    values.sorted().reduce(into: []) { list, value in
      if list.last != value { list.append(value) }
    }
  }
}

/// What is known of a well before its first step test, from its drawings; 20 to 30 % are enough, as
/// the commissioning tests correct it.
public struct WellDesign: Hashable, Sendable {
  /// The flow at which everything below holds.
  public var nominalFlow: CubicMetersPerHour
  public var ratedFrequency: Hertz
  public var shutOffHead: Kilopascals
  public var nominalHead: Kilopascals
  /// Electrical.
  public var nominalPower: Kilowatts
  public var riserLoss: Kilopascals
  public var returnColumnLoss: Kilopascals
  /// Laminar and turbulent part of the draw-down, with its aquifer.
  public var drawDownLinear: Kilopascals
  public var drawDownQuadratic: Kilopascals
  /// The same of the build-up.
  public var buildUpLinear: Kilopascals
  public var buildUpQuadratic: Kilopascals
  public var exchangerLoss: Kilopascals
  public var exchangerConductance: KilowattsPerKelvin
  /// Flow of the back-pressure valve at 100 kPa, open, and its rangeability.
  public var valveFullFlow: CubicMetersPerHour
  public var valveRangeability: Double
  public var intakeDepthMeters: Double
  public var staticLevelMeters: Double

  public init(
    nominalFlow: CubicMetersPerHour, ratedFrequency: Hertz, shutOffHead: Kilopascals,
    nominalHead: Kilopascals, nominalPower: Kilowatts, riserLoss: Kilopascals,
    returnColumnLoss: Kilopascals, drawDownLinear: Kilopascals, drawDownQuadratic: Kilopascals,
    buildUpLinear: Kilopascals, buildUpQuadratic: Kilopascals, exchangerLoss: Kilopascals,
    exchangerConductance: KilowattsPerKelvin, valveFullFlow: CubicMetersPerHour,
    valveRangeability: Double, intakeDepthMeters: Double, staticLevelMeters: Double
  ) {
    self.nominalFlow = nominalFlow
    self.ratedFrequency = ratedFrequency
    self.shutOffHead = shutOffHead
    self.nominalHead = nominalHead
    self.nominalPower = nominalPower
    self.riserLoss = riserLoss
    self.returnColumnLoss = returnColumnLoss
    self.drawDownLinear = drawDownLinear
    self.drawDownQuadratic = drawDownQuadratic
    self.buildUpLinear = buildUpLinear
    self.buildUpQuadratic = buildUpQuadratic
    self.exchangerLoss = exchangerLoss
    self.exchangerConductance = exchangerConductance
    self.valveFullFlow = valveFullFlow
    self.valveRangeability = valveRangeability
    self.intakeDepthMeters = intakeDepthMeters
    self.staticLevelMeters = staticLevelMeters
  }
}
