import PlantModel
import Quantities

@testable import PlantControl

/// A circuit of 20 m³ at 245 kPa and 30 °C, with water in the soft-water tank.
struct MakeUpRig {
  var bench: Bench
  var control: MakeUpControl

  init() {
    var maker = PlantMaker()
    maker.makeUp(for: maker.circuit("building", .building))
    bench = Bench(maker.plant)
    control = MakeUpControl(0, plant: maker.plant, now: bench.now)
    pressure(245)
    temperature(30)
    bench.show(makeUp.tankLevel, true)
    filled(0)
  }

  var makeUp: MakeUp { bench.plant.makeUps[0] }
  var circuit: Circuit { bench.plant.circuits[0] }
  var fills: Bool { bench.isOn(makeUp.fillCommand) }
  var rule: Rule { bench.board.outputs[makeUp.fillCommand.point].reason.rule }

  mutating func pressure(_ value: Double) { bench.show(circuit.pressure, Kilopascals(value)) }
  mutating func filled(_ value: Double) { bench.show(makeUp.volume, CubicMeters(value)) }
  mutating func temperature(_ value: Double) {
    bench.show(circuit.supplyTemperature, Celsius(value + 2))
    bench.show(circuit.returnTemperature, Celsius(value - 2))
  }

  func hasAlarm(_ kind: AlarmKind) -> Bool { bench.hasAlarm(kind, .circuit(CircuitID(0))) }

  mutating func scan(after period: TimeSpan = .seconds(1)) {
    bench.scan(after: period) { plant, image, board in
      control.step(plant: plant, image: image, board: &board)
    }
  }

  mutating func run(_ span: TimeSpan, every period: TimeSpan = .seconds(1)) {
    let end = bench.now + span
    while bench.now < end { scan(after: period) }
  }
}
