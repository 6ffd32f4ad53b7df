import PlantModel
import Quantities

@testable import PlantControl

/// The staging of six units of 500 kW each, with the figures that a scan would bring.
struct StagingRig {
  var bench: Bench
  var staging: Staging
  var situation: Staging.Situation
  /// Units run as soon as they are wanted, unless this says how many.
  var running: Int?

  init(_ service: BlockMode.Service = .heating, outdoor: Double? = nil) {
    var maker = PlantMaker()
    _ = maker.circuit("building", .building)
    bench = Bench(maker.plant)
    staging = Staging(BlockID(0), now: bench.now)
    situation = Staging.Situation(
      service: service, blockHeld: true, available: 6, running: 0, recoveryHelps: false,
      supply: nil, load: .zero, ratedHeat: Kilowatts(500), ratedCold: Kilowatts(500),
      minimumLoad: Fraction(0.25))
    let isCooling = service == .cooling
    bench.show(bench.plant.site.outdoorTemperature, Celsius(outdoor ?? (isCooling ? 30 : 0)))
    off(by: 0)
  }

  var stage: Int { staging.stage }
  var rule: Rule { staging.reason.rule }

  /// The supply is this far on the wrong side of its set-point.
  mutating func off(by kelvins: Double) {
    let setpoint = Staging.setpoint(situation.service, bench.plant.parameters)
    let difference = TemperatureDifference(kelvins)
    situation.supply = situation.service == .cooling ? setpoint + difference : setpoint - difference
  }

  mutating func scan(after period: TimeSpan = .seconds(10)) {
    bench.scan(after: period) { plant, image, _ in
      staging.step(situation, plant: plant, image: image)
    }
    situation.running = running ?? stage
  }

  mutating func run(_ span: TimeSpan) {
    let end = bench.now + span
    while bench.now < end { scan() }
  }

  /// A plant that has run for an hour with `count` units and a load that suits them.
  mutating func settle(_ count: Int) {
    off(by: 3)
    scan()
    off(by: 0)
    staging.stage = count
    situation.load = Kilowatts(500 * (Double(count) - 0.3))
    run(.hours(1))
  }
}
