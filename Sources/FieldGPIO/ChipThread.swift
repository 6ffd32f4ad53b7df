import Dispatch
import Field
import Glibc
import PlantModel
import Quantities
import Synchronization

/// The thread of one chip: it waits in `poll` for edges, for wishes and for time to pass.
///
/// `@unchecked Sendable`: the bus is touched on `queue` alone; the pipe's ends never change.
final class ChipThread: @unchecked Sendable {
  private let bus: GPIOBus
  private let queue: DispatchQueue
  private let wake: (read: Int32, write: Int32)
  private let mayWrite = Atomic<Bool>(false)
  private let isStopping = Atomic<Bool>(false)
  private let statistics: Mutex<[DeviceStatistics]>

  init(
    _ id: BusID, plant: Plant, board: SampleBoard, clock: @escaping @Sendable () -> Instant,
    log: @escaping @Sendable (FieldNotice) -> Void
  ) {
    bus = GPIOBus(
      id, plant: plant, board: board, chips: KernelChips(), monotonic: ChipThread.nanoseconds,
      clock: clock, log: log)
    queue = DispatchQueue(label: "wellspring.gpio.\(plant[id].name)")
    statistics = Mutex(bus.statistics)
    var ends: [Int32] = [-1, -1]
    // Without the pipe what is wanted is seen when a turn is due.
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      }
    }
    wake = (ends[0], ends[1])
    queue.async { [self] in run() }
  }

  deinit {
    close(wake.read)
    close(wake.write)
  }

  var figures: [DeviceStatistics] { statistics.withLock { $0 } }

  func poke(writes: Bool) {
    mayWrite.store(writes, ordering: .releasing)
    rouse()
  }

  /// Waits until every line is let go.
  func stop() {
    isStopping.store(true, ordering: .releasing)
    rouse()
    queue.sync {}
  }

  private func rouse() {
    var byte: UInt8 = 0
    // A full pipe wakes just as well.
    _ = write(wake.write, &byte, 1)
  }

  private func run() {
    var readable: [Int] = []
    while !isStopping.load(ordering: .acquiring) {
      let writes = mayWrite.load(ordering: .acquiring)
      let due = bus.turn(readable: readable, writes: writes)
      statistics.withLock { [figures = bus.statistics] in $0 = figures }
      readable = wait(until: due)
    }
    bus.end(writes: mayWrite.load(ordering: .acquiring))
  }

  /// Waits for an edge, a wish or `due`; the places of the inputs that have something to say.
  private func wait(until due: UInt64) -> [Int] {
    var polled = [pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0)]
    // poll passes over negative descriptors.
    polled += bus.inputs.map {
      pollfd(fd: $0.line?.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
    }
    let now = ChipThread.nanoseconds()
    let left = due > now ? (due - now + 999_999) / 1_000_000 : 0
    guard poll(&polled, nfds_t(polled.count), Int32(min(left, 1000))) > 0 else { return [] }
    if polled[0].revents != 0 { drain() }
    return bus.inputs.indices.filter { polled[$0 + 1].revents != 0 }
  }

  private func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(wake.read, &bytes, bytes.count) == bytes.count {}
  }

  /// The clock of the kernel's stamps.
  private static func nanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
