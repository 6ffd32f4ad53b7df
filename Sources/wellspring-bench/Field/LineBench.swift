import Field
import FieldModbus
import PlantModel
import Quantities

#if canImport(Glibc)
  import Glibc
#endif

/// What the field makes of a serial line whose every character takes its time.
struct LineBench {
  private let plant: Plant
  private let path: String

  /// - Parameter plant: devices on one serial line.
  init(_ plant: Plant, path: String, baud: Int) {
    var plant = plant
    plant.buses[0].link = .serial(
      SerialLine(path: path, baud: baud, parity: .even, stopBits: 1))
    // Every value is wanted in every round, so that all requests are made equally often.
    for index in plant.points.indices { plant.points[index].every = .zero }
    self.plant = plant
    self.path = path
  }

  /// What happened in a run.
  struct Figures {
    var seconds = 0.0
    /// By device.
    var requests: [Int] = []
    /// What the formula asks for those requests, seconds.
    var formulaSeconds = 0.0
    /// Requests that the line did not hear since they came too early.
    var early = 0

    var share: Double { formulaSeconds / seconds }
  }

  /// Reads as fast as the line lets it, for so long.
  ///
  /// - Parameter silent: devices that do not answer.
  func run(seconds: Double, silent: Set<Int> = []) throws(ServerFailure) -> Figures {
    guard let image = RegisterImage(plant: plant) else {
      throw ServerFailure(description: "no memory for the registers")
    }
    image.show(
      plant.points.map {
        silent.contains($0.device.index)
          ? .nan : min(max(0, $0.range.lowerBound), $0.range.upperBound)
      })
    let server = try SerialServer(image, bus: BusID(0), plant: plant, timeScale: 1)
    server.start()
    defer { server.stop() }
    let field = ModbusField(plant: plant, clock: { FieldTruth.now }, log: { _ in })
    // Those that are silent are given up first; else it begins with the first round.
    while !silent.isEmpty,
      field.statistics.enumerated().contains(where: { index, figures in
        silent.contains(index) && figures.timeouts < 3
      })
    {
      rounds(field, seconds: 0.5)
    }
    let before = field.statistics.map(\.requests)
    let begun = FieldTruth.now
    rounds(field, seconds: seconds)
    var figures = Figures(seconds: (FieldTruth.now - begun).seconds)
    figures.requests = zip(field.statistics.map(\.requests), before).map { $0 - $1 }
    field.stop()
    figures.early = server.figures.early
    figures.formulaSeconds = formula(figures.requests)
    return figures
  }

  private func rounds(_ field: ModbusField, seconds: Double) {
    let end = FieldTruth.now + .seconds(seconds)
    while FieldTruth.now < end {
      field.apply(nil)
      usleep(500)
    }
  }

  /// `T = (13 + 2N)·Tc + 2·t3.5 + Ts` for each request that was made, with the pause that a device needs.
  private func formula(_ requests: [Int]) -> Double {
    guard case .serial(let line) = plant[BusID(0)].link else { return 0 }
    var sum = 0.0
    for (index, count) in requests.enumerated() {
      let plan = ReadPlan.requests(of: DeviceID(index), in: plant)
      let round = plan.reduce(0.0) { sum, request in
        let size = Double(request.addresses.count)
        let bytes = request.table.isBit ? (size / 8).rounded(.up) : 2 * size
        return sum + (13 + bytes) * line.characterSeconds + line.silenceSeconds
          + line.silenceSeconds + SerialServer.turnaround
      }
      // Its pause is kept between two requests to it; before the first of a round others have spoken.
      let more = max(plant.devices[index].pause.seconds - line.silenceSeconds, 0)
      let pauses = more * Double(max(plan.count - 1, 0))
      sum += (round + pauses) * Double(count) / Double(max(plan.count, 1))
    }
    return sum
  }
}

extension LineBench {
  /// 32 devices of one drive's size on a line.
  static func crowd(path: String) -> (LineBench, alone: LineBench) {
    func plant(_ units: Int) -> Plant {
      let bus = Bus(
        name: "line", link: .tcp(host: "", port: 0), responseTimeout: .seconds(0.5),
        guardTime: .zero)
      let devices = (0..<units).map {
        Device(name: "unit-\($0 + 1)", bus: BusID(0), unit: $0 + 1, type: "x", maximumRead: 32)
      }
      let points = devices.indices.flatMap { device in
        (0..<8).map { register in
          Point(
            name: "\(device).\(register)", device: DeviceID(device), direction: .input,
            unit: .count, register: Register(table: .input, address: register, format: .u16),
            range: -1e9...1e9, maximumAge: .seconds(10), carriesProof: true)
        }
      }
      return PointPlants.plant(
        buses: [bus], devices: devices, points: points, scan: .seconds(1))
    }
    return (
      LineBench(plant(32), path: path, baud: 19_200),
      alone: LineBench(plant(2), path: path, baud: 19_200)
    )
  }
}
