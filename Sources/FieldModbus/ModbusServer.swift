import CModbus
import Dispatch
import Glibc
public import PlantModel

/// Why a server could not begin.
public struct ServerFailure: Error, CustomStringConvertible {
  public let description: String

  public init(description: String) { self.description = description }
}

/// What serves one bus of a register image.
public protocol FieldServer: Sendable {
  func start()
  func stop()
}

/// Serves one bus of a register image over Modbus TCP, to many clients at once.
///
/// `@unchecked Sendable`: its sockets belong to `queue`; `stop` only closes the pipe that wakes it.
public final class ModbusServer: FieldServer, @unchecked Sendable {
  /// More clients than this are turned away.
  static let maximumClients = 64

  private let image: RegisterImage
  private let bus: BusID
  private let queue: DispatchQueue
  private let context: OpaquePointer
  private let listener: Int32
  private var wake: (read: Int32, write: Int32)

  /// Listens on the bus's host and port.
  public init(_ image: RegisterImage, bus: BusID, plant: Plant) throws(ServerFailure) {
    self.image = image
    self.bus = bus
    let spec = plant[bus]
    queue = DispatchQueue(label: "wellspring.server.\(spec.name)")
    guard case .tcp(let host, let port) = spec.link,
      let context = modbus_new_tcp(host, Int32(port))
    else {
      throw ServerFailure(description: "'\(spec.place)' is no address for bus '\(spec.name)'")
    }
    let listener = modbus_tcp_listen(context, Int32(ModbusServer.maximumClients))
    guard listener >= 0 else {
      let why = String(cString: strerror(errno))
      modbus_free(context)
      throw ServerFailure(
        description:
          "cannot listen on \(spec.place) for bus '\(spec.name)': \(why); is another simulator running?"
      )
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
    wake = (ends[0], ends[1])
  }

  deinit {
    close(listener)
    close(wake.read)
    modbus_free(context)
  }

  public func start() {
    queue.async { [self] in serve() }
  }

  public func stop() {
    close(wake.write)
    queue.sync {}
  }

  private func serve() {
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
      for entry in polled[2...] where entry.revents != 0 {
        if !answer(entry.fd) {
          close(entry.fd)
          clients.removeAll { $0 == entry.fd }
        }
      }
      if polled[1].revents != 0 { accept(&clients) }
    }
  }

  private func accept(_ clients: inout [Int32]) {
    let client = Glibc.accept(listener, nil, nil)
    guard client >= 0 else { return }
    guard clients.count < ModbusServer.maximumClients, client < 1024 else {
      close(client)
      return
    }
    var one: Int32 = 1
    setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    clients.append(client)
  }

  /// One request of one client; false when it is gone.
  private func answer(_ client: Int32) -> Bool {
    modbus_set_socket(context, client)
    var query = [UInt8](repeating: 0, count: Int(MODBUS_TCP_MAX_ADU_LENGTH))
    let length = modbus_receive(context, &query)
    if length < 0 { return false }
    if length == 0 { return true }
    return image.answer(context, query, length, bus: bus)
  }
}
