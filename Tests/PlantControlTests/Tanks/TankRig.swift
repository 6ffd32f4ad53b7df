import PlantModel
import Quantities

@testable import PlantControl

/// A hot-water tank and a pool, both satisfied until a test says otherwise.
struct TankRig {
  static let hotWater = 0
  static let pool = 1

  var bench: Bench
  var control: HotWaterControl
  var evening = false
  var dropsPool = false
  var keepsPath = false
  /// Charge valves that are proven open, by tank.
  var open: Set<Int> = []

  init() {
    var maker = PlantMaker()
    let circuit = maker.circuit("hot", .hotWater)
    _ = maker.hotWaterTank("dhw", on: circuit)
    _ = maker.pool("pool", on: circuit)
    bench = Bench(maker.plant)
    control = HotWaterControl(circuit, plant: maker.plant, now: bench.now)
    setHotWater(top: 47, middle: 46)
    setPool(27.5)
    setOutlet(30)
    setFilter(true)
  }

  var tanks: [Tank] { bench.plant.tanks }

  mutating func setHotWater(top: Double, middle: Double) {
    bench.show(tanks[TankRig.hotWater].temperature, Celsius(top))
    bench.show(tanks[TankRig.hotWater].middleTemperature!, Celsius(middle))
  }
  mutating func setPool(_ value: Double) {
    bench.show(tanks[TankRig.pool].temperature, Celsius(value))
  }
  mutating func setOutlet(_ value: Double) {
    bench.show(tanks[TankRig.pool].exchangerOutlet!, Celsius(value))
  }
  mutating func setSupply(_ value: Double) {
    bench.show(bench.plant.circuits[0].supplyTemperature, Celsius(value))
  }
  mutating func setFilter(_ runs: Bool) { bench.show(tanks[TankRig.pool].filterFlow!, runs) }

  func rule(_ tank: Int) -> Rule { control.tanks[tank].reason.rule }
  func isCharging(_ tank: Int) -> Bool { control.tanks[tank].isCharging }

  mutating func scan(after period: TimeSpan = .seconds(1)) {
    bench.scan(after: period) { plant, image, board in
      control.step(
        evening: evening, dropsPool: dropsPool, keepsPath: keepsPath,
        isOpen: { valve in open.contains { plant.tanks[$0].chargeValve == valve } },
        plant: plant, image: image, board: &board)
    }
  }

  mutating func run(_ span: TimeSpan, every period: TimeSpan = .seconds(1)) {
    let end = bench.now + span
    while bench.now < end { scan(after: period) }
  }
}
