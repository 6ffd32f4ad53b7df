import Field
import FieldModbus
import PlantModel
import Quantities
import Testing

/// The client against a device that misbehaves on command (`peers/hostile.py`).
@Suite(.serialized) struct HostileTests {
  private func rig(_ peer: Peer, units: [Int] = [1], _ more: [PointPlant.Signal] = []) -> FieldRig {
    FieldRig(
      PointPlant.make(port: peer.port, units: units, PointPlant.inputs(0..<8) + more), peer: peer)
  }

  private func isTrue(_ rig: FieldRig) -> Bool { (0..<8).allSatisfy { isTrue(rig, "r\($0)", $0) } }

  private func isTrue(_ rig: FieldRig, _ name: String, _ address: Int) -> Bool {
    rig.value(name) == Double(1000 + address)
  }

  /// Everything a device has ever said is either true or not believed.
  private func expectNothingFalse(
    _ rig: FieldRig, _ comment: String, _ location: SourceLocation = #_sourceLocation
  ) {
    for address in 0..<8 {
      let sample = rig.sample("r\(address)")
      #expect(
        sample.quality == .bad || sample.value == Double(1000 + address),
        "\(comment): r\(address) is \(sample.value)", sourceLocation: location)
    }
  }

  @Test(arguments: [
    "silent", "late", "half", "cut", "transaction", "unit", "function", "twice", "count",
    "protocol", "garbage", "busy", "failure", "dribble",
  ])
  func nothingFalseIsDeliveredAndTheDeviceComesBack(kind: String) throws {
    let peer = try Peer("hostile.py")
    let rig = rig(peer)
    rig.scan(until: { isTrue(rig) }, "read at first")
    peer.tell("be \(kind)")
    for _ in 0..<6 {
      rig.scan()
      expectNothingFalse(rig, kind)
    }
    // A duplicate comes with a true answer; the others bring nothing, and the device is given up.
    let isGivenUp = rig.log.contains { $0.hasPrefix("deviceAway device-0") }
    #expect(isGivenUp == (kind != "twice"))
    peer.tell("be well")
    let begun = rig.now
    rig.scan(until: { rig.sample("r0").taken > begun && isTrue(rig) }, "back")
    expectNothingFalse(rig, kind)
  }

  @Test(arguments: 1...4)
  func nothingFalseIsDeliveredWhateverComes(seed: Int) throws {
    let peer = try Peer("hostile.py")
    let rig = rig(peer, PointPlant.outputs([50]))
    rig.want(["w50": 7])
    peer.tell("seed \(seed)")
    peer.tell("be anything")
    for scan in 0..<150 {
      rig.scan(by: .seconds(3))
      expectNothingFalse(rig, "seed \(seed), scan \(scan)")
    }
    let figures = rig.field.statistics[0]
    #expect(figures.timeouts > 0 && figures.nonsense > 0 && figures.exceptions.contains { $0 > 0 })
    #expect(figures.lastSuccess != nil)
    peer.tell("be well")
    rig.scan(until: { isTrue(rig) && rig.value("w50") == 7 }, "back")
  }

  @Test func anAnswerInTwoPartsIsOneAnswer() throws {
    let peer = try Peer("hostile.py")
    peer.tell("be split")
    let rig = rig(peer)
    rig.scan(until: { isTrue(rig) }, scans: 3, "read")
  }

  @Test func oneSilentDeviceDoesNotHoldUpTheOthers() throws {
    let peer = try Peer("hostile.py")
    let rig = rig(
      peer, units: [1, 2, 3],
      PointPlant.inputs([0], device: 1) + PointPlant.inputs([0], device: 2))
    peer.tell("deaf 2")
    rig.scan(until: { rig.image.settled }, scans: 5, "settled with one device given up")
    for _ in 0..<20 {
      rig.scan()
      #expect(isTrue(rig, "r0", 0) && isTrue(rig, "d2-r0", 0))
      #expect(rig.image.now - rig.sample("d2-r0").taken <= .seconds(2))
    }
    #expect(rig.value("d1-r0") == nil)
    peer.tell("deaf 0")
    // It carries a proof: never left alone for more than 5 s.
    rig.scan(until: { isTrue(rig, "d1-r0", 0) }, scans: 7, "back")
  }

  /// Three devices, the second of which is only written; it and then the third fall silent, and answer again.
  private func onlyWritten(_ change: (inout Writing) -> Void) throws -> (FieldRig, Peer) {
    let peer = try Peer("hostile.py")
    var command = PointPlant.outputs([50])[0]
    command.device = 1
    var plant = PointPlant.make(
      port: peer.port, units: [1, 2, 3],
      PointPlant.inputs(0..<8) + PointPlant.inputs([0], device: 2) + [command])
    let place = try #require(plant.points.firstIndex { $0.name == "w50" })
    plant.points[place].writing.isReadBack = false
    change(&plant.points[place].writing)
    let rig = FieldRig(plant, peer: peer)
    rig.want(["w50": 1])
    rig.scan(until: { rig.image.settled && peer.tell("writes").contains("2:50=1") }, "told")
    peer.tell("deaf 2")
    for wish in 2...4 {
      rig.want(["w50": Double(wish)])
      rig.scan()
    }
    #expect(rig.log.contains { $0.hasPrefix("deviceAway device-1") })
    peer.tell("deaf 3")
    rig.scan(until: { rig.log.contains { $0.hasPrefix("deviceAway device-2") } }, "away too")
    peer.tell("deaf 0")
    let begun = rig.now
    rig.scan(until: { rig.sample("d2-r0").taken > begun }, scans: 8, "the other is back")
    return (rig, peer)
  }

  @Test func aDeviceThatIsOnlyWrittenComesBackByItsCommands() throws {
    let (rig, peer) = try onlyWritten { _ in }
    rig.scan(until: { rig.log.contains { $0.hasPrefix("deviceBack device-1") } }, "told again")
    #expect(peer.tell("writes").contains("2:50=4"))
  }

  @Test func aDeviceThatMayNotBeToldAnythingTodayHoldsUpNobody() throws {
    let (rig, _) = try onlyWritten { $0.dailyBudget = 4 }
    #expect(rig.log.contains { $0.hasPrefix("writeBudgetSpent device-1") })
    #expect(!rig.log.contains { $0.hasPrefix("deviceBack device-1") })
  }

  @Test func whatIsWantedNowIsWrittenOnceOnReturnAndNothingOlder() throws {
    let peer = try Peer("hostile.py")
    let rig = rig(peer, PointPlant.outputs([50, 51]))
    rig.want(["w50": 1, "w51": 10])
    rig.scan(until: { rig.value("w50") == 1 && rig.value("w51") == 10 }, "written")
    #expect(peer.tell("writes") == "1:50=1 1:51=10")
    peer.tell("close")
    rig.scan(until: { rig.log.contains { $0.hasPrefix("deviceAway") } }, "away")
    for wish in 2...9 {
      rig.want(["w50": Double(wish), "w51": 10])
      rig.scan()
    }
    // What the process did to it meanwhile.
    peer.tell("holding 51 77")
    peer.tell("reopen")
    rig.scan(until: { rig.value("w50") == 9 && rig.value("w51") == 10 }, "written again")
    for _ in 0..<5 { rig.scan() }
    #expect(peer.tell("writes") == "1:50=9 1:51=10")
  }

  @Test func aWriteThatNobodyAnsweredIsNotTakenForDone() throws {
    let peer = try Peer("hostile.py")
    let rig = rig(peer, PointPlant.outputs([50]))
    rig.want(["w50": 1])
    rig.scan(until: { rig.value("w50") == 1 }, "written")
    peer.tell("be echo")
    rig.want(["w50": 2])
    rig.scan()
    peer.tell("be well")
    // The device took 2 but said otherwise; the wish is 1 again.
    rig.want(["w50": 1])
    peer.tell("writes")
    rig.scan(until: { peer.tell("writes").contains("1:50=1") }, scans: 3, "told again")
  }

  @Test func whatIsWantedLastIsToldBeforeTheLineIsClosed() throws {
    let peer = try Peer("hostile.py")
    for _ in 0..<20 {
      let rig = rig(peer, PointPlant.outputs([50]))
      rig.want(["w50": 1])
      rig.scan(until: { rig.value("w50") == 1 }, "written")
      peer.tell("writes")
      rig.want(["w50": 0])
      rig.scanAndStop()
      #expect(peer.tell("writes") == "1:50=0")
    }
  }

  /// It alone is due in most rounds: what the device says to others shows that it is the register's fault.
  @Test func aRegisterThatIsRefusedAmongSeldomOnesIsNoLostDevice() throws {
    let peer = try Peer("hostile.py")
    peer.tell("undefined 200")
    var plant = PointPlant.make(port: peer.port, PointPlant.inputs([0, 200, 400]))
    for place in plant.points.indices {
      plant.points[place].every = .seconds(30)
      plant.points[place].maximumAge = .minutes(2)
    }
    let rig = FieldRig(plant, peer: peer)
    for _ in 0..<100 { rig.scan() }
    #expect(rig.log.count == 1, "\(rig.log)")
    #expect(
      rig.log.first?.hasPrefix("registerRefused device-0: cannot be asked for input 200") == true)
    #expect(isTrue(rig, "r0", 0) && isTrue(rig, "r400", 400))
  }

  @Test(arguments: ["mute", "undefined"])
  func aBlockWithOneBadRegisterIsReadAroundIt(fault: String) throws {
    let peer = try Peer("hostile.py")
    peer.tell("\(fault) 5")
    let rig = FieldRig(
      PointPlant.make(
        port: peer.port, PointPlant.inputs(0..<8) + PointPlant.inputs([100, 101])), peer: peer)
    rig.scan(until: { rig.log.contains { $0.contains("input 5 ('r5')") } }, "found")
    rig.scan(
      until: { [0, 1, 2, 3, 4, 6, 7, 100].allSatisfy { isTrue(rig, "r\($0)", $0) } }, "rest")
    #expect(rig.log.filter { $0.hasPrefix("registerRefused") }.count == 1)
    #expect(rig.value("r5") == nil)
    #expect(!rig.log.contains { $0.hasPrefix("deviceAway") })
    rig.scan(until: { rig.image.settled }, scans: 3, "settled")
  }

  @Test func anIdleConnectionThatTheDeviceClosedIsNoFailure() throws {
    let peer = try Peer("hostile.py")
    let rig = rig(peer)
    rig.scan(until: { isTrue(rig) }, "read")
    peer.tell("close")
    peer.tell("reopen")
    rig.scan()
    rig.scan()
    #expect(rig.field.statistics[0].failures == 0)
    #expect(rig.image.now - rig.sample("r0").taken <= .seconds(2))
  }

  @Test func aHostThatIsNotThereIsGivenUpWithAllItsDevices() throws {
    let peer = try Peer("hostile.py")
    peer.tell("close")
    let rig = rig(peer, units: [1, 2], PointPlant.inputs([0], device: 1))
    rig.scan(until: { rig.image.settled }, scans: 5, "settled")
    #expect(rig.log.count == 2)
    #expect(rig.log.allSatisfy { $0.contains("cannot connect to 127.0.0.1:\(peer.port)") })
    peer.tell("reopen")
    rig.scan(until: { isTrue(rig) && isTrue(rig, "d1-r0", 0) }, scans: 7, "back")
  }
}
