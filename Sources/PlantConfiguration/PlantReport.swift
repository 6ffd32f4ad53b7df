public import PlantModel
import Quantities

/// The plant as understood from its configuration, for people: what `wellspringd --check` prints.
public enum PlantReport {
  public static func text(for plant: Plant) -> String {
    (head(plant) + circuits(plant) + blocks(plant) + units(plant) + machines(plant) + field(plant))
      .joined(separator: "\n")
  }

  private static func head(_ plant: Plant) -> [String] {
    let longest = ScanLimit.longest(for: plant)
    return [
      plant.name,
      "  scan every \(plain(plant.scanPeriod.seconds)) s; the rules allow 0.1 to \(plain(longest.period.seconds)) s (\(longest.why))",
      "  an ordered stop leaves: \(plant.site.stopState.rawValue); seasons: \(plant.site.seasonChange.rawValue)",
    ] + relay(plant)
  }

  private static func relay(_ plant: Plant) -> [String] {
    guard let relay = plant.site.failSafeRelay else { return [] }
    return [
      "  fail-safe relay \(plant[relay.output.point].name), toggled by every scan; when it falls: \(relay.fall)"
    ]
  }

  private static func circuits(_ plant: Plant) -> [String] {
    ["", "circuits"]
      + plant.circuits.map { "  \($0.name): \($0.kind.rawValue), \(plain($0.volume.value)) m³" }
  }

  private static func blocks(_ plant: Plant) -> [String] {
    plant.blocks.flatMap { block -> [String] in
      let name = { (valve: ValveID) in plant[valve].name }
      var lines = ["", "change-over block \(block.name)"]
      for position in block.positions {
        let open = block.valves.filter { position.open.contains($0) }.map(name)
        let closed = block.valves.filter { !position.open.contains($0) }.map(name)
        lines.append(
          "  \(position.name): open \(open.joined(separator: " ")), closed \(closed.joined(separator: " "))"
        )
      }
      let pairs = block.forbiddenPairs.map { "\(name($0.first))-\(name($0.second))" }
      lines.append("  never open together: \(pairs.joined(separator: " "))")
      for dependence in block.dependences {
        lines.append(
          "  \(block.positions[dependence.position.index].name) needs \(plant[dependence.requiredBlock].name) in \(plant[dependence.requiredBlock].positions[dependence.requiredPosition.index].name), \(plant[dependence.circuit].name) at most \(plain(dependence.maximumTemperature.value)) °C"
        )
      }
      lines.append("  modes: \(block.modes.map(\.name).joined(separator: ", "))")
      lines.append("  units: \(block.units.map { plant[$0].name }.joined(separator: ", "))")
      return lines
    }
  }

  private static func units(_ plant: Plant) -> [String] {
    ["", "units"]
      + plant.units.map { unit in
        let sides = [("evaporator", unit.evaporator), ("condenser", unit.condenser)]
        let waters = sides.map { name, side in
          "\(name) \(water(side, of: unit, plant)) at \(plain(side.designFlow.value)) m³/h"
            + (side.isolation.map { " by \(plant[$0].name)" } ?? "")
        }
        return
          "  \(unit.name): \(plain(unit.ratedHeating.value)) kW heating, \(plain(unit.ratedCooling.value)) kW cooling, "
          + waters.joined(separator: ", ") + recovery(of: unit, plant)
      }
  }

  private static func recovery(of unit: HeatPumpUnit, _ plant: Plant) -> String {
    guard let recovery = unit.recovery else { return "" }
    let part =
      switch recovery.kind {
      case .desuperheater(let share): "desuperheater for \(plain(share.value * 100)) %"
      case .secondCondenser: "second condenser"
      }
    return
      ", \(part) on \(plant[recovery.circuit].name) at \(plain(recovery.designFlow.value)) m³/h"
  }

  private static func water(_ side: HeatPumpUnit.Side, of unit: HeatPumpUnit, _ plant: Plant)
    -> String
  {
    switch side.water {
    case .vessel(let vessel): "from \(plant[unit.block].vessels[vessel.index].name)"
    case .circuit(let circuit): "on \(plant[circuit].name)"
    }
  }

  private static func machines(_ plant: Plant) -> [String] {
    ["", "pump groups"]
      + plant.pumpGroups.map {
        "  \($0.name): \($0.pumps.count) pumps, \($0.duty) on duty, on \(plant[$0.circuit].name)"
      } + ["", "tanks"]
      + plant.tanks.map {
        "  \($0.name): \($0.use.rawValue), \(plain($0.volume.value)) m³, \(plain($0.setpoint.value)) °C"
      } + ["", "make-up"]
      + plant.makeUps.map {
        "  \(plant[$0.circuit].name): \(plain($0.band.lowerBound.value)) to \(plain($0.band.upperBound.value)) kPa, alarm \(plain($0.alarmPressure.value)) kPa, circulation stops below \(plain($0.cutOffPressure.value)) kPa"
      } + ["", "meters", "  \(plant.meters.map(\.name).joined(separator: ", "))"]
      + waterMeters(plant)
  }

  private static func waterMeters(_ plant: Plant) -> [String] {
    guard !plant.waterMeters.isEmpty else { return [] }
    return ["", "reinjection ledger"]
      + plant.waterMeters.map { meter in
        "  \(meter.name): \(meter.use.rawValue)"
          + (meter.well.map { " (\($0))" } ?? "")
          + ", class \(plain(meter.classPercent)) %, up to \(plain(meter.maximumFlow.value)) m³/h"
      }
  }

  /// Devices, points, requests and the time a scan takes, at one request after the other: `Bus.cost`.
  private static func field(_ plant: Plant) -> [String] {
    let requests = ReadPlan.requests(for: plant)
    var lines = ["", "field: \(plant.devices.count) devices, \(plant.points.count) points"]
    var slowest = 0.0
    for (index, bus) in plant.buses.enumerated() {
      let own = requests.filter { plant[$0.device].bus.index == index }
      let devices = plant.devices.count { $0.bus.index == index }
      if bus.isGPIO {
        lines += chip(bus, index, plant)
        continue
      }
      let seconds = plant.round(of: BusID(index), own).seconds
      slowest = max(slowest, seconds)
      lines.append(
        "  bus \(bus.name) at \(bus.place): \(devices) devices, \(own.count) requests a scan, about \(plain((seconds * 1000).rounded())) ms"
          + load(BusID(index), own, seconds, plant)
      )
      for (place, device) in plant.devices.enumerated() where device.bus.index == index {
        let reads = own.filter { $0.device.index == place }
        let points = plant.points.count { $0.device.index == place }
        lines.append(
          "    \(device.unit) \(device.name): \(device.type), \(points) points, requests a scan: \(reads.count)"
        )
      }
    }
    lines.append(
      "  \(requests.count) requests a scan; buses work side by side, so a scan takes about \(plain((slowest * 1000).rounded())) ms"
    )
    return lines
  }

  /// A GPIO chip: its devices with their lines, which cost no requests.
  private static func chip(_ bus: Bus, _ index: Int, _ plant: Plant) -> [String] {
    let count = { (device: Int) in plant.points.count { $0.device.index == device } }
    let own = plant.devices.indices.filter { plant.devices[$0].bus.index == index }
    return [
      "  bus \(bus.name) is the \(bus.place): \(own.count) devices, \(own.map(count).reduce(0, +)) lines"
    ]
      + own.map {
        "    \(plant.devices[$0].name): \(plant.devices[$0].type), \(count($0)) lines"
      }
  }

  /// How busy a serial line is with its reads, and how old its points get.
  private static func load(
    _ id: BusID, _ requests: [ReadRequest], _ seconds: Double, _ plant: Plant
  ) -> String {
    guard case .serial = plant[id].link else { return "" }
    let share = plant.load(of: id, requests)
    // A round begins with a scan: one that takes longer misses the next.
    let rounds = max((seconds / plant.scanPeriod.seconds).rounded(.up), 1)
    let slowest = requests.map(\.every.seconds).max() ?? 0
    let age = rounds * plant.scanPeriod.seconds + slowest
    return
      ": \(plain((min(share, 1) * 100).rounded())) % of its time, worst point age \(plain((age * 10).rounded() / 10)) s"
  }
}
