import PlantModel

/// A register that shows several signals of its device at once: bits, masks and states, and the status word of a drive.
///
/// The twin knows its signals and not the word; the smallest word that shows all of them is shown.
struct SharedRegister {
  let device: DeviceID
  let table: Register.Table
  let address: Int
  /// What is a part or a state of it. A whole number beside them follows from them.
  private let parts: [PointID]
  /// Commands that are led by it: it is to ask for none of their steps, if it can.
  private let commands: [Writing]
  private var known: [[Double]: UInt16?] = [:]

  /// Those of a plant; registers of nothing but bits are written bit by bit.
  static func all(in plant: Plant) -> [SharedRegister] {
    var found: [SharedRegister] = []
    for point in plant.points where isPart(point) {
      let isKnown = found.contains { $0.isPlace(of: point) }
      if !isKnown { found.append(SharedRegister(point, plant)) }
    }
    return found.filter { $0.isMore(in: plant) }
  }

  private init(_ first: Point, _ plant: Plant) {
    device = first.device
    table = first.register.table
    address = first.register.address
    let own = plant.points.indices.filter {
      let point = plant.points[$0]
      return point.direction == .input && point.device == first.device
        && point.register.table == first.register.table
        && point.register.address == first.register.address
    }
    parts = own.filter { SharedRegister.isPart(plant.points[$0]) }.map { PointID($0) }
    commands = plant.points.map(\.writing).filter { writing in
      writing.status.map { own.contains($0.index) } ?? false
    }
  }

  /// Whether a point is shown by it.
  func isPlace(of point: Point) -> Bool {
    point.direction == .input && point.device == device && point.register.table == table
      && point.register.address == address && point.register.format.width == 1
  }

  /// The word that shows the values of its signals; nil when none does.
  mutating func word(_ values: [Double], _ plant: Plant) -> UInt16? {
    let own = parts.map { values[$0.index] }
    if let found = known[own] { return found }
    let shown = { [self] (word: UInt16) in
      zip(parts, own).allSatisfy { shows(word, plant[$0], $1) }
    }
    let ready = (0...UInt16.max).first { word in
      commands.allSatisfy { $0.word(at: word) == nil } && shown(word)
    }
    // A drive that has tripped asks for a step whatever else it shows.
    let word = ready ?? (0...UInt16.max).first(where: shown)
    known[own] = .some(word)
    return word
  }

  private func shows(_ word: UInt16, _ point: Point, _ value: Double) -> Bool {
    guard let shown = point.register.decode([word]) else { return false }
    return point.unit == .digital
      ? (shown >= 0.5) == (value >= 0.5) : abs(shown - value) <= abs(point.register.scale) / 2
  }

  private static func isPart(_ point: Point) -> Bool {
    let register = point.register
    return point.direction == .input && !register.table.isBit && !register.table.isLine
      && register.format.width == 1
      && (register.part != .whole || !register.oneOf.isEmpty || !register.noneOf.isEmpty)
  }

  private func isMore(in plant: Plant) -> Bool {
    let isBits = parts.allSatisfy {
      if case .bit = plant[$0].register.part { true } else { false }
    }
    return !isBits || plant.points.contains { isPlace(of: $0) && !SharedRegister.isPart($0) }
  }
}
