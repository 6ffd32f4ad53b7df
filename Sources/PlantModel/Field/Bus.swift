public import Quantities

/// One Modbus line or gateway, or one GPIO chip, served by one queue.
public struct Bus: Sendable, Equatable {
  /// The way to its devices.
  public enum Link: Sendable, Equatable {
    /// Modbus TCP, to a device or to a gateway with many units behind it.
    case tcp(host: String, port: Int)
    /// Modbus RTU over a serial line.
    case serial(SerialLine)
    /// The lines of a GPIO chip of this machine, by its label or the path of its device file.
    case gpio(chip: String)
  }

  public var name: String
  public var link: Link
  /// How long a device may take to answer.
  public var responseTimeout: TimeSpan
  /// The pause between two requests that the slowest device needs; a serial line keeps its own silence too.
  public var guardTime: TimeSpan
  /// How many reads may be on their way at once over Modbus TCP. (Messaging on TCP/IP 1.0b, NumberMaxOfServerTransaction)
  public var requestsInFlight: Int

  public init(
    name: String, link: Link, responseTimeout: TimeSpan, guardTime: TimeSpan,
    requestsInFlight: Int = 1
  ) {
    self.name = name
    self.link = link
    self.responseTimeout = responseTimeout
    self.guardTime = guardTime
    self.requestsInFlight = requestsInFlight
  }

  /// Where it is, as people read it.
  public var place: String {
    switch link {
    case .tcp(let host, let port): "\(host):\(port)"
    case .serial(let line): "\(line.path), \(line.format)"
    case .gpio(let chip): "GPIO chip \(chip)"
    }
  }

  /// Whether it is a GPIO chip.
  public var isGPIO: Bool {
    if case .gpio = link { true } else { false }
  }

  /// Whether both go to one gateway, one line or one chip.
  public func isSamePlace(as other: Bus) -> Bool {
    switch (link, other.link) {
    case (.serial(let own), .serial(let line)): own.path == line.path
    default: link == other.link
    }
  }

  /// The bus's pause between two requests: its own, and on a serial line at least the silence that parts two
  /// frames.
  public var pause: TimeSpan {
    switch link {
    case .tcp: guardTime
    case .gpio: .zero
    case .serial(let line): max(guardTime, .seconds(line.silenceSeconds))
    }
  }
}

/// A serial line and how its characters look. (Modbus over Serial Line 1.02)
public struct SerialLine: Sendable, Equatable {
  /// The parity bit of each character.
  public enum Parity: String, CaseIterable, Sendable {
    case none, even, odd

    /// As in "8E1".
    public var letter: Character {
      switch self {
      case .none: "N"
      case .even: "E"
      case .odd: "O"
      }
    }
  }

  /// The device file, as /dev/serial/by-id/….
  public var path: String
  public var baud: Int
  public var parity: Parity
  /// 1 or 2.
  public var stopBits: Int
  /// Whether the kernel switches the direction of an RS-485 line by RTS; an adapter that does it by itself needs
  /// none.
  public var switchesDirection: Bool

  public init(
    path: String, baud: Int, parity: Parity, stopBits: Int, switchesDirection: Bool = false
  ) {
    self.path = path
    self.baud = baud
    self.parity = parity
    self.stopBits = stopBits
    self.switchesDirection = switchesDirection
  }

  /// The speeds that a configuration may name.
  public static let bauds = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200]

  /// As "9600 8E1".
  public var format: String { "\(baud) 8\(parity.letter)\(stopBits)" }

  /// Start bit, eight data bits, parity and stop bits.
  public var bitsPerCharacter: Int { 9 + (parity == .none ? 0 : 1) + stopBits }
  public var characterSeconds: Double { Double(bitsPerCharacter) / Double(baud) }

  /// The silence that parts two frames: 3.5 characters, above 19,200 baud fixed 1.75 ms. (2.5.1.1)
  public var silenceSeconds: Double { baud > 19_200 ? 0.00175 : 3.5 * characterSeconds }
}
