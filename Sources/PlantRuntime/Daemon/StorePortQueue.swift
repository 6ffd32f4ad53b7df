import Dispatch
import Historian
import Ledger
import PlantModel
import PlantOperation

/// The state store on a queue of its own: the scan never waits for the disk.
///
/// `@unchecked Sendable`: the store is touched on `queue` alone.
final class StorePortQueue: StorePort, @unchecked Sendable {
  private let queue = DispatchQueue(label: "wellspring.store")
  private let store: StateKeeper
  private let plant: Plant
  private let done: @Sendable (UInt64, StoreFailure?) -> Void
  /// Events that the disk would not take; they go with the next save.
  private var unsaved: [StateStore.EventRow] = []
  /// More of them than this are not kept.
  private static let maximumUnsaved = 1000
  /// Entries of the ledger that the disk would not take.
  private var backlog = LedgerBacklog()

  /// - Parameter done: told of each ticket that is on disk, or why it is not.
  init(
    store: StateKeeper, plant: Plant, done: @escaping @Sendable (UInt64, StoreFailure?) -> Void
  ) {
    self.store = store
    self.plant = plant
    self.done = done
  }

  func save(
    _ rows: [(path: String, text: String)], _ events: [Event], _ entries: [LedgerEntry],
    ticket: UInt64
  ) {
    let lines = events.map { EventText.row($0, plant) }
    queue.async { [self] in
      let events = unsaved + lines
      backlog.add(entries)
      do throws(StoreFailure) {
        try store.save(rows, events) { records(after: $0) }
        unsaved = []
        backlog.clear()
        done(ticket, nil)
      } catch {
        unsaved = events.suffix(StorePortQueue.maximumUnsaved)
        done(ticket, error)
      }
    }
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

  /// Calls `body` with the newest events.
  func events(_ limit: Int, _ body: @escaping @Sendable ([StateStore.EventRow]) -> Void) {
    queue.async { [self] in body(store.events(limit: limit)) }
  }

  /// Calls `body` with lines of the ledger; with nil while they cannot be read.
  func ledger(
    from number: Int64, after time: Int64?, limit: Int,
    _ body: @escaping @Sendable (StateStore.LedgerPage?) -> Void
  ) {
    queue.async { [self] in body(store.ledger(from: number, after: time, limit: limit)) }
  }

  func flush() { queue.sync {} }
}
