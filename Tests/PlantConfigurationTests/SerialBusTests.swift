import Foundation
import PlantConfiguration
import PlantModel
import Quantities
import Testing

/// Serial lines in the configuration: what they may say, and what they can carry.
@Suite struct SerialBusTests {
  private func load(_ bus: String) throws -> (Plant?, [String]) {
    let good = try text(of: configPath("office.yaml"))
    let line = "wells: { host: 127.0.0.1, port: 15033, response_timeout_seconds: 0.5 }"
    try #require(good.contains(line))
    let (loaded, diagnostics) = PlantLoader.load(
      bytes: Array(good.replacing(line, with: "wells: { \(bus) }").utf8), file: "plant.yaml")
    return (loaded?.plant, diagnostics.map(\.description))
  }

  private func wells(_ plant: Plant?) throws -> Bus {
    try #require(plant?.buses.first { $0.name == "wells" })
  }

  @Test func aLineIsAsTheStandardHasItUnlessStated() throws {
    let (plant, told) = try load("serial: /dev/ttyUSB0, baud: 19200")
    #expect(!told.contains { $0.contains("error") }, "\(told)")
    let bus = try wells(plant)
    let line = SerialLine(path: "/dev/ttyUSB0", baud: 19_200, parity: .even, stopBits: 1)
    #expect(bus.link == .serial(line))
    #expect(bus.place == "/dev/ttyUSB0, 19200 8E1")
    let other = try wells(try load("serial: /dev/ttyUSB0, baud: 19200, parity: none").0)
    #expect(other.place == "/dev/ttyUSB0, 19200 8N2")
  }

  @Test(arguments: [
    ("response_timeout_seconds: 0.5", "the bus 'wells' goes nowhere — state host"),
    ("host: 127.0.0.1, baud: 9600", "'baud' without 'serial' — it belongs to a serial line"),
    ("serial: /dev/ttyUSB0, port: 502", "the bus 'wells' has 'port' and 'serial'"),
    (
      "serial: /dev/ttyUSB0, requests_in_flight: 4",
      "the bus 'wells' has 'requests_in_flight' and 'serial' — an answer over a serial line"
    ),
    (
      "host: 127.0.0.1, requests_in_flight: 4, guard_seconds: 0.02",
      "the bus 'wells' has 'requests_in_flight' and 'guard_seconds' — who needs a pause"
    ),
    ("gpio: relays, requests_in_flight: 2", "the bus 'wells' has 'requests_in_flight' and 'gpio'"),
    ("serial: ttyUSB0", "'ttyUSB0' is no device file — write its whole path"),
    ("serial: /dev/ttyUSB0, baud: 14400", "no line runs at 14400 baud — it is one of 1200,"),
    ("serial: /dev/ttyUSB0, parity: mark", "'mark' for 'parity'"),
    (
      "serial: /dev/ttyUSB0, baud: 1200, guard_seconds: 0.5",
      "a round of 'wells' takes 18 s, and proofs on it may be 10 s old — raise its baud"
    ),
  ])
  func whatALineCannotBeIsToldWhereItStands(_ bus: String, _ told: String) throws {
    let (plant, diagnostics) = try load(bus)
    #expect(plant == nil)
    let found = diagnostics.first { $0.contains("error: " + told) }
    #expect(found?.hasPrefix("plant.yaml:25:") == true, "\(diagnostics)")
  }

  @Test func twoBusesOnOneLineAreRefused() throws {
    let good = try text(of: configPath("office.yaml"))
    var lines = good.components(separatedBy: "\n")
    for index in lines.indices where lines[index].contains("host: 127.0.0.1") {
      lines[index].replace(#/\{.*\}/#) { _ in "{ serial: /dev/ttyUSB0, baud: 115200 }" }
    }
    let (loaded, diagnostics) = PlantLoader.load(
      bytes: Array(lines.joined(separator: "\n").utf8), file: "plant.yaml")
    #expect(loaded == nil)
    #expect(
      diagnostics.contains {
        $0.description.contains("goes to /dev/ttyUSB0, 115200 8E1 as 'drives'")
      })
  }

  /// `T = (13 + 2N)·Tc + 2·t3.5 + Ts`: 9600 baud, ten registers and 5 ms are 51 ms.
  @Test func aReadCostsWhatTheFormulaSays() {
    let line = SerialLine(path: "/dev/x", baud: 9600, parity: .even, stopBits: 1)
    let bus = Bus(
      name: "a", link: .serial(line), responseTimeout: .seconds(0.5), guardTime: .zero)
    let request = ReadRequest(
      device: DeviceID(0), table: .holding, addresses: 0..<10, points: [PointID(0)])
    #expect(bus.cost(of: request) == .seconds(0.051))
    #expect(bus.mergeGap == 12)
    let gateway = Bus(
      name: "b", link: .tcp(host: "h", port: 502), responseTimeout: .seconds(0.5),
      guardTime: .seconds(0.02))
    #expect(gateway.cost(of: request) == .seconds(0.022) && gateway.mergeGap == 8)
  }
}
