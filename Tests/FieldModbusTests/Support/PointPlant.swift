import PlantModel
import Quantities

/// A plant of buses, devices and points alone.
enum PointPlant {
  /// One point of one device.
  struct Signal {
    var name: String
    var register: Register
    var direction = Point.Direction.input
    var device = 0
    var unit = MeasurementUnit.count
    var range = -1e9...1e9
    var deadBand = 0.0
    var safe = 0.0
  }

  /// - Parameters:
  ///   - port: of Modbus TCP on this machine; `serial` is a line instead.
  ///   - units: the unit identifier of each device.
  static func make(
    port: Int = 502, serial: SerialLine? = nil, units: [Int] = [1],
    timeout: TimeSpan = .seconds(0.1), proof: Bool = true,
    maximumRead: Int = 100, mergeGap: Int = 8, inFlight: Int = 1, _ signals: [Signal]
  ) -> Plant {
    let bus = Bus(
      name: "bus", link: serial.map { .serial($0) } ?? .tcp(host: "127.0.0.1", port: port),
      responseTimeout: timeout, guardTime: .zero, requestsInFlight: inFlight)
    let devices = units.enumerated().map {
      Device(
        name: "device-\($0.offset)", bus: BusID(0), unit: $0.element, type: "x",
        maximumRead: maximumRead, mergeGap: mergeGap)
    }
    let points = signals.map {
      Point(
        name: $0.name, device: DeviceID($0.device), direction: $0.direction, unit: $0.unit,
        register: $0.register, range: $0.range, maximumAge: .seconds(10), safeValue: $0.safe,
        carriesProof: proof, deadBand: $0.deadBand)
    }
    let nowhere = PointID(0)
    return Plant(
      name: "points",
      site: Site(
        utcOffset: .zero, outdoorTemperature: Sensor(nowhere), frostTemperature: Sensor(nowhere),
        emergencyStop: Sensor(nowhere), stopState: .stop, seasonChange: .propose),
      scanPeriod: .seconds(1), parameters: Parameters(), buses: [bus], devices: devices,
      points: points.sorted { $0.name < $1.name }, circuits: [], valves: [], pumps: [],
      pumpGroups: [], units: [], blocks: [], tanks: [], makeUps: [], meters: [])
  }

  /// Input registers `addresses` of a device, named `r12` by address.
  static func inputs(_ addresses: some Sequence<Int>, device: Int = 0) -> [Signal] {
    addresses.map {
      Signal(
        name: "\(device == 0 ? "" : "d\(device)-")r\($0)",
        register: Register(table: .input, address: $0, format: .u16), device: device)
    }
  }

  /// Holding registers that are outputs, named `w3` by address.
  static func outputs(_ addresses: some Sequence<Int>, deadBand: Double = 0) -> [Signal] {
    addresses.map {
      Signal(
        name: "w\($0)", register: Register(table: .holding, address: $0, format: .u16),
        direction: .output, range: 0...1000, deadBand: deadBand)
    }
  }
}
