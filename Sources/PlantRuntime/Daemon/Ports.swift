import Field
import FieldGPIO
import FieldModbus
import Historian
import PlantControl
import PlantModel
import PlantOperation
import Quantities
import Systemd

/// The field as the operation wants it: Modbus and GPIO lines around one board of samples and wishes.
struct DevicePort: FieldPort {
  private let board: SampleBoard
  private let modbus: ModbusField
  private let lines: GPIOField
  private(set) var skippedRounds = 0

  /// - Parameters:
  ///   - timeScale: how much faster than the clock on the wall the plant lives; 1 but for a twin.
  ///   - clock: plant time.
  ///   - log: called from the field's queues.
  init(
    plant: Plant, timeScale: Double, clock: @escaping @Sendable () -> Instant,
    log: @escaping @Sendable (FieldNotice) -> Void
  ) {
    board = SampleBoard(plant: plant)
    modbus = ModbusField(
      plant: plant, board: board, timeScale: timeScale, clock: clock, log: log)
    lines = GPIOField(plant: plant, board: board, clock: clock, log: log)
  }

  var statistics: [DeviceStatistics] { modbus.statistics + lines.statistics }

  mutating func freeze(into image: inout InputImage) { board.freeze(into: &image) }

  mutating func apply(_ outputs: OutputImage?) {
    if let outputs { board.take(outputs) }
    lines.poke(writes: outputs != nil)
    skippedRounds += modbus.poke(writes: outputs != nil)
  }

  /// Ends what goes on, closes every Modbus line and lets every GPIO line go.
  func stop() {
    modbus.stop()
    lines.stop()
  }
}

/// systemd, told of healthy scans no more often than it wants to hear.
struct SystemdPort: NotifierPort {
  private let every: Double?
  private var lastFed = -1.0

  init() { every = ServiceManager.watchdogSeconds.map { $0 / 3 } }

  mutating func ready() { ServiceManager.ready() }

  mutating func healthyScan() {
    guard let every else { return }
    let now = PlantTime.monotonicSeconds
    if now - lastFed >= every {
      lastFed = now
      ServiceManager.feedWatchdog()
    }
  }

  mutating func status(_ text: String) { ServiceManager.status(text) }
}

/// Events as rows of the history and lines of the journal.
enum EventText {
  static func row(_ event: Event, _ plant: Plant) -> StateStore.EventRow {
    let (kind, detail) = words(event, plant)
    return StateStore.EventRow(
      timeMilliseconds: event.time.milliseconds, kind: kind, subject: plant.name(of: event.subject),
      rule: event.reason.rule.rawValue, detail: detail)
  }

  static func words(_ event: Event, _ plant: Plant) -> (kind: String, detail: String) {
    let index = Int(event.subject.number)
    let row = { (place: Int) -> String in
      event.subject.kind == .block && place >= 0 ? plant.blocks[index].positions[place].name : ""
    }
    switch event.kind {
    case .actDone(let outcome): return ("act", outcome.accepted ? "accepted" : "refused")
    case .alarmRaised(let kind): return ("alarm-raised", kind.rawValue)
    case .alarmCleared(let kind): return ("alarm-cleared", kind.rawValue)
    case .alarmAcknowledged(let kind): return ("alarm-acknowledged", kind.rawValue)
    case .changeBegun(let place): return ("change-begun", row(place))
    case .changeDone(let place): return ("change-done", row(place))
    case .changeAbandoned(let place): return ("change-abandoned", row(place))
    case .unitStarted: return ("unit-started", "")
    case .unitStopped: return ("unit-stopped", "")
    case .pumpStarted: return ("pump-started", "")
    case .pumpStopped: return ("pump-stopped", "")
    case .modeChanged(let place):
      let name = event.subject.kind == .block ? plant.blocks[index].modes[place].name : ""
      return ("mode-changed", name)
    }
  }

  static func write(_ event: Event, _ plant: Plant) {
    let (kind, detail) = words(event, plant)
    let subject = plant.name(of: event.subject)
    let priority: Journal.Priority =
      if case .alarmRaised(let kind) = event.kind {
        kind.priority == .high ? .error : .warning
      } else {
        .info
      }
    Journal.write(
      priority,
      "\(subject): \(kind)\(detail.isEmpty ? "" : " \(detail)") (\(event.reason.rule.rawValue))",
      [
        ("WELLSPRING_SUBJECT", subject), ("WELLSPRING_KIND", kind),
        ("WELLSPRING_RULE", event.reason.rule.rawValue), ("WELLSPRING_DETAIL", detail),
      ])
  }
}
