import PlantModel
import Quantities

/// GPIO chips as buses, and their lines as signals.
extension Builder {
  /// The chip that a bus is.
  func chip(of section: Section) -> Bus.Link {
    let others = [
      "host", "port", "serial", "baud", "parity", "stop_bits", "rs485_direction",
      "response_timeout_seconds", "guard_seconds", "requests_in_flight",
    ]
    if let stray = others.first(where: { section.has($0) }) {
      diagnostics.error(
        section.mark(of: stray), "the bus '\(section.name)' has '\(stray)' and 'gpio'",
        "a GPIO chip has nothing but its label or path: leave one out")
    }
    let name = section.text("gpio") ?? ""
    if name.contains("/"), !name.hasPrefix("/dev/") {
      diagnostics.error(
        section.mark(of: "gpio"), "'\(name)' is no GPIO chip",
        "write its label, which gpiodetect prints in brackets, or its path, as /dev/gpiochip0")
    }
    return .gpio(chip: name)
  }

  /// A Modbus device has a unit identifier; lines need none.
  func checkUnit(_ section: Section, _ bus: BusID?) {
    guard let bus, !buses[bus.index].isGPIO, !section.has("unit") else { return }
    lacks(section, "unit")
  }

  private func lacks(_ section: Section, _ name: String) {
    guard let key = section.kind.keys.first(where: { $0.name == name }) else { return }
    diagnostics.error(
      section.mark, "'\(section.name)' lacks '\(name)'", "state it: \(key.summary)")
  }

  /// Lines stand on a GPIO chip, registers do not.
  func checkPlace(_ points: [Point], _ section: Section, _ type: Section, _ bus: Bus) {
    if let stray = points.first(where: { $0.register.table.isLine != bus.isGPIO }) {
      let table = stray.register.table.rawValue
      diagnostics.error(
        section.mark(of: "bus"),
        bus.isGPIO
          ? "'\(bus.name)' is a GPIO chip, and '\(stray.name)' stands in the table \(table)"
          : "'\(bus.name)' speaks Modbus, and '\(stray.name)' stands in the table \(table)",
        bus.isGPIO
          ? "signals on a chip have the table line or pulses; Modbus devices need a bus of their own"
          : "lines and pulses need a bus that has 'gpio'")
    } else if !bus.isGPIO, !type.has("maximum_read_registers") {
      lacks(type, "maximum_read_registers")
    }
  }

  /// A line of a chip belongs to one point.
  func checkLines(_ found: [(point: Point, signal: Section)]) {
    var taken: [String: String] = [:]
    for (point, signal) in found where point.register.table.isLine {
      let bus = buses[devices[point.device.index].bus.index]
      let place = "\(bus.name)/\(point.register.address)"
      if let other = taken[place] {
        diagnostics.error(
          signal.mark,
          "line \(point.register.address) of '\(bus.name)' is '\(other)' already, and '\(point.name)' too",
          "each line belongs to one point: mend an address, or make a type for each device")
      }
      taken[place] = point.name
    }
  }

  /// How a line is wired; the safe position of an output is that of a line without power.
  func wiring(_ signal: Section, _ direction: Point.Direction, _ table: Register.Table)
    -> LineWiring
  {
    let isLine = table.isLine
    for key in ["active_low", "bias", "debounce_seconds"] where signal.has(key) {
      guard !isLine || direction == .output && key != "active_low" else { continue }
      diagnostics.error(
        signal.mark(of: key),
        isLine ? "'\(key)' of an output" : "'\(key)' in the table \(table.rawValue)",
        isLine ? "it belongs to an input: leave it out" : "it belongs to a GPIO line: leave it out")
    }
    let isActiveLow = signal.flag("active_low") ?? false
    if isLine, direction == .output, (signal.number("safe") ?? 0) >= 0.5, !isActiveLow {
      diagnostics.error(
        signal.mark(of: "safe"), "the line '\(signal.name)' is energised in its safe position",
        "a line that loses its power falls to 0: wire it so that 0 is safe, or say active_low: true where 1 is the line without voltage"
      )
    }
    let common = table == .line ? LineWiring.commonDebounce : .zero
    return LineWiring(
      isActiveLow: isActiveLow, bias: signal.choice("bias", LineWiring.Bias.self),
      debounce: isLine && direction == .input
        ? signal.number("debounce_seconds").map { .seconds($0) } ?? common : .zero)
  }

  /// The output that every scan toggles, and what its fall means. (`SAFE-06`)
  func failSafeRelay(_ section: Section) -> FailSafeRelay? {
    let fall = section.text("fail_safe_relay_fall")
    guard section.has("fail_safe_relay") else {
      if section.has("fail_safe_relay_fall") {
        diagnostics.error(
          section.mark(of: "fail_safe_relay_fall"), "'fail_safe_relay_fall' without a relay",
          "name its output, as fail_safe_relay: relays.alive")
      }
      return nil
    }
    guard let output: Actuator<Bool> = actuator(section, "fail_safe_relay", .digital) else {
      return nil
    }
    if !section.has("fail_safe_relay_fall") {
      diagnostics.error(
        section.mark(of: "fail_safe_relay"),
        "a fail-safe relay, and nobody knows what its fall does",
        "state fail_safe_relay_fall: what stops at the plant when it falls, in winter above all")
    }
    return FailSafeRelay(output: output, fall: fall ?? "")
  }
}
