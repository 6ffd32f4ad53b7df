import PlantModel

extension SectionKind {
  var equipmentKeys: [Key] {
    let flow = Key.Value.number(.cubicMetersPerHour, 0.1...5000)
    let pressure = Key.Value.number(.kilopascals, 1...2000)
    let power = Key.Value.number(.kilowatts, 0.1...10_000)
    switch self {
    case .circuit:
      return [
        Key("kind", .choice(Circuit.Kind.allCases.map(\.rawValue)), "What water it is."),
        Key("volume_cubic_meters", .number(.cubicMeters, 0.01...100_000), "All its water."),
        Key("return_temperature", .reference(.point), "Water on its way to the machines."),
        Key("supply_temperature", .reference(.point), "Water leaving the machines."),
        Key("pressure", .reference(.point), "At the pumps' suction."),
        Key("differential_pressure", .reference(.point), "Across the machines."),
        Key("flow", .reference(.point), "Through the machines."),
      ]
    case .valve:
      return [
        Key("device", .reference(.device), "The remote I/O that drives it."),
        Key(
          "channel", .integer(1...128),
          "Its channel there: open-N, close-N, and opened-N, closed-N where it has end switches."),
        Key("end_switches", .flag, required: false, "Both are wired. Default true."),
        Key(
          "stroke_seconds", .number(.seconds, 30...600),
          "A full stroke; under 30 s the water hammers."),
      ]
    case .pumpGroup:
      return [
        Key("circuit", .reference(.circuit), "Whose water it moves."),
        Key("pumps", .list(.reference(.device)), "Their drives; the pumps have the same names."),
        Key("duty", .integer(1...64), "How many may run at once; the rest stand by."),
        Key("design_flow_cubic_meters_per_hour", flow, "Of one pump."),
        Key("setpoint_kilopascals", pressure, "Differential pressure where no row says otherwise."),
        Key("setpoints", .list(.section(.setpoint)), required: false, "By row of a block."),
        Key("speed_min_hertz", .number(.hertz, 5...60), "The slowest."),
        Key("speed_max_hertz", .number(.hertz, 20...60), "The fastest."),
      ]
    case .setpoint:
      return [
        Key("block", .reference(.block), "While this block…"),
        Key("position", .reference(.position), "… holds this row."),
        Key("setpoint_kilopascals", pressure, "Hold this."),
      ]
    case .unit:
      return [
        Key("device", .reference(.device), required: false, "Default: the device of its name."),
        Key("block", .reference(.block), "Whose valves switch its water."),
        Key("evaporator", .section(.side), "Where heat is taken."),
        Key("condenser", .section(.side), "Where heat is given."),
        Key(
          "recovery", .section(.recovery), required: false,
          "A desuperheater or a second condenser."),
        Key("rated_heating_kilowatts", power, "By its plate."),
        Key("rated_cooling_kilowatts", power, "By its plate."),
        Key("minimum_load_fraction", .number(.fraction, 0.05...1), "Of the compressors."),
        Key("maximum_starts_an_hour", .integer(1...60), "The maker's limit: only the site knows."),
      ]
    case .side:
      return [
        Key("vessel", .reference(.vessel), required: false, "Water from this vessel of its block…"),
        Key("circuit", .reference(.circuit), required: false, "… or always from this circuit."),
        Key("isolation_valve", .reference(.valve), required: false, "Shuts it off at rest."),
        Key("design_flow_cubic_meters_per_hour", flow, "By its plate."),
      ]
    case .recovery:
      return [
        Key(
          "kind", .choice(["desuperheater", "second-condenser"]),
          "Takes a part of the condenser's heat, or all of it when the unit is turned to it."),
        Key("circuit", .reference(.circuit), "The hot-water circuit that it warms."),
        Key(
          "share_fraction", .number(.fraction, 0.05...0.25), required: false,
          "Of the condenser's heat; for a desuperheater."),
        Key(
          "confirmation", .flag, required: false,
          "The unit says which condenser it works on: recovery-confirmed. Default true."),
        Key("design_flow_cubic_meters_per_hour", flow, "By its plate."),
      ]
    case .tank: return SectionKind.tankKeys
    case .makeUp:
      return [
        Key("circuit", .reference(.circuit), "Whose pressure it holds."),
        Key("fill_command", .reference(.point), "The make-up pump."),
        Key("tank_level", .reference(.point), "1 while the soft-water tank has enough."),
        Key("volume", .reference(.point), "The make-up meter."),
        Key("fill_below_kilopascals", pressure, "Filling starts."),
        Key("fill_to_kilopascals", pressure, "Filling stops."),
        Key("alarm_kilopascals", pressure, "Alarm below."),
        Key("cut_off_kilopascals", pressure, "Circulation stops below."),
      ]
    case .meter:
      return [
        Key("device", .reference(.device), required: false, "Default: the device of its name."),
        Key(
          "use", .choice(["building", "recovered-cold", "hot-water", "units", "pumps"]),
          "What its figures count as."),
        Key("block", .reference(.block), required: false, "For building and recovered-cold."),
        Key(
          "permissible_error_percent", .number(.count, 0.05...50), required: false,
          "Limit of its error. Default 5.5 for heat (EN 1434 class 2), 1 for electricity (EN 50470-3 class B)."
        ),
      ]
    case .waterMeter: return SectionKind.waterMeterKeys
    default: return []
    }
  }

  private static let waterMeterKeys = [
    Key("volume", .reference(.point), "Its counter."),
    Key(
      "use", .choice(WaterMeter.Use.allCases.map(\.rawValue)), "What its water counts as."),
    Key("well", .text, required: false, "The well that it belongs to."),
    Key("class_percent", .number(.count, 0.1...10), "Its accuracy class: 2 is within ±2 %."),
    Key(
      "maximum_flow_cubic_meters_per_hour", .number(.cubicMetersPerHour, 0.01...5000),
      "Its overload flow by its plate, Q4: a counter that goes faster is wrong."),
    Key(
      "roll_over_cubic_meters", .number(.cubicMeters, 1...1e9), required: false,
      "Where its counter begins again at 0. Default: it does not."),
    Key(
      "pulse_litres", .number(.count, 0.001...10_000), required: false,
      "Its counter goes on in steps of this. Default: smoothly."),
  ]

  private static let tankKeys = [
    Key("use", .choice(Tank.Use.allCases.map(\.rawValue)), "What it is."),
    Key("circuit", .reference(.circuit), "The hot-water side it is charged from."),
    Key("volume_cubic_meters", .number(.cubicMeters, 0.05...20_000), "Its water."),
    Key("charge_valve", .reference(.valve), "Lets hot water to its coil or exchanger."),
    Key("temperature", .reference(.point), "The top of the tank, or the pool."),
    Key("middle_temperature", .reference(.point), required: false, "Half-way down."),
    Key("exchanger_outlet", .reference(.point), required: false, "Pool water behind it."),
    Key("filter_flow", .reference(.point), required: false, "Proof of the filter's flow."),
    Key("setpoint_celsius", .number(.celsius, 10...70), "To be reached."),
    Key("band_kelvins", .number(.kelvins, 0.1...20), "Charging starts this far below."),
    Key("minimum_celsius", .number(.celsius, 5...65), "Short of heat below."),
    Key("design_heat_kilowatts", .number(.kilowatts, 1...10_000), "The most it takes."),
  ]

  var blockKeys: [Key] {
    switch self {
    case .block:
      [
        Key("vessels", .named(.vessel), "Evaporators and condensers that it turns."),
        Key("positions", .named(.position), "The rows of its table."),
        Key("modes", .named(.mode), "What an operator may choose."),
        Key(
          "never_open_together", .list(.list(.reference(.valve))),
          "The pairs of the drawing; more follow from the vessels."),
        Key("depends_on", .list(.section(.dependence)), required: false, "On other blocks."),
        Key("vessels_have_relief_valves", .flag, "Whether they may stay shut off for long."),
        Key(
          "maximum_changes_a_day", .integer(0...96), required: false,
          "By rule, the way back included. 0: no limit."),
        Key("units_off_seconds", .number(.seconds, 60...7200), "Units stand before a change."),
        Key(
          "minimum_dwell_seconds", .number(.seconds, 0...86_400), required: false,
          "In a row, before a change by rule. Default 0."),
      ]
    case .vessel:
      [
        Key("side", .choice(Vessel.Side.allCases.map(\.rawValue)), "Of the machines."),
        Key("inlet", .references(to: .circuit), "Each valve of the inlet, and where it leads."),
        Key("outlet", .references(to: .circuit), "Each valve of the outlet."),
      ]
    case .position:
      [
        Key("open", .list(.reference(.valve)), "Open in this row."),
        Key("closed", .list(.reference(.valve)), "Closed in this row."),
      ]
    case .mode:
      [
        Key("service", .choice(BlockMode.Service.allCases.map(\.rawValue)), "What it does."),
        Key("position", .reference(.position), required: false, "The row it needs."),
      ]
    case .dependence:
      [
        Key("position", .reference(.position), "This row of this block…"),
        Key("block", .reference(.block), "… needs that block…"),
        Key("block_position", .reference(.position), "… proven in that row…"),
        Key("circuit", .reference(.circuit), "… because of this circuit…"),
        Key("maximum_celsius", .number(.celsius, 5...60), "… no warmer than this."),
      ]
    default: []
    }
  }

  var twinKeys: [Key] {
    switch self {
    case .twin:
      [
        Key("seed", .integer(0...2_147_483_647), "Of weather and noise."),
        Key("ground_celsius", .number(.celsius, 2...30), "Undisturbed."),
        Key(
          "ground_conductance_kilowatts_per_kelvin", .number(.count, 0.1...10_000), required: false,
          "Loop to ground."),
        Key(
          "ground_capacity_kilowatt_hours_per_kelvin", .number(.count, 1...10_000_000),
          required: false,
          "Near the loop."),
        Key(
          "ground_recovery_kilowatts_per_kelvin", .number(.count, 0.01...10_000), required: false,
          "Near to far."),
        Key(
          "building_loss_kilowatts_per_kelvin", .number(.count, 0.1...10_000), required: false,
          "To outdoors."),
        Key(
          "building_capacity_kilowatt_hours_per_kelvin", .number(.count, 0.1...1_000_000),
          required: false,
          "Rooms and walls."),
        Key(
          "terminal_conductance_kilowatts_per_kelvin", .number(.count, 0.1...10_000),
          required: false, "Fan coils."),
        Key("room_heating_celsius", .number(.celsius, 10...30), "Thermostats in winter."),
        Key("room_cooling_celsius", .number(.celsius, 15...35), "Thermostats in summer."),
        Key(
          "solar_gain_kilowatts", .number(.kilowatts, 0...100_000), required: false,
          "Noon, clear summer day."),
        Key(
          "internal_gain_kilowatts", .number(.kilowatts, 0...100_000), required: false,
          "While open."),
        Key(
          "hot_water_cubic_meters_a_day", .number(.count, 0...10_000), required: false,
          "Drawn, average day."),
        Key(
          "pool_loss_kilowatts", .number(.kilowatts, 0...10_000), required: false,
          "At its set-point."),
        Key("valve_stroke_seconds", .number(.seconds, 5...300), "A real stroke."),
        Key("trapped_cubic_meters", .number(.count, 0...5), "Water in one unit's vessel."),
        Key("pumps", .named(.pumpCurve), "By pump group."),
        Key("circuit_losses", .named(.circuitLoss), "By circuit."),
        Key("wells", .named(.wellGround), required: false, "By well."),
        Key("populations", .named(.population), required: false, "By distribution."),
      ]
    case .pumpCurve:
      [
        Key("shut_off_kilopascals", .number(.kilopascals, 10...2000), "Head at no flow, 50 Hz."),
        Key("design_kilopascals", .number(.kilopascals, 5...2000), "Head at design flow, 50 Hz."),
        Key("design_kilowatts", .number(.kilowatts, 0.1...1000), "Electrical, at design flow."),
      ]
    case .population:
      [
        Key(
          "loss_kilowatts_per_kelvin", .number(.count, 0.01...100), "Of one consumer, to outdoors."),
        Key(
          "capacity_kilowatt_hours_per_kelvin", .number(.count, 0.01...1000),
          "Rooms and walls of one consumer."),
        Key("unit_kilowatts", .number(.kilowatts, 0.5...1000), "Heat of one consumer's units."),
        Key(
          "flow_cubic_meters_per_hour", .number(.cubicMetersPerHour, 0.05...500),
          "Through one consumer's units."),
        Key("loss_kilopascals", .number(.kilopascals, 1...500), "In them, at that flow."),
        Key(
          "main_kilopascals", .number(.kilopascals, 1...1000),
          "In the mains to the far end, with all consumers on."),
        Key("home_fraction", .number(.fraction, 0.05...1), "How many heat all day."),
        Key(
          "gain_kilowatts", .number(.kilowatts, 0...1000), required: false,
          "From people and lights of one consumer. Default 0.3."),
        Key(
          "sun_kilowatts", .number(.kilowatts, 0...1000), required: false,
          "On one consumer, noon of a clear summer day. Default 0.8."),
      ]
    case .wellGround:
      [
        Key(
          "like", .choice(WellDescription.typical.map(\.name)),
          "The well that it resembles; what follows may differ."),
        Key("ground_celsius", .number(.celsius, 5...25), required: false, "Undisturbed."),
        Key(
          "transmissivity_square_meters_a_day", .number(.count, 1...10_000), required: false,
          "Of the aquifer."),
        Key(
          "static_level_meters", .number(.count, 0...200), required: false, "Below the wellhead."),
        Key("granules", .flag, required: false, "Heat-exchange granules around the screens."),
      ]
    case .circuitLoss:
      [
        Key(
          "flow_cubic_meters_per_hour", .number(.cubicMetersPerHour, 1...10_000), "At this flow…"),
        Key("loss_kilopascals", .number(.kilopascals, 0.1...2000), "… outside the machine room."),
      ]
    default: []
    }
  }
}
