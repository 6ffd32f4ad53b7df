import Field
import Glibc
import PlantModel
import Quantities
import Synchronization
import Testing

@testable import FieldGPIO

/// Chips that do what the test says, and the turns of one bus on them.
final class FakeChips: GPIOChips {
  var failure: GPIOFailure?
  var lines: [Int: FakeLine] = [:]
  /// What requesting a line fails with.
  var refusals: [Int: Int32] = [:]
  private(set) var opened = 0

  func open(_ name: String) throws(GPIOFailure) -> any GPIOChip {
    if let failure { throw failure }
    opened += 1
    return FakeChip(self)
  }

  /// A line, whether somebody holds it or not.
  func line(_ offset: Int) -> FakeLine {
    if let line = lines[offset] { return line }
    let line = FakeLine()
    lines[offset] = line
    return line
  }
}

final class FakeChip: GPIOChip {
  private let chips: FakeChips
  init(_ chips: FakeChips) { self.chips = chips }

  func input(_ offset: Int, _ wiring: LineWiring, risingOnly: Bool) throws(GPIOFailure)
    -> any GPIOLine
  {
    try take(offset)
  }

  func output(_ offset: Int, _ wiring: LineWiring, state: Bool) throws(GPIOFailure) -> any GPIOLine
  {
    let held = try take(offset)
    held.line.history.append(state)
    held.line.state = state
    return held
  }

  private func take(_ offset: Int) throws(GPIOFailure) -> HeldFake {
    if let code = chips.refusals[offset] { throw GPIOFailure(code: code) }
    return HeldFake(chips.line(offset))
  }
}

/// A line as the world sees it.
final class FakeLine {
  var state = false
  var waiting = EdgeBatch()
  var failure: GPIOFailure?
  var holders = 0
  /// What an output was at, from its first request on.
  var history: [Bool] = []

  /// The world moves it, and the kernel stamps the edge.
  func drive(_ level: Bool, at time: UInt64) {
    state = level
    waiting.edges.append(GPIOEdge(time: time, isActive: level))
  }
}

private final class HeldFake: GPIOLine {
  let line: FakeLine
  init(_ line: FakeLine) {
    self.line = line
    line.holders += 1
  }
  deinit { line.holders -= 1 }

  var descriptor: Int32 { -1 }
  func read() throws(GPIOFailure) -> Bool {
    if let failure = line.failure { throw failure }
    return line.state
  }
  func write(_ state: Bool) throws(GPIOFailure) {
    if let failure = line.failure { throw failure }
    line.history.append(state)
    line.state = state
  }
  func edges() throws(GPIOFailure) -> EdgeBatch {
    defer { line.waiting = EdgeBatch() }
    if let failure = line.failure { throw failure }
    return line.waiting
  }
}

/// A chip with inputs 0 and 1, a counter at 2 and outputs 3 and 4 in device `a`; input 5 in device `b`.
final class GPIORig {
  let chips = FakeChips()
  let plant: Plant
  let board: SampleBoard
  let bus: GPIOBus
  private let milliseconds = SharedTime()
  private let notices = SharedNotices()
  var mayWrite = false

  init(debounce: TimeSpan = .zero) {
    plant = GPIORig.plant(debounce)
    board = SampleBoard(plant: plant)
    bus = GPIOBus(
      BusID(0), plant: plant, board: board, chips: chips,
      monotonic: { [milliseconds] in UInt64(milliseconds.value) * 1_000_000 },
      clock: { [milliseconds] in Instant(milliseconds: milliseconds.value) },
      log: { [notices] in notices.add($0) })
  }

  var log: [String] { notices.all }
  /// The kernel's clock, nanoseconds.
  var stamp: UInt64 { UInt64(milliseconds.value) * 1_000_000 }

  /// Lets time pass, and then the bus have a turn; when its next is due, milliseconds from now.
  @discardableResult
  func turn(after span: Int = 1000, readable: [Int] = []) -> Int {
    milliseconds.add(span)
    return (Int(bus.turn(readable: readable, writes: mayWrite)) - Int(stamp)) / 1_000_000
  }

  /// What the next scan sees.
  func freeze() -> InputImage {
    var image = InputImage(plant: plant, now: Instant(milliseconds: milliseconds.value))
    board.freeze(into: &image)
    return image
  }

  func sample(_ name: String) -> Sample {
    freeze().samples[plant.points.firstIndex { $0.name == name }!]
  }

  func want(_ values: [String: Double]) {
    mayWrite = true
    board.with { [plant] content in
      for index in plant.points.indices where plant.points[index].direction == .output {
        content.wanted[index] = values[plant.points[index].name] ?? 0
      }
      content.wishes += 1
    }
  }

  private static func plant(_ debounce: TimeSpan) -> Plant {
    let point = { (name: String, device: Int, table: Register.Table, offset: Int, isOutput: Bool) in
      var register = Register(table: table, address: offset, format: table.commonFormat)
      register.wiring.debounce = table == .line ? debounce : .zero
      return Point(
        name: name, device: DeviceID(device), direction: isOutput ? .output : .input,
        unit: table == .line ? .digital : .count, register: register,
        range: table == .line ? 0...1 : 0...1e9, maximumAge: .seconds(10))
    }
    let nowhere = PointID(0)
    return Plant(
      name: "lines",
      site: Site(
        utcOffset: .zero, outdoorTemperature: Sensor(nowhere), frostTemperature: Sensor(nowhere),
        emergencyStop: Sensor(nowhere), stopState: .stop, seasonChange: .propose),
      scanPeriod: .seconds(1), parameters: Parameters(),
      buses: [
        Bus(
          name: "bus", link: .gpio(chip: "contacts"), responseTimeout: .seconds(1),
          guardTime: .zero)
      ],
      devices: ["a", "b"].map {
        Device(name: $0, bus: BusID(0), unit: 1, type: "x", maximumRead: 1)
      },
      points: [
        point("a.0", 0, .line, 0, false), point("a.1", 0, .line, 1, false),
        point("a.2", 0, .pulses, 2, false), point("a.3", 0, .line, 3, true),
        point("a.4", 0, .line, 4, true), point("b.5", 1, .line, 5, false),
      ], circuits: [], valves: [], pumps: [], pumpGroups: [], units: [], blocks: [], tanks: [],
      makeUps: [], meters: [])
  }
}

private final class SharedTime: Sendable {
  private let milliseconds = Atomic<Int64>(1_700_000_000_000)
  var value: Int64 { milliseconds.load(ordering: .acquiring) }
  func add(_ span: Int) { milliseconds.add(Int64(span), ordering: .acquiringAndReleasing) }
}

private final class SharedNotices: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }
  func add(_ notice: FieldNotice) {
    lines.withLock { $0.append("\(notice.kind.rawValue) \(notice.device): \(notice.text)") }
  }
}
