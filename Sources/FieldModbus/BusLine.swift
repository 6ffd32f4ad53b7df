import Dispatch
import Field
import Glibc
import PlantModel
import Quantities
import Synchronization

/// One bus: its connection, its devices' recovery and its requests, all on one serial queue.
///
/// `@unchecked Sendable`: everything mutable is touched on `queue` alone, but for the atomics and
/// `statistics`.
final class BusLine: @unchecked Sendable {
  let id: BusID
  let plant: Plant
  let board: SampleBoard
  let clock: @Sendable () -> Instant
  let log: @Sendable (FieldNotice) -> Void
  var devices: [LineDevice]
  /// By point: how those that are one register are read; nil for others.
  let plainWords: [PlainWord?]
  private let queue: DispatchQueue
  private let isBusy = Atomic<Bool>(false)
  private let isStopping = Atomic<Bool>(false)
  private let mayWrite = Atomic<Bool>(false)
  private let timeout: Double
  let pause: Double
  private var connection: (any Connection)?
  private var lastExchange = 0.0
  /// Devices that are away are not asked before this.
  private var mayProbe = Instant.distantPast
  /// What came along with another request in this round.
  var ahead = Ahead()
  var alone = AskingAlone()
  private let timeScale: Double

  /// Asking those that are away, and not being answered, takes no more than this part of the line's time.
  static let probeShare = 0.08
  private let statistics: Mutex<[DeviceStatistics]>

  init(
    _ id: BusID, plant: Plant, plainWords: [PlainWord?], board: SampleBoard, timeScale: Double,
    clock: @escaping @Sendable () -> Instant, log: @escaping @Sendable (FieldNotice) -> Void
  ) {
    self.id = id
    self.plant = plant
    self.board = board
    self.clock = clock
    self.log = log
    self.timeScale = timeScale
    queue = DispatchQueue(label: "wellspring.bus.\(plant[id].name)")
    timeout = max(plant[id].responseTimeout.seconds / timeScale, 0.05)
    pause =
      switch plant[id].link {
      case .tcp, .gpio: plant[id].guardTime.seconds / timeScale
      // A line keeps its silence by itself.
      case .serial: 0
      }
    devices = plant.devices.indices.map { DeviceID($0) }.filter { plant[$0].bus == id }
      .map { LineDevice($0, plant: plant) }
    self.plainWords = plainWords
    statistics = Mutex(plant.devices.map { DeviceStatistics(device: $0.name) })
    for device in devices where device.reads.all.isEmpty { judge(device.id) }
  }

  var figures: [DeviceStatistics] {
    statistics.withLock { all in
      plant.devices.indices.filter { plant.devices[$0].bus == id }.map { all[$0] }
    }
  }

  /// Starts a round unless one still goes on; tells whether it did.
  func poke(writes: Bool) -> Bool {
    mayWrite.store(writes, ordering: .releasing)
    guard isBusy.exchange(true, ordering: .acquiringAndReleasing) == false else { return false }
    queue.async { [self] in
      round(writes: writes)
      isBusy.store(false, ordering: .releasing)
    }
    return true
  }

  /// Lets the request that goes on end, tells what was wanted last, which the round that goes on or
  /// waits may not do any more, and closes the line after it.
  func stop() {
    isStopping.store(true, ordering: .releasing)
    queue.async { [self] in
      for index in devices.indices { devices[index].holdsWrites = false }
      if mayWrite.load(ordering: .acquiring), isReachable() { _ = writeAll() }
      connection = nil
    }
  }

  /// Waits for what goes on.
  func drain() { queue.sync {} }

  /// Writes come first, and again between two devices when the wishes have changed meanwhile, so
  /// that a command never waits for a round of slow answers.
  private func round(writes: Bool) {
    let now = clock()
    guard !isStopping.load(ordering: .acquiring),
      devices.contains(where: { $0.mayBeSpokenTo(at: now) }), isReachable()
    else { return }
    ahead = Ahead()
    alone.roundBegins()
    var told = writes ? writeAll() : 0
    probeAway()
    for index in devices.indices where !devices[index].recovery.isAway {
      if isStopping.load(ordering: .acquiring) { return }
      if writes, board.wishes != told { told = writeAll() }
      if !read(index) { return }
    }
    // A command that came while the last device was read does not wait for the next scan.
    if writes, board.wishes != told { _ = writeAll() }
  }

  /// Whether there is a connection. Without one every device is unreachable at the cost of one
  /// attempt, and the round is over.
  private func isReachable() -> Bool {
    do throws(ModbusFailure) {
      try line().open()
      return true
    } catch {
      let now = clock()
      for index in devices.indices where devices[index].recovery.mayAsk(at: now) {
        missed(error, index)
      }
      return false
    }
  }

  /// Devices whose probe is due, the longest waiting first, until one does not answer: the away
  /// never cost the others more than one time-out a round, nor more than their share of the line's time. One
  /// that refuses costs none.
  private func probeAway() {
    let now = clock()
    guard now >= mayProbe else { return }
    let due = devices.indices
      .filter { devices[$0].recovery.isAway && devices[$0].recovery.mayAsk(at: now) }
      .sorted { (devices[$0].recovery.nextProbe, $0) < (devices[$1].recovery.nextProbe, $1) }
    for index in due {
      guard let place = devices[index].probe else { continue }
      let begun = clock()
      switch ask(index, place) {
      case .answered: break
      case .refused(let failure): _ = isARegister(index, failure)
      case .waits: break
      case .passed, .mute, .lineDown:
        mayProbe = begun + (clock() - begun) * (1 / BusLine.probeShare / timeScale)
        return
      }
    }
  }

  /// Writes what each device is to be told; returns which wishes were taken.
  private func writeAll() -> UInt64 {
    let taken = board.wishes
    for index in devices.indices
    where !devices[index].recovery.isAway || devices[index].isRefusing
      || devices[index].isProbedByWrites(at: clock())
    { write(index) }
    return taken
  }

  /// One exchange on the line, not sooner after the last one than its devices can bear.
  func exchange<Value>(_ index: Int, _ body: (any Connection) throws(ModbusFailure) -> Value)
    throws(ModbusFailure) -> Value
  {
    rest(before: index)
    let begun = Monotonic.seconds
    let result: Result<Value, ModbusFailure>
    do throws(ModbusFailure) {
      result = .success(try body(try line()))
    } catch {
      result = .failure(error)
    }
    lastExchange = Monotonic.seconds
    devices[index].lastExchange = lastExchange
    note(index, result, seconds: lastExchange - begun)
    return try result.get()
  }

  /// Keeps the silence that the line and the device need.
  private func rest(before index: Int) {
    let silence = devices[index].pause / timeScale
    guard pause > 0 || silence > 0 else { return }
    let wait =
      max(lastExchange + pause, devices[index].lastExchange + silence) - Monotonic.seconds
    if wait > 0 { usleep(useconds_t(wait * 1_000_000)) }
  }

  func line() throws(ModbusFailure) -> any Connection {
    if let connection { return connection }
    let made = try plant[id].connection(timeout: timeout, pause: plant[id].pause.seconds)
    connection = made
    return made
  }

  /// A device did not answer, or not sensibly, or refused everything.
  func missed(_ failure: ModbusFailure, _ index: Int) {
    let device = devices[index].id
    let isNews = devices[index].recovery.failed(at: clock())
    if devices[index].recovery.isAway { refuses(failure.isRefusal, index) }
    guard isNews else { return }
    judge(device)
    log(
      FieldNotice(
        .deviceAway, device: plant[device].name,
        text: failure.isRefusal ? "refuses everything: \(failure.text)" : failure.text))
  }

  /// Whether the device is away for its refusing everything.
  func refuses(_ isRefusing: Bool, _ index: Int) {
    devices[index].isRefusing = isRefusing
    board.with { [device = devices[index].id] in $0.refusing[device.index] = isRefusing }
  }

  /// The device was read, or given up.
  func judge(_ device: DeviceID) { board.with { $0.judged[device.index] = true } }

  /// Counts a request, and how long its answer took.
  func note<Value>(_ index: Int, _ result: Result<Value, ModbusFailure>, seconds: Double) {
    note(index) { [now = clock()] in
      switch result {
      case .success: $0.replied(seconds * 1_000_000, at: now)
      case .failure(let failure): $0.failed(failure)
      }
    }
  }

  func note(_ index: Int, _ body: (inout DeviceStatistics) -> Void) {
    statistics.withLock { body(&$0[devices[index].id.index]) }
  }
}
