public import PlantModel

/// Something in which an acted device differs from what its profile says, to see that it is found.
public enum Mistake: Sendable, Equatable {
  /// Everything stands so many addresses higher; negative for lower.
  case offByOne(Int)
  /// The words of wider values in the other order.
  case swappedWords
  /// The bytes of each word of wider values in the other order.
  case swappedBytes
  /// Raw figures of the signals that fit the pattern, so many times as large.
  case factor(Double, signal: String)
  /// It answers under this unit alone.
  case wrongUnit(Int)
  /// Reads of more registers or bits are refused.
  case readLimit(Int)
  /// Requests sooner than so many seconds after its last answer are not heard.
  case tooFast(Double)
  /// It answers after so many seconds.
  case slow(Double)
  /// Writes are refused.
  case readOnlyCommand
  /// Holding registers stand among the input registers and the other way round; coils and discrete inputs too.
  case wrongTable
  /// The signal is below zero and sent in two's complement.
  case signedAsUnsigned(signal: String)
  /// The signal shows "no value": this raw figure, or the one of the profile.
  case noValue(UInt64?, signal: String)
  /// The identity register holds something else.
  case wrongIdentity
  /// Blocks with this address are refused.
  case undefined(Int)
  /// A block of its begins here: reads across are refused.
  case blockStart(Int)
  /// Every register and bit is 0.
  case zeros
  /// It takes these functions alone for writing.
  case writeFunction(Device.WriteFunction)
  /// What comes back is no frame, as at another speed or parity.
  case wrongBaud

  /// The words by which each is asked for, with what it takes.
  public static let catalogue = [
    "off-by-one=N", "swapped-words", "swapped-bytes", "factor=X[:SIGNAL]", "wrong-unit=N",
    "read-limit=N", "too-fast=MS", "slow=MS", "read-only-command", "wrong-table",
    "signed-as-unsigned:SIGNAL", "no-value[=RAW]:SIGNAL", "wrong-identity", "undefined=ADDRESS",
    "block-start=ADDRESS", "zeros", "write-function=F", "wrong-baud",
  ]

  /// The pattern of the signals that it is about; nil for those of the whole device.
  public var pattern: String? {
    switch self {
    case .factor(_, let signal), .signedAsUnsigned(let signal), .noValue(_, let signal): signal
    default: nil
    }
  }

  /// A mistake as it is written on a command line, as `factor=10:power`; nil when it is none.
  public init?(_ text: String) {
    let ends = text.split(separator: ":", maxSplits: 1).map(String.init)
    let parts = (ends.first ?? "").split(separator: "=", maxSplits: 1).map(String.init)
    let signal = ends.count == 2 ? ends[1] : nil
    let figure = parts.count == 2 ? parts[1] : nil
    guard let kind = parts.first,
      let made = Mistake.numbered(kind, figure, signal) ?? Mistake.plain(kind, figure, signal)
    else { return nil }
    self = made
  }

  private static func numbered(_ kind: String, _ figure: String?, _ signal: String?) -> Mistake? {
    guard let figure else { return nil }
    let whole = Int(figure)
    let seconds = whole.flatMap { (1...10_000).contains($0) ? Double($0) / 1000 : nil }
    switch (kind, signal) {
    case ("off-by-one", nil): return whole.flatMap { abs($0) == 1 ? .offByOne($0) : nil }
    case ("factor", _):
      guard let factor = Double(figure), factor.isFinite, factor > 0 else { return nil }
      return .factor(factor, signal: signal ?? "*")
    case ("wrong-unit", nil): return whole.flatMap { (0...255).contains($0) ? .wrongUnit($0) : nil }
    case ("read-limit", nil): return whole.flatMap { (1...125).contains($0) ? .readLimit($0) : nil }
    case ("too-fast", nil): return seconds.map { .tooFast($0) }
    case ("slow", nil): return seconds.map { .slow($0) }
    case ("no-value", let signal?): return UInt64(figure).map { .noValue($0, signal: signal) }
    case ("undefined", nil):
      return whole.flatMap { (0...65_535).contains($0) ? .undefined($0) : nil }
    case ("block-start", nil):
      return whole.flatMap { (0...65_535).contains($0) ? .blockStart($0) : nil }
    case ("write-function", nil):
      return Device.WriteFunction(rawValue: figure).map { .writeFunction($0) }
    default: return nil
    }
  }

  private static func plain(_ kind: String, _ figure: String?, _ signal: String?) -> Mistake? {
    guard figure == nil else { return nil }
    switch (kind, signal) {
    case ("swapped-words", nil): return .swappedWords
    case ("swapped-bytes", nil): return .swappedBytes
    case ("read-only-command", nil): return .readOnlyCommand
    case ("wrong-table", nil): return .wrongTable
    case ("signed-as-unsigned", let signal?): return .signedAsUnsigned(signal: signal)
    case ("no-value", let signal?): return .noValue(nil, signal: signal)
    case ("wrong-identity", nil): return .wrongIdentity
    case ("zeros", nil): return .zeros
    case ("wrong-baud", nil): return .wrongBaud
    default: return nil
    }
  }

  /// Whether a signal's name fits: exactly, or by its beginning before a `*`.
  static func fits(_ pattern: String, _ name: String) -> Bool {
    pattern.last == "*" ? name.hasPrefix(pattern.dropLast()) : name == pattern
  }
}
