import Field
import PlantModel
import Quantities
import Synchronization
import Testing

@testable import FieldModbus

/// A field on a plant of points alone, with a clock that the test moves: one second a scan.
final class FieldRig {
  let plant: Plant
  let field: ModbusField
  private(set) var image: InputImage
  private var wishes: [(point: PointID, value: Double)]?
  private let time: SharedTime
  private let notices = SharedNotices()

  private let peer: Peer?

  /// - Parameter peer: what answers; it lives as long as the rig.
  init(_ plant: Plant, peer: Peer? = nil) {
    self.plant = plant
    self.peer = peer
    let time = SharedTime()
    self.time = time
    image = InputImage(plant: plant, now: time.now)
    field = ModbusField(
      plant: plant, clock: { time.now }, log: { [notices] in notices.add($0) })
  }

  deinit { field.stop() }

  var now: Instant { time.now }

  /// What was logged so far, as `kind device: text`.
  var log: [String] { notices.all }

  /// What is wanted from the next scan on, by name; outputs that are not named are at their safe
  /// value.
  func want(_ values: [String: Double]) {
    wishes = values.sorted { $0.key < $1.key }.map { (id($0.key), $0.value) }
  }

  /// One scan, and the round of every bus that it begins, to its end.
  func scan(by span: TimeSpan = .seconds(1)) {
    begin(by: span)
    field.drain()
  }

  /// One scan, and the end of the field at once after it.
  func scanAndStop() {
    begin()
    field.stop()
  }

  /// One scan, whose rounds go on.
  func begin(by span: TimeSpan = .seconds(1)) {
    time.advance(by: span)
    image.now = time.now
    field.freeze(into: &image)
    let outputs = wishes.map { wishes in
      var outputs = OutputImage(plant: plant, now: time.now)
      for wish in wishes {
        outputs.decide(wish.point, wish.value, Reason(.safeDefault, .point(wish.point), since: now))
      }
      return outputs
    }
    field.apply(outputs)
  }

  /// Scans until `condition` holds; records an issue when it does not within `scans`.
  func scan(
    until condition: () -> Bool, scans: Int = 60, _ comment: Comment,
    location: SourceLocation = #_sourceLocation
  ) {
    for _ in 0..<scans {
      scan()
      if condition() { return }
    }
    Issue.record(
      "after \(scans) scans still not: \(comment); log: \(log)", sourceLocation: location)
  }

  func sample(_ name: String) -> Sample { image.samples[id(name).index] }

  /// The value of a point, or nil when it is not to be trusted.
  func value(_ name: String) -> Double? {
    let sample = sample(name)
    return sample.isUsable ? sample.value : nil
  }

  private func id(_ name: String) -> PointID {
    guard let index = plant.points.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("no point '\(name)'")
    }
    return PointID(index)
  }
}

/// The rig's clock, read from the buses' queues.
private final class SharedTime: Sendable {
  private let milliseconds = Atomic<Int64>(1_700_000_000_000)
  var now: Instant { Instant(milliseconds: milliseconds.load(ordering: .acquiring)) }
  func advance(by span: TimeSpan) {
    milliseconds.add(span.milliseconds, ordering: .acquiringAndReleasing)
  }
}

private final class SharedNotices: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }
  func add(_ notice: FieldNotice) {
    lines.withLock { $0.append("\(notice.kind.rawValue) \(notice.device): \(notice.text)") }
  }
}
