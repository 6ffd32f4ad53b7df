import CModbus
import Dispatch
import Glibc
public import PlantModel

/// Serves requests over Modbus TCP or RTU, whatever answers them: it frames, and knows nothing of registers.
///
/// `@unchecked Sendable`: everything mutable is touched on `queue` alone.
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

  private static let maximumClients = 16

  private let queue = DispatchQueue(label: "wellspring.frames")
  /// Frames of the network; nil on a serial line.
  private let context: OpaquePointer?
  /// The serial line; nil on a network.
  private let terminal: PseudoTerminal?
  /// What listens, or our end of the terminal.
  private let listener: Int32
  private let answer: Handler
  /// Where it is, with the port that the system chose for 0.
  public let place: String

  /// Takes the port at once, or makes a pseudo-terminal with a link to it at the line's path.
  public init(_ link: Bus.Link, answer: @escaping Handler) throws(ServerFailure) {
    self.answer = answer
    switch link {
    case .tcp(let host, let port):
      guard let context = modbus_new_tcp(host, Int32(port)) else {
        throw ServerFailure(description: "'\(host):\(port)' is no address")
      }
      let listener = modbus_tcp_listen(context, Int32(FrameServer.maximumClients))
      guard listener >= 0 else {
        let why = String(cString: strerror(errno))
        modbus_free(context)
        throw ServerFailure(description: "cannot listen on \(host):\(port): \(why)")
      }
      modbus_set_response_timeout(context, 0, 200_000)
      modbus_set_byte_timeout(context, 0, 200_000)
      self.context = context
      (self.listener, terminal) = (listener, nil)
      place = "\(host):\(FrameServer.port(of: listener))"
    case .serial(let line):
      let terminal = try PseudoTerminal(at: line.path, bus: line.path)
      (context, self.terminal, listener) = (nil, terminal, terminal.descriptor)
      place = line.path
    case .gpio(let chip):
      throw ServerFailure(description: "the GPIO chip '\(chip)' is no bus of devices")
    }
  }

  deinit {
    guard let context else { return }
    close(listener)
    modbus_free(context)
  }

  /// Serves until the process ends.
  public func start() {
    queue.async { [self] in
      if let context { serveClients(context) } else { serveLine() }
    }
  }

  private static func port(of listener: Int32) -> Int {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(listener, $0, &size) }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// A request that is not whole after so many milliseconds is none.
  private static let patience: Int32 = 200

  private func serveLine() {
    var request: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 512)
    while true {
      var polled = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
      let ready = poll(&polled, 1, request.isEmpty ? -1 : FrameServer.patience)
      if ready == 0 { request = [] }
      guard ready > 0 else { continue }
      let count = read(listener, &buffer, buffer.count)
      guard count > 0 else { return }
      request += buffer[..<count]
      guard let length = SerialFraming.requestLength(request), request.count >= length else {
        continue
      }
      reply(toSerial: Array(request[..<length]))
      request = []
    }
  }

  private func reply(toSerial request: [UInt8]) {
    let body = request.dropLast(2)
    guard SerialFraming.checkSum(body) == Array(request.suffix(2)) else { return }
    switch answer(Array(body.dropFirst()), Int(request[0])) {
    case .silence: return
    case .garbage(let bytes): _ = write(listener, bytes, bytes.count)
    case .reply(let reply, let delay):
      usleep(useconds_t(delay * 1_000_000))
      let frame = [request[0]] + reply
      let bytes = frame + SerialFraming.checkSum(frame)
      _ = write(listener, bytes, bytes.count)
    }
  }

  private func serveClients(_ context: OpaquePointer) {
    var clients: [Int32] = []
    while true {
      var polled = ([listener] + clients).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&polled, nfds_t(polled.count), -1) > 0 else {
        if errno == EINTR { continue }
        return
      }
      for entry in polled[1...] where entry.revents != 0 && !serve(entry.fd, context) {
        close(entry.fd)
        clients.removeAll { $0 == entry.fd }
      }
      if polled[0].revents != 0 { accept(&clients) }
    }
  }

  private func accept(_ clients: inout [Int32]) {
    let client = Glibc.accept(listener, nil, nil)
    guard client >= 0 else { return }
    guard clients.count < FrameServer.maximumClients else {
      close(client)
      return
    }
    var one: Int32 = 1
    setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    clients.append(client)
  }

  /// One request of one client; false when it is gone.
  private func serve(_ client: Int32, _ context: OpaquePointer) -> Bool {
    modbus_set_socket(context, client)
    var query = [UInt8](repeating: 0, count: Int(MODBUS_TCP_MAX_ADU_LENGTH))
    let length = Int(modbus_receive(context, &query))
    guard length > 7 else { return length == 0 }
    switch answer(Array(query[7..<length]), Int(query[6])) {
    case .silence: return true
    case .garbage(let bytes): return send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL)) > 0
    case .reply(let body, let delay):
      usleep(useconds_t(delay * 1_000_000))
      let size = body.count + 1
      let frame = query[..<4] + [UInt8(size >> 8), UInt8(size & 0xFF), query[6]] + body
      return send(client, Array(frame), frame.count, Int32(MSG_NOSIGNAL)) == frame.count
    }
  }
}
