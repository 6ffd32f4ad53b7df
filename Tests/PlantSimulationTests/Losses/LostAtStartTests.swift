import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// What an operator reads when a device is silent as the daemon starts: the device, first.
@Suite struct LostAtStartTests {
  /// A device, the blocks that it brings to a stand, and whether tanks are not charged without it.
  struct Case {
    var device: String
    var rows: [String] = []
    var units: [String] = []
    var stopsTanks = false
  }

  static let cases = [
    Case(device: "valve-io-1", rows: ["main"], units: ["main"]),
    Case(device: "valve-io-2", rows: ["recovery"], units: ["recovery"]),
    Case(device: "sensors-1", units: ["main", "recovery"], stopsTanks: true),
  ]

  /// The device falls silent, and a daemon that knows nothing of the past starts two minutes later.
  private func started(without name: String, _ season: LossBench.Season) -> LossBench {
    var bench = LossBench(season)
    let device = DeviceID(bench.plant.devices.firstIndex { $0.name == name }!)
    bench.session.twin.inject(.deviceSilent(device))
    bench.session.restart(from: [], after: .minutes(2))
    bench.choose("main", season == .winter ? "winter" : "summer")
    bench.choose("recovery", season == .winter ? "ground" : "cooling-circuit")
    return bench
  }

  @Test(
    "Screen and why name the lost device, not what follows from it",
    arguments: cases, LossBench.Season.allCases)
  func theDeviceComesFirst(_ lost: Case, season: LossBench.Season) {
    var bench = started(without: lost.device, season)
    let device = Subject.device(
      DeviceID(bench.plant.devices.firstIndex { $0.name == lost.device }!))
    for span in [TimeSpan.minutes(5), .minutes(35)] {
      bench.run(span)
      let controller = bench.session.controller
      let expectRoot = { (subject: Subject) in
        let reason = controller.explanation(of: subject).reason
        #expect(
          reason?.rule == .deviceLost && reason?.subject == device,
          "\(bench.plant.name(of: subject)): \(reason?.rule.rawValue ?? "no reason")")
      }
      expectRoot(device)
      for name in lost.rows {
        expectRoot(.block(bench.block(name)))
        for valve in bench.plant[bench.block(name)].valves { expectRoot(.valve(valve)) }
      }
      for name in lost.units {
        for unit in bench.plant[bench.block(name)].units {
          #expect(controller.status(of: unit).phase == .stopped)
          expectRoot(.unit(unit))
          let waits = controller.explanation(of: .unit(unit)).guards.filter { !$0.holds }
          #expect(!waits.contains { $0.reason.rule == .plantDisabled })
        }
      }
      for index in bench.plant.tanks.indices where lost.stopsTanks {
        expectRoot(.tank(TankID(index)))
      }
      for (index, point) in bench.plant.points.enumerated()
      where device == .device(point.device) && point.direction == .input {
        expectRoot(.point(PointID(index)))
      }
      let alarms = bench.activeAlarms.filter { $0.key.kind != .changeOverStuck }
      #expect(alarms.map(\.key) == [AlarmKey(.deviceLost, device)])
    }
  }

  @Test("LOSS-02: a unit whose valves are not seen stands until they are, and starts then")
  func unseenPath() {
    var bench = started(without: "valve-io-3", .winter)
    let device = DeviceID(bench.plant.devices.firstIndex { $0.name == "valve-io-3" }!)
    bench.run(.minutes(40))
    let first = bench.plant[bench.block("main")].units[0]
    var status = bench.session.controller.status(of: first)
    #expect(status.phase == .failed)
    #expect(status.reason.rule == .deviceLost && status.reason.subject == .device(device))
    #expect(bench.activeAlarms.map(\.key) == [AlarmKey(.deviceLost, .device(device))])
    bench.session.twin.clear(.deviceSilent(device))
    bench.run(.seconds(35))
    status = bench.session.controller.status(of: first)
    #expect(status.phase != .failed)
    #expect(bench.activeAlarms.isEmpty)
    bench.run(.minutes(30))
    #expect(bench.running("main") >= 4)
    #expect(bench.activeAlarms.isEmpty)
  }

  @Test("PUMP-02: pumps whose water nobody wants stand for that, not for want of a path")
  func nobodyWants() {
    var bench = LossBench(.winter)
    bench.choose("main", "off")
    bench.choose("recovery", "off")
    bench.run(.minutes(30))
    for index in bench.plant.pumpGroups.indices {
      let status = bench.session.controller.status(of: PumpGroupID(index))
      #expect(status.running == 0)
      #expect(status.reason.rule == .noFlowWanted)
    }
  }
}
