public import PlantModel
import Quantities

/// The examination of one device against its profile: asks, compares and judges.
///
/// Pure but for what the bedside does. It reads alone; with `writes` it also repeats what it read back.
public struct Examination<Line: Bedside> {
  let plant: Plant
  let id: DeviceID
  let device: Device
  let bus: Bus
  let writes: Bool
  /// The signals' points, in their order.
  let points: [PointID]
  var line: Line
  var checks: [Check] = []
  var signals: [Signal] = []
  var unit: Int
  var pause: Double
  var patience: Double
  /// Whether the addresses were found elsewhere than the profile says: what follows is said of them there.
  var shift = 0
  /// Planned reads that brought nothing as a whole.
  var failed: [ReadRequest] = []
  /// Whether tables or addresses differ, so that the planned reads say nothing of the device's limits.
  var isElsewhere = false

  /// - Parameters:
  ///   - plant: holds the device, its bus and its points.
  ///   - writes: whether outputs may be written with what is read back from them.
  public init(of id: DeviceID, in plant: Plant, at line: Line, writes: Bool = false) {
    self.plant = plant
    self.id = id
    self.line = line
    self.writes = writes
    device = plant[id]
    bus = plant[device.bus]
    unit = device.unit
    pause = max(bus.guardTime, device.pause).seconds
    patience = bus.responseTimeout.seconds
    points = plant.points.indices.filter { plant.points[$0].device == id }.map { PointID($0) }
    signals = points.map { Signal(plant[$0]) }
  }

  /// All checks, in the order of `Check.Subject`.
  public mutating func diagnose() -> Diagnosis {
    guard meet() else { return diagnosis(isReachable: false) }
    time()
    observe()
    findPlaces()
    judgeReads()
    judgeIdentity()
    judgeValues()
    if writes { repeatOutputs() }
    return diagnosis(isReachable: true)
  }

  private func diagnosis(isReachable: Bool) -> Diagnosis {
    let ordered = Check.Subject.allCases.flatMap { subject in
      checks.filter { $0.subject == subject }
    }
    let readings = signals.filter { $0.words != nil }.map {
      Reading(signal: $0.name, value: $0.value)
    }
    return Diagnosis(
      device: device.name, checks: ordered, isReachable: isReachable, readings: readings)
  }

  mutating func sound(_ subject: Check.Subject, _ text: String) {
    checks.append(Check(subject, .sound, text))
  }

  mutating func unclear(_ subject: Check.Subject, _ text: String) {
    checks.append(Check(subject, .notJudged, text))
  }

  mutating func found(
    _ subject: Check.Subject, _ certainty: Check.Certainty, _ text: String,
    _ changes: [Change] = []
  ) {
    checks.append(Check(subject, .finding(certainty), text, changes))
  }

  /// One read, once more after a while when nothing came.
  mutating func ask(_ table: Register.Table, _ addresses: Range<Int>) -> Response {
    guard addresses.lowerBound >= 0, addresses.upperBound <= 65_536 else { return .refused(2) }
    let first = once(table, addresses, pause: pause)
    return first.isSilence ? once(table, addresses, pause: max(pause, 0.2)) : first
  }

  mutating func once(_ table: Register.Table, _ addresses: Range<Int>, pause: Double) -> Response {
    line.read(table, addresses, unit: unit, pause: pause, patience: patience).reply
  }

  /// One signal alone, at its register moved by `shift` addresses.
  mutating func fetch(_ signal: Signal, by shift: Int = 0) -> Signal.State {
    let own = signal.register.addresses
    switch ask(signal.register.table, own.lowerBound + shift..<own.upperBound + shift) {
    case .words(let words): return .words(words)
    case .refused(let code): return .refused(code)
    case .silent, .nonsense, .unreachable: return .silent
    }
  }

  /// The signals that the device lets be read.
  var readable: [Int] {
    signals.indices.filter { signals[$0].point.writing.isReadBack }
  }
}
