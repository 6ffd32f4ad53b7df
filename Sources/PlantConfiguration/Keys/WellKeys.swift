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
          "step_test", .section(.stepTest), required: false,
          "How its health is measured; without it there is no step test."),
        Key(
          "maximum_starts_an_hour", .integer(1...20), "The maker's limit; 3 unless he allows more."),
      ]
    case .pumpPower:
      [
        Key("speed_hertz", .number(.hertz, 10...60), "At this speed…"),
        Key("power_kilowatts", .number(.kilowatts, 0.05...1000), "… it draws this."),
      ]
    case .stepTest:
      [
        Key(
          "speeds_hertz", .list(.number(.hertz, 20...60)),
          "Two or more, slowest first, within the well's range."),
        Key(
          "valve_fractions", .list(.number(.fraction, 0.2...1)),
          "Three positions or more of the back-pressure valve, rising."),
        Key(
          "sensor_fraction", .number(.fraction, 0.0001...0.02), required: false,
          "How finely a sensor reads, as part of its range; 0.001 without it."),
        Key(
          "pressure_range_kilopascals", .number(.kilopascals, 50...2000), required: false,
          "Of the pressure sensors; 600 without it."),
        Key("rated_hertz", .number(.hertz, 40...60), "At which the pump's numbers below hold."),
        Key(
          "shut_off_head_kilopascals", .number(.kilopascals, 20...3000),
          "The pump's, without flow."),
        Key("nominal_head_kilopascals", .number(.kilopascals, 20...3000), "At the design flow."),
        Key("nominal_power_kilowatts", .number(.kilowatts, 0.1...500), "Electrical."),
        Key("riser_loss_kilopascals", .number(.kilopascals, 0.1...500), "With the check valve."),
        Key(
          "return_column_loss_kilopascals", .number(.kilopascals, 0.1...500),
          "From the back-pressure valve to the return screen."),
        Key(
          "draw_down_linear_kilopascals", .number(.kilopascals, 0.1...1000),
          "Laminar, with the aquifer."),
        Key("draw_down_quadratic_kilopascals", .number(.kilopascals, 0.1...1000), "Turbulent."),
        Key(
          "build_up_linear_kilopascals", .number(.kilopascals, 0.1...1000),
          "The same of the return zone."),
        Key("build_up_quadratic_kilopascals", .number(.kilopascals, 0.1...1000), "Turbulent."),
        Key(
          "exchanger_loss_kilopascals", .number(.kilopascals, 0.1...500), "On the well's side."),
        Key(
          "exchanger_kilowatts_per_kelvin", .number(.kilowattsPerKelvin, 0.1...10_000),
          "Heat per kelvin of mean difference."),
        Key(
          "valve_full_cubic_meters_per_hour", .number(.cubicMetersPerHour, 0.5...2000),
          "The back-pressure valve's flow at 100 kPa, open: its Kvs."),
        Key("valve_rangeability", .number(.count, 5...200), required: false, "50 without it."),
        Key("intake_depth_meters", .number(.meters, 1...500), "Below the wellhead."),
        Key("static_level_meters", .number(.meters, 0...300), "Below the wellhead."),
      ]
    default: []
    }
  }
}
