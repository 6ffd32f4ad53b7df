import Glibc
import PlantModel
import Quantities
import Testing

@testable import FieldModbus

/// When commands have their turn, and blocks their whole shape back.
@Suite(.serialized) struct CommandTurnTests {
  @Test func anOutputWhoseWriteFailsKeepsNoOtherFromBeingTold() throws {
    let peer = try Peer("hostile.py")
    let rig = FieldRig(
      PointPlant.make(
        port: peer.port, PointPlant.inputs(0..<4) + PointPlant.outputs([50, 51, 52])),
      peer: peer)
    peer.tell("stubborn 50")
    rig.want(["w50": 1, "w51": 2, "w52": 3])
    for _ in 0..<8 { rig.scan() }
    let writes = peer.tell("writes")
    #expect(writes.contains("1:51=2") && writes.contains("1:52=3"), "\(writes)")
    let told = rig.log.filter { $0.contains("does not acknowledge 'w50': exception 4") }
    #expect(told.count == 1, "\(rig.log)")
    peer.tell("stubborn -1")
    rig.scan(until: { peer.tell("writes").contains("1:50=1") }, scans: 3, "told in the end")
  }

  /// A round that takes longer than a scan must not look for commands at its beginning alone.
  @Test func aCommandThatComesWhileTheLastDeviceIsReadIsWrittenInThatRound() throws {
    let peer = try Peer("hostile.py")
    let rig = FieldRig(
      PointPlant.make(port: peer.port, PointPlant.inputs(0..<4) + PointPlant.outputs([50])),
      peer: peer)
    rig.want(["w50": 1])
    rig.scan(until: { peer.tell("writes").contains("1:50=1") }, scans: 5, "written")
    // Every answer takes some 50 ms from here on.
    peer.tell("be backwards")
    rig.begin()
    usleep(20_000)
    rig.want(["w50": 2])
    rig.begin()
    rig.field.drain()
    #expect(peer.tell("writes") == "1:50=2")
  }

  @Test func aBlockThatWasHalvedByNoiseIsReadAsAWholeAgain() {
    let plant = PointPlant.make(port: 1, PointPlant.inputs(0..<8))
    var reads = DeviceReads(ReadPlan.requests(of: DeviceID(0), in: plant))
    let begun = Instant(milliseconds: 0)
    let whole = reads.all.map(\.request.addresses)
    #expect(whole == [0..<8])
    for (turn, rest) in [1.0, 2, 4, 8, 10, 10].enumerated() {
      let now = begun + .hours(Double(turn + 1))
      _ = reads.halve(0, plant, at: now)
      _ = reads.halve(0, plant, at: now + .seconds(1))
      for place in reads.all.indices { _ = reads.answered(place, plant, at: now) }
      reads.tidy(plant, at: now + .minutes(rest) - .seconds(1))
      #expect(reads.all.count == 3)
      reads.tidy(plant, at: now + .minutes(rest))
      #expect(reads.all.map(\.request.addresses) == whole)
    }
  }
}
