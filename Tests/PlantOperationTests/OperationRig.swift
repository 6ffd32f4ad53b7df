import PlantConfiguration
import PlantControl
import PlantModel
import PlantOperation
import Quantities

/// An operation on the shipped plant, with ports that write down what is asked of them.
struct OperationRig {
  static let start = Instant(milliseconds: 1_775_779_200_000)

  var operation: Operation
  var clock = HandClock(now: OperationRig.start)
  var field: FieldBook
  var store = StoreBook()
  var notifier: NotifierBook
  private(set) var unreadable: [String] = []
  private let trace: Trace

  /// - Parameter saved: what an earlier run left.
  init(
    _ plant: Plant = OperationRig.plant, saved: [(path: String, text: String)] = [],
    isSaving: Bool = true
  ) {
    var unreadable: [String] = []
    operation = Operation(
      plant: plant, now: clock.now, saved: saved, isSaving: isSaving, unreadable: &unreadable)
    self.unreadable = unreadable
    trace = Trace()
    field = FieldBook(trace: trace)
    store.trace = trace
    notifier = NotifierBook(trace: trace)
    clock.trace = trace
  }

  /// What the ports were asked for, in its order.
  var calls: [String] { trace.calls }

  func hasAlarm(_ kind: AlarmKind) -> Bool {
    operation.controller.alarms.contains { $0.key.kind == kind && $0.isActive }
  }

  mutating func scan(after span: TimeSpan = .seconds(1), missed: Int = 0) {
    clock.time = clock.time + span
    operation.scan(
      clock: clock, field: &field, store: &store, notifier: &notifier, missed: missed)
  }

  /// The plant that is shipped, as the loader understands it.
  static let plant = shipped("sports-centre")

  /// A shipped plant.
  static func shipped(_ name: String) -> Plant {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    let path = folder.joined(separator: "/") + "/config/\(name).yaml"
    guard let loaded = PlantLoader.load(path: path).plant else {
      preconditionFailure("the shipped plant is refused")
    }
    return loaded.plant
  }
}

/// Calls to all ports, in one list.
final class Trace {
  var calls: [String] = []
}

struct HandClock: PlantClock {
  var time: Instant
  var trace: Trace?

  init(now: Instant) { time = now }

  var now: Instant {
    trace?.calls.append("clock")
    return time
  }
}

struct FieldBook: FieldPort {
  let trace: Trace
  var isSettled = false
  /// What points show, by name.
  var readings: [(name: String, value: Double)] = []
  /// Whether each scan's outputs were there.
  private(set) var wrote: [Bool] = []

  init(trace: Trace) { self.trace = trace }

  mutating func freeze(into image: inout InputImage) {
    trace.calls.append("freeze")
    image.settled = isSettled
    for reading in readings {
      guard let place = OperationRig.plant.points.firstIndex(where: { $0.name == reading.name })
      else { continue }
      image.samples[place] = Sample(
        value: reading.value, quality: .good, doubt: .none, taken: image.now)
    }
  }

  mutating func apply(_ outputs: OutputImage?) {
    trace.calls.append("apply")
    wrote.append(outputs != nil)
  }
}

struct StoreBook: StorePort {
  struct Kept {
    let rows: [(path: String, text: String)]
    let events: [Event]
    let entries: [LedgerEntry]
    let ticket: UInt64
  }

  var trace: Trace?
  private(set) var saves: [Kept] = []

  mutating func save(_ save: Save, ticket: UInt64) {
    trace?.calls.append("save")
    saves.append(
      Kept(rows: save.state, events: save.events, entries: save.ledger, ticket: ticket))
  }
}

struct NotifierBook: NotifierPort {
  let trace: Trace

  mutating func ready() { trace.calls.append("ready") }
  mutating func healthyScan() { trace.calls.append("healthy") }
  mutating func status(_ text: String) { trace.calls.append("status") }
}
