import PlantModel

/// One way to the devices of a bus, closed after anything odd and opened anew.
///
/// Not thread-safe: it lives on its bus's queue.
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
    case .tcp(let host, let port): TCPConnection(host: host, port: port, timeout: timeout)
    case .serial(let line): try SerialConnection(line, timeout: timeout, pause: pause)
    case .gpio: throw .noConnection("lines of a GPIO chip are no devices of a bus")
    }
  }
}
