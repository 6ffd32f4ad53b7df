import PlantModel
import Quantities

extension Builder {
  /// A unit's desuperheater or second condenser; nil without one, or when something is wrong with it.
  func recovery(_ unit: Section, _ device: DeviceID, condenser: HeatPumpUnit.Side) -> HeatRecovery?
  {
    guard let section = unit.section("recovery"), let kind = section.word("kind"),
      let circuit = circuitNames.find(section, "circuit")
    else { return nil }
    let mark = section.mark
    if circuits[circuit.index].kind != .hotWater {
      diagnostics.error(
        section.mark(of: "circuit"),
        "'\(circuitNames.names[circuit.index])' is no hot-water circuit, but '\(unit.name)' warms it",
        "name a circuit whose kind is hot-water")
    }
    if condenser.water == .circuit(circuit) {
      diagnostics.error(
        section.mark(of: "circuit"), "the condenser of '\(unit.name)' warms that circuit already",
        "leave the recovery out, or give it another circuit")
    }
    let isDesuperheater = kind == "desuperheater"
    if isDesuperheater != section.has("share_fraction") {
      diagnostics.error(
        isDesuperheater ? mark : section.mark(of: "share_fraction"),
        "the \(kind) of '\(unit.name)' \(isDesuperheater ? "lacks its" : "has a") share_fraction",
        isDesuperheater
          ? "state it: its part of the condenser's heat" : "leave it out: it takes all of the heat")
    }
    if isDesuperheater, section.has("confirmation") {
      diagnostics.error(
        section.mark(of: "confirmation"), "the desuperheater of '\(unit.name)' is not turned",
        "leave confirmation out")
    }
    guard
      let proof: Sensor<Bool> = sensor(device, "recovery-flow", .digital, mark),
      let leaving: Sensor<Celsius> = sensor(device, "recovery-leaving", .celsius, mark),
      let how = how(section, device, isDesuperheater: isDesuperheater, owner: unit.name)
    else { return nil }
    return HeatRecovery(
      kind: how, circuit: circuit, flowProof: proof, leaving: leaving,
      designFlow: CubicMetersPerHour(section.number("design_flow_cubic_meters_per_hour") ?? 1))
  }

  private func how(
    _ section: Section, _ device: DeviceID, isDesuperheater: Bool, owner: String
  ) -> HeatRecovery.Kind? {
    if isDesuperheater {
      return .desuperheater(share: Fraction(section.number("share_fraction") ?? 0.1))
    }
    let mark = section.mark
    guard
      let command: Actuator<Bool> = actuator(device, "recovery-command", .digital, owner, mark)
    else { return nil }
    guard section.flag("confirmation") ?? true else {
      return .secondCondenser(command: command, confirmed: nil)
    }
    guard let confirmed: Sensor<Bool> = sensor(device, "recovery-confirmed", .digital, mark) else {
      return nil
    }
    return .secondCondenser(command: command, confirmed: confirmed)
  }
}
