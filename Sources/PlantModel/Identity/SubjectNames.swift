extension Plant {
  /// What has a name in one of the plant's lists; nil when there is no such thing.
  public func subject(_ kind: Subject.Kind, named name: String) -> Subject? {
    let index: Int? =
      switch kind {
      case .plant: 0
      case .bus: buses.firstIndex { $0.name == name }
      case .device: devices.firstIndex { $0.name == name }
      case .point: points.firstIndex { $0.name == name }
      case .circuit: circuits.firstIndex { $0.name == name }
      case .valve: valves.firstIndex { $0.name == name }
      case .pump: pumps.firstIndex { $0.name == name }
      case .pumpGroup: pumpGroups.firstIndex { $0.name == name }
      case .unit: units.firstIndex { $0.name == name }
      case .block: blocks.firstIndex { $0.name == name }
      case .tank: tanks.firstIndex { $0.name == name }
      case .meter: meters.firstIndex { $0.name == name }
      case .waterMeter: waterMeters.firstIndex { $0.name == name }
      case .well: wells.firstIndex { $0.name == name }
      case .distribution: distributions.firstIndex { $0.name == name }
      case .consumer: consumers.firstIndex { $0.name == name }
      }
    return index.map { Subject(kind, $0) }
  }
}
