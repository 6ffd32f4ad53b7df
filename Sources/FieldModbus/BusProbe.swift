import Glibc
public import PlantModel

/// One bus for whoever looks at its devices one request at a time, with a pause and a time-out for each request.
///
/// It recovers nothing: every failure is told as it came. It takes the bus for itself: a serial line that another
/// program holds is refused.
public final class BusProbe {
  private let bus: Bus
  private var connection: (any Connection)?
  private var patience = 0.0
  private var lastExchange = 0.0
  /// An answer that may still come holds a serial unit's next request up for at most so many seconds.
  private static let longestWait = 60.0

  public init(_ bus: Bus) { self.bus = bus }

  /// Reads neighbouring addresses of a unit; coils and inputs come as 0 and 1.
  ///
  /// - Parameters:
  ///   - pause: seconds of silence since the last exchange.
  ///   - patience: seconds that the answer may take.
  /// - Returns: the words or why there are none, and the seconds that the exchange took.
  public func read(
    _ table: Register.Table, _ addresses: Range<Int>, unit: Int, pause: Double, patience: Double
  ) -> (result: Result<[UInt16], ModbusFailure>, seconds: Double) {
    exchange(pause, patience) { line throws(ModbusFailure) in
      let request = ReadRequest(
        device: DeviceID(0), table: table, addresses: addresses, points: [])
      return try line.read(request, unit: unit)
    }
  }

  /// Writes words from an address on; see `read`.
  public func write(
    _ words: [UInt16], _ table: Register.Table, _ address: Int, unit: Int,
    by function: Device.WriteFunction, pause: Double, patience: Double
  ) -> (result: Result<[UInt16], ModbusFailure>, seconds: Double) {
    exchange(pause, patience) { line throws(ModbusFailure) in
      try line.write(words, table: table, address: address, unit: unit, by: function)
      return []
    }
  }

  private func exchange(
    _ pause: Double, _ patience: Double,
    _ body: (any Connection) throws(ModbusFailure) -> [UInt16]
  ) -> (result: Result<[UInt16], ModbusFailure>, seconds: Double) {
    let idle = Monotonic.seconds - lastExchange
    if idle < pause { usleep(useconds_t((pause - idle) * 1_000_000)) }
    let end = Monotonic.seconds + BusProbe.longestWait
    while true {
      var begun = Monotonic.seconds
      do throws(ModbusFailure) {
        let line = try line(patience)
        try line.open()
        begun = Monotonic.seconds
        let words = try body(line)
        lastExchange = Monotonic.seconds
        return (.success(words), lastExchange - begun)
      } catch {
        lastExchange = Monotonic.seconds
        guard error == .notYet, lastExchange < end else {
          return (.failure(error), lastExchange - begun)
        }
        usleep(20_000)
      }
    }
  }

  private func line(_ patience: Double) throws(ModbusFailure) -> any Connection {
    if let connection, patience == self.patience { return connection }
    connection = nil
    self.patience = patience
    let made = try bus.connection(timeout: patience)
    connection = made
    return made
  }
}
