import ControlProtocol
import Glibc
import Historian
import PlantControl
import PlantModel
import PlantOperation
import PlantRuntime
import PlantSimulation
import Quantities

/// A plant, its controller and an operator in virtual time, kept as a daemon keeps them.
///
/// History is written once a simulated day, so that the disk does not set the pace; of the state itself,
/// the last stands.
struct History {
  private let plant: Plant
  private var session: Session
  private var calendar: OperatorCalendar
  private let first: LocalDay
  /// Every day one well is step-tested, in turn.
  var hasStepTests = false
  /// What gets worse day by day, until it has the figure on the last.
  var damage: (well: WellID, part: WellDamage, figure: Double)?

  init(plant: Plant, twin: TwinDescription, start: Instant?) {
    self.plant = plant
    let offset = plant.site.utcOffset
    let start = start ?? OperatorCalendar.newYear.start(offset: offset)
    first = LocalDay(of: start, offset: offset)
    session = Session(
      plant: plant, description: twin, start: start, scan: plant.scanPeriod,
      isWinter: OperatorCalendar.service(day: History.dayOfYear(first)) != .cooling)
    calendar = OperatorCalendar(plant: plant)
  }

  private static func dayOfYear(_ day: LocalDay) -> Int {
    Int((day - OperatorCalendar.newYear) % 365 + 365) % 365
  }

  /// Lives so many days; what stood in the way of keeping them, if anything did.
  mutating func run(days: Int, into folder: String) -> String? {
    mkdir(folder, 0o750)
    let problem = Problem()
    let keeper: StateKeeper
    do throws(StoreFailure) {
      keeper = try StateKeeper(folder: folder) { _ in }
    } catch {
      return error.description
    }
    guard keeper.state.isEmpty else {
      return "'\(folder)' holds a plant's state: name an empty one"
    }
    let store = StorePortQueue(store: keeper, plant: plant) { _, failure in
      problem.text = failure?.description ?? problem.text
    }
    for day in 0..<days {
      calendar.act(day: History.dayOfYear(first + Int64(day)), on: &session)
      if let damage {
        let figure = damage.figure * Double(day + 1) / Double(days)
        session.twin.inject(.wellDamage(damage.well, damage.part, figure))
      }
      if hasStepTests, !plant.wells.isEmpty {
        session.ask(.stepTest(WellID(day % plant.wells.count), .begin))
      }
      live(until: (first + Int64(day + 1)).start(offset: plant.site.utcOffset), store, UInt64(day))
      store.flush()
      if let text = problem.text { return text }
      if day % 30 == 29 {
        print("\(day + 1) of \(days) days")
        fflush(nil)
      }
    }
    return nil
  }

  /// One day and the scan in which the next one begins, which closes it; then it is kept.
  private mutating func live(until end: Instant, _ store: StorePortQueue, _ ticket: UInt64) {
    var kept = Save(state: [])
    while session.twin.now <= end {
      session.step()
      let controller = session.controller
      kept.events += controller.events
      kept.ledger += controller.ledgerEntries
      kept.dayMeters += controller.dayMeters
    }
    kept.state = Operation.rows(of: session.controller, at: session.twin.now)
    store.save(kept, ticket: ticket)
  }

  var summary: String {
    let truth = session.twin.truth
    let figure = { (value: Double) in JSON.rounded(value, 1).line }
    return """
      \(plant.name) until \(Times.iso(session.twin.now)): heat \(figure(truth.heat.value)) kWh, cold \
      \(figure(truth.cold.value)) kWh, electricity of pumps \(figure(truth.pumpElectricity.value)) kWh
      """
  }

  /// Set on the store's queue, read after it was flushed.
  private final class Problem: @unchecked Sendable {
    var text: String?
  }
}
