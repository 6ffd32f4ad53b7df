import PlantModel
import Quantities
import Testing

/// The client against a device that pymodbus serves from a register map (`peers/registers.py`).
@Suite(.serialized) struct PymodbusTests {
  private typealias Signal = PointPlant.Signal

  private static func input(
    _ name: String, _ address: Int, _ format: Register.Format = .u16,
    order: Register.WordOrder = .abcd, scale: Double = 1, offset: Double = 0, bit: Int? = nil,
    sentinels: [UInt64] = [], range: ClosedRange<Double> = -1e9...1e9
  ) -> Signal {
    Signal(
      name: name,
      register: Register(
        table: .input, address: address, format: format, wordOrder: order, scale: scale,
        offset: offset, part: bit.map { .bit($0) } ?? .whole, sentinels: sentinels), range: range)
  }

  private static func bit(_ name: String, _ table: Register.Table, _ address: Int) -> Signal {
    Signal(name: name, register: Register(table: table, address: address, format: .bit))
  }

  private static func output(_ name: String, _ register: Register, _ range: ClosedRange<Double>)
    -> Signal
  {
    Signal(name: name, register: register, direction: .output, range: range)
  }

  private static let signals: [Signal] = [
    input("tenths", 0, scale: 0.1), input("signed", 1, .i16, scale: 0.1, offset: 20),
    input("float", 2, .f32), input("swapped", 4, .f32, order: .cdab), input("wide", 6, .u32),
    input("bit-two", 8, bit: 2), input("bit-three", 8, bit: 3),
    input("absent", 9, sentinels: [0x8000]), input("out-of-range", 12, range: 0...100),
    bit("switch-0", .discrete, 0), bit("switch-1", .discrete, 1), bit("switch-17", .discrete, 17),
    output("relay", Register(table: .coil, address: 1, format: .bit), 0...1),
    output("speed", Register(table: .holding, address: 0, format: .u16, scale: 0.01), 0...50),
    output(
      "level", Register(table: .holding, address: 2, format: .f32, wordOrder: .cdab), -100...100),
  ]

  private func rig(_ peer: Peer, _ more: [Signal] = []) -> FieldRig {
    FieldRig(
      PointPlant.make(
        port: peer.port, units: [7], timeout: .seconds(2), PymodbusTests.signals + more), peer: peer
    )
  }

  @Test func everyFormatArrivesAsTheDeviceMeansIt() throws {
    let rig = rig(try Peer("registers.py"))
    rig.scan(until: { rig.image.settled }, "settled")
    let expected: [(String, Double)] = [
      ("tenths", 21.5), ("signed", 15), ("wide", 100_000), ("bit-two", 1), ("bit-three", 0),
      ("switch-0", 1), ("switch-1", 0), ("switch-17", 1), ("relay", 0), ("speed", 0),
    ]
    for (name, value) in expected {
      let seen = try #require(rig.value(name), "\(name) is not there")
      #expect(abs(seen - value) < 1e-9, "\(name)")
    }
    #expect(rig.value("float") == Double(Float(50.24)))
    #expect(rig.value("swapped") == rig.value("float"))
    #expect(rig.sample("absent").doubt == .noValue)
    #expect(rig.sample("out-of-range").doubt == .outOfRange)
  }

  @Test func commandsArriveInEveryFormatAndAreReadBack() throws {
    let peer = try Peer("registers.py")
    let rig = rig(peer)
    rig.scan(until: { rig.image.settled }, "settled")
    rig.want(["relay": 1, "speed": 42.5, "level": -12.5])
    rig.scan(until: { rig.value("relay") == 1 && rig.value("level") == -12.5 }, "read back")
    #expect(peer.tell("get coil 1") == "1")
    #expect(peer.tell("get coil 0") == "0")
    #expect(peer.tell("get holding 0") == "4250")
    // −12.5 is 0xC1480000; the low word comes first.
    #expect(peer.tell("get holding 2") == "0")
    #expect(peer.tell("get holding 3") == "\(0xC148)")
  }

  @Test func nothingIsWrittenBeforeItIsWanted() throws {
    let peer = try Peer("registers.py")
    peer.tell("set holding 0 3000")
    let rig = rig(peer)
    rig.scan(until: { rig.value("speed") == 30 }, "read")
    for _ in 0..<3 { rig.scan() }
    #expect(peer.tell("get holding 0") == "3000")
  }

  @Test func aCommandThatSomeoneElseOverwroteIsGivenAgain() throws {
    let peer = try Peer("registers.py")
    let rig = rig(peer)
    rig.want(["speed": 40])
    rig.scan(until: { rig.value("speed") == 40 }, "written")
    peer.tell("set holding 0 1000")
    rig.scan(until: { peer.tell("get holding 0") == "4000" }, "written again")
  }

  @Test func aRegisterThatTheDeviceDoesNotKnowIsLeftOutAndNamed() throws {
    let rig = rig(try Peer("registers.py"), [PymodbusTests.input("unknown", 10)])
    rig.scan(until: { rig.image.settled }, "settled")
    rig.scan()
    #expect(rig.value("tenths") == 21.5)
    #expect(rig.value("bit-two") == 1)
    #expect(rig.sample("unknown").doubt == .refused)
    #expect(rig.log.count == 1)
    #expect(rig.log.first?.contains("input 10 ('unknown')") == true)
  }
}
