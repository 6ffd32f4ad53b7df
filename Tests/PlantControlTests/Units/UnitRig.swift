import PlantModel
import Quantities

@testable import PlantControl

/// A unit with water on both sides that does as it is told, unless the test says otherwise.
struct UnitRig {
  var bench: Bench
  var control: UnitControl
  var wish: UnitControl.Wish
  /// Seconds from the command until it runs; it stops in the scan after its command goes.
  var startDelay = 20.0
  /// Whether its pumps make flow while it asks for it.
  var hasWater = true
  /// Runs whatever it is told.
  var isWild = false
  private var commandedFor = 0.0

  init(tune: (inout Plant) -> Void = { _ in }) {
    var maker = PlantMaker()
    let ground = maker.circuit("ground", .buriedLoop)
    let building = maker.circuit("building", .building)
    let id = maker.unit("unit", evaporator: ground, condenser: building)
    maker.plant.parameters.crankcasePreheat = .hours(8)
    tune(&maker.plant)
    bench = Bench(maker.plant)
    control = UnitControl(id, now: bench.now)
    wish = UnitControl.Wish(
      isWanted: true, load: Fraction(0.8),
      reason: Reason(.unitNotWanted, .unit(id), since: bench.now),
      blockHeld: true, pathOpen: true, startsHeldUntil: .distantPast,
      staggeredUntil: .distantPast, mustStop: nil)
    bench.show(unit.running, false)
    bench.show(unit.tripped, false)
    bench.show(unit.remote, true)
    bench.show(unit.evaporator.flowProof, false)
    bench.show(unit.condenser.flowProof, false)
    bench.show(unit.evaporator.leaving, Celsius(10))
    bench.show(unit.condenser.entering, Celsius(40))
    bench.show(unit.condenser.leaving, Celsius(45))
  }

  var unit: HeatPumpUnit { bench.plant.units[0] }
  var parameters: Parameters { bench.plant.parameters }
  var subject: Subject { .unit(control.id) }
  var isEnabled: Bool { bench.isOn(unit.enableCommand) }
  var load: Double { bench.board.outputs.value(unit.loadCommand).value }
  /// What stands against a start.
  var obstacle: Rule? { control.guards.firstObstacle?.rule }

  mutating func scan(after period: TimeSpan = .seconds(1)) {
    bench.scan(after: period) { plant, image, board in
      control.step(wish, plant: plant, image: image, board: &board)
    }
    commandedFor = isEnabled ? commandedFor + period.seconds : 0
    guard bench.image.state(unit.running) != nil else { return }
    bench.show(unit.running, isWild || isEnabled && commandedFor > startDelay)
    bench.show(unit.evaporator.flowProof, control.wantsFlow && wish.pathOpen && hasWater)
    bench.show(unit.condenser.flowProof, control.wantsFlow && wish.pathOpen && hasWater)
  }

  mutating func run(_ span: TimeSpan, every period: TimeSpan = .seconds(1)) {
    let end = bench.now + span
    while bench.now < end { scan(after: period) }
  }

  /// Scans until the unit is in `phase`, for an hour at most; how long it took.
  @discardableResult
  mutating func reach(_ phase: UnitPhase, every period: TimeSpan = .seconds(1)) -> TimeSpan {
    let start = bench.now
    while control.phase != phase, bench.now - start < .hours(1) { scan(after: period) }
    return bench.now - start
  }

  /// The unit's device falls silent: nothing that it shows is to be trusted.
  mutating func lose() {
    for point in [
      unit.running.point, unit.tripped.point, unit.remote.point, unit.evaporator.flowProof.point,
      unit.condenser.flowProof.point, unit.evaporator.leaving.point, unit.condenser.leaving.point,
    ] { bench.lose(point) }
  }

  /// It answers again, and runs as it did or stands.
  mutating func find(running: Bool) {
    bench.show(unit.running, running)
    bench.show(unit.tripped, false)
    bench.show(unit.remote, true)
    bench.show(unit.evaporator.flowProof, true)
    bench.show(unit.condenser.flowProof, true)
    bench.show(unit.evaporator.leaving, Celsius(10))
    bench.show(unit.condenser.leaving, Celsius(45))
  }
}
