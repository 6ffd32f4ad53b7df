import PlantModel
import Quantities

extension StepReading {
  /// Its values in the order of the declaration.
  var values: [Double] {
    [
      frequency.value, valvePosition.value, flow.value, power.value, intakePressure.value,
      supplyPressure.value, returnPressure.value, exchangerPressureLoss.value,
      outletTemperature.value, returnTemperature.value, secondaryEntering.value,
      secondaryLeaving.value, secondaryFlow.value,
    ]
  }

  /// How many values it has.
  static let count = 13

  /// - Parameter values: `count` of them, in the order of the declaration.
  init(values: [Double]) {
    self.init(
      frequency: Hertz(values[0]), valvePosition: Fraction(values[1]),
      flow: CubicMetersPerHour(values[2]), power: Kilowatts(values[3]),
      intakePressure: Kilopascals(values[4]), supplyPressure: Kilopascals(values[5]),
      returnPressure: Kilopascals(values[6]), exchangerPressureLoss: Kilopascals(values[7]),
      outletTemperature: Celsius(values[8]), returnTemperature: Celsius(values[9]),
      secondaryEntering: Celsius(values[10]), secondaryLeaving: Celsius(values[11]),
      secondaryFlow: CubicMetersPerHour(values[12]))
  }
}

extension StepTest {
  /// The test as one line of text: its time in milliseconds, whether it opens a baseline, which sensors were
  /// fitted (one figure for each, 1 or 0), the pressures at rest, then the values of each reading.
  var line: String {
    var words = ["\(at.milliseconds)", opensBaseline ? "new" : "more"]
    words.append(WellSensor.allCases.map { sensors.contains($0) ? "1" : "0" }.joined())
    words += [restIntakePressure.value, restReturnPressure.value].map { "\($0)" }
    words += readings.flatMap(\.values).map { "\($0)" }
    return words.joined(separator: " ")
  }

  /// Reads such a line; nil where it is none.
  init?(line: String) {
    let words = line.split(separator: " ")
    guard words.count > 5, let time = Int64(words[0]), words[1] == "new" || words[1] == "more",
      words[2].count == WellSensor.allCases.count
    else { return nil }
    let numbers = words[3...].compactMap { Double($0) }.filter(\.isFinite)
    let values = numbers.dropFirst(2)
    guard numbers.count == words.count - 3, values.count.isMultiple(of: StepReading.count) else {
      return nil
    }
    self.init(
      at: Instant(milliseconds: time), restIntakePressure: Kilopascals(numbers[0]),
      restReturnPressure: Kilopascals(numbers[1]),
      readings: stride(from: 2, to: numbers.count, by: StepReading.count).map {
        StepReading(values: Array(numbers[$0..<$0 + StepReading.count]))
      },
      opensBaseline: words[1] == "new",
      sensors: zip(WellSensor.allCases, words[2]).filter { $0.1 == "1" }.map(\.0))
  }
}
