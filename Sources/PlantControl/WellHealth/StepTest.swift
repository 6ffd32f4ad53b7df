public import PlantModel
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
  /// The well is as new: what was measured before is no longer held against it.
  public var opensBaseline: Bool
  /// The sensors that were fitted; the values of the others are not looked at.
  public var sensors: [WellSensor]

  public init(
    at: Instant, restIntakePressure: Kilopascals, restReturnPressure: Kilopascals,
    readings: [StepReading], opensBaseline: Bool = false,
    sensors: [WellSensor] = WellSensor.allCases
  ) {
    self.at = at
    self.restIntakePressure = restIntakePressure
    self.restReturnPressure = restReturnPressure
    self.readings = readings
    self.opensBaseline = opensBaseline
    self.sensors = sensors
  }

  static let leastSpeeds = 2
  static let leastPositions = 3

  /// Valve positions, rising, each once.
  var positions: [Fraction] { StepTest.distinct(readings.map(\.valvePosition)) }

  /// Whether frequency and flow were varied independently enough to tell anything: pump, pipe and
  /// turbulent terms all go with the flow's square.
  public var isComplete: Bool {
    let speeds = speedGroups
    return isFinite && speeds.count >= StepTest.leastSpeeds
      && positions.count >= StepTest.leastPositions
      && speeds.allSatisfy {
        StepTest.distinct($0.map(\.valvePosition)).count >= StepTest.leastPositions
      }
  }

  /// Readings of one speed each: a measured frequency is never quite that of another reading.
  private var speedGroups: [[StepReading]] {
    readings.sorted { $0.frequency < $1.frequency }.reduce(into: []) { groups, reading in
      if let last = groups.last?.last, reading.frequency - last.frequency < Hertz(1) {
        groups[groups.count - 1].append(reading)
      } else {
        groups.append([reading])
      }
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
