import PlantModel
import Quantities

/// Plants of buses, devices and points alone, for measuring the field.
enum PointPlants {
  static func plant(buses: [Bus], devices: [Device], points: [Point], scan: TimeSpan) -> Plant {
    let nowhere = PointID(0)
    return Plant(
      name: "field",
      site: Site(
        utcOffset: .zero, outdoorTemperature: Sensor(nowhere), frostTemperature: Sensor(nowhere),
        emergencyStop: Sensor(nowhere), stopState: .stop, seasonChange: .propose),
      scanPeriod: scan, parameters: Parameters(), buses: buses, devices: devices, points: points,
      circuits: [], valves: [], pumps: [], pumpGroups: [], units: [], blocks: [], tanks: [],
      makeUps: [], meters: [])
  }

  /// The devices of one bus of a plant, and nothing else of it.
  static func bus(_ bus: BusID, of plant: Plant) -> Plant {
    var places: [Int: Int] = [:]
    var devices: [Device] = []
    for (index, device) in plant.devices.enumerated() where device.bus == bus {
      places[index] = devices.count
      devices.append(device)
      devices[devices.count - 1].bus = BusID(0)
    }
    let own = plant.points.indices.filter { places[plant.points[$0].device.index] != nil }
    let moved = Dictionary(
      uniqueKeysWithValues: own.enumerated().map { ($0.element, PointID($0.offset)) })
    let points = own.map { index in
      var point = plant.points[index]
      point.device = DeviceID(places[point.device.index] ?? 0)
      point.validWhen = point.validWhen.flatMap { moved[$0.index] }
      point.writing.status = point.writing.status.flatMap { moved[$0.index] }
      point.writing.shownBy = point.writing.shownBy.flatMap { moved[$0.index] }
      return point
    }
    return self.plant(
      buses: [plant[bus]], devices: devices, points: points, scan: plant.scanPeriod)
  }
}
