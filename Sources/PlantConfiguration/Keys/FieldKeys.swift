import PlantModel

/// The keys of buses, devices and their registers.
extension SectionKind {
  var fieldKeys: [Key] {
    switch self {
    case .bus:
      [
        Key(
          "host", .text, required: false,
          "Modbus TCP: name or address of the device or gateway. Each bus has host, serial or gpio."
        ),
        Key(
          "gpio", .text, required: false,
          "GPIO lines of this machine: the chip's label, or its path, as /dev/gpiochip0."),
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
        Key(
          "requests_in_flight", .integer(1...16), required: false,
          "How many reads a device or gateway on Modbus TCP takes before it has answered the first; its manual says. Default 1."
        ),
      ]
    case .deviceType: SectionKind.deviceTypeKeys
    case .deviceLine:
      [
        Key("baud", .integer(1200...115_200), required: false, "Speed as it leaves the factory."),
        Key(
          "parity", .choice(SerialLine.Parity.allCases.map(\.rawValue)), required: false,
          "Parity as it leaves the factory."),
        Key("stop_bits", .integer(1...2), required: false, "The same of stop bits."),
        Key("unit", .integer(0...247), required: false, "The same of its address; 0 for none."),
      ]
    case .identity:
      [
        Key("table", .choice(Register.Table.allCases.map(\.rawValue)), "The Modbus table."),
        Key("address", .integer(0...65_535), "On the wire, from 0."),
        Key("one_of", .list(.integer(0...65_535)), "What it holds always."),
      ]
    case .signal: SectionKind.signalKeys + SectionKind.valueKeys + SectionKind.writingKeys
    case .valueCheck:
      [
        Key("point", .reference(.point), "The measured value."),
        Key(
          "maximum_change_per_second", .number(.count, 1e-9...1e9), required: false,
          "Faster, in its unit, it is bad until it stays there for five readings."),
        Key(
          "frozen_after_seconds", .number(.seconds, 1...604_800), required: false,
          "Unchanged to the last digit for so long, it is uncertain."),
        Key("twin", .reference(.point), required: false, "Another sensor of the same thing."),
        Key(
          "twin_within", .number(.count, 0...1e9), required: false,
          "Further apart, in their unit, both are uncertain."),
        Key(
          "substitute", .reference(.point), required: false,
          "What is taken, as uncertain, while it has no value."),
      ]
    case .step:
      [
        Key("status", .text, "The input of the same type that holds the status word."),
        Key("mask", .integer(0...65_535), "The bits of it that are looked at."),
        Key("is", .list(.integer(0...65_535)), required: false, "What they are in this row."),
        Key(
          "is_not", .list(.integer(0...65_535)), required: false,
          "In its place: they are anything but that."),
        Key("write", .integer(0...65_535), "The word that is written then."),
      ]
    case .device:
      [
        Key("type", .reference(.deviceType), "Its register map."),
        Key("bus", .reference(.bus), "Where it is connected."),
        Key(
          "unit", .integer(1...247), required: false,
          "Its Modbus unit identifier; every Modbus device has one."),
      ]
    default: []
    }
  }

  private static let deviceTypeKeys = [
    Key(
      "maximum_read_registers", .integer(1...125), required: false,
      "The maker's limit of one read. Every Modbus device has one."),
    Key(
      "maximum_read_bits", .integer(1...2000), required: false,
      "The same for coils and discrete inputs. Default 2000."),
    Key(
      "merge_gap_registers", .integer(0...125), required: false,
      "Unwanted registers read along between wanted ones. Default 8; on a serial line as many as cost no more than a request."
    ),
    Key(
      "no_read_across", .list(.integer(0...65_535)), required: false,
      "Addresses at which a block of its begins: no read goes across one."),
    Key(
      "pause_seconds", .number(.seconds, 0...1), required: false,
      "Silence that it needs between its answer and the next request to it."),
    Key(
      "write_function", .choice(Device.WriteFunction.allCases.map(\.rawValue)), required: false,
      "single: functions 5 and 6 alone; multiple: 15 and 16 alone. Default shortest."),
    Key("signals", .named(.signal), "What it measures and takes."),
    Key("maker", .text, required: false, "Of a profile: who makes it."),
    Key("models", .list(.text), required: false, "Of a profile: which devices it fits."),
    Key(
      "trust", .choice(DeviceProfile.Trust.allCases.map(\.rawValue)), required: false,
      "Of a profile: where its map was read. It makes the type a profile."),
    Key("sources", .list(.text), required: false, "Of a profile: what was read."),
    Key("line", .section(.deviceLine), required: false, "How the device leaves the factory."),
    Key(
      "identity", .section(.identity), required: false,
      "A register with a known figure, by which the doctor knows the device."),
    Key(
      "on_bus_loss", .list(.text), required: false,
      "What is to be set at the device for the loss of the bus."),
  ]

  private static let signalKeys = [
    Key("direction", .choice(["input", "output"]), "Read from, or written to, the device."),
    Key(
      "unit", .choice(MeasurementUnit.allCases.map(\.rawValue)), "The engineering unit."),
    Key(
      "table", .choice(Register.Table.allCases.map(\.rawValue)),
      "The Modbus table; on a GPIO chip line, or pulses to count them."),
    Key(
      "address", .integer(0...65_535), "On the wire, from 0; on a GPIO chip the line's offset."),
    Key(
      "format", .choice(Register.Format.allCases.map(\.rawValue)), required: false,
      "How the bits are a number. Default bit for bit tables, u16 for registers."),
    Key(
      "word_order", .choice(Register.WordOrder.allCases.map(\.rawValue)), required: false,
      "Of values of several registers. Default ABCD."),
    Key("scale", .number(.count, -1e9...1e9), required: false, "value = raw × scale + offset."),
    Key("offset", .number(.count, -1e9...1e9), required: false, "See scale."),
    Key(
      "full_scale", .number(.count, -1e9...1e9), required: false,
      "In place of scale: the value at full_scale_raw."),
    Key("full_scale_raw", .number(.count, -1e9...1e9), required: false, "See full_scale."),
    Key("bit", .integer(0...15), required: false, "The bit of a register that is read."),
    Key("mask", .integer(1...65_535), required: false, "The bits of a register that are read."),
    Key(
      "one_of", .list(.integer(0...4_294_967_295)), required: false,
      "Raw figures that mean 1; all others mean 0."),
    Key(
      "none_of", .list(.integer(0...4_294_967_295)), required: false,
      "Raw figures that mean 0; all others mean 1."),
    Key(
      "active_low", .flag, required: false, "Of a GPIO line: 1 is the low level. Default false."),
    Key(
      "bias", .choice(LineWiring.Bias.allCases.map(\.rawValue)), required: false,
      "Of a GPIO input: the resistor in the chip. Default as the board has it."),
    Key(
      "debounce_seconds", .number(.seconds, 0...10), required: false,
      "Of a GPIO input: shorter states are bounces. Default 0.005, of pulses 0."),
    Key("count", .integer(1...128), required: false, "Channels: name-1, name-2, …"),
    Key("description", .text, required: false, "For people."),
  ]

  private static let valueKeys = [
    Key("min", .number(.count, -1e12...1e12), required: false, "Below is no value."),
    Key("max", .number(.count, -1e12...1e12), required: false, "Above is no value."),
    Key(
      "maximum_age_seconds", .number(.seconds, 0.1...3600), required: false,
      "Older is stale. Default 10."),
    Key(
      "every_seconds", .number(.seconds, 0...1800), required: false,
      "It is read no more often. Default: with every scan."),
    Key("proof", .flag, required: false, "A proof rests on it."),
    Key("no_value", .list(.integer(0...4_294_967_295)), required: false, "Raw sentinels."),
    Key(
      "valid_when", .text, required: false,
      "A digital input of the same type: the value counts only while that is 1."),
  ]

  private static let writingKeys = [
    Key("safe", .number(.count, -1e9...1e9), required: false, "An output nobody decided."),
    Key("dead_band", .number(.count, 0...1e9), required: false, "Smaller changes wait."),
    Key(
      "words", .list(.integer(0...65_535)), required: false,
      "The two words that a digital output writes, for 0 and for 1."),
    Key(
      "steps", .list(.section(.step)), required: false,
      "What is written on the way to the word for 1, by the status of the device."),
    Key("write_only", .flag, required: false, "The device does not let it be read back."),
    Key("shown_by", .text, required: false, "The input of the same type that shows its effect."),
    Key(
      "refresh_seconds", .number(.seconds, 0.5...3600), required: false,
      "Written again after so long although nothing changed."),
    Key(
      "minimum_write_seconds", .number(.seconds, 0...86_400), required: false,
      "Not written more often; the safe value is written at once."),
    Key(
      "writes_a_day", .integer(1...100_000), required: false,
      "Not written more often in a day; the safe value always is."),
  ]
}
