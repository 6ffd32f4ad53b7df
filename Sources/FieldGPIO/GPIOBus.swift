import Field
import PlantModel
import Quantities

/// The lines of one chip: taken, followed, told, and taken again when they were lost. All on one thread.
///
/// A turn does what is due and says when the next is: edges as they come, every line once a second, and what is
/// wanted as soon as it is. A line is taken by itself, so that what another process holds costs that line alone.
final class GPIOBus {
  let id: BusID
  let plant: Plant
  let board: SampleBoard
  let clock: @Sendable () -> Instant
  let log: @Sendable (FieldNotice) -> Void
  var inputs: [InputLine] = []
  var outputs: [OutputLine] = []
  private(set) var devices: [LineDevice]
  private let chips: any GPIOChips
  let monotonic: () -> UInt64
  private var chip: (any GPIOChip)?
  var hasChip: Bool { chip != nil }
  private var mayWrite = false
  private var wishes: UInt64 = 0
  private var nextLook: UInt64 = 0

  /// Every line is read so often, whether edges came or not.
  static let lookEvery: UInt64 = 1_000_000_000

  /// - Parameter monotonic: the clock of the kernel's stamps, in nanoseconds.
  init(
    _ id: BusID, plant: Plant, board: SampleBoard, chips: any GPIOChips,
    monotonic: @escaping () -> UInt64, clock: @escaping @Sendable () -> Instant,
    log: @escaping @Sendable (FieldNotice) -> Void
  ) {
    self.id = id
    self.plant = plant
    self.board = board
    self.chips = chips
    self.monotonic = monotonic
    self.clock = clock
    self.log = log
    devices = plant.devices.indices.map { DeviceID($0) }.filter { plant[$0].bus == id }
      .map { LineDevice($0, plant: plant) }
    for index in plant.points.indices {
      let place = devices.firstIndex { $0.id == plant.points[index].device }
      guard let place else { continue }
      switch plant.points[index].direction {
      case .input: inputs.append(InputLine(point: PointID(index), device: place))
      case .output: outputs.append(OutputLine(point: PointID(index), device: place))
      }
    }
    for place in devices.indices where !inputs.contains(where: { $0.device == place }) {
      judge(place)
    }
  }

  var statistics: [DeviceStatistics] { devices.map(\.statistics) }

  /// Does what is due.
  ///
  /// - Parameters:
  ///   - readable: the places of the inputs whose edges wait.
  ///   - writes: whether outputs may be told.
  /// - Returns: when the next turn is due, by the monotonic clock.
  func turn(readable: [Int], writes: Bool) -> UInt64 {
    let now = monotonic()
    if writes, !mayWrite { nextLook = now }
    mayWrite = writes
    do throws(GPIOFailure) {
      for place in readable { try followAlone(place) }
      settle(at: now)
      if now >= nextLook {
        nextLook = now + GPIOBus.lookEvery
        try look()
      } else if mayWrite, board.wishes != wishes {
        wishes = board.wishes
        try tellAll()
      }
    } catch {
      lose(error)
    }
    return inputs.compactMap(\.deadline).reduce(nextLook, min)
  }

  /// Takes the edges of an input; what fails costs that line alone.
  private func followAlone(_ place: Int) throws(GPIOFailure) {
    do throws(GPIOFailure) {
      try follow(place)
    } catch {
      missed(inputs[place].device, try letGo(input: place, error))
    }
  }

  /// Lets every line go, after a last telling of what is wanted.
  func end(writes: Bool) {
    if writes { try? tellAll() }
    release()
  }

  private func release() {
    for place in inputs.indices { inputs[place].line = nil }
    for place in outputs.indices { outputs[place].line = nil }
    chip = nil
  }

  /// The chip is gone, and so is every line of it.
  private func lose(_ failure: GPIOFailure) {
    release()
    for place in devices.indices { missed(place, failure.text(chip: name)) }
  }

  var name: String {
    if case .gpio(let chip) = plant[id].link { chip } else { "" }
  }

  /// Reads every line that is held, and takes those that are not where it is time.
  ///
  /// - Throws: only that the chip is gone.
  private func look() throws(GPIOFailure) {
    wishes = board.wishes
    for place in devices.indices {
      let mayTake = devices[place].recovery.mayAsk(at: clock())
      let begun = monotonic()
      var trouble: String?
      for input in inputs.indices where inputs[input].device == place {
        let problem = try look(atInput: input, mayTake: mayTake)
        trouble = trouble ?? problem
      }
      for output in outputs.indices where outputs[output].device == place {
        let problem = try look(atOutput: output, mayTake: mayTake)
        trouble = trouble ?? problem
      }
      if let trouble {
        missed(place, trouble)
      } else if isWhole(place) {
        back(place, micros: Double(monotonic() - begun) / 1000)
      }
    }
  }

  /// Whether every line of a device is held that should be.
  private func isWhole(_ device: Int) -> Bool {
    !inputs.contains { $0.device == device && $0.line == nil }
      && !outputs.contains { $0.device == device && $0.line == nil && wish($0) != nil }
  }

  func open() throws(GPIOFailure) -> any GPIOChip {
    if let chip { return chip }
    let opened = try chips.open(name)
    chip = opened
    return opened
  }

  /// What is wanted of an output; nil while nothing is.
  func wish(_ output: OutputLine) -> Bool? {
    guard mayWrite else { return nil }
    return board.with { [point = output.point] in $0.wanted[point.index] }.map { $0 >= 0.5 }
  }

  func missed(_ place: Int, _ text: String) {
    devices[place].statistics.failed(.noAnswer)
    guard devices[place].recovery.failed(at: clock()) else { return }
    judge(place)
    notice(.deviceAway, place, text)
  }

  private func back(_ place: Int, micros: Double) {
    devices[place].statistics.replied(micros, at: clock())
    judge(place)
    if devices[place].recovery.replied() {
      notice(.deviceBack, place, "its lines are held again")
    }
  }

  func wrote(_ place: Int) { devices[place].statistics.wrote() }

  /// The device was read, or given up.
  private func judge(_ place: Int) {
    board.with { [device = devices[place].id] in $0.judged[device.index] = true }
  }

  func notice(_ kind: FieldNotice.Kind, _ place: Int, _ text: String) {
    log(FieldNotice(kind, device: plant[devices[place].id].name, text: text))
  }
}
