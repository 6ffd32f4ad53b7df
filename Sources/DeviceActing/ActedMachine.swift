import PlantModel
import Quantities

/// The state machine of an acted device: registers that hold several signals, and what the command word makes of them.
///
/// A profile's steps say which word leads on from which status. Each status is the smallest word that shows the
/// signals of its state.
struct ActedMachine: Sendable {
  /// A register and the word that it shows now.
  struct Shown: Sendable {
    var table: Register.Table
    var address: Int
    var word: UInt16
  }

  private let points: [Point]
  private let names: [String]
  /// The command and its steps; nil for a device without.
  private let run: Point?
  private let status: Register?
  private(set) var isRunning: Bool
  private(set) var command: UInt16 = 0
  private(set) var shown: [Shown] = []
  /// The step that its status asks for; nil where the word for 1 starts it.
  private var step: Int?

  init(_ points: [Point], _ names: [String], _ plant: Plant, isRunning: Bool) {
    self.points = points
    self.names = names
    self.isRunning = isRunning
    let place = names.firstIndex { $0 == "run-command" || $0 == "enable-command" }
    run = place.map { points[$0] }
    status = run?.writing.status.map { plant[$0].register }
    if let run {
      command = run.register.encode(isRunning ? 1 : 0)?.first ?? 0
      step = isRunning ? nil : nextStep(after: -1)
    }
    show()
  }

  var hasCommand: Bool { run != nil }
  var commandPlace: (table: Register.Table, address: Int) {
    (run?.register.table ?? .holding, run?.register.address ?? 0)
  }

  /// Whether a register holds parts or states, so that it is shown from here.
  func isShared(_ register: Register) -> Bool {
    shown.contains { $0.table == register.table && $0.address == register.address }
  }

  /// A word was written to the command's register.
  mutating func told(_ word: UInt16) {
    guard let run else { return }
    command = word
    let isOn = word == run.register.encode(1)?.first
    if let step, run.writing.steps[step].word == word {
      self.step = nextStep(after: step)
    } else if isOn, step == nil {
      isRunning = true
    } else if !isOn, word == run.register.encode(0)?.first {
      isRunning = false
    }
    show()
  }

  /// The next step whose status is no trip.
  private func nextStep(after last: Int) -> Int? {
    guard let run, let status else { return nil }
    return run.writing.steps.indices.first { place in
      place > last && word(at: status, with: run.writing.steps[place]) != nil
    }
  }

  private mutating func show() {
    var registers: [Register] = []
    for point in points where point.direction == .input && point.register.format.width == 1 {
      let isPart =
        point.register.part != .whole || !point.register.oneOf.isEmpty
        || !point.register.noneOf.isEmpty
      guard isPart || point.unit == .digital || isStatus(point.register) else { continue }
      let isKnown = registers.contains {
        $0.table == point.register.table && $0.address == point.register.address
      }
      if !isKnown { registers.append(point.register) }
    }
    shown = registers.map { register in
      let isOnTheWay = isStatus(register) && !isRunning
      let wanted = isOnTheWay ? step.flatMap { run?.writing.steps[$0] } : nil
      return Shown(
        table: register.table, address: register.address,
        word: word(at: register, with: wanted) ?? 0)
    }
  }

  private func isStatus(_ register: Register) -> Bool {
    status.map { $0.table == register.table && $0.address == register.address } ?? false
  }

  /// The smallest word of a register that shows what its signals are to show; nil when there is none.
  private func word(at register: Register, with row: Writing.Step?) -> UInt16? {
    let own = points.indices.filter {
      points[$0].direction == .input && points[$0].register.table == register.table
        && points[$0].register.address == register.address
    }
    let all: ClosedRange<UInt16> = register.table.isBit ? 0...1 : 0...UInt16.max
    return all.first { word in
      if let row, !row.fits(word) { return false }
      if row == nil, isStatus(register), run?.writing.word(at: word) != nil { return false }
      return own.allSatisfy { shows(word, points[$0], names[$0]) }
    }
  }

  private func shows(_ word: UInt16, _ point: Point, _ name: String) -> Bool {
    guard let value = point.register.decode([word]) else { return false }
    guard point.unit == .digital else {
      return point.range.contains(value) && (point.register.part == .whole || value == 0)
    }
    return value == (isOn(name) ? 1 : 0)
  }

  /// What a sound device shows in a two-state signal.
  private func isOn(_ name: String) -> Bool {
    switch name {
    case "running", "enabled", "full-load": isRunning
    case "remote", "measuring", "cooling-possible", "heating-possible", "low-pressure-closed",
      "high-pressure-closed":
      true
    case _ where name.hasPrefix("opened"): true
    default: false
    }
  }
}
