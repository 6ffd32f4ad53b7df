import Glibc
import PlantModel
import Quantities
import Testing

@testable import FieldModbus

/// Modbus RTU on a pseudo-terminal, against a line with devices of its own (`peers/rtu.py`).
@Suite(.serialized) struct SerialTests {
  private func line(_ peer: Peer) -> SerialLine {
    SerialLine(path: peer.place, baud: 115_200, parity: .none, stopBits: 1)
  }

  /// Two units with two blocks of one length each, which a late answer could be taken for.
  private func rig(_ peer: Peer, timeout: TimeSpan = .seconds(0.05)) -> FieldRig {
    let signals =
      PointPlant.inputs(0..<8) + PointPlant.inputs(100..<108)
      + PointPlant.inputs(0..<8, device: 1) + PointPlant.outputs([0, 1])
    return FieldRig(
      PointPlant.make(serial: line(peer), units: [3, 9], timeout: timeout, signals), peer: peer)
  }

  /// Scans until `condition` holds, with real time between two scans: a unit that owes an answer is left alone.
  private func wait(
    _ rig: FieldRig, _ comment: Comment, until condition: () -> Bool
  ) {
    for _ in 0..<200 {
      rig.scan()
      if condition() { return }
      usleep(10_000)
    }
    Issue.record("still not: \(comment); log: \(rig.log)")
  }

  private func expectTruth(_ rig: FieldRig, _ comment: Comment) {
    for (index, point) in rig.plant.points.enumerated() where point.direction == .input {
      let sample = rig.image.samples[index]
      guard sample.isUsable else { continue }
      #expect(sample.value == Double(1000 + point.register.address), "\(point.name) \(comment)")
    }
  }

  @Test func valuesArriveAndCommandsAreTaken() throws {
    let peer = try Peer("rtu.py")
    let rig = rig(peer)
    rig.scan(until: { rig.image.settled }, "settled")
    rig.scan()
    #expect(rig.value("r7") == 1007 && rig.value("r107") == 1107 && rig.value("d1-r0") == 1000)
    rig.want(["w0": 41, "w1": 7])
    rig.scan(until: { rig.value("w0") == 41 && rig.value("w1") == 7 }, "read back")
    expectTruth(rig, "sound")
  }

  @Test func theLineIsSilentBeforeEveryRequest() throws {
    let peer = try Peer("rtu.py")
    let rig = rig(peer)
    rig.scan(until: { rig.image.settled }, "settled")
    for kind in ["well", "crc"] {
      peer.tell("gaps")
      let before = try #require(Int(peer.tell("counts")))
      peer.tell("be \(kind)")
      for _ in 0..<10 {
        rig.scan()
        usleep(30_000)
      }
      peer.tell("be well")
      wait(rig, "back") { rig.value("r0") == 1000 }
      let shortest = try #require(Double(peer.tell("gaps")))
      #expect(shortest >= 1.75, "after \(kind): the standard has 1.75 ms above 19,200 baud")
      #expect(try #require(Int(peer.tell("counts"))) > before + 4)
    }
  }

  /// Whatever comes over the line, a false value is never delivered.
  @Test(arguments: [
    "silent", "late", "later", "refused-later", "half", "crc", "unit", "function", "count", "twice",
    "garbage", "split",
    "busy", "echo",
  ])
  func aFalseAnswerIsNeverDelivered(_ kind: String) throws {
    let peer = try Peer("rtu.py")
    let rig = rig(peer)
    rig.scan(until: { rig.image.settled }, "settled")
    peer.tell("be \(kind)")
    for turn in 0..<40 {
      rig.want(["w0": Double(turn)])
      rig.scan()
      expectTruth(rig, "\(kind)")
      usleep(20_000)
    }
    peer.tell("be well")
    wait(rig, "back after \(kind)") { rig.value("r0") == 1000 && rig.value("d1-r7") == 1007 }
    rig.want(["w0": 77, "w1": 78])
    wait(rig, "commands taken after \(kind)") {
      rig.value("w0") == 77 && rig.value("w1") == 78
    }
    expectTruth(rig, "after \(kind)")
    #expect(!rig.log.contains { $0.hasPrefix("registerRefused") })
  }

  @Test func noneOfManyFaultsByTurnsIsDelivered() throws {
    let peer = try Peer("rtu.py")
    let rig = rig(peer, timeout: .seconds(0.05))
    rig.scan(until: { rig.image.settled }, "settled")
    peer.tell("seed \(Int.random(in: 1...1_000_000))")
    peer.tell("be anything")
    for _ in 0..<400 {
      rig.scan()
      expectTruth(rig, "anything")
      usleep(10_000)
    }
  }

  @Test func aSilentUnitCostsTheOthersLittle() throws {
    let peer = try Peer("rtu.py")
    let rig = rig(peer)
    rig.scan(until: { rig.image.settled }, "settled")
    peer.tell("deaf 3")
    wait(rig, "away") { rig.log.contains { $0.hasPrefix("deviceAway device-0") } }
    rig.scan()
    #expect(rig.value("d1-r0") == 1000)
    peer.tell("deaf 0")
    wait(rig, "back") { rig.value("r0") == 1000 }
  }

  @Test func aPulledAdapterIsNamedAndTakenAgain() throws {
    let peer = try Peer("rtu.py")
    let rig = rig(peer)
    rig.scan(until: { rig.image.settled }, "settled")
    peer.tell("pull")
    for _ in 0..<15 { rig.scan() }
    #expect(!rig.sample("r0").isUsable)
    #expect(rig.log.contains { $0.contains("'\(peer.place)' is") }, "\(rig.log)")
    peer.tell("plug")
    wait(rig, "plugged again") { rig.value("r0") == 1000 }
  }

  @Test func aLineThatIsNotThereSaysWhatToDo() {
    let nowhere = SerialLine(path: "/dev/no-such-line", baud: 9600, parity: .even, stopBits: 1)
    let rig = FieldRig(PointPlant.make(serial: nowhere, PointPlant.inputs(0..<2)))
    for _ in 0..<5 { rig.scan() }
    #expect(
      rig.log.contains {
        $0.contains("'/dev/no-such-line' is not there; ls /dev/serial/by-id shows what is")
      }, "\(rig.log)")
  }

  @Test func characterAndSilenceFollowTheStandard() {
    let slow = SerialLine(path: "/dev/x", baud: 9600, parity: .even, stopBits: 1)
    #expect(slow.bitsPerCharacter == 11 && slow.format == "9600 8E1")
    #expect(abs(slow.silenceSeconds - 3.5 * 11 / 9600) < 1e-12)
    let fast = SerialLine(path: "/dev/x", baud: 38_400, parity: .none, stopBits: 2)
    #expect(fast.bitsPerCharacter == 11 && fast.silenceSeconds == 0.00175)
  }
}
