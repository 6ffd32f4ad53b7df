import PlantModel
import PlantSimulation
import Quantities

#if canImport(Glibc)
  import Glibc
#endif

/// How the cost of a step grows with the plant: winter hours of plants of several sizes, timed.
struct ScaleBench {
  /// What one plant costs.
  struct Row {
    let name: String
    let points: Int
    let consumers: Int
    var controller = Distribution()
    var twin = Distribution()
    /// Of this thread alone, for both.
    var coreSeconds = 0.0

    /// What both need of one core for a week of plant time at 1 s scans, s.
    var week: Double { coreSeconds / Double(ScaleBench.steps) * 604_800 }

    var text: String {
      let (half, most) = (rounded(controller.quantile(0.5)), rounded(controller.quantile(0.99)))
      return """
        \(name): \(points) points, \(consumers) consumers; controller median \(half) µs, 99 % below \(most) µs; \
        twin median \(rounded(twin.quantile(0.5))) µs; a simulated week at 1 s \(rounded(week)) s of one core
        """
    }
  }

  /// Steps that are timed, and those before them that are not.
  static let steps = 7200
  private static let warmUp = 1800
  /// Midnight of a 15th of January at UTC+8.
  private static let start = Instant(milliseconds: 1_768_406_400_000)

  static func run(_ name: String, _ plant: Plant, _ twin: TwinDescription) -> Row {
    var row = Row(name: name, points: plant.points.count, consumers: plant.consumers.count)
    var session = Session(plant: plant, description: twin, start: start, isWinter: true)
    session.choose(.heating, plant)
    let clock = ContinuousClock()
    for _ in 0..<warmUp { session.step() }
    let began = CoreTime.seconds
    for _ in 0..<steps {
      let first = clock.now
      session.stepTwin()
      let middle = clock.now
      session.stepController()
      let last = clock.now
      row.twin.add(middle - first)
      row.controller.add(last - middle)
    }
    row.coreSeconds = CoreTime.seconds - began
    return row
  }

  /// Beyond this a cost grows faster than the plant.
  static let mostExponent = 1.2
  static let costs: [(String, @Sendable (Row) -> Double)] = [
    ("the controller's step", { $0.controller.mean }), ("the twin's step", { $0.twin.mean }),
  ]

  /// The power of the number of points that the cost follows: 1 is in proportion. Least squares of the
  /// logarithms; nil with fewer than two sizes.
  static func exponent(_ rows: [Row], _ cost: (Row) -> Double) -> Double? {
    let places = rows.map { (log(Double($0.points)), log(cost($0))) }
    let count = Double(places.count)
    let x = places.reduce(0) { $0 + $1.0 } / count
    let y = places.reduce(0) { $0 + $1.1 } / count
    let spread = places.reduce(0) { $0 + ($1.0 - x) * ($1.0 - x) }
    guard spread > 0 else { return nil }
    return places.reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) } / spread
  }
}
