public import Field
public import PlantModel
public import Quantities

/// The field over Modbus: one queue for each bus, samples in, commands out.
public final class ModbusField: Sendable {
  private let board: SampleBoard
  private let lines: [BusLine]

  /// - Parameters:
  ///   - board: what it shares with the scan and with other adapters; one of its own when left out.
  ///   - timeScale: how much faster than the clock on the wall the plant lives; 1 but for a twin.
  ///   - clock: plant time.
  ///   - log: called from the buses' queues.
  public init(
    plant: Plant, board: SampleBoard? = nil, timeScale: Double = 1,
    clock: @escaping @Sendable () -> Instant, log: @escaping @Sendable (FieldNotice) -> Void
  ) {
    let board = board ?? SampleBoard(plant: plant)
    self.board = board
    let plainWords = plant.points.map { PlainWord($0) }
    lines = plant.buses.indices.filter { !plant.buses[$0].isGPIO }.map {
      BusLine(
        BusID($0), plant: plant, plainWords: plainWords, board: board, timeScale: timeScale,
        clock: clock, log: log)
    }
  }

  /// Freezes what is known now into the image.
  public func freeze(into image: inout InputImage) { board.freeze(into: &image) }

  /// Takes over what is wanted, and starts a round on every bus that is free.
  ///
  /// - Parameter outputs: nil while nothing may be written yet: buses only read.
  /// - Returns: how many buses were still busy with the round before.
  @discardableResult
  public func apply(_ outputs: OutputImage?) -> Int {
    if let outputs { board.take(outputs) }
    return poke(writes: outputs != nil)
  }

  /// Starts a round on every bus that is free; what is wanted stands on the board.
  ///
  /// - Parameter writes: false while nothing may be written yet: buses only read.
  /// - Returns: how many buses were still busy with the round before.
  @discardableResult
  public func poke(writes: Bool) -> Int { lines.count { !$0.poke(writes: writes) } }

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
