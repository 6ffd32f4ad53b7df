import PlantModel

/// What a register can hold and what is asked of it.
extension Builder {
  /// How a signal's raw figures become a number.
  func register(
    _ signal: Section, _ table: Register.Table, _ address: Int, _ format: Register.Format
  ) -> Register {
    var scale = signal.number("scale") ?? 1
    if scale == 0 {
      diagnostics.error(signal.mark(of: "scale"), "a scale of 0", "value = raw × scale + offset")
      scale = 1
    } else if abs(scale) < Builder.smallestScale {
      diagnostics.error(
        signal.mark(of: "scale"), "a scale of \(scale)",
        "value = raw × scale + offset: it is 1e-9 or more, or -1e-9 or less")
      scale = 1
    }
    let sentinels = signal.integers("no_value")
    let most = format.largestRaw
    if let wide = sentinels.first(where: { $0 > most }) {
      diagnostics.error(
        signal.mark(of: "no_value"), "no_value \(wide) in the format \(format.rawValue)",
        "it never comes: raw figures are unsigned, from 0 to \(most); -1 is \(most)")
    }
    return Register(
      table: table, address: address, format: format,
      wordOrder: signal.choice("word_order", Register.WordOrder.self) ?? .abcd, scale: scale,
      offset: signal.number("offset") ?? 0, bit: signal.integer("bit"),
      sentinels: sentinels.map { UInt32($0) })
  }

  /// Smaller ones are no scale of a register, and lose the number.
  private static let smallestScale = 1e-9

  /// What an output may be told its register must be able to say; of an input's range, which may be
  /// wider than its register, some must be within it.
  func checkReach(
    _ signal: Section, _ register: Register, _ direction: Point.Direction,
    _ range: ClosedRange<Double>
  ) {
    guard register.table.isBit == (register.format == .bit), let reach = register.reach else {
      return
    }
    let safe = signal.number("safe") ?? 0
    let ends = [("min", range.lowerBound), ("max", range.upperBound), ("safe", safe)]
    let shown = [reach.lowerBound, reach.upperBound].map { plain(($0 * 1e6).rounded() / 1e6) }
    let held = "its register holds \(shown[0]) to \(shown[1])"
    for (key, end) in ends where signal.has(key) {
      let isHeld = register.encode(end) != nil
      if direction == .output, !isHeld {
        diagnostics.error(
          signal.mark(of: key), "\(key) \(plain(end)) cannot be written: \(held)",
          "mend the format, scale or offset by the maker's manual, or \(key)")
      }
    }
    if direction == .input, !range.overlaps(reach) {
      diagnostics.error(
        signal.mark(of: signal.has("min") ? "min" : "max"),
        "no value is from min to max: \(held)",
        "mend the format, scale or offset by the maker's manual, or min and max")
    }
  }
}

extension Register.Format {
  /// The largest raw figure, as an unsigned number.
  fileprivate var largestRaw: Int {
    switch self {
    case .bit: 1
    case .u16, .i16: 65_535
    case .u32, .i32, .f32: 4_294_967_295
    }
  }
}

extension Register {
  /// The values that it can hold, scaled; nil where that is no limit.
  var reach: ClosedRange<Double>? {
    let raw: ClosedRange<Double>? =
      switch format {
      case .bit: 0...1
      case .u16: bit == nil ? 0...65_535 : 0...1
      case .i16: bit == nil ? -32_768...32_767 : 0...1
      case .u32: bit == nil ? 0...4_294_967_295 : 0...1
      case .i32: bit == nil ? -2_147_483_648...2_147_483_647 : 0...1
      case .f32: nil
      }
    guard let raw else { return nil }
    let ends = [raw.lowerBound, raw.upperBound].map { bit == nil ? $0 * scale + offset : $0 }
    return min(ends[0], ends[1])...max(ends[0], ends[1])
  }
}
