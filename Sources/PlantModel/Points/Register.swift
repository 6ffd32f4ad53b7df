/// Where a point lives in a Modbus device or on a GPIO chip, and how its bits become a number.
///
/// Addresses are those on the wire, from 0; on a chip they are the lines' offsets. `value = (raw × scale) + offset`.
public struct Register: Hashable, Sendable {
  /// The four tables of a Modbus device, and what a line of a GPIO chip is used for.
  public enum Table: String, CaseIterable, Sendable {
    case coil, discrete, input, holding
    /// The level of a line.
    case line
    /// The pulses that came on a line since the daemon started.
    case pulses
    public var isBit: Bool { self == .coil || self == .discrete || self == .line }
    public var isWritable: Bool { self == .coil || self == .holding || self == .line }
    /// Whether it stands on a GPIO chip.
    public var isLine: Bool { self == .line || self == .pulses }
    /// How its values look where nothing else is said.
    public var commonFormat: Format { self == .pulses ? .u32 : isBit ? .bit : .u16 }
  }

  /// How the bits are to be read.
  public enum Format: String, CaseIterable, Sendable {
    case bit, u16, i16, u32, i32, f32, u64, i64, f64, bcd16, bcd32
    /// How many addresses it takes.
    public var width: Int {
      switch self {
      case .bit, .u16, .i16, .bcd16: 1
      case .u32, .i32, .f32, .bcd32: 2
      case .u64, .i64, .f64: 4
      }
    }

    public var isFloat: Bool { self == .f32 || self == .f64 }

    /// The largest raw figure, as an unsigned number.
    public var largestRaw: UInt64 {
      self == .bit ? 1 : UInt64.max >> UInt64(64 - 16 * width)
    }
  }

  /// The order of a wider value's words and of the bytes in each: `ABCD` is the high word first, `CDAB` the low
  /// one; `BADC` and `DCBA` are the same with the bytes of each word exchanged. Four words follow in the same
  /// sense.
  public enum WordOrder: String, CaseIterable, Sendable {
    case abcd = "ABCD"
    case cdab = "CDAB"
    case badc = "BADC"
    case dcba = "DCBA"

    var isLowFirst: Bool { self == .cdab || self == .dcba }
    var swapsBytes: Bool { self == .badc || self == .dcba }
  }

  /// Which part of a register's bits is the value.
  public enum Part: Hashable, Sendable {
    /// All of them.
    case whole
    /// One bit of a 16-bit register, a two-state signal.
    case bit(Int)
    /// The bits of a mask, moved down to the lowest.
    case field(mask: UInt16)
  }

  public var table: Table
  public var address: Int
  public var format: Format
  public var wordOrder: WordOrder
  public var scale: Double
  public var offset: Double
  public var part: Part
  /// Raw figures that mean 1, all others 0: a state out of an enumeration; empty for a number.
  public var oneOf: [UInt64]
  /// Raw figures that mean 0, all others 1; empty for a number.
  public var noneOf: [UInt64]
  /// What a two-state output writes for 0 and for 1; empty for a number.
  public var words: [UInt16]
  /// Raw figures by which the device says "no value".
  public var sentinels: [UInt64]
  /// How a GPIO line is wired; means nothing in a Modbus device.
  public var wiring = LineWiring()

  public init(
    table: Table, address: Int, format: Format, wordOrder: WordOrder = .abcd, scale: Double = 1,
    offset: Double = 0, part: Part = .whole, oneOf: [UInt64] = [], noneOf: [UInt64] = [],
    words: [UInt16] = [], sentinels: [UInt64] = []
  ) {
    self.table = table
    self.address = address
    self.format = format
    self.wordOrder = wordOrder
    self.scale = scale
    self.offset = offset
    self.part = part
    self.oneOf = oneOf
    self.noneOf = noneOf
    self.words = words
    self.sentinels = sentinels
  }

  public var addresses: Range<Int> { address..<(address + width) }

  /// How many addresses it takes.
  public var width: Int { table.isLine ? 1 : format.width }
}
