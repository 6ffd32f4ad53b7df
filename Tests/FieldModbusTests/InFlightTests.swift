import Field
import PlantModel
import Quantities
import Testing

@testable import FieldModbus

/// Several requests on their way at once, against a device that misbehaves on command (`peers/hostile.py`).
@Suite(.serialized) struct InFlightTests {
  private static let devices = 5

  /// Five devices with a block of registers each.
  private func rig(_ peer: Peer, _ more: [PointPlant.Signal] = []) -> FieldRig {
    let inputs = (0..<InFlightTests.devices).flatMap {
      PointPlant.inputs(10 * $0..<10 * $0 + 4, device: $0)
    }
    var plant = PointPlant.make(
      port: peer.port, units: Array(1...InFlightTests.devices), inFlight: 8, inputs + more)
    // What was false a minute ago is still seen.
    for place in plant.points.indices { plant.points[place].maximumAge = .hours(1) }
    return FieldRig(plant, peer: peer)
  }

  private func isTrue(_ rig: FieldRig, since begun: Instant, but silent: Int? = nil) -> Bool {
    (0..<InFlightTests.devices).filter { $0 != silent }.allSatisfy { device in
      (10 * device..<10 * device + 4).allSatisfy { address in
        let name = (device == 0 ? "" : "d\(device)-") + "r\(address)"
        return rig.value(name) == Double(1000 + address) && rig.sample(name).taken >= begun
      }
    }
  }

  private func expectNothingFalse(_ rig: FieldRig, _ comment: String) {
    for point in rig.plant.points where point.direction == .input {
      let sample = rig.sample(point.name)
      #expect(
        sample.quality == .bad || sample.value == Double(1000 + point.register.address),
        "\(comment): \(point.name) is \(sample.value)")
    }
  }

  @Test func eachAnswerGoesToItsRequestInWhateverOrderTheyCome() throws {
    let peer = try Peer("hostile.py")
    peer.tell("be backwards")
    let rig = rig(peer)
    rig.scan()
    rig.scan()
    #expect(isTrue(rig, since: .distantPast))
    // Were they asked for one after the other, none could overtake another.
    #expect(peer.tell("overtaken") == "true")
    #expect(rig.field.statistics.allSatisfy { $0.requests > 0 && $0.failures == 0 })
    #expect(peer.tell("counts").hasSuffix(" 1"))
  }

  /// An answer that carries the number of the request before or after its own must be an answer to neither.
  @Test func numbersOfRequestsOnTheirWayLieFarApart() throws {
    let line = TCPConnection(host: "127.0.0.1", port: 1, timeout: 1)
    let numbers = (0..<65_536).map { _ in line.nextTransaction() }
    #expect(Set(numbers).count == 65_536)
    for (place, number) in numbers.enumerated() {
      for other in numbers[(place + 1)...].prefix(15) {
        #expect(min(number &- other, other &- number) >= 1000)
        #expect(number >> 8 != other >> 8 && number & 0xFF != other & 0xFF)
      }
    }
  }

  @Test func aSilentDeviceIsTheOnlyOneThatIsBlamed() throws {
    let peer = try Peer("hostile.py")
    let rig = rig(peer)
    rig.scan(until: { rig.image.settled && isTrue(rig, since: .distantPast) }, "read")
    peer.tell("deaf 3")
    rig.scan(until: { rig.log.contains { $0.hasPrefix("deviceAway device-2") } }, scans: 8, "away")
    let begun = rig.now
    rig.scan(until: { isTrue(rig, since: begun, but: 2) }, scans: 3, "the others are read")
    #expect(rig.log.count == 1, "\(rig.log)")
    for (index, figures) in rig.field.statistics.enumerated() where index != 2 {
      #expect(figures.failures == 0, "\(figures.device)")
    }
    peer.tell("deaf 0")
    rig.scan(until: { isTrue(rig, since: begun + .seconds(5)) }, "back")
  }

  @Test func whoTakesOneRequestAtATimeIsReadAllTheSame() throws {
    let peer = try Peer("hostile.py")
    peer.tell("be single")
    let rig = rig(peer)
    for _ in 0..<80 { rig.scan() }
    #expect(isTrue(rig, since: rig.now - .seconds(3)))
    #expect(rig.log.isEmpty, "\(rig.log)")
    // A connection is given up for each try of several: after 0, 2, 4 … 64 s.
    let connections = Int(peer.tell("counts").split(separator: " ")[1]) ?? 0
    #expect((3...8).contains(connections), "\(connections)")
  }

  /// An answer that lacks some bytes takes them from the next one, and both look well until the last is missed.
  @Test func anAnswerThatLacksSomeBytesSpoilsAllThatCameWithIt() throws {
    let peer = try Peer("hostile.py")
    let rig = rig(peer)
    peer.tell("be short")
    for scan in 0..<10 {
      rig.scan(by: .seconds(61))
      expectNothingFalse(rig, "scan \(scan)")
    }
    #expect(rig.field.statistics.contains { $0.failures > 0 })
  }

  @Test func aRefusalAmongOthersIsAnAnswer() throws {
    let peer = try Peer("hostile.py")
    peer.tell("undefined 21")
    let rig = rig(peer)
    rig.scan(until: { rig.value("d2-r20") == 1020 && rig.value("d2-r23") == 1023 }, "read around")
    #expect(rig.log.count == 1 && rig.log[0].contains("input 21"), "\(rig.log)")
    #expect(rig.value("d3-r30") == 1030)
  }

  @Test(arguments: 1...4)
  func nothingFalseIsDeliveredWhateverComes(seed: Int) throws {
    let peer = try Peer("hostile.py")
    let rig = rig(peer, PointPlant.outputs([50]))
    rig.want(["w50": 7])
    peer.tell("seed \(seed)")
    peer.tell("be anything")
    for scan in 0..<60 {
      // Longer than requests go alone, so that every other round at least begins with several.
      rig.scan(by: .seconds(61))
      expectNothingFalse(rig, "seed \(seed), scan \(scan)")
    }
    peer.tell("be well")
    let begun = rig.now
    rig.scan(until: { isTrue(rig, since: begun) && rig.value("w50") == 7 }, "back")
    expectNothingFalse(rig, "seed \(seed), well again")
  }
}
