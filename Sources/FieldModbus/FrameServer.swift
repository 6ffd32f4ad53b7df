import Dispatch
import Glibc
public import PlantModel

/// Serves requests over Modbus TCP or RTU, whatever answers them: it frames, and knows nothing of registers.
///
/// `@unchecked Sendable`: the terminal is touched on `queue` alone.
public final class FrameServer: @unchecked Sendable {
  /// What becomes of a request.
  public enum Answer: Sendable {
    /// Function and content, sent after so many seconds.
    case reply([UInt8], after: Double)
    case silence
    /// Bytes that are sent as they are.
    case garbage([UInt8])
  }

  /// The answer to the function and content of a request to a unit.
  public typealias Handler = @Sendable (_ request: [UInt8], _ unit: Int) -> Answer

  private let queue = DispatchQueue(label: "wellspring.frames")
  private enum Way {
    case network(ClientLoop)
    /// Our end of a line.
    case line(PseudoTerminal)
  }
  private let way: Way
  private let answer: Handler
  /// Where it is, with the port that the system chose for 0.
  public let place: String

  /// Takes the port at once, or makes a pseudo-terminal with a link to it at the line's path.
  public init(_ link: Bus.Link, answer: @escaping Handler) throws(ServerFailure) {
    self.answer = answer
    switch link {
    case .tcp(let host, let port):
      let clients = try ClientLoop(host: host, port: port)
      way = .network(clients)
      place = "\(host):\(clients.port)"
    case .serial(let line):
      way = .line(try PseudoTerminal(at: line.path, bus: line.path))
      place = line.path
    case .gpio(let chip):
      throw ServerFailure(description: "the GPIO chip '\(chip)' is no bus of devices")
    }
  }

  /// Serves until the process ends.
  public func start() {
    queue.async { [self] in
      switch way {
      case .network(let clients): clients.serve { reply(to: $0) }
      case .line(let terminal): serve(terminal.descriptor)
      }
    }
  }

  /// A request that is not whole after so many milliseconds is none.
  private static let patience: Int32 = 200

  private func serve(_ line: Int32) {
    var request: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 512)
    while true {
      var polled = pollfd(fd: line, events: Int16(POLLIN), revents: 0)
      let ready = poll(&polled, 1, request.isEmpty ? -1 : FrameServer.patience)
      if ready == 0 { request = [] }
      guard ready > 0 else { continue }
      let count = read(line, &buffer, buffer.count)
      guard count > 0 else { return }
      request += buffer[..<count]
      guard let length = SerialFraming.requestLength(request), request.count >= length else {
        continue
      }
      reply(to: Array(request[..<length]), line)
      request = []
    }
  }

  private func reply(to request: [UInt8], _ line: Int32) {
    let body = request.dropLast(2)
    guard SerialFraming.checkSum(body) == Array(request.suffix(2)) else { return }
    switch answer(Array(body.dropFirst()), Int(request[0])) {
    case .silence: return
    case .garbage(let bytes): _ = write(line, bytes, bytes.count)
    case .reply(let reply, let delay):
      usleep(useconds_t(delay * 1_000_000))
      let frame = [request[0]] + reply
      let bytes = frame + SerialFraming.checkSum(frame)
      _ = write(line, bytes, bytes.count)
    }
  }

  /// One request of one client; false when it is gone.
  private func reply(to query: ClientLoop.Query) -> Bool {
    let bytes = query.bytes
    switch answer(Array(bytes[7...]), Int(bytes[6])) {
    case .silence: return true
    case .garbage(let noise): return send(query.client, noise, noise.count, Int32(MSG_NOSIGNAL)) > 0
    case .reply(let body, let delay):
      usleep(useconds_t(delay * 1_000_000))
      let size = body.count + 1
      let frame = bytes[..<4] + [UInt8(size >> 8), UInt8(size & 0xFF), bytes[6]] + body
      return send(query.client, Array(frame), frame.count, Int32(MSG_NOSIGNAL)) == frame.count
    }
  }
}
