import PlantModel
import Quantities

@testable import PlantControl

/// Three pumps, two of them on duty, with drives that do as they are told unless they are broken.
struct PumpRig {
  var bench: Bench
  var control: PumpGroupControl
  var demand: FlowDemand
  /// Pumps that do not turn whatever they are told.
  var broken: Set<Int> = []
  /// Pumps that turn by themselves.
  var wild: Set<Int> = []

  init(tune: (inout Parameters) -> Void = { _ in }) {
    var maker = PlantMaker()
    let circuit = maker.circuit("building", .building)
    let group = maker.pumpGroup("pumps", on: circuit, count: 3, duty: 2)
    tune(&maker.plant.parameters)
    bench = Bench(maker.plant)
    control = PumpGroupControl(group, plant: maker.plant, now: bench.now)
    demand = FlowDemand(reason: Reason(.leadPump, .circuit(circuit), since: bench.now))
    demand.isWanted = true
    demand.pathProven = true
    demand.flow = CubicMetersPerHour(90)
    demand.setpoint = Kilopascals(200)
    bench.show(self.circuit.differentialPressure, Kilopascals(200))
    bench.show(self.circuit.flow, CubicMetersPerHour(90))
    for pump in bench.plant.pumps {
      bench.show(pump.running, false)
      bench.show(pump.tripped, false)
      bench.show(pump.remote, true)
    }
  }

  var circuit: Circuit { bench.plant.circuits[0] }
  func pump(_ index: Int) -> Pump { bench.plant.pumps[index] }
  var commanded: [Bool] { bench.plant.pumps.map { bench.isOn($0.runCommand) } }
  var count: Int { commanded.count { $0 } }

  mutating func scan(after period: TimeSpan = .seconds(1)) {
    bench.scan(after: period) { plant, image, board in
      control.step(demand, plant: plant, image: image, board: &board)
    }
    for index in bench.plant.pumps.indices where bench.image.state(pump(index).running) != nil {
      let turns = bench.isOn(pump(index).runCommand) && !broken.contains(index)
      bench.show(pump(index).running, turns || wild.contains(index))
    }
  }

  mutating func run(_ span: TimeSpan, every period: TimeSpan = .seconds(1)) {
    let end = bench.now + span
    while bench.now < end { scan(after: period) }
  }
}
