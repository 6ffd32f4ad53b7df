import Field

/// What went wrong with one request.
public enum ModbusFailure: Error, Equatable {
  /// No connection: nothing on this bus can be reached.
  case noConnection(String)
  /// No answer in time, or the connection broke.
  case noAnswer(String)
  /// An answer that does not belong to the request.
  case nonsense(String)
  /// It is not spoken to yet, since an answer of its may still be on its way.
  case notYet
  /// The device refused: its exception code.
  case exception(Int)

  /// For people, without a full stop.
  public var text: String {
    switch self {
    case .noConnection(let why), .noAnswer(let why): why
    case .nonsense(let why): "sent \(why)"
    case .notYet: "its last answer may still come"
    case .exception(10), .exception(11): "its gateway says that it does not answer"
    case .exception(let code): "exception \(code)"
    }
  }

  /// Whether the device says that it will never answer this request: illegal function, address or
  /// value. Anything else may pass.
  var isRefusal: Bool {
    if case .exception(let code) = self { (1...3).contains(code) } else { false }
  }
}

extension DeviceStatistics {
  /// Counts what went wrong, unless nothing was asked.
  mutating func failed(_ failure: ModbusFailure) {
    switch failure {
    case .noConnection, .noAnswer: failed(Failure.noAnswer)
    case .nonsense: failed(Failure.nonsense)
    case .notYet: break
    case .exception(let code): failed(Failure.exception(code))
    }
  }
}
