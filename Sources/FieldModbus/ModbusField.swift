public import PlantModel
public import Quantities

/// Something about a device that an operator should know.
public struct FieldNotice: Sendable, Hashable {
  /// What the log is told of.
  public enum Kind: String, Sendable {
    case deviceAway, deviceBack, registerRefused, registerBack, writeRefused, writeNotKept
    case changedByOthers, writeBudgetSpent

    /// Something that was lost is there again.
    public var isGood: Bool { self == .deviceBack || self == .registerBack }
  }
  public let kind: Kind
  public let device: String
  public let text: String

  init(_ kind: Kind, device: String, text: String) {
    self.kind = kind
    self.device = device
    self.text = text
  }
}

/// The field over Modbus TCP: one queue for each bus, samples in, commands out.
public final class ModbusField: Sendable {
  private let plant: Plant
  private let board: SampleBoard
  private let lines: [BusLine]

  /// - Parameters:
  ///   - timeScale: how much faster than the clock on the wall the plant lives; 1 but for a twin.
  ///   - clock: plant time.
  ///   - log: called from the buses' queues.
  public init(
    plant: Plant, timeScale: Double = 1, clock: @escaping @Sendable () -> Instant,
    log: @escaping @Sendable (FieldNotice) -> Void
  ) {
    self.plant = plant
    let board = SampleBoard(plant: plant)
    self.board = board
    lines = plant.buses.indices.map {
      BusLine(
        BusID($0), plant: plant, board: board, timeScale: timeScale, clock: clock, log: log)
    }
  }

  /// Freezes what is known now into the image: every sample aged, and whether all was seen.
  public func freeze(into image: inout InputImage) {
    let now = image.now
    image = board.with { [plant, image] content in
      var filled = image
      for index in content.samples.indices {
        filled.samples[index] = content.samples[index].aged(
          at: now, maximumAge: plant.points[index].maximumAge)
        if !filled.samples[index].isUsable, content.refusing[plant.points[index].device.index] {
          filled.samples[index].doubt = .refused
        }
      }
      for index in content.samples.indices {
        guard let witness = plant.points[index].validWhen else { continue }
        let seen = filled.samples[witness.index]
        if !seen.isUsable || seen.value < 0.5, filled.samples[index].isUsable {
          filled.samples[index].quality = .bad
          filled.samples[index].doubt = .notValid
        }
      }
      filled.settled = !content.judged.contains(false)
      return filled
    }
  }

  /// Takes over what is wanted, and starts a round on every bus that is free.
  ///
  /// - Parameter outputs: nil while nothing may be written yet: buses only read.
  /// - Returns: how many buses were still busy with the round before.
  @discardableResult
  public func apply(_ outputs: OutputImage?) -> Int {
    if let outputs {
      board.with { [plant] content in
        for index in plant.points.indices where plant.points[index].direction == .output {
          let wish = outputs[PointID(index)].value
          if content.wanted[index] != wish { content.wishes += 1 }
          content.wanted[index] = wish
        }
      }
    }
    return lines.count { !$0.poke(writes: outputs != nil) }
  }

  public var statistics: [DeviceStatistics] { lines.flatMap(\.figures) }

  /// Ends the rounds that go on and closes every line.
  public func stop() {
    for line in lines { line.stop() }
    drain()
  }

  /// Waits for the rounds that go on.
  public func drain() {
    for line in lines { line.drain() }
  }
}
