import PlantModel
import Quantities

@testable import PlantControl

/// A unit with a second condenser, in a winter row, whose water and confirmation do as they are told unless the
/// test says otherwise.
struct HeatRecoveryRig {
  var bench: Bench
  var control: HeatRecoveryControl
  var asking = HeatRecoveryControl.Asking(
    wantsHeat: true, serves: true, isFit: true, isCooling: false, isColdWanted: false,
    chilledReturn: Celsius(12))
  var around = HeatRecoveryControl.Around(
    phase: .running, wantsWater: true, isWanted: true, wantsHeat: true, isColdWanted: false,
    isStopped: false)
  var hasFlow = true
  var hasOwnFlow = true
  var confirms = true
  var isHeard = true
  var leaving = Celsius(48)

  init(desuperheater: Bool = false) {
    var maker = PlantMaker()
    let ground = maker.circuit("ground", .buriedLoop)
    let building = maker.circuit("building", .building)
    let hot = maker.circuit("hot", .hotWater)
    let unit = maker.unit("unit", evaporator: ground, condenser: building)
    let kind: HeatRecovery.Kind =
      desuperheater
      ? .desuperheater(share: Fraction(0.12))
      : .secondCondenser(
        command: maker.actuator("turn", .digital), confirmed: maker.digital("turned"))
    maker.plant.units[0].recovery = HeatRecovery(
      kind: kind, circuit: hot, flowProof: maker.digital("recovery-flow"),
      leaving: maker.sensor("recovery-leaving", .celsius), designFlow: CubicMetersPerHour(90))
    bench = Bench(maker.plant)
    control = HeatRecoveryControl(unit, plant: maker.plant, now: bench.now)!
  }

  var unit: HeatPumpUnit { bench.plant.units[0] }
  var recovery: HeatRecovery { unit.recovery! }
  var isTold: Bool { recovery.command.map { bench.isOn($0) } ?? false }
  var parameters: Parameters { bench.plant.parameters }

  mutating func scan(after period: TimeSpan = .seconds(1)) {
    bench.show(recovery.flowProof, hasFlow && control.wantsFlow)
    bench.show(unit.condenser.flowProof, hasOwnFlow)
    bench.show(recovery.leaving, leaving)
    bench.show(unit.evaporator.leaving, Celsius(8))
    bench.show(bench.plant.circuits[2].supplyTemperature, Celsius(46))
    if case .secondCondenser(_, let confirmed?) = recovery.kind {
      bench.show(confirmed, isTold && confirms)
    }
    bench.show(unit.running, around.phase == .running)
    if !isHeard {
      bench.lose(unit.running.point)
      if case .secondCondenser(_, let confirmed?) = recovery.kind { bench.lose(confirmed.point) }
    }
    bench.scan(after: period) { plant, image, board in
      control.ask(asking, plant: plant, image: image)
      control.step(around, plant: plant, image: image, board: &board)
    }
  }

  mutating func run(_ span: TimeSpan) {
    let end = bench.now + span
    while bench.now < end { scan() }
  }
}
