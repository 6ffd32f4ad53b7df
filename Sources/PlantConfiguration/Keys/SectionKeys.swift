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
    case .bus, .deviceType, .deviceLine, .identity, .signal, .step, .valueCheck, .device: fieldKeys
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
    Key(
      "value_checks", .list(.section(.valueCheck)), required: false,
      "What is asked of measured values beyond their range."),
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
    Key(
      "fail_safe_relay", .reference(.point), required: false,
      "An output that every scan toggles, for a relay that falls when that ends."),
    Key(
      "fail_safe_relay_fall", .text, required: false,
      "What stops at the plant when it falls, in winter above all. Required with fail_safe_relay."),
  ]
}
