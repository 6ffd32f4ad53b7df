import FieldModbus
import PlantModel
import Quantities
import Testing

/// The client against devices on pymodbus that refuse while they boot, and one that knows one register
/// less than its map (`peers/booting.py`).
@Suite(.serialized) struct BootingTests {
  private static let addresses = [0, 1, 2, 3, 4, 5, 6, 7, 8, 40, 41, 42]
  private static let all = addresses.map { "r\($0)" } + addresses.map { "d1-r\($0)" }

  private func rig(_ peer: Peer) -> FieldRig {
    FieldRig(
      PointPlant.make(
        port: peer.port, units: [1, 2], timeout: .seconds(2),
        PointPlant.inputs(BootingTests.addresses)
          + PointPlant.inputs(BootingTests.addresses, device: 1) + PointPlant.outputs([50, 51])),
      peer: peer)
  }

  private func isTrue(_ rig: FieldRig, but left: [String] = []) -> Bool {
    BootingTests.all.filter { !left.contains($0) }.allSatisfy { name in
      rig.value(name) == Double(1000 + (Int(name.drop { $0 != "r" }.dropFirst()) ?? 0))
    }
  }

  @Test(
    "A bus that refuses everything for a while is wholly back after it", arguments: [1, 2, 3, 30])
  func boots(scans: Int) throws {
    let peer = try Peer("booting.py")
    let rig = rig(peer)
    rig.want(["w50": 7, "w51": 8])
    rig.scan(until: { isTrue(rig) && rig.value("w51") == 8 }, "read at first")
    peer.tell("boot")
    for _ in 0..<scans { rig.scan() }
    // Two devices of three reads and two writes each: never halved to the bottom.
    let requests = try #require(Int(peer.tell("run")))
    #expect(requests <= 16 + 3 * scans, "\(requests) requests in \(scans) scans")
    let begun = rig.now
    rig.scan(
      until: {
        isTrue(rig) && rig.sample("d1-r0").taken > begun && rig.sample("r42").taken > begun
          && rig.value("w50") == 7 && rig.value("w51") == 8
      }, scans: 7, "back")
    #expect(!rig.log.contains { $0.hasPrefix("registerRefused") })
  }

  @Test(
    "A bus that refuses everything from the start is judged, told as it is, and read once it answers"
  )
  func bootsAtTheStart() throws {
    let peer = try Peer("booting.py")
    peer.tell("boot")
    let rig = rig(peer)
    rig.scan(until: { rig.image.settled }, scans: 5, "settled")
    rig.scan()
    #expect(
      rig.log.sorted() == [0, 1].map { "deviceAway device-\($0): refuses everything: exception 2" })
    #expect(rig.sample("r0").doubt == .refused && rig.sample("w50").doubt == .refused)
    peer.tell("run")
    rig.scan(until: { isTrue(rig) }, scans: 7, "read")
    rig.scan()
    #expect(rig.sample("r0").doubt == .none)
  }

  @Test("What is wanted of a device that is only booting is told as soon as it takes it")
  func writesWait() throws {
    let peer = try Peer("booting.py")
    let rig = rig(peer)
    rig.scan(until: { isTrue(rig) }, "read")
    peer.tell("boot")
    rig.want(["w50": 7])
    for _ in 0..<8 { rig.scan() }
    peer.tell("run")
    rig.scan(until: { rig.value("w50") == 7 }, scans: 7, "told")
  }

  @Test("One bad register costs the good ones nothing, and one request a minute or fewer")
  func oneBadRegister() throws {
    let peer = try Peer("booting.py")
    peer.tell("refuse 5 5")
    let rig = rig(peer)
    let bad = ["r5", "d1-r5"]
    rig.scan(until: { rig.sample("d1-r5").doubt == .refused && isTrue(rig, but: bad) }, "found")
    peer.tell("requests")
    for _ in 0..<1200 {
      rig.scan()
      #expect(isTrue(rig, but: bad) && rig.sample("r5").doubt == .refused)
      #expect(rig.now - rig.sample("r4").taken <= .seconds(1))
    }
    // A scan asks two runs and the other block of each device, and what it was told; beside that, each
    // bad register is asked after 1, 3, 7 and 15 minutes.
    let requests = try #require(Int(peer.tell("requests")))
    let regular = 1200 * 7
    #expect(requests > regular && requests <= regular + 2 * 5, "\(requests)")
    #expect(rig.log.count == 2, "\(rig.log)")
  }

  @Test("A register that answers again is read again, with its block in one request")
  func badRegisterMended() throws {
    let peer = try Peer("booting.py")
    peer.tell("refuse 2 7")
    let rig = rig(peer)
    rig.scan(until: { rig.sample("d1-r7").doubt == .refused }, "found")
    peer.tell("refuse 0 -1")
    rig.scan(until: { isTrue(rig) }, scans: 75, "all read again")
    rig.scan()
    peer.tell("requests")
    for _ in 0..<10 { rig.scan() }
    #expect(peer.tell("requests") == "50")
    #expect(rig.log.contains { $0.hasPrefix("registerBack device-0: answers again for input 2") })
  }

  @Test("After its device was away, a register that is left out is asked at once")
  func askedOnReturn() throws {
    let peer = try Peer("booting.py")
    peer.tell("refuse 5 5")
    let rig = rig(peer)
    rig.scan(until: { rig.sample("d1-r5").doubt == .refused }, "found")
    peer.tell("boot")
    rig.scan(until: { rig.log.filter { $0.hasPrefix("deviceAway") }.count == 2 }, "away")
    peer.tell("refuse 0 -1")
    peer.tell("run")
    rig.scan(until: { isTrue(rig) }, scans: 10, "all read again")
  }
}
