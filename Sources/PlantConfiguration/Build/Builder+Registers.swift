import PlantModel

/// What a register can hold and what is asked of it.
extension Builder {
  /// How a signal's raw figures become a number.
  func register(
    _ signal: Section, _ table: Register.Table, _ address: Int, _ format: Register.Format
  ) -> Register {
    for (one, other) in [("bit", "mask"), ("one_of", "none_of")]
    where signal.has(one) && signal.has(other) {
      diagnostics.error(
        signal.mark(of: other), "'\(one)' and '\(other)' of '\(signal.name)'",
        "only one of them counts: leave one out")
    }
    var scale = fullScale(signal) ?? signal.number("scale") ?? 1
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
    if let wide = sentinels.first(where: { UInt64($0) > most }) {
      diagnostics.error(
        signal.mark(of: "no_value"), "no_value \(wide) in the format \(format.rawValue)",
        "it never comes: raw figures are unsigned, from 0 to \(most); -1 is \(most)")
    }
    return Register(
      table: table, address: address, format: format,
      wordOrder: signal.choice("word_order", Register.WordOrder.self) ?? .abcd, scale: scale,
      offset: signal.number("offset") ?? 0, part: part(of: signal, format),
      oneOf: signal.integers("one_of").map { UInt64($0) },
      noneOf: signal.integers("none_of").map { UInt64($0) }, words: words(of: signal),
      sentinels: sentinels.map { UInt64($0) })
  }

  /// The scale of a register of which the maker gives one raw figure and its value.
  private func fullScale(_ signal: Section) -> Double? {
    guard signal.has("full_scale") || signal.has("full_scale_raw") else { return nil }
    guard let value = signal.number("full_scale"), let raw = signal.number("full_scale_raw"),
      raw != 0, value != 0, !signal.has("scale")
    else {
      diagnostics.error(
        signal.mark(of: signal.has("full_scale") ? "full_scale" : "full_scale_raw"),
        "'\(signal.name)' has no clear scale",
        "write full_scale and full_scale_raw, neither of them 0, or scale")
      return nil
    }
    return value / raw
  }

  private func part(of signal: Section, _ format: Register.Format) -> Register.Part {
    if let bit = signal.integer("bit") { return .bit(bit) }
    guard let mask = signal.integer("mask") else { return .whole }
    if format != .u16 || signal.choice("direction", Point.Direction.self) == .output {
      diagnostics.error(
        signal.mark(of: "mask"), "a mask in '\(signal.name)'",
        "bits are picked out of an input of the format u16")
    }
    return .field(mask: UInt16(mask))
  }

  /// The two words of a two-state output.
  private func words(of signal: Section) -> [UInt16] {
    guard signal.has("words") else { return [] }
    let words = signal.integers("words").map { UInt16($0) }
    let isDigital = signal.choice("unit", MeasurementUnit.self) == .digital
    if words.count != 2 || words.first == words.last || !isDigital {
      diagnostics.error(
        signal.mark(of: "words"), "'words' of '\(signal.name)'",
        "a digital output writes two different words: the one for 0, the one for 1")
      return []
    }
    return words
  }

  /// A value that is read seldom must be allowed to get that old.
  func checkAge(_ signal: Section) {
    let age = signal.number("maximum_age_seconds") ?? 10
    guard let every = signal.number("every_seconds"), every >= age else { return }
    diagnostics.error(
      signal.mark(of: "every_seconds"),
      "'\(signal.name)' is read every \(plain(every)) s and stale after \(plain(age)) s",
      "let maximum_age_seconds be longer than every_seconds")
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

extension Register {
  /// The values that it can hold, scaled; nil where that is no limit.
  var reach: ClosedRange<Double>? {
    if case .bit = part { return 0...1 }
    if !oneOf.isEmpty || !noneOf.isEmpty || !words.isEmpty { return 0...1 }
    let raw: ClosedRange<Double>
    switch format {
    case .bit: raw = 0...1
    case .u16: raw = 0...65_535
    case .i16: raw = -32_768...32_767
    case .u32: raw = 0...4_294_967_295
    case .i32: raw = -2_147_483_648...2_147_483_647
    case .bcd16: raw = 0...9999
    case .bcd32: raw = 0...99_999_999
    case .u64, .i64, .f32, .f64: return nil
    }
    let ends = [raw.lowerBound, raw.upperBound].map { $0 * scale + offset }
    return min(ends[0], ends[1])...max(ends[0], ends[1])
  }
}
