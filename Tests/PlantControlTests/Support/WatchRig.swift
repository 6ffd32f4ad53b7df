import PlantModel
import Quantities

@testable import PlantControl

/// One device with its sensors, some of which may be missing, or all while it is silent.
struct WatchRig {
  var bench: Bench
  var watch: ValueWatch
  var missing: [PointID] = []
  /// What its device refuses.
  var refused: [PointID] = []
  var isSilent = false

  init(_ change: (inout Plant) -> Void = { _ in }) {
    var maker = PlantMaker()
    _ = maker.circuit("building", .building)
    change(&maker.plant)
    bench = Bench(maker.plant)
    watch = ValueWatch(plant: maker.plant, now: bench.now)
    run(1)
  }

  var outdoor: PointID { bench.plant.site.outdoorTemperature.point }

  /// So many seconds; what nobody shows any more grows old.
  mutating func run(_ seconds: Int) {
    for _ in 0..<seconds {
      let next = bench.now + .seconds(1)
      for index in bench.image.samples.indices {
        bench.image.samples[index] =
          missing.contains(PointID(index)) || refused.contains(PointID(index))
          ? Sample(
            value: 0, quality: .bad, doubt: refused.contains(PointID(index)) ? .refused : .noValue,
            taken: missing.contains(PointID(index)) ? next : .distantPast)
          : isSilent
            ? bench.image.samples[index].aged(
              at: next, maximumAge: bench.plant.points[index].maximumAge)
            : .judged(0, in: -1...1, at: next)
      }
      bench.image.now = next
      bench.board.begin()
      watch.step(plant: bench.plant, image: bench.image, board: &bench.board)
      bench.board.finish(at: next)
      bench.events += bench.board.events
    }
  }
}
