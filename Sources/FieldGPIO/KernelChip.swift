import CGpiod
import PlantModel

/// The chips of this machine, by libgpiod.
struct KernelChips: GPIOChips {
  func open(_ name: String) throws(GPIOFailure) -> any GPIOChip {
    var chip: OpaquePointer?
    try check(wellspring_gpio_open(name, &chip))
    return KernelChip(chip!)
  }
}

/// The name under which `gpioinfo` shows our lines.
private let consumer = "wellspringd"

private func check(_ code: Int32) throws(GPIOFailure) {
  if code != 0 { throw GPIOFailure(code: code) }
}

private final class KernelChip: GPIOChip {
  let chip: OpaquePointer

  init(_ chip: OpaquePointer) { self.chip = chip }
  deinit { wellspring_gpio_close(chip) }

  func input(_ offset: Int, _ wiring: LineWiring, risingOnly: Bool) throws(GPIOFailure)
    -> any GPIOLine
  {
    let bias =
      switch wiring.bias {
      case nil: WELLSPRING_GPIO_AS_IS
      case .some(.none): WELLSPRING_GPIO_NO_PULL
      case .pullUp: WELLSPRING_GPIO_PULL_UP
      case .pullDown: WELLSPRING_GPIO_PULL_DOWN
      }
    var line: OpaquePointer?
    try check(
      wellspring_gpio_input(
        chip, UInt32(offset), consumer, wiring.isActiveLow, bias, risingOnly, &line))
    return KernelLine(line!, self)
  }

  func output(_ offset: Int, _ wiring: LineWiring, state: Bool) throws(GPIOFailure) -> any GPIOLine
  {
    var line: OpaquePointer?
    try check(
      wellspring_gpio_output(chip, UInt32(offset), consumer, wiring.isActiveLow, state, &line))
    return KernelLine(line!, self)
  }
}

private final class KernelLine: GPIOLine {
  private let line: OpaquePointer
  /// Kept open as long as its line is held.
  private let chip: KernelChip

  /// No drain reads more: a line that never rests must not keep its thread.
  private static let mostBatches = 64

  init(_ line: OpaquePointer, _ chip: KernelChip) {
    self.line = line
    self.chip = chip
  }

  deinit { wellspring_gpio_release(line) }

  var descriptor: Int32 { wellspring_gpio_descriptor(line) }

  func read() throws(GPIOFailure) -> Bool {
    var state = false
    try check(wellspring_gpio_read(line, &state))
    return state
  }

  func write(_ state: Bool) throws(GPIOFailure) { try check(wellspring_gpio_write(line, state)) }

  func edges() throws(GPIOFailure) -> EdgeBatch {
    var batch = EdgeBatch()
    var buffer = [wellspring_gpio_edge](repeating: wellspring_gpio_edge(), count: 64)
    for _ in 0..<KernelLine.mostBatches {
      var count = 0
      try check(wellspring_gpio_edges(line, &buffer, buffer.count, &count))
      if count == 0 { break }
      batch.edges += buffer[..<count].map {
        GPIOEdge(
          time: $0.nanoseconds, number: $0.number == 0 ? nil : $0.number, isActive: $0.is_rising)
      }
    }
    batch.isFull = batch.edges.count >= wellspring_gpio_kept_edges()
    return batch
  }
}
