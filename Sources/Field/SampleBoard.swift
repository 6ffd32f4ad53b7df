public import PlantModel
import Quantities
import Synchronization

/// The latest sample of every point and the latest wish for every output, between the scan and the
/// buses. The only thing they share.
public final class SampleBoard: Sendable {
  /// What is on it.
  public struct Content {
    public var samples: [Sample]
    public var wanted: [Double?]
    /// Counts up whenever something else is wanted.
    public var wishes: UInt64 = 0
    /// Devices that have been read, or given up, since the start.
    public var judged: [Bool]
    /// Devices that answer, and refuse everything.
    public var refusing: [Bool]
    /// What the plant asks of its measured values.
    var judge: SampleJudge
    /// States that no scan has seen yet.
    private var isNews: [Bool]
    /// States that came behind one that no scan has seen yet.
    private var next: [Sample?]

    init(plant: Plant) {
      samples = Array(repeating: .neverRead, count: plant.points.count)
      wanted = Array(repeating: nil, count: plant.points.count)
      judged = Array(repeating: false, count: plant.devices.count)
      refusing = Array(repeating: false, count: plant.devices.count)
      judge = SampleJudge(plant.valueChecks)
      isNews = Array(repeating: false, count: plant.points.count)
      next = Array(repeating: nil, count: plant.points.count)
    }

    /// Publishes the state of a two-state point. One that is undone before the next scan is seen by that
    /// scan all the same, and what it became by the one after it.
    public mutating func publish(state: Sample, _ point: PointID) {
      let index = point.index
      let old = samples[index]
      let isChange = !old.isUsable || !state.isUsable || old.value != state.value
      if isChange, isNews[index] {
        next[index] = state
      } else {
        samples[index] = state
        next[index] = nil
        if isChange { isNews[index] = true }
      }
    }

    /// A scan has seen every sample: what waited behind one comes next.
    mutating func seen() {
      for index in samples.indices where isNews[index] {
        isNews[index] = next[index] != nil
        if let state = next[index] { samples[index] = state }
        next[index] = nil
      }
    }
  }

  private let plant: Plant
  /// Points that count only while another shows 1.
  private let conditional: [(point: Int, witness: Int)]
  private let content: Mutex<Content>

  public init(plant: Plant) {
    self.plant = plant
    conditional = plant.points.indices.compactMap { index in
      plant.points[index].validWhen.map { (index, $0.index) }
    }
    content = Mutex(Content(plant: plant))
  }

  public var wishes: UInt64 { content.withLock { $0.wishes } }

  /// Reads or changes what is on it, alone.
  public func with<Result>(_ body: (inout sending Content) -> sending Result) -> sending Result {
    content.withLock(body)
  }

  /// Freezes what is known now into the image: every sample aged, and whether all was seen.
  public func freeze(into image: inout InputImage) {
    let now = image.now
    image = with { [plant, conditional, image] content in
      var filled = image
      for index in content.samples.indices {
        filled.samples[index] = content.samples[index].aged(
          at: now, maximumAge: plant.points[index].maximumAge)
        if !filled.samples[index].isUsable, content.refusing[plant.points[index].device.index] {
          filled.samples[index].doubt = .refused
        }
      }
      for (index, witness) in conditional {
        let seen = filled.samples[witness]
        if !seen.isUsable || seen.value < 0.5, filled.samples[index].isUsable {
          filled.samples[index].quality = .bad
          filled.samples[index].doubt = .notValid
        }
      }
      content.judge.judge(&filled.samples, at: now)
      filled.settled = !content.judged.contains(false)
      content.seen()
      return filled
    }
  }

  /// Takes over what is wanted of every output.
  public func take(_ outputs: OutputImage) {
    with { [plant] content in
      for index in plant.points.indices where plant.points[index].direction == .output {
        let wish = outputs[PointID(index)].value
        if content.wanted[index] != wish { content.wishes += 1 }
        content.wanted[index] = wish
      }
    }
  }
}
