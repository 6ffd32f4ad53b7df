import ControlProtocol
import PlantControl
import PlantModel
import PlantOperation
import Quantities

extension PlantReporter {
  /// Why something is as it is, and every guard of its next step.
  func why(_ name: String) -> JSON? {
    guard let subject = subject(named: name) else { return nil }
    let found = controller.explanation(of: subject)
    var members: [JSON.Member] = [
      .init("name", .text(name)), .init("kind", .text("\(subject.kind)")),
      .init("now_milliseconds", PlantReporter.time(image.now)),
      .init("reason", found.reason.map(reason) ?? .null),
      .init(
        "guards",
        .list(found.guards.map { ["holds": .bool($0.holds), "reason": reason($0.reason)] })),
    ]
    let index = Int(subject.number)
    if subject.kind == .point, plant.points[index].direction == .input {
      members.append(.init("input", input(index)))
    } else if subject.kind == .device, let found = controller.standing(of: DeviceID(index)) {
      members.append(
        .init(
          "device",
          [
            "answers": .bool(found.answers),
            "since_milliseconds": PlantReporter.time(found.since),
          ]))
    }
    return .object(members)
  }

  private func input(_ index: Int) -> JSON {
    let sample = image.samples[index]
    return [
      "unit": .text(plant.points[index].unit.rawValue),
      "value": sample.quality == .bad ? .null : .rounded(sample.value, 3),
      "quality": .text("\(sample.quality)"), "doubt": .text("\(sample.doubt)"),
      "since_milliseconds": PlantReporter.time(controller.standing(of: PointID(index))),
    ]
  }

  /// Everything that has a name.
  var names: [String] {
    plant.units.map(\.name) + plant.wells.map(\.name) + plant.distributions.map(\.name)
      + plant.blocks.map(\.name)
      + plant.pumpGroups.map(\.name)
      + plant.pumps.map(\.name) + plant.valves.map(\.name) + plant.tanks.map(\.name)
      + plant.circuits.map(\.name) + plant.devices.map(\.name) + plant.points.map(\.name)
      + plant.waterMeters.map(\.name)
  }

  func subject(named name: String) -> Subject? {
    if let index = plant.units.firstIndex(where: { $0.name == name }) {
      return .unit(UnitID(index))
    }
    if let index = plant.distributions.firstIndex(where: { $0.name == name }) {
      return .distribution(DistributionID(index))
    }
    if let index = plant.wells.firstIndex(where: { $0.name == name }) {
      return .well(WellID(index))
    }
    if let index = plant.blocks.firstIndex(where: { $0.name == name }) {
      return .block(BlockID(index))
    }
    if let index = plant.pumps.firstIndex(where: { $0.name == name }) {
      return .pump(PumpID(index))
    }
    if let index = plant.valves.firstIndex(where: { $0.name == name }) {
      return .valve(ValveID(index))
    }
    if let index = plant.tanks.firstIndex(where: { $0.name == name }) {
      return .tank(TankID(index))
    }
    if let index = plant.pumpGroups.firstIndex(where: { $0.name == name }) {
      return .pumpGroup(PumpGroupID(index))
    }
    if let index = plant.circuits.firstIndex(where: { $0.name == name }) {
      return .circuit(CircuitID(index))
    }
    if let index = plant.devices.firstIndex(where: { $0.name == name }) {
      return .device(DeviceID(index))
    }
    if let index = plant.points.firstIndex(where: { $0.name == name }) {
      return .point(PointID(index))
    }
    if let index = plant.waterMeters.firstIndex(where: { $0.name == name }) {
      return .waterMeter(WaterMeterID(index))
    }
    return name == plant.name ? .plant : nil
  }
}
