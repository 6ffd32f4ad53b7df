import PlantModel

extension SectionKind {
  var wellKeys: [Key] {
    switch self {
    case .well:
      [
        Key("circuit", .reference(.circuit), "The source loop on the exchanger's other side."),
        Key("pump", .reference(.device), "The drive of the submersible pump."),
        Key(
          "instruments", .reference(.device),
          "The I/O of the well head; its signals: docs/configure.md."),
        Key("intake_sensor", .flag, "Whether it has intake-pressure, below the packer."),
        Key(
          "meter_class_fraction", .number(.fraction, 0.001...0.1),
          "What each flow meter may be wrong by: 0.02 for class 2."),
        Key(
          "design_flow_cubic_meters_per_hour", .number(.cubicMetersPerHour, 0.5...1000),
          "Extracted and returned."),
        Key(
          "motor_minimum_hertz", .number(.hertz, 10...50),
          "The maker's slowest: 30 for 2-pole, 42 for 4-pole submersibles."),
        Key(
          "minimum_flow_hertz", .number(.hertz, 20...60),
          "Water comes from here on; it never turns slower."),
        Key("maximum_hertz", .number(.hertz, 25...60), "The fastest."),
        Key(
          "ramp_hertz", .number(.hertz, 0.05...5),
          "The most that its speed changes in a second, so that no sand moves."),
        Key(
          "baseline", .list(.section(.pumpPower)), "What the sound pump draws, slowest first."),
        Key(
          "intake_minimum_kilopascals", .number(.kilopascals, 0...2000),
          "Below this at the intake it stops: NPSHr + 10 at least."),
        Key(
          "return_maximum_kilopascals", .number(.kilopascals, 10...2000),
          "What packer and ground take."),
        Key(
          "flush_most_cubic_meters", .number(.cubicMeters, 0.1...10_000), required: false,
          "What one flushing may let out; with it the well head has drain-command."),
        Key(
          "maximum_starts_an_hour", .integer(1...20), "The maker's limit; 3 unless he allows more."),
      ]
    case .pumpPower:
      [
        Key("speed_hertz", .number(.hertz, 10...60), "At this speed…"),
        Key("power_kilowatts", .number(.kilowatts, 0.05...1000), "… it draws this."),
      ]
    default: []
    }
  }
}
