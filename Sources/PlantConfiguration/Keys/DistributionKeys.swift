import PlantModel

extension SectionKind {
  var distributionKeys: [Key] {
    let pressure = Key.Value.number(.kilopascals, 1...1000)
    switch self {
    case .distribution:
      return [
        Key("circuit", .reference(.circuit), "The loop that the consumers hang on."),
        Key("block", .reference(.block), "Whose mode switches it."),
        Key(
          "far_end_pressure", .reference(.point), required: false,
          "Differential pressure at the last consumer."),
        Key(
          "far_end_kilopascals", pressure, required: false,
          "What the last consumer needs; with far_end_pressure."),
        Key("setpoint_min_kilopascals", pressure, "The pumps' set-point is reset from here…"),
        Key(
          "setpoint_max_kilopascals", pressure,
          "… to here. Without far_end_pressure it stays here."),
        Key("bypass_command", .reference(.point), required: false, "The minimum-flow bypass."),
        Key(
          "minimum_flow_cubic_meters_per_hour", .number(.cubicMetersPerHour, 0.1...1000),
          "What the pumps must move."),
        Key(
          "allot_by", .choice(Allotment.Basis.allCases.map(\.rawValue)), required: false,
          "What the consumers' shares of the loop's electricity follow."),
        Key(
          "allot_meters", .list(.reference(.meter)), required: false,
          "The electricity that they share."),
      ]
    case .consumer:
      return [
        Key("distribution", .reference(.distribution), "What it hangs on."),
        Key("device", .reference(.device), required: false, "Its meter. Default: of its name."),
        Key(
          "unit", .reference(.device), required: false,
          "Its heat pump, where that can be read: signals running and tripped."),
        Key("area_square_meters", .number(.count, 1...1_000_000), "Floor that is heated."),
      ]
    default: return []
    }
  }
}
