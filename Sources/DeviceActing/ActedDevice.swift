public import PlantModel
import Quantities

/// One device as its profile describes it, for masters to speak to: it refuses what the device would refuse, and
/// starts and stops by the words that are written to it.
///
/// Pure: time comes as seconds since its beginning.
public struct ActedDevice: Sendable {
  let device: Device
  let points: [Point]
  let names: [String]
  let mistakes: [Mistake]
  var space = RegisterSpace()
  var values: ActedValues
  var machine: ActedMachine
  /// When it last answered, in seconds.
  var lastAnswer = -1e9

  /// - Parameters:
  ///   - plant: holds the device and its points.
  ///   - isRunning: whether a machine runs at first; else it stands.
  public init(
    _ id: DeviceID, in plant: Plant, mistakes: [Mistake] = [], isRunning: Bool = false
  ) {
    device = plant[id]
    self.mistakes = mistakes
    points = plant.points.filter { $0.device == id }
    names = points.map { ActedDevice.signal($0.name) }
    values = ActedValues(names: names, isRunning: isRunning, hertz: ActedValues.runningHertz)
    machine = ActedMachine(points, names, plant, isRunning: isRunning)
    define()
    show(at: 0)
    if machine.hasCommand { store(machine.command, at: machine.commandPlace) }
    for (point, name) in zip(points, names) where point.direction == .output {
      guard name != "run-command" || !machine.hasCommand else { continue }
      let value = isRunning && name == "speed-command" ? values.hertz : point.safeValue
      if let words = point.register.encode(value) { put(words, point.register) }
    }
  }

  /// Whether a mistake is about anything that the profile has.
  public static func concerns(_ mistake: Mistake, _ plant: Plant) -> Bool {
    guard let pattern = mistake.pattern else { return true }
    return plant.points.contains { Mistake.fits(pattern, signal($0.name)) }
  }

  /// A point's own name, without the device's.
  static func signal(_ name: String) -> String {
    name.split(separator: ".", maxSplits: 1).last.map(String.init) ?? name
  }

  /// What the profile knows of, and what it reads along.
  private mutating func define() {
    for point in points where point.direction == .input || point.writing.isReadBack {
      space.define(point.register.table, point.register.addresses)
    }
    for table in RegisterSpace.tables {
      space.fillHoles(table, upTo: device.mergeGap * (table.isBit ? 16 : 1))
    }
    if let identity = device.profile?.identity {
      space.define(identity.table, identity.address..<(identity.address + 1))
      let isWrong = mistakes.contains(.wrongIdentity)
      space[identity.table, identity.address] = (identity.oneOf.first ?? 0) ^ (isWrong ? 0x5A : 0)
    }
    for case .undefined(let address) in mistakes { space.remove(address) }
  }

  /// Puts what its instruments show into its registers.
  mutating func show(at seconds: Double) {
    values.isRunning = machine.isRunning
    for (place, point) in points.enumerated() where point.direction == .input {
      guard !machine.isShared(point.register) else { continue }
      let value = values.value(names[place], point, at: seconds)
      if let words = words(value, point, names[place]) { put(words, point.register) }
    }
    for shared in machine.shown { space[shared.table, shared.address] = shared.word }
  }

  /// The words of a value with the mistakes that change them.
  private func words(_ value: Double, _ point: Point, _ name: String) -> [UInt16]? {
    let register = point.register
    for mistake in mistakes {
      switch mistake {
      case .noValue(let raw, let signal) where Mistake.fits(signal, name):
        let raw = raw ?? register.sentinels.first ?? register.format.largestRaw
        return ActedDevice.split(raw, register)
      case .signedAsUnsigned(let signal) where Mistake.fits(signal, name):
        let raw = register.format.largestRaw &- 499
        return ActedDevice.split(raw, register)
      case .factor(let factor, let signal) where Mistake.fits(signal, name):
        let wrong = (value - register.offset) * factor + register.offset
        if let words = register.encode(wrong) { return words }
      default: continue
      }
    }
    return register.encode(value)
  }

  /// A raw figure as words, in the register's order.
  private static func split(_ raw: UInt64, _ register: Register) -> [UInt16] {
    var plain = register
    plain.format = register.format.width == 1 ? .u16 : register.format.width == 2 ? .u32 : .u64
    (plain.scale, plain.offset, plain.part) = (1, 0, .whole)
    (plain.oneOf, plain.noneOf, plain.words) = ([], [], [])
    return plain.encode(Double(raw)) ?? Array(repeating: 0xFFFF, count: register.format.width)
  }

  mutating func put(_ words: [UInt16], _ register: Register) {
    for (offset, word) in words.enumerated() {
      space[register.table, register.address + offset] = word
    }
  }

  private mutating func store(_ word: UInt16, at place: (table: Register.Table, address: Int)) {
    space[place.table, place.address] = word
  }
}
