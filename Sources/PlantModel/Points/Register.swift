/// Where a point lives in a Modbus device and how its bits become a number.
///
/// Addresses are those on the wire, from 0. `value = (raw × scale) + offset`.
public struct Register: Hashable, Sendable {
  /// The four tables of a Modbus device.
  public enum Table: String, CaseIterable, Sendable {
    case coil, discrete, input, holding
    public var isBit: Bool { self == .coil || self == .discrete }
    public var isWritable: Bool { self == .coil || self == .holding }
  }

  /// How the bits are to be read.
  public enum Format: String, CaseIterable, Sendable {
    case bit, u16, i16, u32, i32, f32
    /// How many addresses it takes.
    public var width: Int {
      switch self {
      case .bit, .u16, .i16: 1
      case .u32, .i32, .f32: 2
      }
    }
  }

  /// The order of the two words of a 32-bit value: `ABCD` is the high word first.
  public enum WordOrder: String, CaseIterable, Sendable {
    case abcd = "ABCD"
    case cdab = "CDAB"
  }

  public var table: Table
  public var address: Int
  public var format: Format
  public var wordOrder: WordOrder
  public var scale: Double
  public var offset: Double
  /// The bit of a 16-bit register that holds a two-state signal; nil for the whole register.
  public var bit: Int?
  /// Raw words by which the device says "no value".
  public var sentinels: [UInt32]

  public init(
    table: Table, address: Int, format: Format, wordOrder: WordOrder = .abcd, scale: Double = 1,
    offset: Double = 0, bit: Int? = nil, sentinels: [UInt32] = []
  ) {
    self.table = table
    self.address = address
    self.format = format
    self.wordOrder = wordOrder
    self.scale = scale
    self.offset = offset
    self.bit = bit
    self.sentinels = sentinels
  }

  public var addresses: Range<Int> { address..<(address + format.width) }

  /// The engineering value of `words` as they came off the wire, or nil for "no value".
  ///
  /// `words` holds `format.width` entries; a coil or discrete input is 0 or 1.
  public func decode(_ words: some RandomAccessCollection<UInt16>) -> Double? {
    precondition(words.count == format.width, "a register is decoded from its own words")
    let raw = join(words)
    if sentinels.contains(raw) { return nil }
    if let bit { return Double((raw >> UInt32(bit)) & 1) }
    let number: Double =
      switch format {
      case .bit: raw == 0 ? 0 : 1
      case .u16, .u32: Double(raw)
      case .i16: Double(Int16(truncatingIfNeeded: raw))
      case .i32: Double(Int32(bitPattern: raw))
      case .f32: Double(Float(bitPattern: raw))
      }
    let value = number * scale + offset
    return value.isFinite ? value : nil
  }

  /// The words that say `value`, rounded to the register's resolution; nil when they cannot.
  public func encode(_ value: Double) -> [UInt16]? {
    guard value.isFinite, scale != 0 else { return nil }
    let number = (value - offset) / scale
    switch format {
    case .bit: return [number >= 0.5 ? 1 : 0]
    case .u16: return integer(number, 0...65_535).map { [UInt16($0)] }
    case .i16:
      return integer(number, -32_768...32_767).map { [UInt16(bitPattern: Int16($0))] }
    case .u32: return integer(number, 0...4_294_967_295).map { split(UInt32($0)) }
    case .i32:
      return integer(number, -2_147_483_648...2_147_483_647).map {
        split(UInt32(bitPattern: Int32($0)))
      }
    case .f32:
      let float = Float(number)
      return float.isFinite ? split(float.bitPattern) : nil
    }
  }

  private func integer(_ number: Double, _ limits: ClosedRange<Double>) -> Int64? {
    let whole = number.rounded()
    return limits.contains(whole) ? Int64(whole) : nil
  }

  private func join(_ words: some RandomAccessCollection<UInt16>) -> UInt32 {
    guard format.width == 2, let first = words.first, let last = words.last else {
      return UInt32(words.first ?? 0)
    }
    return switch wordOrder {
    case .abcd: UInt32(first) << 16 | UInt32(last)
    case .cdab: UInt32(last) << 16 | UInt32(first)
    }
  }

  private func split(_ raw: UInt32) -> [UInt16] {
    let high = UInt16(truncatingIfNeeded: raw >> 16)
    let low = UInt16(truncatingIfNeeded: raw)
    return wordOrder == .abcd ? [high, low] : [low, high]
  }
}
