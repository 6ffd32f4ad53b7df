import PlantModel

/// A point that is one whole register and a number: most are, and this is all it takes to know their value. A third of
/// what a request costs is saved by not going through `Register.decode` for them.
struct PlainWord {
  let address: Int
  let isSigned: Bool
  let scale: Double
  let offset: Double
  let range: ClosedRange<Double>

  /// Nil for a point that is anything else.
  init?(_ point: Point) {
    let register = point.register
    guard register.format == .u16 || register.format == .i16, register.part == .whole,
      register.oneOf.isEmpty, register.noneOf.isEmpty, register.words.isEmpty,
      register.sentinels.isEmpty
    else { return nil }
    address = register.address
    isSigned = register.format == .i16
    scale = register.scale
    offset = register.offset
    range = point.range
  }

  func value(of word: UInt16) -> Double {
    (isSigned ? Double(Int16(bitPattern: word)) : Double(word)) * scale + offset
  }
}
