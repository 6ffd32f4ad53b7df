import PlantModel
import Testing

@testable import PlantControl

/// A device that answers, and refuses some of its registers or all of them.
struct RefusalTests {
  private let device = Subject.device(DeviceID(0))
  private func all(_ rig: WatchRig) -> [PointID] {
    rig.bench.plant.points.indices.map { PointID($0) }
  }
  private func kinds(_ rig: WatchRig) -> [AlarmKind] {
    rig.bench.board.alarms.alarms.filter(\.isActive).map(\.key.kind)
  }

  @Test("LOSS-04: a refused register is one alarm of its device after 10 s, and none of its sensor")
  func oneRegister() {
    var rig = WatchRig()
    rig.refused = [rig.outdoor]
    rig.run(10)
    #expect(kinds(rig).isEmpty)
    rig.run(60)
    #expect(rig.bench.board.alarms.alarms.map(\.key) == [AlarmKey(.registersRefused, device)])
    let why = rig.watch.loss(of: rig.outdoor, rig.bench.plant)
    #expect(why?.rule == .registersRefused && why?.subject == device)
    #expect(rig.bench.board.silent[rig.outdoor.index])
    rig.refused = []
    rig.run(1)
    #expect(kinds(rig).isEmpty)
    #expect(rig.watch.loss(of: DeviceID(0)) == nil)
  }

  @Test("LOSS-04: a device that refuses everything is not called silent")
  func everything() {
    var rig = WatchRig()
    rig.refused = all(rig)
    rig.run(60)
    #expect(kinds(rig) == [.registersRefused])
    #expect(rig.watch.loss(of: DeviceID(0))?.rule == .registersRefused)
    rig.refused = []
    rig.run(60)
    #expect(kinds(rig).isEmpty)
  }

  @Test("LOSS-02: a device with a refused register that falls silent is lost")
  func thenSilent() {
    var rig = WatchRig()
    rig.refused = [rig.outdoor]
    rig.isSilent = true
    rig.run(60)
    #expect(kinds(rig).contains(.deviceLost))
    #expect(rig.watch.loss(of: rig.outdoor, rig.bench.plant)?.rule == .deviceLost)
  }

  @Test("LOSS-02, LOSS-04: a silent device that begins to refuse everything is told as what it is")
  func silentThenRefusing() {
    var rig = WatchRig()
    rig.isSilent = true
    rig.run(60)
    #expect(kinds(rig) == [.deviceLost])
    rig.refused = all(rig)
    rig.run(11)
    #expect(kinds(rig) == [.registersRefused])
  }
}
