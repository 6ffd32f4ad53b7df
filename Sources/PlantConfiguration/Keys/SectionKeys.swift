import PlantModel

extension SectionKind {
  /// Every key that a section of this kind may have.
  var keys: [Key] {
    switch self {
    case .root: SectionKind.rootKeys
    case .plant:
      [
        Key("name", .text, "What people call the plant."),
        Key(
          "scan_seconds", .number(.seconds, 0.1...60), required: false,
          "How often the plant is read and decided upon. Default 1."),
      ]
    case .site: SectionKind.siteKeys
    case .parameters:
      Parameters.catalogue.map {
        Key(
          $0.key, .number($0.unit, $0.range), required: $0.standard == nil,
          "\($0.summary) (\($0.rule.rawValue); \($0.source))")
      }
    case .bus, .deviceType, .signal, .device: fieldKeys
    case .circuit, .valve, .pumpGroup, .setpoint, .unit, .side, .tank, .makeUp, .meter,
      .waterMeter, .recovery:
      equipmentKeys
    case .well, .pumpPower, .stepTest: wellKeys
    case .distribution, .consumer: distributionKeys
    case .block, .vessel, .position, .mode, .dependence: blockKeys
    case .twin, .pumpCurve, .circuitLoss, .wellGround, .population: twinKeys
    }
  }

  private static let rootKeys = [
    Key("plant", .section(.plant), "The plant as a whole."),
    Key("site", .section(.site), "What only the site can decide."),
    Key("parameters", .section(.parameters), "The numbers of the rules; most have a default."),
    Key("buses", .named(.bus), "Modbus lines and gateways."),
    Key("device_types", .named(.deviceType), "Register maps."),
    Key("devices", .named(.device), "What answers on the buses."),
    Key("circuits", .named(.circuit), "Bodies of water that must not meet."),
    Key("valves", .named(.valve), required: false, "Motorised valves."),
    Key("blocks", .named(.block), "Change-over blocks and their position tables."),
    Key("pump_groups", .named(.pumpGroup), "Circulation pumps in parallel."),
    Key("units", .named(.unit), required: false, "Heat-pump units."),
    Key("tanks", .named(.tank), required: false, "Hot-water tanks and pools."),
    Key("make_ups", .named(.makeUp), required: false, "Pressure-holding by make-up, by circuit."),
    Key("meters", .named(.meter), required: false, "Heat and electricity meters."),
    Key(
      "water_meters", .named(.waterMeter), required: false, "What the reinjection ledger counts."),
    Key("wells", .named(.well), required: false, "Wells and the exchangers' other side."),
    Key(
      "distributions", .named(.distribution), required: false,
      "Loops to consumers with units of their own."),
    Key("consumers", .named(.consumer), required: false, "Households and buildings on them."),
    Key("twin", .section(.twin), required: false, "What only the simulator needs to know."),
  ]

  private static let siteKeys = [
    Key("utc_offset_minutes", .number(.minutes, -840...840), "Local time minus UTC."),
    Key("outdoor_temperature", .reference(.point), "The outdoor sensor."),
    Key("frost_temperature", .reference(.point), "The coldest pipe or room."),
    Key("emergency_stop", .reference(.point), "1 while the emergency stop is pressed."),
    Key(
      "stop_state", .choice(Site.StopState.allCases.map(\.rawValue)),
      "What an ordered stop of the daemon leaves behind."),
    Key(
      "season_change", .choice(Site.SeasonChange.allCases.map(\.rawValue)),
      "Whether the weather only proposes a season or also changes it."),
  ]

  private var fieldKeys: [Key] {
    switch self {
    case .bus:
      [
        Key(
          "host", .text, required: false,
          "Modbus TCP: name or address of the device or gateway. Each bus has host or serial."),
        Key("port", .integer(1...65_535), required: false, "TCP port. Default 502."),
        Key(
          "serial", .text, required: false,
          "Modbus RTU: the serial line's device file, as /dev/serial/by-id/…"),
        Key(
          "baud", .integer(1200...115_200), required: false,
          "Of the serial line. Default 9600."),
        Key(
          "parity", .choice(SerialLine.Parity.allCases.map(\.rawValue)), required: false,
          "Of the serial line. Default even, as the standard has it."),
        Key(
          "stop_bits", .integer(1...2), required: false,
          "Of the serial line. Default 1; without parity 2, as the standard has it."),
        Key(
          "rs485_direction", .flag, required: false,
          "Whether the kernel switches the line's direction by RTS. Default false: the adapter does it."
        ),
        Key(
          "response_timeout_seconds", .number(.seconds, 0.02...10), required: false,
          "How long a device may take to answer. Default 0.5."),
        Key(
          "guard_seconds", .number(.seconds, 0...1), required: false,
          "Pause between two requests, for devices that need one. Default 0; a serial line keeps the silence of 3.5 characters besides."
        ),
      ]
    case .deviceType:
      [
        Key("maximum_read_registers", .integer(1...125), "The maker's limit of one read."),
        Key(
          "maximum_read_bits", .integer(1...2000), required: false,
          "The same for coils and discrete inputs. Default 2000."),
        Key(
          "merge_gap_registers", .integer(0...125), required: false,
          "Unwanted registers read along between wanted ones. Default 8; on a serial line as many as cost no more than a request."
        ),
        Key("signals", .named(.signal), "What it measures and takes."),
      ]
    case .signal:
      [
        Key("direction", .choice(["input", "output"]), "Read from, or written to, the device."),
        Key(
          "unit", .choice(MeasurementUnit.allCases.map(\.rawValue)), "The engineering unit."),
        Key("table", .choice(Register.Table.allCases.map(\.rawValue)), "The Modbus table."),
        Key("address", .integer(0...65_535), "On the wire, from 0."),
        Key(
          "format", .choice(Register.Format.allCases.map(\.rawValue)), required: false,
          "How the bits are a number. Default bit for bit tables, u16 for registers."),
        Key(
          "word_order", .choice(Register.WordOrder.allCases.map(\.rawValue)), required: false,
          "Of 32-bit values. Default ABCD."),
        Key("scale", .number(.count, -1e9...1e9), required: false, "value = raw × scale + offset."),
        Key("offset", .number(.count, -1e9...1e9), required: false, "See scale."),
        Key("bit", .integer(0...15), required: false, "The bit of a register that is read."),
        Key("min", .number(.count, -1e12...1e12), required: false, "Below is no value."),
        Key("max", .number(.count, -1e12...1e12), required: false, "Above is no value."),
        Key(
          "maximum_age_seconds", .number(.seconds, 0.1...3600), required: false,
          "Older is stale. Default 10."),
        Key("safe", .number(.count, -1e9...1e9), required: false, "An output nobody decided."),
        Key("dead_band", .number(.count, 0...1e9), required: false, "Smaller changes wait."),
        Key("proof", .flag, required: false, "A proof rests on it."),
        Key("no_value", .list(.integer(0...4_294_967_295)), required: false, "Raw sentinels."),
        Key("count", .integer(1...128), required: false, "Channels: name-1, name-2, …"),
        Key("description", .text, required: false, "For people."),
      ]
    case .device:
      [
        Key("type", .reference(.deviceType), "Its register map."),
        Key("bus", .reference(.bus), "Where it is connected."),
        Key("unit", .integer(1...247), "Its Modbus unit identifier."),
      ]
    default: []
    }
  }
}
