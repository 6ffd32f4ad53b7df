import Field
import FieldModbus
import PlantModel
import Quantities

#if canImport(Glibc)
  import Glibc
#endif

/// The field against fault servers: every value that it delivers is held to what was true.
struct FaultRun {
  /// Units of a line that are asked.
  private static let units = 20
  /// Waits of a plant pass faster than the fault server's, so that devices given up are soon asked again.
  private static let haste: Int64 = 20

  private let plant: Plant
  private let requests: [ReadRequest]
  private let field: ModbusField
  private var image: InputImage
  private var last: [Instant]
  private var delivered = 0
  private var wrongAnswers = 0
  private var wrongWords = 0

  /// - Parameter targets: `tcp:HOST:PORT` or `rtu:PATH`; nil when one is neither.
  init?(targets: [String], timeout: Double) {
    var buses: [Bus] = []
    var devices: [Device] = []
    var points: [Point] = []
    for (line, target) in targets.enumerated() {
      guard let link = FaultRun.link(target) else { return nil }
      buses.append(
        Bus(
          name: "line-\(line)", link: link, responseTimeout: .seconds(timeout), guardTime: .zero,
          requestsInFlight: FaultRun.inFlight(line)))
      for unit in 1...FaultRun.units {
        let device = DeviceID(devices.count)
        devices.append(
          Device(
            name: "\(line)-\(unit)", bus: BusID(line), unit: unit, type: "x", maximumRead: 20))
        points += FaultRun.points(device)
      }
    }
    plant = PointPlants.plant(buses: buses, devices: devices, points: points, scan: .seconds(1))
    requests = ReadPlan.requests(for: plant)
    image = InputImage(plant: plant, now: FaultRun.now)
    last = plant.points.map { _ in .distantPast }
    field = ModbusField(plant: plant, clock: { FaultRun.now }, log: { _ in })
  }

  /// Every other line is asked several things at once.
  private static func inFlight(_ line: Int) -> Int { [1, 2, 1, 8][line % 4] }

  private static func link(_ target: String) -> Bus.Link? {
    let parts = target.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    if parts[0] == "rtu" {
      return .serial(SerialLine(path: parts[1], baud: 115_200, parity: .even, stopBits: 1))
    }
    let place = parts[1].split(separator: ":").map(String.init)
    guard parts[0] == "tcp", place.count == 2, let port = Int(place[1]) else { return nil }
    return .tcp(host: place[0], port: port)
  }

  /// Two blocks of single registers and one of pairs, somewhere else for each device.
  private static func points(_ device: DeviceID) -> [Point] {
    let place = Int.random(in: 0..<400)
    let singles = (0..<Int.random(in: 1...8)).map {
      Register(table: .input, address: place + $0, format: .u16)
    }
    let held = (0..<Int.random(in: 1...6)).map {
      Register(table: .holding, address: place + 300 + $0, format: .u16)
    }
    let begin = FieldTruth.pairsBegin + 2 * place
    let pairs = (0..<Int.random(in: 1...6)).map {
      Register(table: .input, address: begin + 2 * $0, format: .u32)
    }
    return (singles + held + pairs).map {
      Point(
        name: "\(device.index).\($0.table.rawValue)-\($0.address)", device: device,
        direction: .input, unit: .count, register: $0, range: -1e12...1e12,
        maximumAge: .hours(1), carriesProof: true)
    }
  }

  private static var now: Instant {
    Instant(milliseconds: Int64(FieldTruth.tick) * haste)
  }

  /// Runs for so long; a line of JSON.
  mutating func run(seconds: Double) -> String {
    let begin = FieldTruth.tick
    let end = begin + UInt64(seconds * 1000)
    while FieldTruth.tick < end {
      field.apply(nil)
      usleep(1000)
      image.now = FaultRun.now
      field.freeze(into: &image)
      judge(until: FieldTruth.tick)
    }
    field.stop()
    let statistics = field.statistics
    let asked = statistics.reduce(0) { $0 + $1.requests }
    let errors = statistics.reduce(0) { $0 + $1.failures + $1.exceptions.reduce(0, +) }
    return
      "{\"client\": \"wellspring\", \"requests\": \(asked), \"delivered\": \(delivered), \"wrong_words\": \(wrongWords), \"wrong_answers\": \(wrongAnswers), \"errors\": \(errors), \"seconds\": \(Double(FieldTruth.tick - begin) / 1000)}"
  }

  /// Each value that an answer brought must have been true in some millisecond since it was asked for; one of two
  /// registers as a whole.
  private mutating func judge(until tick: UInt64) {
    for request in requests {
      var open = request.points.filter {
        image.samples[$0.index].taken > last[$0.index] && image.samples[$0.index].quality == .good
      }
      while let first = open.first {
        let taken = image.samples[first.index].taken
        let answer = open.filter { image.samples[$0.index].taken == taken }
        open.removeAll { image.samples[$0.index].taken == taken }
        for point in answer { last[point.index] = taken }
        delivered += 1
        let asked = UInt64(taken.milliseconds / FaultRun.haste)
        let wrong = answer.count { point in
          !(asked...max(asked, tick)).contains { isTrue(point, at: $0) }
        }
        wrongWords += wrong
        if wrong > 0 { wrongAnswers += 1 }
      }
    }
  }

  private func isTrue(_ point: PointID, at tick: UInt64) -> Bool {
    let spec = plant[point]
    let unit = plant[spec.device].unit
    let address = spec.register.address
    let held = image.samples[point.index].value
    return spec.register.format == .u32
      ? held == Double(FieldTruth.pair(unit: unit, address: address, tick: tick))
      : held == Double(FieldTruth.value(unit: unit, address: address, tick: tick))
  }
}
