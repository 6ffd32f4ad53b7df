import CAllocProbe
import PlantModel
import PlantSimulation
import Quantities

#if canImport(Glibc)
  import Glibc
#endif

/// A year of the plant at 1 s scans: controller and twin together, timed and watched.
struct YearBench {
  let plant: Plant
  let days: Int
  /// The day of the year, from 0, on which it begins.
  let from: Int
  private var session: Session
  private var calendar: OperatorCalendar
  private let clock = ContinuousClock()
  private var controllerTimes = Distribution()
  private var twinTimes = Distribution()
  private var steps = 0
  private var allocations: UInt64 = 0
  private var busySeconds = 0
  private var wall = Duration.zero
  /// Of this thread alone: other load on the machine does not count.
  private var coreSeconds = 0.0
  private var firstUnfinite: Int?

  init(plant: Plant, twin: TwinDescription, days: Int, from: Int) {
    self.plant = plant
    self.days = days
    self.from = from
    session = Session(
      plant: plant, description: twin,
      start: OperatorCalendar.newYear.start(offset: plant.site.utcOffset) + .days(Double(from)),
      isWinter: OperatorCalendar.service(day: from) != .cooling)
    calendar = OperatorCalendar(plant: plant)
  }

  mutating func run() {
    let began = clock.now
    let coreBegan = CoreTime.seconds
    for day in 0..<days {
      calendar.act(day: (from + day) % 365, on: &session)
      runDay()
      if !session.twin.isFinite, firstUnfinite == nil { firstUnfinite = day }
      if day % 30 == 29 || day == days - 1 { tellProgress(day + 1, since: began) }
      if firstUnfinite != nil { break }
    }
    wall = clock.now - began
    coreSeconds = CoreTime.seconds - coreBegan
  }

  private mutating func runDay() {
    // A day's first minutes may make room for the acts asked for; steady state is what follows.
    for second in 0..<86_400 {
      let before = wellspring_allocations()
      let start = clock.now
      session.stepTwin()
      let middle = clock.now
      session.stepController()
      let end = clock.now
      twinTimes.add(middle - start)
      controllerTimes.add(end - middle)
      let made = wellspring_allocations() - before
      if second >= 600, made > 0 {
        allocations += made
        busySeconds += 1
      }
      steps += 1
    }
  }

  private func tellProgress(_ day: Int, since began: ContinuousClock.Instant) {
    let seconds = YearBench.seconds(clock.now - began)
    let truth = session.twin.truth
    print(
      "day \(day): \(rounded(seconds)) s, \(rounded(truth.unitHours)) unit hours,",
      "heat \(rounded(truth.heat.value / 1000)) MWh, cold \(rounded(truth.cold.value / 1000)) MWh,",
      "mixed \(rounded(truth.mixedLitres)) L")
    fflush(nil)
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  /// Prints the figures; returns what is wrong with them.
  func report() -> [String] {
    let truth = session.twin.truth
    print(
      "\(rounded(coreSeconds / 60)) min of one core for \(steps) steps of 1 s,",
      "\(rounded(YearBench.seconds(wall) / 60)) min on the clock")
    print("both, a step: \(rounded(coreSeconds / Double(steps) * 1e6)) µs")
    let baseline = Baseline.microseconds()
    print("baseline, \(Baseline.lags) first-order lags in a row: \(rounded(baseline)) µs")
    for (name, times) in [("twin", twinTimes), ("controller", controllerTimes)] {
      let ratio = rounded(times.quantile(0.5) / baseline)
      print("\(name), a step: \(percentiles(times)), \(ratio) × baseline")
    }
    print(
      "heap allocations a step: \(Double(allocations) / Double(max(steps, 1)))",
      "(\(allocations) in \(busySeconds) steps)")
    print(
      "unit hours \(rounded(truth.unitHours)), starts \(truth.unitStarts),",
      "change-overs of vessels \(truth.changeOvers)")
    print(
      "heat \(rounded(truth.heat.value)) kWh, cold \(rounded(truth.cold.value)) kWh, electricity",
      "\(rounded(truth.unitElectricity.value)) + \(rounded(truth.pumpElectricity.value)) kWh")
    print(
      "mixed \(rounded(truth.mixedLitres)) L, carried over \(rounded(truth.carriedLitres)) L,",
      "dead-headed \(rounded(truth.deadHeadMinutes)) min,",
      "unit without flow \(rounded(truth.dryUnitMinutes)) min")
    print(
      "room \(rounded(truth.coldestRoom.value)) … \(rounded(truth.warmestRoom.value)) °C,",
      "made up \(rounded(truth.madeUp.value)) m³,",
      "water's energy balance off by \(rounded(session.twin.balanceResidual.value)) kWh")
    return faults(truth)
  }

  private func percentiles(_ times: Distribution) -> String {
    "median \(rounded(times.quantile(0.5))) µs, 99 % below \(rounded(times.quantile(0.99))) µs"
  }

  private func faults(_ truth: TwinTruth) -> [String] {
    var faults: [String] = []
    if let firstUnfinite { faults.append("a value was not finite on day \(firstUnfinite + 1)") }
    if truth.unitHours < Double(days) { faults.append("the units stood idle") }
    if truth.heat.value < 100 * Double(days) { faults.append("no heat to speak of was made") }
    if days >= 365, truth.changeOvers < 6 {
      faults.append("not every block was changed over there and back")
    }
    if days >= 365, coreSeconds > 600 { faults.append("a year took more than 10 min of a core") }
    if truth.mixedLitres > 0 { faults.append("ground and building water were mixed") }
    // A buffer that is made once, as for the first change of recovery, is no habit.
    if busySeconds > steps / 100_000 { faults.append("steps in steady state allocated memory") }
    return faults
  }

}

/// To two digits behind the point.
func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
