public import PlantControl
public import PlantModel
public import Quantities

/// The runtime's own logic behind its four ports: the order of a scan, people's acts and their
/// replies, saving, health, and the ordered stop. Pure: the hostile simulation drives it as it is.
public struct Operation: Sendable {
  /// More acts than this at once are turned away.
  public static let maximumActs = 64
  /// Counters are on disk no older than this.
  public static let saveEvery = TimeSpan.seconds(60)

  public private(set) var controller: Controller
  public private(set) var image: InputImage
  private var waiting: [Act] = []
  private var nextNumber: UInt64 = 1
  private var nextTicket: UInt64 = 1
  /// Outcomes that wait for their ticket to be on disk.
  private var held: [(ticket: UInt64, outcome: ActOutcome)] = []
  private var unsavedEvents: [Event] = []
  private var lastSave: Instant
  private var isSaving: Bool
  private var isReady = false
  /// Scans so far, those that came late, and ticks that were missed altogether.
  public private(set) var scans: UInt64 = 0
  public private(set) var missedScans: UInt64 = 0
  public private(set) var longestScan: TimeSpan = .zero
  private var lastScan: Instant?

  /// Begins with what was saved, if anything was.
  ///
  /// - Parameter isSaving: whether the disk was there to be written at the start.
  /// - Returns: through `unreadable`, the saved fields that made no sense and were left as they
  ///   are.
  public init(
    plant: Plant, now: Instant, saved: [(path: String, text: String)], isSaving: Bool = true,
    unreadable: inout [String]
  ) {
    self.isSaving = isSaving
    controller = Controller(plant: plant, now: now)
    image = InputImage(plant: plant, now: now)
    lastSave = now
    if !saved.isEmpty {
      var reader = ArchiveReader(rows: saved)
      controller.persist(in: &reader)
      unreadable = reader.unreadable
    }
  }

  /// The plant's time at the last save; nil when nothing was saved.
  public static func savedTime(in rows: [(path: String, text: String)]) -> Instant? {
    rows.first { $0.path == clockPath }.flatMap { Int64($0.text) }
      .map { Instant(milliseconds: $0) }
      .flatMap { ($0 > .distantPast && $0 < .distantFuture) ? $0 : nil }
  }

  private static let clockPath = "clock/now"

  /// Queues an act for the next scan; nil when there are too many that are not answered yet. There
  /// is always room for the ordered stop.
  public mutating func ask(_ request: Act.Request, user: UInt32) -> UInt64? {
    guard waiting.count + held.count < Operation.maximumActs || request == .prepareToStop else {
      return nil
    }
    let number = nextNumber
    nextNumber += 1
    waiting.append(Act(number: number, user: user, time: image.now, request: request))
    return number
  }

  /// One scan: clock, freeze, step, apply, save, tell.
  public mutating func scan(
    clock: some PlantClock, field: inout some FieldPort, store: inout some StorePort,
    notifier: inout some NotifierPort, missed: Int
  ) {
    image.now = max(clock.now, image.now)
    if let lastScan { longestScan = max(longestScan, image.now - lastScan) }
    lastScan = image.now
    scans += 1
    missedScans += UInt64(max(missed, 0))
    field.freeze(into: &image)
    image.isStateSaved = isSaving
    image.acts = waiting
    waiting.removeAll(keepingCapacity: true)
    controller.step(image)
    image.acts.removeAll(keepingCapacity: true)
    let mayWrite = controller.hasTakenOver && image.settled
    field.apply(mayWrite ? controller.board.outputs : nil)
    save(&store)
    if !isReady {
      isReady = true
      notifier.ready()
    }
    notifier.healthyScan()
  }

  /// Acts, what the ledger gains and everything an operator would miss go to disk at once, counters
  /// every minute.
  private mutating func save(_ store: inout some StorePort) {
    let events = controller.board.events
    unsavedEvents += events
    let isDue = image.now - lastSave >= Operation.saveEvery
    guard
      isDue || !events.isEmpty || !controller.ledgerEntries.isEmpty
        || !controller.dayMeters.isEmpty
    else { return }
    let ticket = nextTicket
    nextTicket += 1
    lastSave = image.now
    for event in events {
      if case .actDone(let outcome) = event.kind { held.append((ticket, outcome)) }
    }
    var save = Save(state: rows)
    save.events = unsavedEvents
    save.ledger = controller.ledgerEntries
    save.dayMeters = controller.dayMeters
    store.save(save, ticket: ticket)
    unsavedEvents.removeAll(keepingCapacity: true)
  }

  /// State and time: after a restart plant time goes on, wherever the clock on the wall stands.
  private var rows: [(path: String, text: String)] {
    Operation.rows(of: controller, at: image.now)
  }

  /// What is saved of a controller.
  public static func rows(of controller: Controller, at now: Instant) -> [(
    path: String, text: String
  )] {
    ArchiveWriter.rows(of: controller) + [(clockPath, "\(now.milliseconds)")]
  }

  /// The last save, after the last scan.
  public mutating func saveLast(_ store: inout some StorePort) {
    var save = Save(state: rows)
    save.events = unsavedEvents
    store.save(save, ticket: nextTicket)
    nextTicket += 1
  }

  /// The save with `ticket` is over, and so are all before it: the outcomes to be answered now.
  ///
  /// - Parameter isSaved: whether the disk took it; while it does not, an alarm stands. (`LOSS-03`)
  public mutating func committed(upTo ticket: UInt64, isSaved: Bool = true) -> [ActOutcome] {
    isSaving = isSaved
    let released = held.filter { $0.ticket <= ticket }.map(\.outcome)
    held.removeAll { $0.ticket <= ticket }
    return released
  }

  /// Takes over what may change while running; what may not is named, and nothing is taken then.
  public mutating func reload(_ plant: Plant) -> [String] {
    var other = plant
    other.parameters = controller.plant.parameters
    let refused = PlantDifference.names(from: controller.plant, to: other)
    if refused.isEmpty { controller.adopt(plant.parameters) }
    return refused
  }
}

extension Operation {
  /// Goes on with a plant that has more in it than before: nothing of the old one is gone or changed. State is
  /// handed over as at a restart; acts and tickets stay.
  ///
  /// - Returns: the fields that made no sense, which cannot be.
  public mutating func grow(to plant: Plant, now: Instant) -> [String] {
    let rows = Operation.rows(of: controller, at: now)
    controller = Controller(plant: plant, now: now)
    image = InputImage(plant: plant, now: now)
    var reader = ArchiveReader(rows: rows)
    controller.persist(in: &reader)
    return reader.unreadable
  }
}

/// What differs between two plants, by section.
public enum PlantDifference {
  public static func names(from old: Plant, to new: Plant) -> [String] {
    let sections: [(String, Bool)] = [
      ("plant.name", old.name == new.name), ("site", old.site == new.site),
      ("plant.scan_seconds", old.scanPeriod == new.scanPeriod),
      ("parameters", old.parameters == new.parameters), ("buses", old.buses == new.buses),
      ("devices", old.devices == new.devices), ("device_types", old.points == new.points),
      ("circuits", old.circuits == new.circuits), ("valves", old.valves == new.valves),
      ("pump_groups", old.pumps == new.pumps && old.pumpGroups == new.pumpGroups),
      ("units", old.units == new.units), ("blocks", old.blocks == new.blocks),
      ("tanks", old.tanks == new.tanks), ("make_ups", old.makeUps == new.makeUps),
      ("meters", old.meters == new.meters), ("water_meters", old.waterMeters == new.waterMeters),
      ("wells", old.wells == new.wells), ("distributions", old.distributions == new.distributions),
      ("consumers", old.consumers == new.consumers),
      ("value_checks", old.valueChecks == new.valueChecks),
    ]
    return sections.filter { !$0.1 }.map(\.0)
  }
}
