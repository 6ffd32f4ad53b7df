import Foundation
import PlantConfiguration
import PlantModel
import Quantities
import Testing

/// The field client against devices that pymodbus serves from the YAML of their profiles alone.
@Suite(.serialized) struct ProfileFieldTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A drive with steps, a meter with the low word first, a heat meter, a heat pump, remote I/O.
  @Test(arguments: [
    "schneider-atv320", "carlo-gavazzi-em24", "tuf-2000m", "nibe-s-series", "wago-750",
  ])
  func everySignalOfAProfileArrivesAsItsDeviceMeansIt(_ profile: String) throws {
    let path = ProfileFieldTests.root.appendingPathComponent("config/devices/\(profile).yaml").path
    let peer = try Peer("../../SystemTests/peers/profile_device.py", [path, "1"])
    let shown = try JSONSerialization.jsonObject(with: Data(peer.tell("values").utf8))
    let expected = try #require(shown as? [String: Any])
    let (loaded, diagnostics) = ProfileLoader.load(
      path: path, at: .tcp(host: "127.0.0.1", port: peer.port), unit: 1,
      responseTimeout: .seconds(2))
    let plant = try #require(loaded, "\(diagnostics)")
    let rig = FieldRig(plant, peer: peer)
    rig.scan(until: { rig.image.settled }, "settled")
    #expect(expected.count == plant.points.count { $0.writing.isReadBack })
    for (signal, value) in expected {
      let other = try #require(value as? Double, "\(signal)")
      let own = try #require(rig.value("\(profile).\(signal)"), "\(signal) is not there")
      #expect(abs(own - other) <= 1e-6 * max(abs(other), 1), "\(signal): \(own) and \(other)")
    }
  }
}
