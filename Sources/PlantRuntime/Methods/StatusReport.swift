import ControlProtocol
import PlantControl
import PlantModel
import PlantOperation
import Quantities

/// What the daemon tells of a plant, as JSON. Units are the last word of each key; times are in
/// milliseconds since 1970 UTC, null where there is none.
struct PlantReporter {
  let operation: Operation

  var controller: Controller { operation.controller }
  var plant: Plant { operation.controller.plant }
  var image: InputImage { operation.image }

  static func time(_ instant: Instant) -> JSON {
    instant > .distantPast && instant < .distantFuture
      ? .number(Double(instant.milliseconds)) : .null
  }

  func reason(_ reason: Reason) -> JSON {
    [
      "rule": .text(reason.rule.rawValue), "subject": .text(plant.name(of: reason.subject)),
      "since_milliseconds": PlantReporter.time(reason.since),
      "until_milliseconds": PlantReporter.time(reason.until),
      "limit": .rounded(Double(reason.limit), 3),
    ]
  }

  private func reading<Value: Quantity>(_ sensor: Sensor<Value>, _ digits: Int = 1) -> JSON {
    .rounded(image.reading(sensor)?.value, digits)
  }

  var status: JSON {
    [
      "plant": .text(plant.name), "time_milliseconds": PlantReporter.time(image.now),
      "time": .text(Times.iso(image.now)),
      "utc_offset_minutes": .number(plant.site.utcOffset.seconds / 60),
      "has_taken_over": .bool(controller.hasTakenOver),
      "scans": .number(Double(operation.scans)),
      "missed_scans": .number(Double(operation.missedScans)),
      "outdoor_celsius": reading(plant.site.outdoorTemperature),
      "three_day_mean_celsius": .rounded(controller.threeDayMean?.value, 1),
      "blocks": .list(plant.blocks.indices.map { block(BlockID($0)) }),
      "circuits": .list(plant.circuits.map(circuit)),
      "pump_groups": .list(plant.pumpGroups.indices.map { group(PumpGroupID($0)) }),
      "units": .list(plant.units.indices.map { unit(UnitID($0)) }),
      "tanks": .list(plant.tanks.indices.map { tank(TankID($0)) }),
      "wells": .list(plant.wells.indices.map { well(WellID($0)) }),
      "distributions": .list(
        plant.distributions.indices.map { distribution(DistributionID($0)) }),
      "alarms": alarms,
    ]
  }

  private func block(_ id: BlockID) -> JSON {
    let status = controller.status(of: id)
    let block = plant[id]
    let staging = controller.staging(of: id)
    let row = { (place: PositionID?) -> JSON in
      place.map { .text(block.positions[$0.index].name) } ?? .null
    }
    return [
      "name": .text(block.name), "mode": .text(block.modes[status.mode.index].name),
      "automatic": .bool(status.automatic),
      "proposed": status.proposed.map { .text(block.modes[$0.index].name) } ?? .null,
      "position": row(status.position), "target": row(status.target),
      "phase": .text(status.phase.rawValue),
      "since_milliseconds": PlantReporter.time(status.since),
      "until_milliseconds": PlantReporter.time(status.until), "reason": reason(status.reason),
      "units_wanted": .number(Double(staging.stage)),
      "supply_setpoint_celsius": .rounded(staging.setpoint.value, 1),
      "demand_kilowatts": .rounded(staging.demand.value, 0),
    ]
  }

  private func circuit(_ circuit: Circuit) -> JSON {
    [
      "name": .text(circuit.name), "kind": .text(circuit.kind.rawValue),
      "return_celsius": reading(circuit.returnTemperature),
      "supply_celsius": reading(circuit.supplyTemperature),
      "flow_cubic_meters_per_hour": reading(circuit.flow),
      "pressure_kilopascals": reading(circuit.pressure, 0),
      "differential_pressure_kilopascals": reading(circuit.differentialPressure, 0),
    ]
  }

  private func group(_ id: PumpGroupID) -> JSON {
    let status = controller.status(of: id)
    var power = 0.0
    for pump in plant[id].pumps { power += image.reading(plant[pump].power)?.value ?? 0 }
    return [
      "name": .text(plant[id].name), "running": .number(Double(status.running)),
      "pumps": .number(Double(plant[id].pumps.count)),
      "speed_hertz": .rounded(status.speed.value, 1),
      "setpoint_kilopascals": .rounded(status.setpoint.value, 0),
      "power_kilowatts": .rounded(power, 1), "reason": reason(status.reason),
    ]
  }

  private func unit(_ id: UnitID) -> JSON {
    let status = controller.status(of: id)
    return [
      "name": .text(plant[id].name), "phase": .text(status.phase.rawValue),
      "load_fraction": .rounded(status.load.value, 2),
      "power_kilowatts": reading(plant[id].power),
      "evaporator_leaving_celsius": reading(plant[id].evaporator.leaving),
      "condenser_leaving_celsius": reading(plant[id].condenser.leaving),
      "since_milliseconds": PlantReporter.time(status.since),
      "until_milliseconds": PlantReporter.time(status.until), "reason": reason(status.reason),
      "run_hours": .rounded(status.runTime.hours, 1), "starts": .number(Double(status.starts)),
    ]
  }

  private func tank(_ id: TankID) -> JSON {
    let status = controller.status(of: id)
    return [
      "name": .text(plant[id].name), "temperature_celsius": reading(plant[id].temperature),
      "setpoint_celsius": .number(plant[id].setpoint.value),
      "charging": .bool(status.isCharging), "reason": reason(status.reason),
    ]
  }

  private func distribution(_ id: DistributionID) -> JSON {
    let status = controller.status(of: id)
    return [
      "name": .text(plant[id].name), "on": .bool(status.isOn),
      "setpoint_kilopascals": .rounded(status.setpoint.value, 0),
      "far_end_kilopascals": plant[id].farEndPressure.map { reading($0, 0) } ?? .null,
      "bypass_fraction": .rounded(status.bypass.value, 2),
      "consumers": .number(Double(plant.consumers.count { $0.distribution == id })),
      "reason": reason(status.reason),
    ]
  }

  private func well(_ id: WellID) -> JSON {
    let status = controller.status(of: id)
    let well = plant[id]
    return [
      "name": .text(well.name), "phase": .text(status.phase.rawValue),
      "speed_hertz": .rounded(status.speed.value, 1),
      "flow_cubic_meters_per_hour": reading(well.extractedFlow),
      "returned_cubic_meters_per_hour": reading(well.returnedFlow),
      "outlet_celsius": reading(well.outletTemperature),
      "return_celsius": reading(well.returnTemperature),
      "highest_point_kilopascals": reading(well.highestPressure, 0),
      "return_zone_kilopascals": reading(well.returnPressure, 0),
      "power_kilowatts": reading(well.pump.power),
      "since_milliseconds": PlantReporter.time(status.since), "reason": reason(status.reason),
      "run_hours": .rounded(status.runTime.hours, 1), "starts": .number(Double(status.starts)),
      "balance_fraction": .rounded(status.difference?.value, 4),
      "balance_limit_fraction": .rounded(status.threshold.value, 4),
      "extracted_cubic_meters": .rounded(status.extracted.value, 1),
      "returned_cubic_meters": .rounded(status.returned.value, 1),
    ]
  }

  var alarms: JSON {
    .list(
      controller.alarms.map { alarm in
        [
          "kind": .text(alarm.key.kind.rawValue),
          "subject": .text(plant.name(of: alarm.key.subject)),
          "state": .text(alarm.state.rawValue), "priority": .text(alarm.key.kind.priority.rawValue),
          "raised_milliseconds": PlantReporter.time(alarm.raised),
          "reason": reason(alarm.reason),
        ]
      })
  }

  func points(matching pattern: Pattern) -> JSON {
    .list(plant.points.indices.filter { pattern.matches(plant.points[$0].name) }.map(point))
  }

  private func point(_ index: Int) -> JSON {
    let point = plant.points[index]
    let sample = image.samples[index]
    var members: [JSON.Member] = [
      .init("name", .text(point.name)), .init("direction", .text(point.direction.rawValue)),
      .init("unit", .text(point.unit.rawValue)),
      .init("value", sample.quality == .bad ? .null : .rounded(sample.value, 3)),
      .init("quality", .text("\(sample.quality)")), .init("doubt", .text("\(sample.doubt)")),
      .init("taken_milliseconds", PlantReporter.time(sample.taken)),
    ]
    if point.direction == .output {
      let decision = controller.outputs[PointID(index)]
      members.append(.init("commanded", .rounded(decision.value, 3)))
      members.append(.init("reason", reason(decision.reason)))
    }
    return .object(members)
  }
}
