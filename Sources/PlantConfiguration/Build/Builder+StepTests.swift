import PlantModel
import Quantities

extension Builder {
  /// How a well is step-tested, if its configuration says so.
  func stepPlan(
    of well: Section, _ head: DeviceID, _ range: (minimum: Hertz, maximum: Hertz), _ mark: Mark
  ) -> WellStepPlan? {
    guard let section = well.section("step_test") else { return nil }
    let speeds = section.numbers("speeds_hertz").map { Hertz($0) }
    let positions = section.numbers("valve_fractions").map { Fraction($0) }
    guard
      check(section, "speeds_hertz", speeds, least: 2, "two speeds or more, slowest first"),
      check(section, "valve_fractions", positions, least: 3, "three positions or more, rising"),
      check(section, speeds, within: range), check(section, apart: speeds),
      let design = wellDesign(section, well)
    else { return nil }
    let supply: Sensor<Kilopascals>? = optional(head, "supply-pressure", .kilopascals, mark)
    let loss: Sensor<Kilopascals>? = optional(head, "exchanger-loss", .kilopascals, mark)
    let entering: Sensor<Celsius>? = optional(head, "secondary-entering", .celsius, mark)
    let leaving: Sensor<Celsius>? = optional(head, "secondary-leaving", .celsius, mark)
    let flow: Sensor<CubicMetersPerHour>? = optional(
      head, "secondary-flow", .cubicMetersPerHour, mark)
    var instruments = WellInstruments(
      part: Fraction(section.number("sensor_fraction") ?? 0.001),
      flowRange: design.nominalFlow.value * 1.5, frequencyRange: 60,
      powerRange: design.nominalPower.value * 1.5,
      pressureRange: section.number("pressure_range_kilopascals") ?? 600,
      exchangerRange: design.exchangerLoss.value * 2, temperatureRange: 50)
    let missing: [(WellSensor, Bool)] = [
      (.intakePressure, well.flag("intake_sensor") != true), (.supplyPressure, supply == nil),
      (.exchangerPressureLoss, loss == nil), (.secondaryEntering, entering == nil),
      (.secondaryLeaving, leaving == nil), (.secondaryFlow, flow == nil),
    ]
    for (sensor, isMissing) in missing where isMissing {
      instruments = instruments.without(sensor)
    }
    return WellStepPlan(
      speeds: speeds, positions: positions, design: design, instruments: instruments,
      supplyPressure: supply, exchangerPressureLoss: loss, secondaryEntering: entering,
      secondaryLeaving: leaving, secondaryFlow: flow)
  }

  private func check<Value: Quantity>(
    _ section: Section, _ key: String, _ values: [Value], least: Int, _ advice: String
  ) -> Bool {
    let rises = zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
    if values.count >= least, rises { return true }
    diagnostics.error(section.mark(of: key), "too few or unsorted values for '\(key)'", advice)
    return false
  }

  private func check(
    _ section: Section, _ speeds: [Hertz], within range: (minimum: Hertz, maximum: Hertz)
  ) -> Bool {
    guard let first = speeds.first, let last = speeds.last,
      first < range.minimum
        || last > range.maximum
    else { return true }
    diagnostics.error(
      section.mark(of: "speeds_hertz"), "the well does not turn that slow or that fast",
      "choose speeds from its minimum_flow_hertz to its maximum_hertz")
    return false
  }

  private func check(_ section: Section, apart speeds: [Hertz]) -> Bool {
    if zip(speeds, speeds.dropFirst()).allSatisfy({ $1 - $0 >= Hertz(3) }) { return true }
    diagnostics.error(
      section.mark(of: "speeds_hertz"), "the speeds are too near to each other",
      "3 Hz apart at least: nearer ones say the same of a pump")
    return false
  }

  private func wellDesign(_ section: Section, _ well: Section) -> WellDesign? {
    func pressure(_ name: String) -> Kilopascals? {
      section.number(name + "_kilopascals").map { Kilopascals($0) }
    }
    guard let flow = well.number("design_flow_cubic_meters_per_hour"),
      let rated = section.number("rated_hertz"), let shutOff = pressure("shut_off_head"),
      let head = pressure("nominal_head"),
      let power = section.number("nominal_power_kilowatts"), let riser = pressure("riser_loss"),
      let column = pressure("return_column_loss"),
      let drawLinear = pressure("draw_down_linear"),
      let drawQuadratic = pressure("draw_down_quadratic"),
      let buildLinear = pressure("build_up_linear"),
      let buildQuadratic = pressure("build_up_quadratic"), let loss = pressure("exchanger_loss"),
      let conductance = section.number("exchanger_kilowatts_per_kelvin"),
      let full = section.number("valve_full_cubic_meters_per_hour"),
      let depth = section.number("intake_depth_meters"),
      let level = section.number("static_level_meters")
    else { return nil }
    guard head < shutOff, level < depth else {
      diagnostics.error(
        section.mark, "the numbers of the step test do not fit together",
        "nominal_head < shut_off_head, and static_level < intake_depth")
      return nil
    }
    return WellDesign(
      nominalFlow: CubicMetersPerHour(flow), ratedFrequency: Hertz(rated), shutOffHead: shutOff,
      nominalHead: head, nominalPower: Kilowatts(power), riserLoss: riser,
      returnColumnLoss: column, drawDownLinear: drawLinear, drawDownQuadratic: drawQuadratic,
      buildUpLinear: buildLinear, buildUpQuadratic: buildQuadratic, exchangerLoss: loss,
      exchangerConductance: KilowattsPerKelvin(conductance),
      valveFullFlow: CubicMetersPerHour(full),
      valveRangeability: section.number("valve_rangeability") ?? 50, intakeDepthMeters: depth,
      staticLevelMeters: level)
  }
}
