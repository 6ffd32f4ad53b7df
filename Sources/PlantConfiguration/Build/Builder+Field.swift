import PlantModel
import Quantities

extension Builder {
  /// Buses, devices and their points.
  func readField() {
    if sections["buses"]!.count > 32 {
      diagnostics.error(
        root.mark(of: "buses"), "\(sections["buses"]!.count) buses", "at most 32: each has a thread"
      )
    }
    buses = sections["buses"]!.map { section in
      Bus(
        name: section.name, link: link(of: section),
        responseTimeout: .seconds(section.number("response_timeout_seconds") ?? 0.5),
        guardTime: .seconds(section.number("guard_seconds") ?? 0),
        requestsInFlight: section.integer("requests_in_flight") ?? 1)
    }
    for (index, bus) in buses.enumerated() {
      let twin = buses[..<index].first { $0.isSamePlace(as: bus) }
      if let twin {
        diagnostics.error(
          sections["buses"]![index].mark,
          "'\(bus.name)' goes to \(bus.place) as '\(twin.name)' does",
          "put its devices on '\(twin.name)': what answers there answers one request at a time")
      }
    }
    readDevices()
  }

  /// The way to a bus's devices: `host`, `gpio`, or `serial` with what belongs to a line.
  private func link(of section: Section) -> Bus.Link {
    if section.has("gpio") { return chip(of: section) }
    let own = ["baud", "parity", "stop_bits", "rs485_direction"]
    guard let path = section.text("serial") else {
      let stray = own.first { section.has($0) }
      if let stray {
        diagnostics.error(
          section.mark(of: stray), "'\(stray)' without 'serial'",
          "it belongs to a serial line: name its device file, as serial: /dev/ttyUSB0")
      }
      if !section.has("host"), !section.has("serial") {
        diagnostics.error(
          section.mark, "the bus '\(section.name)' goes nowhere",
          "state host for Modbus TCP, serial for Modbus RTU, or gpio for the lines of a GPIO chip")
      }
      if section.integer("requests_in_flight") ?? 1 > 1, section.number("guard_seconds") ?? 0 > 0 {
        diagnostics.error(
          section.mark(of: "requests_in_flight"),
          "the bus '\(section.name)' has 'requests_in_flight' and 'guard_seconds'",
          "who needs a pause between two requests does not take several at once: leave one out")
      }
      return .tcp(host: section.text("host") ?? "", port: section.integer("port") ?? 502)
    }
    if let stray = ["host", "port", "requests_in_flight"].first(where: { section.has($0) }) {
      diagnostics.error(
        section.mark(of: stray), "the bus '\(section.name)' has '\(stray)' and 'serial'",
        stray == "requests_in_flight"
          ? "an answer over a serial line does not say what it answers: leave it out"
          : "it is either a gateway or a serial line: leave one out")
    }
    if !path.hasPrefix("/") {
      diagnostics.error(
        section.mark(of: "serial"), "'\(path)' is no device file",
        "write its whole path, as /dev/serial/by-id/usb-…; ls /dev/serial/by-id shows what is there"
      )
    }
    let baud = section.integer("baud") ?? 9600
    if !SerialLine.bauds.contains(baud) {
      diagnostics.error(
        section.mark(of: "baud"), "no line runs at \(baud) baud",
        "it is one of " + SerialLine.bauds.map { "\($0)" }.joined(separator: ", "))
    }
    let parity = section.choice("parity", SerialLine.Parity.self) ?? .even
    return .serial(
      SerialLine(
        path: path, baud: baud, parity: parity,
        stopBits: section.integer("stop_bits") ?? (parity == .none ? 2 : 1),
        switchesDirection: section.flag("rs485_direction") ?? false))
  }

  private func readDevices() {
    let types = Dictionary(
      root.named("device_types").map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let typeNames = Names<Section>(.deviceType, types.keys.sorted(), diagnostics)
    var taken: [String: String] = [:]
    var found: [(point: Point, signal: Section)] = []
    // Devices whose type is unknown: that is said once, not again for each of their points.
    var blind: [String] = []
    for (index, section) in sections["devices"]!.enumerated() {
      let bus = busNames.find(section, "bus")
      let type = typeNames.find(section, "type").flatMap { types[typeNames.names[$0.index]] }
      let unit = section.integer("unit") ?? 1
      checkUnit(section, bus)
      if let bus, !buses[bus.index].isGPIO {
        let place = "\(bus.index)/\(unit)"
        if let other = taken[place] {
          diagnostics.error(
            section.mark(of: "unit"),
            "unit \(unit) on '\(busNames.names[bus.index])' is '\(other)' already",
            "give each device of a bus its own unit identifier")
        }
        taken[place] = section.name
      }
      devices.append(
        Device(
          name: section.name, bus: bus ?? BusID(0), unit: unit, type: type?.name ?? "",
          maximumRead: type?.integer("maximum_read_registers") ?? 1,
          maximumBits: type?.integer("maximum_read_bits") ?? 2000,
          mergeGap: type?.integer("merge_gap_registers") ?? bus.map { buses[$0.index].mergeGap }
            ?? 8,
          blockStarts: type?.integers("no_read_across") ?? [],
          writeFunction: type?.choice("write_function", Device.WriteFunction.self) ?? .shortest,
          pause: .seconds(type?.number("pause_seconds") ?? 0),
          profile: type.flatMap { profile(of: $0) }))
      if type == nil { blind.append(section.name + ".") }
      if let type {
        let own = signals(of: type, device: DeviceID(index), section.name)
        if let bus { checkPlace(own.map(\.0), section, type, buses[bus.index]) }
        found += own
      }
    }
    checkLines(found)
    found.sort { $0.point.name < $1.point.name }
    points = found.map(\.point)
    pointMarks = found.map(\.signal.mark)
    pointNames = Names(.point, points.map(\.name), diagnostics, blind: blind)
    connect(found)
  }

  private func signals(of type: Section, device: DeviceID, _ name: String) -> [(Point, Section)] {
    var points: [(Point, Section)] = []
    var written: [String: [Writer]] = [:]
    var named: Set<String> = []
    for signal in type.named("signals") {
      guard let point = point(signal, device) else { continue }
      checkWidth(point, signal, type)
      let count = signal.integer("count")
      for channel in 0..<(count ?? 1) {
        var each = point
        each.name = "\(name).\(signal.name)" + (count == nil ? "" : "-\(channel + 1)")
        each.register.address += channel * point.register.width
        if each.register.addresses.upperBound > 65_536 {
          diagnostics.error(
            signal.mark, "'\(signal.name)' runs past address 65535", "mend its address or count")
          break
        }
        overlap(each, signal, &written)
        if !named.insert(each.name).inserted {
          diagnostics.error(
            signal.mark, "'\(signal.name)' makes a second point '\(each.name)'",
            "rename it, or mend the count of the other")
        }
        points.append((each, signal))
      }
    }
    return points
  }

  /// A value that no single read may bring would never arrive whole.
  private func checkWidth(_ point: Point, _ signal: Section, _ type: Section) {
    let isSingle = type.choice("write_function", Device.WriteFunction.self) == .single
    if isSingle, point.direction == .output, point.register.format.width > 1 {
      diagnostics.error(
        signal.mark(of: "format"),
        "'\(signal.name)' has \(point.register.format.width) registers, and write_function single writes one",
        "a wider value needs function 16: write_function multiple or shortest")
    }
    guard let limit = type.integer("maximum_read_registers"), !point.register.table.isBit,
      !point.register.table.isLine,
      point.register.format.width > limit
    else { return }
    diagnostics.error(
      signal.mark(of: "format"),
      "'\(signal.name)' has \(point.register.format.width) registers, a read brings \(limit)",
      "raise maximum_read_registers, if the maker allows it: a value is never read in halves")
  }

  /// A signal that takes a register, some bits of it, or one of its states.
  private struct Writer {
    var name: String
    var part: Register.Part
    var states: [UInt64]
  }

  /// A register belongs to one signal; a bit of it, and a state, count as registers of their own.
  private func overlap(
    _ point: Point, _ signal: Section, _ written: inout [String: [Writer]]
  ) {
    guard !point.register.table.isLine else { return }
    let part = point.register.part
    let states = point.register.oneOf + point.register.noneOf
    for address in point.register.addresses {
      let place = "\(point.direction.rawValue)/\(point.register.table.rawValue)/\(address)"
      let other = written[place, default: []].first {
        $0.name != signal.name && $0.part == part && $0.states == states
      }
      if let other {
        diagnostics.error(
          signal.mark(of: "address"),
          "'\(signal.name)' overlaps '\(other.name)' at address \(address)",
          "each register belongs to one signal")
        return
      }
      written[place, default: []].append(Writer(name: signal.name, part: part, states: states))
    }
  }

  /// One bit can be picked out of a register that is read; written it would take the others along.
  private func checkBit(_ signal: Section, _ direction: Point.Direction, _ table: Register.Table) {
    guard signal.has("bit") else { return }
    if table.isBit {
      diagnostics.error(
        signal.mark(of: "bit"), "a bit of the table \(table.rawValue)",
        "leave it out: each address there is one bit")
    } else if direction == .output {
      diagnostics.error(
        signal.mark(of: "bit"), "an output that is one bit of a register",
        "give it a coil or a register of its own: a register is written as a whole")
    }
  }

  private func point(_ signal: Section, _ device: DeviceID) -> Point? {
    guard let direction = signal.choice("direction", Point.Direction.self),
      let unit = signal.choice("unit", MeasurementUnit.self),
      let table = signal.choice("table", Register.Table.self),
      let address = signal.integer("address")
    else { return nil }
    let format =
      signal.choice("format", Register.Format.self) ?? table.commonFormat
    if table.isBit != (format == .bit) || table == .pulses && format != .u32 {
      diagnostics.error(
        signal.mark(of: signal.has("format") ? "format" : "table"),
        "the format \(format.rawValue) does not fit the table \(table.rawValue)",
        "coils, discrete inputs and lines are bits; registers are u16, i16, u32, i32, f32 or one of the wider ones; pulses are u32"
      )
    }
    checkBit(signal, direction, table)
    if direction == .output, !table.isWritable {
      diagnostics.error(
        signal.mark(of: "table"), "an output in the table \(table.rawValue)",
        "outputs are coils, holding registers or lines")
    }
    var register = register(signal, table, address, format)
    register.wiring = wiring(signal, direction, table)
    let low = signal.number("min") ?? (unit == .digital ? 0 : -1e12)
    let high = signal.number("max") ?? (unit == .digital ? 1 : 1e12)
    if low > high {
      diagnostics.error(signal.mark(of: "min"), "min is above max", "swap them")
    }
    checkReach(signal, register, direction, low...max(low, high))
    checkAge(signal)
    let safe = signal.number("safe") ?? 0
    if direction == .output, low <= high, !(low...high).contains(safe) {
      diagnostics.error(
        signal.mark(of: signal.has("safe") ? "safe" : "min"),
        "the safe value \(plain(safe)) is out of range",
        "what nobody decides goes there: it must be from min to max")
    }
    return Point(
      name: signal.name, device: device, direction: direction, unit: unit, register: register,
      range: min(low, high)...max(low, high),
      maximumAge: .seconds(signal.number("maximum_age_seconds") ?? 10), safeValue: safe,
      carriesProof: signal.flag("proof") ?? false, deadBand: signal.number("dead_band") ?? 0,
      every: .seconds(signal.number("every_seconds") ?? 0),
      description: signal.text("description") ?? "")
  }
}
