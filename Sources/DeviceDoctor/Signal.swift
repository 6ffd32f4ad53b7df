import PlantModel

/// One signal of the device with what its registers brought.
struct Signal {
  /// What was got of its registers.
  enum State: Equatable {
    case words([UInt16])
    case refused(Int)
    case silent
  }

  let name: String
  let point: Point
  /// Where and how it is read: the profile's, until something else was found.
  var register: Register
  var state: State

  init(_ point: Point, _ state: State = .silent) {
    name = point.name.split(separator: ".", maxSplits: 1).last.map(String.init) ?? point.name
    self.point = point
    register = point.register
    self.state = state
  }

  var words: [UInt16]? { if case .words(let words) = state { words } else { nil } }
  /// The bits as they stand, whatever they mean.
  var raw: UInt64? {
    guard let words else { return nil }
    var plain = register
    plain.sentinels = []
    plain.part = .whole
    return plain.raw(words[...])
  }
  /// The number that the profile makes of it, in range or not; nil for none.
  var value: Double? { words.flatMap { register.decode($0) } }
  var isNumber: Bool {
    point.unit != .digital && register.part == .whole && register.oneOf.isEmpty
      && register.noneOf.isEmpty && register.words.isEmpty
  }
  /// Whether it says "no value" by a figure of the profile.
  var saysNoValue: Bool {
    guard let words, let raw else { return false }
    return register.sentinels.contains(raw) && register.raw(words[...]) == nil
  }
  var verdict: Plausibility { Plausibility.of(self) }
}

/// How well a value fits its signal.
enum Plausibility: Int, Comparable {
  /// Out of the signal's range, or no number that anything measures.
  case impossible
  /// In range, and hardly ever so.
  case odd
  /// It tells nothing: 0, "no value", or a state.
  case open
  case possible
  /// A number with the sense that a wrong order of words would destroy.
  case sane
  /// What such a signal shows everywhere, as 50 Hz of mains.
  case typical

  static func < (left: Plausibility, right: Plausibility) -> Bool {
    left.rawValue < right.rawValue
  }

  /// What it counts when explanations are compared.
  var weight: Double {
    switch self {
    case .impossible: -3
    case .odd: -1
    case .open: 0
    case .possible: 0.5
    case .sane: 1
    case .typical: 2
    }
  }

  static func of(_ signal: Signal) -> Plausibility {
    guard let words = signal.words else { return .impossible }
    guard signal.isNumber, let raw = signal.raw, raw != 0 else { return .open }
    if signal.saysNoValue { return .open }
    guard let value = signal.register.decode(words) else { return .impossible }
    let number = (value - signal.register.offset) / signal.register.scale
    let isFloat = signal.register.format.isFloat
    if isFloat, number != 0, !(1e-9...1e12).contains(abs(number)) { return .impossible }
    guard signal.point.range.contains(value) else { return .impossible }
    if let most = most(signal.point), abs(value) > most { return .odd }
    if let band = Band.of(signal) { return band.range.contains(value) ? .typical : .odd }
    return isFloat || signal.register.format.width > 1 ? .sane : .possible
  }

  /// More than this no such signal shows in a plant of this kind.
  private static func most(_ point: Point) -> Double? {
    switch point.unit {
    case .kilowattHours, .cubicMeters: 1e8
    case .kilowatts: 1e5
    case .hours: 1e6
    default: nil
    }
  }
}

/// Signals that show nearly the same in every plant.
struct Band: Equatable {
  var name: String
  var range: ClosedRange<Double>
  /// Whether nature leaves no other figure.
  var isConstant: Bool
  /// Whether a sound device shows less at times, as a DC link without mains.
  var mayBeLess = false

  /// The band of a signal, told by its name, as the profiles name them; nil for one without.
  static func of(_ signal: Signal) -> Band? {
    guard signal.isNumber, signal.point.direction == .input else { return nil }
    if signal.point.unit == .hertz {
      guard signal.name.hasPrefix("mains") else { return nil }
      return Band(name: "the mains' frequency", range: 45...66, isConstant: true)
    }
    guard signal.point.unit == .count else { return nil }
    switch signal.name {
    case "bus-voltage":
      return Band(
        name: "a DC link's voltage", range: 220...1000, isConstant: false, mayBeLess: true)
    case "sound-speed":
      return Band(name: "the speed of sound in water", range: 1000...2000, isConstant: true)
    case "transit-ratio":
      return Band(name: "a transit ratio", range: 80...125, isConstant: false, mayBeLess: true)
    case _ where signal.name.hasPrefix("voltage") || signal.name == "mains-voltage":
      return Band(name: "a mains voltage", range: 50...760, isConstant: false)
    default: return nil
    }
  }
}
