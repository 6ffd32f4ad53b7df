import Dispatch
public import Historian
import Ledger
public import PlantModel
public import PlantOperation
import Quantities

/// The state store on a queue of its own: the scan never waits for the disk.
///
/// `@unchecked Sendable`: the store is touched on `queue` alone.
public final class StorePortQueue: StorePort, @unchecked Sendable {
  private let queue = DispatchQueue(label: "wellspring.store")
  private let store: StateKeeper
  private var plant: Plant
  private let done: @Sendable (UInt64, StoreFailure?) -> Void
  /// Events that the disk would not take; they go with the next save.
  private var unsaved: [StateStore.EventRow] = []
  /// More of them than this are not kept.
  private static let maximumUnsaved = 1000
  /// Entries of the ledger that the disk would not take.
  private var backlog = LedgerBacklog()
  /// The meters of days that the disk would not take, and how many are kept: the counter of a later day
  /// holds what these held.
  private var unsavedMeters: [StateStore.MeterRow] = []
  private static let maximumUnsavedMeters = 10_000
  private var meters: [AllotmentMeter]

  /// - Parameter done: told of each ticket that is on disk, or why it is not.
  public init(
    store: StateKeeper, plant: Plant, done: @escaping @Sendable (UInt64, StoreFailure?) -> Void
  ) {
    self.store = store
    self.plant = plant
    meters = plant.allotmentMeters
    self.done = done
  }

  public func save(_ save: Save, ticket: UInt64) {
    queue.async { [self] in
      let lines = save.events.map { EventText.row($0, plant) }
      let events = unsaved + lines
      backlog.add(save.ledger)
      unsavedMeters += save.dayMeters.map(row)
      do throws(StoreFailure) {
        try store.save(save.state, events, meters: unsavedMeters) { records(after: $0) }
        unsaved = []
        unsavedMeters = []
        backlog.clear()
        done(ticket, nil)
      } catch {
        unsavedMeters = unsavedMeters.suffix(StorePortQueue.maximumUnsavedMeters)
        unsaved = events.suffix(StorePortQueue.maximumUnsaved)
        done(ticket, error)
      }
    }
  }

  /// From the next save on, what is saved is of `plant`.
  func adopt(_ plant: Plant) {
    queue.async { [self] in
      self.plant = plant
      meters = plant.allotmentMeters
    }
  }

  private func row(_ reading: DayReading) -> StateStore.MeterRow {
    let meter = meters[reading.meter]
    let distribution = plant[meter.distribution]
    return StateStore.MeterRow(
      distribution: distribution.name, day: reading.day.number, kind: meter.kind.rawValue,
      name: meter.name, basis: distribution.allotment?.basis.rawValue ?? "", area: meter.area,
      mostADay: meter.mostADay, reading: reading.counter)
  }

  /// Calls `body` with what `ask` finds in the store.
  func read<Found: Sendable>(
    _ ask: @escaping @Sendable (StateKeeper) -> Found, _ body: @escaping @Sendable (Found) -> Void
  ) {
    queue.async { [self] in body(ask(store)) }
  }

  /// The same for the meters of days; nil while some of them are not on disk yet.
  func readMeters(
    _ ask: @escaping @Sendable (StateKeeper) -> [StateStore.MeterRow]?,
    _ body: @escaping @Sendable ([StateStore.MeterRow]?) -> Void
  ) {
    read({ [self] in unsavedMeters.isEmpty ? ask($0) : nil }, body)
  }

  /// The backlog as lines behind the ledger that stands on the disk.
  private func records(after last: StateStore.LedgerRow?) -> [StateStore.LedgerRow] {
    var chain =
      last.map { LedgerChain(after: $0.line, number: $0.number) } ?? LedgerChain()
    return chain.lines(of: backlog.entries, plant).map {
      StateStore.LedgerRow(
        number: $0.number, timeMilliseconds: $0.timeMilliseconds, line: $0.line)
    }
  }

  /// Waits until everything handed over is saved, or could not be.
  public func flush() { queue.sync {} }
}
