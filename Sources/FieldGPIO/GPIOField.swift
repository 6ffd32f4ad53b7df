public import Field
import Glibc
public import PlantModel
public import Quantities

/// The field on GPIO lines: one thread for each chip, samples in, commands out.
public final class GPIOField: Sendable {
  private let chips: [ChipThread]

  /// - Parameters:
  ///   - board: what it shares with the scan.
  ///   - clock: plant time.
  ///   - log: called from the chips' threads.
  public init(
    plant: Plant, board: SampleBoard, clock: @escaping @Sendable () -> Instant,
    log: @escaping @Sendable (FieldNotice) -> Void
  ) {
    chips = plant.buses.indices.filter { plant.buses[$0].isGPIO }.map {
      ChipThread(BusID($0), plant: plant, board: board, clock: clock, log: log)
    }
  }

  /// Something else may be wanted.
  ///
  /// - Parameter writes: false while nothing may be written yet: no output line is taken before.
  public func poke(writes: Bool) {
    for chip in chips { chip.poke(writes: writes) }
  }

  public var statistics: [DeviceStatistics] { chips.flatMap(\.figures) }

  /// Tells what was wanted last, and lets every line go.
  public func stop() {
    for chip in chips { chip.stop() }
  }
}
