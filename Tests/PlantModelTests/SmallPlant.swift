import PlantModel
import Quantities

/// Plants of points alone, and the machine room's two blocks in little.
enum SmallPlant {
  static func points(_ count: Int, safe: Double = 0) -> Plant {
    let nowhere = PointID(0)
    return Plant(
      name: "points",
      site: Site(
        utcOffset: .zero, outdoorTemperature: Sensor(nowhere), frostTemperature: Sensor(nowhere),
        emergencyStop: Sensor(nowhere), stopState: .stop, seasonChange: .propose),
      scanPeriod: .seconds(1), parameters: Parameters(), buses: [], devices: [],
      points: (0..<count).map {
        Point(
          name: "p\($0)", device: DeviceID(0), direction: .output, unit: .count,
          register: Register(table: .holding, address: $0, format: .u16), range: 0...100,
          maximumAge: .seconds(10), safeValue: safe)
      }, circuits: [], valves: [], pumps: [], pumpGroups: [], units: [], blocks: [], tanks: [],
      makeUps: [], meters: [])
  }

  /// One vessel between circuits 0 and 1: valves 0 and 1 at its inlet, 2 and 3 at its outlet.
  static let block = ChangeOverBlock(
    name: "block", valves: (0..<4).map { ValveID($0) },
    vessels: [
      Vessel(
        name: "evaporators", side: .evaporator,
        ports: [
          Port(end: .inlet, valve: ValveID(0), circuit: CircuitID(0)),
          Port(end: .inlet, valve: ValveID(1), circuit: CircuitID(1)),
          Port(end: .outlet, valve: ValveID(2), circuit: CircuitID(0)),
          Port(end: .outlet, valve: ValveID(3), circuit: CircuitID(1)),
        ])
    ],
    positions: [
      Position(name: "winter", open: [ValveID(0), ValveID(2)]),
      Position(name: "summer", open: [ValveID(1), ValveID(3)]),
      Position(name: "shut", open: []),
    ], modes: [], pairs: [], units: [], dependences: [], vesselsHaveRelief: false,
    maximumChangesPerDay: 0, unitsOffBefore: .zero, minimumDwell: .zero)
}
