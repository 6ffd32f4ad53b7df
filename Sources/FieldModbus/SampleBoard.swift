import PlantModel
import Quantities
import Synchronization

/// The latest sample of every point and the latest wish for every output, between the scan and the
/// buses. The only thing they share.
final class SampleBoard: Sendable {
  struct Content {
    var samples: [Sample]
    var wanted: [Double?]
    /// Counts up whenever something else is wanted.
    var wishes: UInt64 = 0
    /// Devices that have been read, or given up, since the start.
    var judged: [Bool]
    /// Devices that answer, and refuse everything.
    var refusing: [Bool]
  }

  private let content: Mutex<Content>

  init(plant: Plant) {
    content = Mutex(
      Content(
        samples: Array(repeating: .neverRead, count: plant.points.count),
        wanted: Array(repeating: nil, count: plant.points.count),
        judged: Array(repeating: false, count: plant.devices.count),
        refusing: Array(repeating: false, count: plant.devices.count)))
  }

  var wishes: UInt64 { content.withLock { $0.wishes } }

  func with<Result>(_ body: (inout sending Content) -> sending Result) -> sending Result {
    content.withLock(body)
  }
}
