import FieldModbus
import Glibc
import PlantModel
import Quantities
import Testing

/// The server of register images against mbpoll, an independent master, and against our client.
@Suite(.serialized) struct ServerTests {
  private let port = ServerTests.freePort()
  private let image: RegisterImage
  private let server: ModbusServer
  private let plant: Plant

  init() throws {
    let signals =
      PointPlant.inputs([0, 1, 2]) + PointPlant.inputs([4], device: 1)
      + PointPlant.outputs([0, 1])
      + [
        PointPlant.Signal(
          name: "float", register: Register(table: .input, address: 6, format: .f32)),
        PointPlant.Signal(
          name: "switch", register: Register(table: .discrete, address: 3, format: .bit)),
        PointPlant.Signal(
          name: "relay", register: Register(table: .coil, address: 2, format: .bit),
          direction: .output, range: 0...1),
      ]
    plant = PointPlant.make(port: port, units: [1, 2], timeout: .seconds(0.3), signals)
    image = try #require(RegisterImage(plant: plant))
    server = try ModbusServer(image, bus: BusID(0), plant: plant)
    server.start()
    show([:])
  }

  /// A port that nobody listens on just now.
  private static func freePort() -> Int {
    let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(probe) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(probe, $0, size)
        _ = getsockname(probe, $0, &size)
      }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private func show(_ values: [String: Double]) {
    image.show(plant.points.map { values[$0.name] ?? 1 })
  }

  /// What mbpoll reads, as `[address]: value` lines, or its complaint.
  private func poll(_ words: [String]) -> String {
    let all = ["-0", "-1", "-o", "1", "-p", "\(port)"] + words
    let answer = Command.run("mbpoll", all + ["127.0.0.1"])
    #expect(answer.code != 127, "no program 'mbpoll' on the path: apt-get install mbpoll")
    let lines = answer.output.split(separator: "\n")
    return lines.filter { $0.hasPrefix("[") || $0.contains("failed") }
      .map { $0.filter { $0 != "\t" && $0 != " " } }.joined(separator: " ")
  }

  @Test func mbpollReadsWhatIsShown() {
    show(["r0": 215, "r2": 65_535, "float": 50.25, "switch": 1, "d1-r4": 77])
    #expect(poll(["-a", "1", "-t", "3", "-r", "0", "-c", "3"]) == "[0]:215 [1]:1 [2]:65535(-1)")
    #expect(poll(["-a", "1", "-t", "3:float", "-B", "-r", "6"]) == "[6]:50.25")
    #expect(poll(["-a", "1", "-t", "1", "-r", "3"]) == "[3]:1")
    #expect(poll(["-a", "2", "-t", "3", "-r", "4"]) == "[4]:77")
  }

  @Test func whatMbpollWritesIsACommand() {
    _ = Command.run("mbpoll", ["-0", "-p", "\(port)", "-t", "4", "-r", "1", "127.0.0.1", "321"])
    _ = Command.run("mbpoll", ["-0", "-p", "\(port)", "-t", "0", "-r", "2", "127.0.0.1", "1"])
    var commands = plant.points.map { _ in -1.0 }
    image.commands(into: &commands)
    let found = zip(plant.points, commands).filter { $0.0.direction == .output }
      .map { "\($0.0.name)=\($0.1)" }
    #expect(found == ["relay=1.0", "w0=0.0", "w1=321.0"])
  }

  @Test func unknownAddressesAndUnitsAreRefused() {
    #expect(poll(["-a", "1", "-t", "3", "-r", "200"]).contains("Illegaldataaddress"))
    #expect(
      poll(["-a", "9", "-t", "3", "-r", "0"]).contains("Targetdevicefailedtorespond"))
  }

  @Test func aSilentDeviceSaysNothingWhileTheOthersAnswer() {
    show(["d1-r4": .nan])
    #expect(poll(["-a", "2", "-t", "3", "-r", "4"]).contains("Connectiontimedout"))
    #expect(poll(["-a", "1", "-t", "3", "-r", "0"]) == "[0]:1")
  }

  @Test func aClientThatStopsInTheMiddleDoesNotHoldUpTheOthers() {
    let half = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(half) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let joined = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(half, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    #expect(joined == 0)
    #expect(send(half, [0, 1, 0, 0, 0] as [UInt8], 5, 0) == 5)
    #expect(poll(["-a", "1", "-t", "3", "-r", "0"]) == "[0]:1")
  }

  @Test func ourClientAndOurServerAgree() {
    show(["r0": 12, "float": -3.5])
    let rig = FieldRig(plant)
    rig.want(["w1": 9, "relay": 1])
    rig.scan(until: { rig.value("r0") == 12 && rig.value("float") == -3.5 }, "read")
    rig.scan(until: { rig.value("w1") == 9 && rig.value("relay") == 1 }, "written")
    show(["d1-r4": .nan])
    rig.scan(until: { rig.log.contains { $0.hasPrefix("deviceAway device-1") } }, "away")
  }

  @Test func aPortThatIsTakenIsNamed() {
    #expect(throws: ServerFailure.self) { try ModbusServer(image, bus: BusID(0), plant: plant) }
  }
}
