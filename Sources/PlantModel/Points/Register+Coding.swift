/// Bits to numbers and back.
extension Register {
  /// The engineering value of `words` as they came off the wire, or nil for "no value".
  ///
  /// `words` holds `format.width` entries; a coil or discrete input is 0 or 1.
  public func decode(_ words: ArraySlice<UInt16>) -> Double? {
    let raw = raw(words)
    return raw.flatMap { number(of: $0) }
  }

  /// The bits that the value is made of, as an unsigned number; nil for "no value".
  public func raw(_ words: ArraySlice<UInt16>) -> UInt64? {
    precondition(words.count == format.width, "a register is decoded from its own words")
    let raw = join(words)
    if !sentinels.isEmpty, sentinels.contains(raw) { return nil }
    switch part {
    case .whole: return raw
    case .bit(let bit): return raw >> UInt64(bit) & 1
    case .field(let mask):
      return (raw & UInt64(mask)) >> UInt64(mask == 0 ? 0 : mask.trailingZeroBitCount)
    }
  }

  /// The same of words that are a register's own.
  public func decode(_ words: [UInt16]) -> Double? { decode(words[...]) }

  private func number(of raw: UInt64) -> Double? {
    if !oneOf.isEmpty { return oneOf.contains(raw) ? 1 : 0 }
    if !noneOf.isEmpty { return noneOf.contains(raw) ? 0 : 1 }
    if let first = words.first, let last = words.last {
      return raw == UInt64(last) ? 1 : raw == UInt64(first) ? 0 : nil
    }
    guard case .whole = part else {
      if case .bit = part { return Double(raw) }
      return finite(Double(raw))
    }
    switch format {
    case .bit: return finite(raw == 0 ? 0 : 1)
    case .u16, .u32, .u64: return finite(Double(raw))
    case .i16: return finite(Double(Int16(truncatingIfNeeded: raw)))
    case .i32: return finite(Double(Int32(truncatingIfNeeded: raw)))
    case .i64: return finite(Double(Int64(bitPattern: raw)))
    case .f32: return finite(Double(Float(bitPattern: UInt32(truncatingIfNeeded: raw))))
    case .f64: return finite(Double(bitPattern: raw))
    case .bcd16, .bcd32: return Register.decimal(raw).flatMap { finite($0) }
    }
  }

  private func finite(_ number: Double) -> Double? {
    let value = number * scale + offset
    return value.isFinite ? value : nil
  }

  /// The words that say `value`, rounded to the register's resolution; nil when they cannot.
  public func encode(_ value: Double) -> [UInt16]? {
    guard value.isFinite, scale != 0 else { return nil }
    if let first = words.first, let last = words.last { return [value >= 0.5 ? last : first] }
    let number = (value - offset) / scale
    switch format {
    case .bit: return [number >= 0.5 ? 1 : 0]
    case .u16: return whole(number, 0...65_535)
    case .i16: return whole(number, -32_768...32_767)
    case .u32: return whole(number, 0...4_294_967_295)
    case .i32: return whole(number, -2_147_483_648...2_147_483_647)
    case .u64: return whole(number, 0...Register.exact)
    case .i64: return whole(number, -Register.exact...Register.exact)
    case .bcd16: return digits(number, 9999)
    case .bcd32: return digits(number, 99_999_999)
    case .f32:
      let float = Float(number)
      return float.isFinite ? split(UInt64(float.bitPattern)) : nil
    case .f64: return split(number.bitPattern)
    }
  }

  /// Beyond this a number is no longer exact to the unit.
  private static let exact = 9_007_199_254_740_992.0

  private func whole(_ number: Double, _ limits: ClosedRange<Double>) -> [UInt16]? {
    let whole = number.rounded()
    guard limits.contains(whole) else { return nil }
    return split(UInt64(bitPattern: Int64(whole)))
  }

  /// Four bits a digit; nil when one is none.
  private static func decimal(_ raw: UInt64) -> Double? {
    var value = 0.0
    for place in (0..<16).reversed() {
      let digit = raw >> UInt64(4 * place) & 0xF
      guard digit <= 9 else { return nil }
      value = value * 10 + Double(digit)
    }
    return value
  }

  private func digits(_ number: Double, _ largest: Double) -> [UInt16]? {
    let whole = number.rounded()
    guard (0...largest).contains(whole) else { return nil }
    var left = UInt64(whole)
    var raw: UInt64 = 0
    for place in 0..<8 {
      raw |= (left % 10) << UInt64(4 * place)
      left /= 10
    }
    return split(raw)
  }

  private func join(_ words: ArraySlice<UInt16>) -> UInt64 {
    if words.count == 1 { return UInt64(words[words.startIndex]) }
    let bytes = wordOrder.swapsBytes
    func add(_ word: UInt16, to raw: UInt64) -> UInt64 {
      raw << 16 | UInt64(bytes ? word.byteSwapped : word)
    }
    return wordOrder.isLowFirst
      ? words.reversed().reduce(0) { add($1, to: $0) } : words.reduce(0) { add($1, to: $0) }
  }

  private func split(_ raw: UInt64) -> [UInt16] {
    let width = format.width
    if width == 1 { return [UInt16(truncatingIfNeeded: raw)] }
    let words = (0..<width).map { place in
      let word = UInt16(truncatingIfNeeded: raw >> UInt64(16 * (width - 1 - place)))
      return wordOrder.swapsBytes ? word.byteSwapped : word
    }
    return wordOrder.isLowFirst ? words.reversed() : words
  }
}
