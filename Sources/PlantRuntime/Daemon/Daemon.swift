import ControlProtocol
@preconcurrency import Dispatch
import Field
import Glibc
import Historian
public import PlantConfiguration
import PlantControl
public import PlantModel
import PlantOperation
public import Quantities
import Systemd

/// The shell around the operation: the timer, the real ports, the socket and the signals.
///
/// `@unchecked Sendable`: everything mutable is touched on `queue` alone; `server` is set once, before
/// anything runs. What takes longer than a scan may wait — reading calls, looking people up, making
/// reports, loading a configuration — is done on other queues, from a copy of the operation.
public final class Daemon: @unchecked Sendable {
  /// What the command line says.
  public struct Settings: Sendable {
    public var configuration: String
    public var stateFolder: String
    public var socket: String
    public var timeScale: Double
    public var plantTime: Instant?
    public var scan: TimeSpan?

    public init(
      configuration: String, stateFolder: String, socket: String, timeScale: Double = 1,
      plantTime: Instant? = nil, scan: TimeSpan? = nil
    ) {
      self.configuration = configuration
      self.stateFolder = stateFolder
      self.socket = socket
      self.timeScale = timeScale
      self.plantTime = plantTime
      self.scan = scan
    }
  }

  /// Why a daemon could not begin; the exit code that says so.
  public struct StartFailure: Error, Sendable {
    public let code: Int32
    public let message: String
  }

  /// The exit code for a state folder that is refused.
  static let stateRefused: Int32 = 74
  /// An ordered stop that takes longer than this is cut short, in plant time.
  static let stopLimit = TimeSpan.minutes(20)

  let settings: Settings
  let queue = DispatchQueue(label: "wellspring.scan")
  let control = DispatchQueue(label: "wellspring.control")
  let loading = DispatchQueue(label: "wellspring.configuration")
  let clock: PlantTime
  /// More consumers were taken over while running; and while that is under way, no other change is.
  var hasGrown = false
  var isGrowing = false
  /// What the running configuration says.
  var entries: ConfigurationEntries
  var operation: Operation
  private var field: DevicePort
  var store: StorePortQueue
  private var notifier = SystemdPort()
  private(set) var server: LineServer?
  private var timer: (any DispatchSourceTimer)?
  private var signals: [any DispatchSourceSignal] = []
  /// Who waits for which act; no identifier means that no answer is wanted.
  var waiting: [UInt64: (client: LineServer.Client, id: JSON?)] = [:]
  var watchers: Set<LineServer.Client> = []
  /// The watchers' last report is still being made.
  private var isTelling = false
  private var lastTold = 0.0
  var stopDeadline: Instant?
  private let finished: @Sendable (Int32) -> Void

  var fieldStatistics: [DeviceStatistics] { field.statistics }

  /// Builds everything; nothing is touched in the field before `start`.
  public init(
    plant: Plant, entries: ConfigurationEntries = ConfigurationEntries(), settings: Settings,
    finished: @escaping @Sendable (Int32) -> Void
  ) throws(StartFailure) {
    self.settings = settings
    self.entries = entries
    self.finished = finished
    let state: StateKeeper
    do throws(StoreFailure) {
      state = try StateKeeper(folder: settings.stateFolder) { Journal.write(.error, $0) }
    } catch {
      throw StartFailure(code: Daemon.stateRefused, message: error.description)
    }
    if let problem = state.problem {
      let modes = state.hasRead ? "modes are as saved last" : "no mode is known: choose each"
      Journal.write(
        .error, "running without saving: \(problem); \(modes); it tries again by itself")
    }
    let saved = state.state
    clock = PlantTime(
      start: settings.plantTime, notBefore: Operation.savedTime(in: saved) ?? .distantPast,
      scale: settings.timeScale)
    var unreadable: [String] = []
    operation = Operation(
      plant: plant, now: clock.now, saved: saved, isSaving: state.problem == nil,
      unreadable: &unreadable)
    for path in unreadable {
      let text = saved.last { $0.path == path }?.text ?? ""
      Journal.write(
        .warning, "saved state: '\(path)' is '\(text)', which makes no sense and is left out")
    }
    field = Daemon.field(plant, settings, clock)
    let box = WeakDaemon()
    store = StorePortQueue(store: state, plant: plant) { ticket, problem in
      box.daemon?.committed(ticket, problem)
    }
    box.daemon = self
  }

  private static func field(_ plant: Plant, _ settings: Settings, _ time: PlantTime) -> DevicePort {
    DevicePort(
      plant: plant, timeScale: settings.timeScale, clock: { time.now },
      log: { notice in
        Journal.write(
          notice.kind.isGood ? .notice : .warning, "\(notice.device): \(notice.text)",
          [("WELLSPRING_SUBJECT", notice.device), ("WELLSPRING_KIND", notice.kind.rawValue)])
      })
  }

  /// Lets the lines of the old plant go, its devices as they are; then changes the plant, and opens the lines of
  /// the new one. Scans go on meanwhile, with what was read last.
  func replaceField(by change: @escaping @Sendable () -> Void) {
    let old = field
    loading.async { [self] in
      old.stop()
      queue.async { [self] in
        if stopDeadline == nil { change() }
        field = Daemon.field(operation.controller.plant, settings, clock)
      }
    }
  }

  /// Opens the socket and starts scanning.
  public func start() throws(StartFailure) {
    do throws(SocketFailure) {
      let server = try LineServer(
        path: settings.socket, mode: 0o666, queue: control,
        onLine: { [weak self] client, peer, line in self?.called(client, peer, line) },
        onGone: { [weak self] client in self?.gone(client) })
      self.server = server
      server.start()
    } catch {
      throw StartFailure(code: 73, message: error.description)
    }
    let period = (settings.scan ?? operation.controller.plant.scanPeriod).seconds
    timer = ScanTimer.start(every: period / settings.timeScale, queue) { [weak self] missed in
      self?.scan(missed)
    }
    signals = [
      Signals.source(SIGTERM, queue) { [weak self] in self?.beginStop() },
      Signals.source(SIGINT, queue) { [weak self] in self?.beginStop() },
      Signals.source(SIGHUP, queue) { [weak self] in self?.reload() },
    ]
  }

  private func scan(_ missed: Int) {
    operation.scan(
      clock: clock, field: &field, store: &store, notifier: &notifier, missed: missed)
    for event in operation.controller.events { EventText.write(event, operation.controller.plant) }
    tellWatchers()
    if let stopDeadline { finishStop(stopDeadline) }
  }

  /// At most once a second: the status line of systemd, and everyone who watches.
  private func tellWatchers() {
    let now = PlantTime.monotonicSeconds
    guard now - lastTold >= 1 else { return }
    lastTold = now
    notifier.status(StatusLine.text(operation))
    guard !watchers.isEmpty, !isTelling else { return }
    isTelling = true
    control.async { [self, operation, watchers] in
      let line = Reply.notification("status", PlantReporter(operation: operation).status)
      for client in watchers { server?.send(client, line) }
      queue.async { [self] in isTelling = false }
    }
  }

  private func committed(_ ticket: UInt64, _ problem: StoreFailure?) {
    queue.async { [self] in
      if let problem { Journal.write(.error, "state not saved: \(problem); check the disk") }
      for outcome in operation.committed(upTo: ticket, isSaved: problem == nil) {
        answer(outcome, problem?.description)
      }
      if problem?.cause == .inUse { giveWay() }
    }
  }

  /// Another daemon holds the state folder, and so the plant: this one ends and touches nothing more.
  private func giveWay() {
    Journal.write(.error, "another wellspringd runs this plant: ending and leaving it as it runs")
    timer?.cancel()
    field.stop()
    server?.stop()
    finished(Daemon.stateRefused)
  }

  /// Tells who asked what became of an act; a problem is why it is not on disk.
  private func answer(_ outcome: ActOutcome, _ problem: String?) {
    guard let (client, id) = waiting.removeValue(forKey: outcome.number) else { return }
    let reason = PlantReporter(operation: operation).reason(outcome.reason)
    if !outcome.accepted {
      let failure = Failure(.refused, "a rule stands against it", data: ["reason": reason])
      finish(client, id, .failure(failure))
    } else if let problem {
      let text = "done, but not saved, so that a restart may undo it: \(problem)"
      finish(client, id, .failure(Failure(.notSaved, text, data: ["reason": reason])))
    } else {
      finish(client, id, .success(["accepted": true, "reason": reason]))
    }
  }

  private func gone(_ client: LineServer.Client) {
    queue.async { [self] in
      watchers.remove(client)
      for (number, entry) in waiting where entry.client == client { waiting[number] = nil }
    }
  }

  /// SIGTERM: bring the plant to its configured stop state, then end.
  private func beginStop() {
    guard stopDeadline == nil else { return }
    stopDeadline = clock.now + Daemon.stopLimit
    let seconds = Int(Daemon.stopLimit.seconds / settings.timeScale) + 10
    ServiceManager.stopping(extendBySeconds: seconds)
    Journal.write(.notice, StopText.beginning(operation.controller, limit: Daemon.stopLimit))
    _ = operation.ask(.prepareToStop, user: getuid())
  }

  private func finishStop(_ deadline: Instant) {
    let handsOver = operation.controller.plant.site.stopState == .handOver
    let controller = operation.controller
    let rests = controller.isAtRest && (controller.hasTakenOver || !hasGrown)
    let hasEnded = (handsOver || rests) && !controller.holdsStop
    let isLate = !hasEnded && clock.now >= deadline
    guard hasEnded || isLate else { return }
    let span = clock.now - (deadline - Daemon.stopLimit)
    Journal.write(
      isLate ? .error : .notice,
      StopText.ending(operation.controller, after: span, isLate: isLate))
    timer?.cancel()
    field.stop()
    operation.saveLast(&store)
    store.flush()
    // Behind the answers to what was just saved.
    queue.async { [self] in
      for (client, id) in waiting.values {
        finish(client, id, .failure(Failure(.busy, "the daemon is ending: it was not done")))
      }
      server?.stop()
      finished(0)
    }
  }
}

/// Lets the store's callback be made before the daemon is.
private final class WeakDaemon: @unchecked Sendable {
  weak var daemon: Daemon?
}
