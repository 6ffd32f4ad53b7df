import CAllocProbe
import CModbus
import Dispatch
import FieldModbus
import PlantModel
import Quantities

#if canImport(Glibc)
  import Glibc
#endif

/// What reading 10,000 points over TCP costs, beside libmodbus alone in the same process.
struct NetworkBench {
  static let units = 100
  static let registers = 100

  let plant: Plant
  private let port: Int

  /// - Parameter inFlight: how many requests are on their way at once.
  init(port: Int, inFlight: Int = 1) {
    self.port = port
    let bus = Bus(
      name: "network", link: .tcp(host: "127.0.0.1", port: port), responseTimeout: .seconds(2),
      guardTime: .zero, requestsInFlight: inFlight)
    let devices = (0..<NetworkBench.units).map {
      Device(name: "unit-\($0 + 1)", bus: BusID(0), unit: $0 + 1, type: "x", maximumRead: 125)
    }
    let points = devices.indices.flatMap { device in
      (0..<NetworkBench.registers).map { register in
        Point(
          name: "\(device).\(register)", device: DeviceID(device), direction: .input,
          unit: .count, register: Register(table: .holding, address: register, format: .u16),
          range: -1e9...1e9, maximumAge: .seconds(10))
      }
    }
    plant = PointPlants.plant(buses: [bus], devices: devices, points: points, scan: .seconds(1))
  }

  /// Serves the points until standard input ends.
  func serve() throws(ServerFailure) {
    guard let image = RegisterImage(plant: plant) else {
      throw ServerFailure(description: "no memory for the registers")
    }
    image.show(plant.points.map { Double($0.register.address) })
    let server = try ModbusServer(image, bus: BusID(0), plant: plant)
    server.start()
    print("serving \(port)")
    fflush(nil)
    while readLine() != nil {}
    server.stop()
  }

  /// What one request of 100 registers takes.
  struct Cost {
    /// Microseconds of CPU, and on the clock.
    var cpu: Double
    var passed: Double
  }

  /// What a request takes libmodbus alone, the whole field, and the field with several requests on their way; medians.
  func cost(rounds: Int, inFlight: Int) -> (bare: Cost, own: Cost, several: Cost)? {
    let fields = [self, NetworkBench(port: port, inFlight: inFlight)].map {
      ModbusField(plant: $0.plant, clock: { FieldTruth.now }, log: { _ in })
    }
    defer { for field in fields { field.stop() } }
    for field in fields { round(field) }
    var found: [[Cost]] = [[], [], []]
    for _ in 0..<5 {
      var answered = true
      found[0].append(cost(rounds) { answered = bareRounds(rounds) })
      guard answered else { return nil }
      for (index, field) in fields.enumerated() {
        found[index + 1].append(cost(rounds) { for _ in 0..<rounds { round(field) } })
      }
    }
    let medians = found.map { costs in
      Cost(cpu: costs.map(\.cpu).sorted()[2], passed: costs.map(\.passed).sorted()[2])
    }
    return (medians[0], medians[1], medians[2])
  }

  private func cost(_ rounds: Int, _ body: () -> Void) -> Cost {
    let begun = DispatchTime.now().uptimeNanoseconds
    let before = PollBench.cpuMicroseconds
    body()
    let requests = Double(rounds * NetworkBench.units)
    return Cost(
      cpu: (PollBench.cpuMicroseconds - before) / requests,
      passed: Double(DispatchTime.now().uptimeNanoseconds - begun) / 1000 / requests)
  }

  /// Reads all points every second for so long: the share of one core, and the memory resident in the end.
  func load(seconds: Int) -> (core: Double, megabytes: Double) {
    let field = ModbusField(plant: plant, clock: { FieldTruth.now }, log: { _ in })
    var image = InputImage(plant: plant, now: FieldTruth.now)
    round(field)
    let before = PollBench.cpuMicroseconds
    for _ in 0..<seconds {
      image.now = FieldTruth.now
      field.freeze(into: &image)
      field.apply(nil)
      usleep(1_000_000)
    }
    let used = (PollBench.cpuMicroseconds - before) / Double(seconds) / 1e6
    field.stop()
    return (used, residentMegabytes)
  }

  /// Heap blocks held more after an hour's rounds, the least of three hours: what is never let go grows in each, and what
  /// Dispatch keeps for later use does not.
  func growth() -> Int {
    let field = ModbusField(plant: plant, clock: { FieldTruth.now }, log: { _ in })
    for _ in 0..<1000 { round(field) }
    let hours = (0..<3).map { _ in
      let before = wellspring_held_blocks()
      for _ in 0..<3600 { round(field) }
      return Int(wellspring_held_blocks() - before)
    }
    field.stop()
    return hours.min() ?? 0
  }

  /// One round, to its end.
  private func round(_ field: ModbusField) {
    field.apply(nil)
    field.drain()
  }

  private func bareRounds(_ rounds: Int) -> Bool {
    guard let line = modbus_new_tcp("127.0.0.1", Int32(port)) else { return false }
    defer { modbus_free(line) }
    guard modbus_connect(line) == 0 else { return false }
    defer { modbus_close(line) }
    var words = [UInt16](repeating: 0, count: 125)
    for _ in 0..<rounds {
      for unit in 1...NetworkBench.units {
        modbus_set_slave(line, Int32(unit))
        guard
          modbus_read_registers(line, 0, Int32(NetworkBench.registers), &words)
            == Int32(NetworkBench.registers)
        else { return false }
      }
    }
    return true
  }

  private var residentMegabytes: Double {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}
