import Foundation
import PlantConfiguration
import PlantModel
import Testing

@testable import FieldModbus

/// Registers that show several signals at once, as the twin serves them: every shipped profile can be played by it.
@Suite struct SharedRegisterTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("config/devices")

  private static var profiles: [String] {
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (files ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
  }

  private func plant(_ profile: String) throws -> Plant {
    let (plant, diagnostics) = ProfileLoader.load(
      path: SharedRegisterTests.folder.appendingPathComponent(profile).path,
      at: .tcp(host: "127.0.0.1", port: 502), unit: 1)
    return try #require(plant, "\(diagnostics)")
  }

  @Test(arguments: SharedRegisterTests.profiles)
  func aRegisterShowsAllOfItsSignalsAndAsksForNoStep(_ profile: String) throws {
    let plant = try plant(profile)
    for runs in [false, true] {
      let on = ["remote", "measuring"] + (runs ? ["running"] : [])
      let values = plant.points.map { point in
        on.contains { point.name.hasSuffix("." + $0) } ? 1.0 : 0
      }
      for place in SharedRegister.all(in: plant) {
        var shared = place
        let found = shared.word(values, plant)
        let word = try #require(found, "\(shared.table) \(shared.address), running \(runs)")
        for (index, point) in plant.points.enumerated()
        where shared.isPlace(of: point) && point.unit == .digital {
          #expect(point.register.decode([word]) == values[index], "\(point.name)")
        }
        for point in plant.points {
          guard let status = point.writing.status, shared.isPlace(of: plant[status]) else {
            continue
          }
          #expect(point.writing.word(at: word) == nil, "\(point.name)")
        }
      }
    }
  }

  @Test func aTripIsShownThoughItAsksForAStep() throws {
    let plant = try plant("danfoss-fc51.yaml")
    let values = plant.points.map { $0.name.hasSuffix(".tripped") ? 1.0 : 0 }
    var shared = try #require(SharedRegister.all(in: plant).first { $0.address == 50_199 })
    #expect(shared.word(values, plant) == 8)
    #expect(shared.word(values, plant) == 8)
  }

  /// Over the wire: the status word, which the twin does not know, must not wipe out its bits.
  @Test func theBitsOfAStatusWordAreSeenByTheField() throws {
    let peer = try Peer("hostile.py")
    var plant = try plant("danfoss-fc51.yaml")
    // The peer has shown that its port is free.
    peer.tell("close")
    plant.buses[0].link = .tcp(host: "127.0.0.1", port: peer.port)
    let image = try #require(RegisterImage(plant: plant))
    let server = try ModbusServer(image, bus: BusID(0), plant: plant)
    server.start()
    defer { server.stop() }
    image.show(
      plant.points.map { $0.name.hasSuffix(".remote") || $0.name.hasSuffix(".running") ? 1 : 0 })
    let rig = FieldRig(plant)
    rig.scan(until: { rig.image.settled }, "settled")
    #expect(rig.value("danfoss-fc51.remote") == 1)
    #expect(rig.value("danfoss-fc51.running") == 1)
    #expect(rig.value("danfoss-fc51.tripped") == 0)
    #expect(rig.value("danfoss-fc51.status-word") == 0x0A00)
  }
}
