import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// A plant on the bench: what its instruments show, scan by scan, and what was decided.
struct Bench {
  /// Monday, 5 January 2026, 00:00 UTC.
  static let start = Instant(milliseconds: 1_767_571_200_000)

  var plant: Plant
  var image: InputImage
  var board: Board
  /// All events since the start.
  var events: [Event] = []

  init(_ plant: Plant) {
    self.plant = plant
    image = InputImage(plant: plant, now: Bench.start)
    image.settled = true
    board = Board(plant: plant, now: Bench.start)
  }

  var now: Instant { image.now }

  mutating func show<Value: Quantity>(_ sensor: Sensor<Value>, _ value: Value) {
    image.samples[sensor.point.index] = good(value.value)
  }

  mutating func show(_ sensor: Sensor<Bool>, _ state: Bool) {
    image.samples[sensor.point.index] = good(state ? 1 : 0)
  }

  /// What the register behind an output says when it is read back.
  mutating func showRegister<Value>(of output: Actuator<Value>, _ value: Double) {
    image.samples[output.point.index] = good(value)
  }

  mutating func lose(_ point: PointID) {
    image.samples[point.index] = Sample(
      value: 0, quality: .bad, doubt: .noReply, taken: image.now)
  }

  private func good(_ value: Double) -> Sample {
    Sample(value: value, quality: .good, doubt: .none, taken: image.now)
  }

  /// One scan, `period` after the last one; every good sample is fresh.
  mutating func scan(
    after period: TimeSpan = .seconds(1), _ body: (Plant, InputImage, inout Board) -> Void
  ) {
    image.now = image.now + period
    for index in image.samples.indices where image.samples[index].quality == .good {
      image.samples[index].taken = image.now
    }
    board.begin()
    body(plant, image, &board)
    board.finish(at: image.now)
    events += board.events
  }

  func isOn(_ output: Actuator<Bool>) -> Bool { board.outputs.isOn(output) }

  func hasAlarm(_ kind: AlarmKind, _ subject: Subject) -> Bool {
    board.alarms[AlarmKey(kind, subject)]?.isActive ?? false
  }
}

extension Bench: CustomTestStringConvertible {
  /// A failed expectation shows the time, not every point of the plant.
  var testDescription: String { "bench after \((now - Bench.start).seconds) s" }
}
