import PlantModel
import Quantities

@testable import PlantControl

/// A unit that makes hot water, on the ground, on a summer morning: both sides are wanted.
struct RecoveryRig {
  var bench: Bench
  var control: RecoveryControl
  var situation: RecoveryControl.Situation
  /// What the rules wanted in the last scan.
  var wanted: BlockMode.Service = .off

  init(service: BlockMode.Service = .hotWaterFromGround) {
    var maker = PlantMaker()
    let building = maker.circuit("building", .building)
    let hot = maker.circuit("hot", .hotWater)
    let unit = maker.unit("recovery-unit", evaporator: building, condenser: hot)
    bench = Bench(maker.plant)
    control = RecoveryControl(BlockID(0), now: bench.now)
    situation = RecoveryControl.Situation(
      service: service, isHeld: true, isAutomatic: true, isCoolingActive: true, mustLetGo: false,
      coolingLoad: Kilowatts(600), hotWanted: true, heatDemand: Kilowatts(700), hotShort: false,
      mayCoast: false, hotSupply: Celsius(45), chilledLeaving: Celsius(8),
      chilledReturn: Celsius(12), groundReturn: Celsius(18), unit: maker.plant[unit],
      isUnitRunning: true, dwellUntil: .distantPast, changesLeft: true)
  }

  mutating func scan(after period: TimeSpan = .seconds(1)) {
    bench.scan(after: period) { plant, image, _ in
      wanted = control.step(situation, plant: plant, image: image)
    }
  }

  mutating func run(_ span: TimeSpan, every period: TimeSpan = .seconds(1)) {
    let end = bench.now + span
    while bench.now < end { scan(after: period) }
  }
}
