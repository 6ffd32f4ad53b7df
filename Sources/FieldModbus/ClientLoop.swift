import CModbus
import Glibc

/// A port of Modbus TCP and its clients, many at once: each of their requests goes to whoever answers.
///
/// `@unchecked Sendable`: its sockets belong to the queue that `serve` runs on; `stop` only closes the pipe that wakes it.
final class ClientLoop: @unchecked Sendable {
  /// One request as it came, and where its answer goes.
  struct Query {
    let client: Int32
    /// Of libmodbus, set to the client.
    let context: OpaquePointer
    let bytes: [UInt8]
  }

  /// The port, also where the system chose it.
  let port: Int
  private let context: OpaquePointer
  private let listener: Int32
  private let wake: (read: Int32, write: Int32)

  /// More clients than this are turned away.
  private static let maximumClients = 64

  /// Listens at once. Port 0 lets the system choose.
  init(host: String, port: Int) throws(ServerFailure) {
    guard let context = modbus_new_tcp(host, Int32(port)) else {
      throw ServerFailure(description: "'\(host):\(port)' is no address")
    }
    let listener = modbus_tcp_listen(context, Int32(ClientLoop.maximumClients))
    guard listener >= 0 else {
      let why = String(cString: strerror(errno))
      modbus_free(context)
      throw ServerFailure(
        description: "cannot listen on \(host):\(port): \(why); is another simulator running?")
    }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      close(listener)
      modbus_free(context)
      throw ServerFailure(description: "no pipe: \(String(cString: strerror(errno)))")
    }
    // A client that stops in the middle of a request does not hold up the others for long.
    modbus_set_response_timeout(context, 0, 200_000)
    modbus_set_byte_timeout(context, 0, 200_000)
    self.context = context
    self.listener = listener
    self.port = ClientLoop.port(of: listener)
    wake = (ends[0], ends[1])
  }

  deinit {
    close(listener)
    close(wake.read)
    modbus_free(context)
  }

  /// Ends `serve`; once.
  func stop() { close(wake.write) }

  /// Serves until it is stopped.
  ///
  /// - Parameter answer: false when the client is to be let go.
  func serve(_ answer: (Query) -> Bool) {
    var clients: [Int32] = []
    defer { for client in clients { close(client) } }
    while true {
      var polled = ([wake.read, listener] + clients).map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      guard poll(&polled, nfds_t(polled.count), -1) > 0 else {
        if errno == EINTR { continue }
        return
      }
      if polled[0].revents != 0 { return }
      for entry in polled[2...] where entry.revents != 0 && !serve(entry.fd, answer) {
        close(entry.fd)
        clients.removeAll { $0 == entry.fd }
      }
      if polled[1].revents != 0 { accept(&clients) }
    }
  }

  private func accept(_ clients: inout [Int32]) {
    let client = Glibc.accept(listener, nil, nil)
    guard client >= 0 else { return }
    guard clients.count < ClientLoop.maximumClients, client < Libmodbus.descriptorLimit else {
      close(client)
      return
    }
    var one: Int32 = 1
    setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    clients.append(client)
  }

  /// One request of one client; false when it is gone.
  private func serve(_ client: Int32, _ answer: (Query) -> Bool) -> Bool {
    modbus_set_socket(context, client)
    var bytes = [UInt8](repeating: 0, count: Int(MODBUS_TCP_MAX_ADU_LENGTH))
    let length = Int(modbus_receive(context, &bytes))
    if length == 0 { return true }
    // Header, unit and function at least.
    guard length > Frame.headerLength else { return false }
    return answer(Query(client: client, context: context, bytes: Array(bytes[..<length])))
  }

  private static func port(of listener: Int32) -> Int {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(listener, $0, &size) }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
