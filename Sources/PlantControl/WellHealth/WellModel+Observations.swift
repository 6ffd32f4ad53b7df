import PlantModel
import Quantities

extension WellModel {
  /// A reading with what it should be and its standard deviation, as one number: (seen − expected)/σ.
  typealias Residuals = [Double]

  /// The algebra's own error: a part of each reading, and kPa of each pressure, as the ground still
  /// moves a little when a position is read.
  private static let modelPart = 0.002
  private static let modelKilopascals = 0.5

  /// Residuals of all readings whose sensors are fitted.
  func residuals(_ values: [Double]) -> Residuals {
    var result: Residuals = []
    result.reserveCapacity(test.readings.count * 7 + 2)
    for index in test.readings.indices { append(values, index, to: &result) }
    let level = values[Place.level]
    let depth = design.intakeDepthMeters * WellModel.kilopascalsPerMeter
    pressure(.intakePressure, test.restIntakePressure, level + depth, &result)
    pressure(.returnPressure, test.restReturnPressure, level, &result)
    return result
  }

  private func append(_ values: [Double], _ index: Int, to result: inout Residuals) {
    let reading = test.readings[index]
    let expected = predict(values, index)
    add(.flow, reading.flow.value, expected.flow, &result)
    add(.power, reading.power.value, expected.power, &result)
    pressure(.intakePressure, reading.intakePressure, expected.intake, &result)
    pressure(.supplyPressure, reading.supplyPressure, expected.supply, &result)
    pressure(.returnPressure, reading.returnPressure, expected.back, &result)
    add(
      .exchangerPressureLoss, reading.exchangerPressureLoss.value, expected.exchangerLoss,
      &result)
    if let seen = conductances[index] {
      result.append((seen.value - expected.conductance) / (seen.deviation * seen.value))
    }
  }

  private func add(
    _ sensor: WellSensor, _ seen: Double, _ expected: Double, _ result: inout Residuals
  ) {
    guard let deviation = instruments.deviation(sensor) else { return }
    let model = WellModel.modelPart * seen
    result.append((seen - expected) / (deviation * deviation + model * model).squareRoot())
  }

  private func pressure(
    _ sensor: WellSensor, _ seen: Kilopascals, _ expected: Double, _ result: inout Residuals
  ) {
    guard let deviation = instruments.deviation(sensor) else { return }
    let model = WellModel.modelKilopascals
    result.append(
      (seen.value - expected) / (deviation * deviation + model * model).squareRoot())
  }
}
