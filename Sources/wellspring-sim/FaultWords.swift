import ControlProtocol
import PlantModel
import Quantities

/// Faults as a person types them: `valve-sticks V1`, `sensor-jumps sensors-1.pool 3`.
struct FaultWords {
  /// Kinds that need a figure to begin; to mend one, its name is enough.
  private static let sized = [
    "valve-leaks", "sensor-jumps", "sensor-drifts", "sensor-scales", "leak",
  ]

  let words: [String]
  let plant: Plant
  /// Whether it is to begin, or to be mended.
  let begins: Bool

  func fault() throws(Failure) -> Fault {
    guard let kind = words.first else { throw Failure(.parameters, "name a fault") }
    if kind == "power-cut" {
      try take(1, as: kind)
      return .powerCut
    }
    let isSized = begins && FaultWords.sized.contains(kind)
    let count = isSized ? 3 : 2
    let form = "\(kind) NAME" + (isSized ? " FIGURE" : "")
    switch kind {
    case "valve-sticks", "valve-runs-on", "valve-leaks", "closed-switch-lies", "opened-switch-lies":
      try take(count, as: form)
      return try valveFault(kind, find(plant.valves.map(\.name)))
    case "drive-trips":
      try take(count, as: form)
      return .driveTrips(try find(plant.pumps.map(\.name)))
    case "unit-trips":
      try take(count, as: form)
      return .unitTrips(try find(plant.units.map(\.name)))
    case "well-trips":
      try take(count, as: form)
      return .wellTrips(try find(plant.wells.map(\.name)))
    case "well-damage":
      try take(begins ? 4 : 3, as: "well-damage NAME PART" + (begins ? " FIGURE" : ""))
      return try wellFault(find(plant.wells.map(\.name)))
    case "sensor-freezes", "sensor-jumps", "sensor-drifts", "sensor-scales":
      try take(count, as: form)
      return try sensorFault(kind, find(plant.points.map(\.name)))
    case "device-silent":
      try take(count, as: form)
      return .deviceSilent(try find(plant.devices.map(\.name)))
    case "leak":
      try take(count, as: form)
      let circuit: CircuitID = try find(plant.circuits.map(\.name))
      return .leak(circuit, CubicMetersPerHour(try figure(0...100, "m³/h")))
    default: throw Failure(.parameters, "no fault '\(kind)'; see wellspring-sim --help")
    }
  }

  private func valveFault(_ kind: String, _ valve: ValveID) throws(Failure) -> Fault {
    switch kind {
    case "valve-sticks": .valveSticks(valve)
    case "valve-runs-on": .valveRunsOn(valve)
    case "closed-switch-lies": .closedSwitchLies(valve)
    case "opened-switch-lies": .openedSwitchLies(valve)
    default: .valveLeaks(valve, Fraction(try figure(0...1, "of its full flow")))
    }
  }

  private func wellFault(_ well: WellID) throws(Failure) -> Fault {
    guard let part = WellDamage(rawValue: words[2]) else {
      let known = WellDamage.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(.parameters, "no part '\(words[2])'; known: \(known)")
    }
    return .wellDamage(well, part, try figure(0...100, "", at: 3))
  }

  /// What is further off than the point's range is wide shows nothing else than that.
  private func sensorFault(_ kind: String, _ point: PointID) throws(Failure) -> Fault {
    guard plant[point].direction == .input else {
      throw Failure(.parameters, "'\(words[1])' is no sensor: it is written, not read")
    }
    if kind == "sensor-freezes" { return .sensorFreezes(point) }
    if kind == "sensor-scales" {
      return .sensorScales(point, by: try figure(0...10, "of the truth"))
    }
    let width = plant[point].range.upperBound - plant[point].range.lowerBound
    let unit = plant[point].unit == .fraction ? "of its whole" : plant[point].unit.symbol
    return kind == "sensor-jumps"
      ? .sensorJumps(point, by: try figure(-width...width, unit))
      : .sensorDrifts(point, perHour: try figure(-width...width, "\(unit) an hour"))
  }

  private func take(_ count: Int, as form: String) throws(Failure) {
    guard words.count != count else { return }
    throw Failure(.parameters, "write: \(begins ? "fault" : "clear") \(form)")
  }

  /// The fault's size; 0 where it is mended.
  private func figure(_ range: ClosedRange<Double>, _ unit: String, at place: Int = 2)
    throws(Failure)
    -> Double
  {
    guard begins else { return 0 }
    guard let figure = Double(words[place]), range.contains(figure) else {
      let bounds = [range.lowerBound, range.upperBound].map { JSON.number($0).line }
      throw Failure(
        .parameters, "'\(words[place])' cannot be: write \(bounds[0]) to \(bounds[1]) \(unit)")
    }
    return figure
  }

  private func find<Kind>(_ names: [String]) throws(Failure) -> ID<Kind> {
    guard let index = names.firstIndex(of: words[1]) else {
      let near = Suggestion.near(to: words[1], among: names)
      throw Failure(
        .parameters,
        "there is no '\(words[1])'; known: "
          + (near.isEmpty ? Array(names.prefix(20)) : near).joined(separator: ", "))
    }
    return ID(index)
  }
}
