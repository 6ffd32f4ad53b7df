import CModbus
import Dispatch
import Glibc
public import PlantModel
import Quantities
import Synchronization

/// Serves one serial line of a register image at a pseudo-terminal, as slowly as the line's characters are.
///
/// Every character takes its time in both directions, a device its turnaround; a request that begins before the line
/// has been silent for 3.5 characters is not heard, as on a real line.
///
/// `@unchecked Sendable`: its terminal belongs to `queue`; `stop` only closes the pipe that wakes it.
public final class SerialServer: FieldServer, @unchecked Sendable {
  /// What happened on the line so far.
  public struct Figures: Sendable {
    public var requests = 0
    /// Requests that came before the line was silent for long enough.
    public var early = 0
  }

  /// What a device takes before it answers.
  public static let turnaround = 0.005
  /// A request of which nothing more comes is given up after so long.
  private static let patience = 0.2

  private let image: RegisterImage
  private let bus: BusID
  private let line: SerialLine
  private let scale: Double
  private let queue: DispatchQueue
  private let terminal: PseudoTerminal
  private var wake: (read: Int32, write: Int32)
  private let counted = Mutex(Figures())

  /// Makes the terminal and a link to it at the line's path.
  ///
  /// - Parameter timeScale: how much faster than real time the line runs.
  public init(_ image: RegisterImage, bus: BusID, plant: Plant, timeScale: Double)
    throws(ServerFailure)
  {
    let spec = plant[bus]
    guard case .serial(let line) = spec.link else {
      throw ServerFailure(description: "bus '\(spec.name)' is no serial line")
    }
    self.image = image
    self.bus = bus
    self.line = line
    scale = timeScale
    queue = DispatchQueue(label: "wellspring.server.\(spec.name)")
    terminal = try PseudoTerminal(at: line.path, bus: spec.name)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw ServerFailure(description: "no pipe: \(String(cString: strerror(errno)))")
    }
    wake = (ends[0], ends[1])
  }

  deinit { close(wake.read) }

  public var figures: Figures { counted.withLock { $0 } }

  public func start() {
    queue.async { [self] in serve() }
  }

  public func stop() {
    close(wake.write)
    queue.sync {}
  }

  private func serve() {
    var request: [UInt8] = []
    var begun = 0.0
    // When the last character was over on the line.
    var silentSince = 0.0
    var buffer = [UInt8](repeating: 0, count: 512)
    while true {
      var polled = [wake.read, terminal.descriptor].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      let wait = request.isEmpty ? -1 : Int32(SerialServer.patience * 1000)
      let ready = poll(&polled, 2, wait)
      if polled[0].revents != 0 { return }
      if ready < 0, errno != EINTR { return }
      if ready == 0 { request = [] }
      guard polled[1].revents & Int16(POLLIN) != 0 else { continue }
      let count = read(terminal.descriptor, &buffer, buffer.count)
      guard count > 0 else { continue }
      if request.isEmpty { begun = Monotonic.seconds }
      request += buffer[..<count]
      guard let length = SerialFraming.requestLength(request), request.count >= length else {
        continue
      }
      let isEarly = begun < silentSince + line.silenceSeconds / scale
      counted.withLock {
        $0.requests += 1
        if isEarly { $0.early += 1 }
      }
      silentSince = begun + Double(request.count) * line.characterSeconds / scale
      if !isEarly { silentSince = answer(Array(request[..<length]), after: silentSince) }
      request = []
    }
  }

  /// Answers one request that was over at `time`; when the line is silent again.
  private func answer(_ request: [UInt8], after time: Double) -> Double {
    let body = request.dropLast(2)
    guard SerialFraming.checkSum(body) == Array(request.suffix(2)),
      let reply = image.reply(to: Array(body), bus: bus)
    else { return time }
    let frame = reply + SerialFraming.checkSum(reply)
    let begin = time + (line.silenceSeconds + SerialServer.turnaround) / scale
    let character = line.characterSeconds / scale
    var sent = 0
    while sent < frame.count {
      // A character is there once it is over.
      let next = begin + Double(sent + 1) * character
      let wait = next - Monotonic.seconds
      if wait > 0 { usleep(useconds_t(wait * 1_000_000)) }
      let due = min(frame.count, max(sent + 1, Int((Monotonic.seconds - begin) / character)))
      sent += max(
        0,
        frame[sent..<due].withUnsafeBytes { write(terminal.descriptor, $0.baseAddress, $0.count) })
    }
    return begin + Double(frame.count) * character
  }
}
