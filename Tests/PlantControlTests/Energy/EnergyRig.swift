import PlantModel
import Quantities

@testable import PlantControl

/// Five meters of a plant with a main block and a recovery block; counters follow the powers.
struct EnergyRig {
  enum Meter: Int, CaseIterable { case main, recovery, hot, units, pumps }

  var bench: Bench
  var account: EnergyAccount
  var services: [BlockMode.Service] = [.cooling, .hotWaterFromGround]
  var isColdWanted = true
  var powers: [Double] = [0, 0, 0, 0, 0]
  var counters: [Double] = [1000, 1000, 1000, 1000, 1000]
  /// Meters that do not answer; they count on.
  var away: Set<Int> = []

  init() {
    var maker = PlantMaker()
    maker.meter("main", .building(BlockID(0)))
    maker.meter("recovery", .recoveredCold(BlockID(1)))
    maker.meter("hot", .hotWater)
    maker.meter("units", .units)
    maker.meter("pumps", .pumps)
    bench = Bench(maker.plant)
    account = EnergyAccount(plant: maker.plant, now: bench.now)
  }

  mutating func set(_ meter: Meter, _ power: Double) { powers[meter.rawValue] = power }

  /// Time goes on and the counters with it; nobody looks.
  mutating func pass(_ span: TimeSpan) {
    for index in counters.indices { counters[index] += powers[index] * span.hours }
    bench.image.now = bench.image.now + span
  }

  mutating func scan(after period: TimeSpan = .seconds(1)) {
    for index in counters.indices {
      counters[index] += powers[index] * period.hours
      let meter = bench.plant.meters[index]
      if away.contains(index) {
        bench.lose(meter.power.point)
        bench.lose(meter.energy.point)
      } else {
        bench.show(meter.power, Kilowatts(powers[index]))
        bench.show(meter.energy, KilowattHours(counters[index]))
      }
    }
    bench.scan(after: period) { plant, image, _ in
      account.step(
        isColdWanted: isColdWanted, services: { services[$0] }, plant: plant, image: image)
    }
  }

  mutating func run(_ span: TimeSpan, every period: TimeSpan = .seconds(10)) {
    let end = bench.now + span
    while bench.now < end { scan(after: period) }
  }
}

/// Equal to a part in a million, or as near as said.
func isClose(_ one: Double?, _ other: Double, within part: Double = 1e-6) -> Bool {
  guard let one else { return false }
  return abs(one - other) <= part * max(abs(other), 1)
}
