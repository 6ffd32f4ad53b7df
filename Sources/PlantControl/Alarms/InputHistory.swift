import PlantModel
import Quantities

/// Since when each input shows what it shows, for people who ask; no rule does.
struct InputHistory: Sendable {
  private struct Input {
    let index: Int
    /// Whether it has only two states, so that a change of its value counts.
    let isDigital: Bool
    var quality = Quality.bad
    var value = 0.0
  }

  private var inputs: [Input]
  private var since: [Instant]

  init(plant: Plant, now: Instant) {
    inputs = plant.points.enumerated().filter { $0.element.direction == .input }
      .map { Input(index: $0.offset, isDigital: $0.element.unit == .digital) }
    since = Array(repeating: now, count: plant.points.count)
  }

  mutating func step(image: InputImage) {
    for place in inputs.indices {
      let old = inputs[place]
      let new = image.samples[old.index]
      guard old.quality != new.quality || old.isDigital && old.value != new.value else { continue }
      inputs[place].quality = new.quality
      inputs[place].value = new.value
      since[old.index] = image.now
    }
  }

  /// Since when it has had its quality and, where it has only two states, its value.
  subscript(input: PointID) -> Instant { since[input.index] }
}
