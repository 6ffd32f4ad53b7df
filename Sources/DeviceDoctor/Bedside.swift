public import PlantModel

/// What came back from one request.
public enum Response: Sendable, Equatable {
  /// The words of a read, none for a write; coils and inputs come as 0 and 1.
  case words([UInt16])
  /// The device's exception code.
  case refused(Int)
  /// Nothing within the time given.
  case silent
  /// Bytes that are no answer to the request.
  case nonsense(String)
  /// There is no way to the bus at all.
  case unreachable(String)

  /// Whether the device itself has spoken. A gateway's 10 and 11 say that it did not.
  var isAnswer: Bool {
    switch self {
    case .words: true
    case .refused(let code): code != 10 && code != 11
    case .silent, .nonsense, .unreachable: false
    }
  }

  /// Whether nothing usable came.
  var isSilence: Bool { !isAnswer }
}

/// The way to the device that is examined: one request at a time.
public protocol Bedside {
  /// Reads neighbouring addresses.
  ///
  /// - Parameters:
  ///   - pause: seconds of silence since the last exchange before it is asked.
  ///   - patience: seconds that the answer may take.
  /// - Returns: the answer, and the seconds from the request to it.
  mutating func read(
    _ table: Register.Table, _ addresses: Range<Int>, unit: Int, pause: Double, patience: Double
  ) -> (reply: Response, seconds: Double)

  /// Writes words from an address on; see `read`.
  mutating func write(
    _ words: [UInt16], _ table: Register.Table, _ address: Int, unit: Int,
    by function: Device.WriteFunction, pause: Double, patience: Double
  ) -> Response
}
