import CModbus
import Glibc
import PlantModel

/// One way to the devices of a bus, closed after anything odd and opened anew.
///
/// Not thread-safe, as libmodbus is not: it lives on its bus's queue.
protocol Connection: AnyObject {
  /// Opens it unless it is open and in step.
  func open() throws(ModbusFailure)
  /// Sends a request and gives the words of its answer, and of no other.
  func exchange(_ frame: Frame) throws(ModbusFailure) -> [UInt16]
  func nextTransaction() -> UInt16
}

extension Connection {
  /// Reads the words of a request; coils and inputs come as 0 and 1.
  func read(_ request: ReadRequest, unit: Int) throws(ModbusFailure) -> [UInt16] {
    try exchange(Frame(reading: request, unit: unit, transaction: nextTransaction()))
  }

  func write(
    _ words: [UInt16], table: Register.Table, address: Int, unit: Int,
    by function: Device.WriteFunction = .shortest
  ) throws(ModbusFailure) {
    _ = try exchange(
      Frame(
        writing: words, table: table, address: address, unit: unit, transaction: nextTransaction(),
        by: function))
  }
}

extension Bus {
  /// A way to the devices of this bus, not yet open.
  ///
  /// - Parameters:
  ///   - timeout: seconds that an answer may take.
  ///   - pause: seconds of silence before every request on a serial line; never less than part two frames.
  func connection(timeout: Double, pause: Double = 0) throws(ModbusFailure) -> any Connection {
    switch link {
    case .tcp(let host, let port): try TCPConnection(host: host, port: port, timeout: timeout)
    case .serial(let line): try SerialConnection(line, timeout: timeout, pause: pause)
    case .gpio: throw .noConnection("lines of a GPIO chip are no devices of a bus")
    }
  }
}

/// One TCP connection of a libmodbus context.
final class TCPConnection: Connection {
  private let context: OpaquePointer
  private let host: String
  private let port: Int
  private let timeout: Double
  private var isOpen = false
  private var transaction: UInt16 = 0
  private var buffer = [UInt8](repeating: 0, count: Int(MODBUS_TCP_MAX_ADU_LENGTH))

  /// - Parameter timeout: seconds that an answer, or a connection, may take.
  init(host: String, port: Int, timeout: Double) throws(ModbusFailure) {
    guard let context = modbus_new_tcp_pi(host, "\(port)") else {
      throw .noConnection("out of memory")
    }
    self.context = context
    self.host = host
    self.port = port
    self.timeout = max(timeout, 0.001)
    Libmodbus.setDeadline(context, seconds: self.timeout)
  }

  deinit {
    close()
    modbus_free(context)
  }

  /// Opens the connection unless it is open and in step.
  ///
  /// What waits to be read before a request was sent belongs to no request; and a device may have
  /// closed a connection that was idle. Either way a new one is made.
  func open() throws(ModbusFailure) {
    if isOpen {
      var byte: UInt8 = 0
      let flags = Int32(MSG_PEEK | MSG_DONTWAIT)
      if recv(modbus_get_socket(context), &byte, 1, flags) < 0, errno == EAGAIN { return }
      close()
    }
    do throws(DialFailure) {
      modbus_set_socket(context, try Dial.connect(host: host, port: port, within: timeout))
      isOpen = true
    } catch {
      throw .noConnection("cannot connect to \(host):\(port): \(error.text)")
    }
  }

  func close() {
    guard isOpen else { return }
    modbus_close(context)
    isOpen = false
  }

  func nextTransaction() -> UInt16 {
    transaction &+= 1
    return transaction
  }

  func exchange(_ frame: Frame) throws(ModbusFailure) -> [UInt16] {
    try open()
    do throws(ModbusFailure) {
      let sent = send(
        modbus_get_socket(context), frame.bytes, frame.bytes.count, Int32(MSG_NOSIGNAL))
      guard sent == frame.bytes.count else { throw .noAnswer("the connection broke: \(reason())") }
      let length = modbus_receive_confirmation(context, &buffer)
      guard length > 0 else { throw .noAnswer(reason()) }
      return try frame.words(of: buffer[..<Int(length)])
    } catch {
      // A late answer must not be taken for the next one. A refusal is an answer.
      if case .exception = error {} else { close() }
      throw error
    }
  }

  private func reason() -> String { String(cString: modbus_strerror(errno)) }
}
