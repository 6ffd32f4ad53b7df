import PlantModel
import Quantities

/// Since when each input shows what it shows, for people who ask; no rule does.
struct InputHistory: Sendable {
  private struct Input {
    let index: Int
    /// Whether it has only two states, so that a change of its value counts.
    let isDigital: Bool
  }

  private let inputs: [Input]
  private var samples: [Sample]
  private var since: [Instant]

  init(plant: Plant, now: Instant) {
    inputs = plant.points.enumerated().filter { $0.element.direction == .input }
      .map { Input(index: $0.offset, isDigital: $0.element.unit == .digital) }
    samples = Array(repeating: .neverRead, count: plant.points.count)
    since = Array(repeating: now, count: plant.points.count)
  }

  mutating func step(image: InputImage) {
    for input in inputs {
      let (old, new) = (samples[input.index], image.samples[input.index])
      let isTurned = input.isDigital && old.value != new.value
      if old.quality != new.quality || isTurned { since[input.index] = image.now }
      samples[input.index] = new
    }
  }

  /// Since when it has had its quality and, where it has only two states, its value.
  subscript(input: PointID) -> Instant { since[input.index] }
}
