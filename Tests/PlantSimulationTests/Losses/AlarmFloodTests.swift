import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// One cause is one alarm: what a lost device carries raises none of its own. (`LOSS-02`)
@Suite struct AlarmFloodTests {
  /// The alarms that are raised while devices are silent for `span` and for ten minutes after.
  private func raised(
    _ devices: [DeviceID], for span: TimeSpan, _ start: LossBench
  ) -> [AlarmKey] {
    var bench = start
    let from = bench.now
    for (place, device) in devices.enumerated() {
      // They are not asked again all at once.
      let until = from + span + .seconds(Double(place))
      bench.session.twin.schedule(TimedFault(.deviceSilent(device), from: from, until: until))
    }
    var keys: [AlarmKey] = []
    while bench.now < from + span + .minutes(10) {
      bench.step()
      for event in bench.session.controller.events {
        if case .alarmRaised(let kind) = event.kind { keys.append(AlarmKey(kind, event.subject)) }
      }
    }
    return keys
  }

  private func expectOneAlarm(for span: TimeSpan, _ start: LossBench) {
    for index in start.plant.devices.indices {
      let device = DeviceID(index)
      let keys = raised([device], for: span, start)
      let names = keys.map { "\($0.kind.rawValue) \(start.plant.name(of: $0.subject))" }
      #expect(
        keys == [AlarmKey(.deviceLost, .device(device))],
        "\(start.plant[device].name), \(span.seconds) s: \(names)")
    }
  }

  @Test(
    "LOSS-02: a device that is silent, for half a minute or for twenty, is one alarm: that it is lost",
    arguments: LossBench.Season.allCases)
  func aSilentDeviceIsOneAlarm(season: LossBench.Season) {
    let start = LossBench(season)
    expectOneAlarm(for: .seconds(25), start)
    expectOneAlarm(for: .minutes(20), start)
  }

  @Test(
    "LOSS-02: a gap of less than twice a value's age is no alarm at all",
    arguments: LossBench.Season.allCases)
  func aGapIsNoAlarm(season: LossBench.Season) {
    let start = LossBench(season)
    for index in start.plant.devices.indices {
      let keys = raised([DeviceID(index)], for: .seconds(15), start)
      #expect(keys.isEmpty, "\(start.plant.devices[index].name): \(keys.map(\.kind.rawValue))")
    }
  }

  @Test(
    "LOSS-02: valves that are told to move while their box is silent have their whole stroke after",
    arguments: LossBench.Season.allCases)
  func valvesMoveAfterTheSilence(season: LossBench.Season) {
    var start = LossBench(season)
    start.choose("main", "off")
    // The units stop; their valves are told to shut once the run-on is over.
    start.run(.minutes(2))
    expectOneAlarm(for: .minutes(5), start)
  }

  @Test(
    "LOSS-02: a bus of which nothing answers is one alarm, and so is each bus of a plant without power",
    arguments: LossBench.Season.allCases)
  func aSilentBusIsOneAlarm(season: LossBench.Season) {
    let start = LossBench(season)
    for index in start.plant.buses.indices {
      let bus = BusID(index)
      let devices = start.plant.devices.indices.map { DeviceID($0) }
        .filter { start.plant[$0].bus == bus }
      let lost = raised(devices, for: .minutes(3), start).filter {
        $0.kind == .deviceLost || $0.kind == .busLost || $0.kind == .sensorLost
      }
      #expect(lost == [AlarmKey(.busLost, .bus(bus))], "\(start.plant[bus].name)")
    }
    let all = start.plant.devices.indices.map { DeviceID($0) }
    let keys = raised(all, for: .minutes(3), start)
    #expect(
      keys == start.plant.buses.indices.map { AlarmKey(.busLost, .bus(BusID($0))) },
      "\(keys.map { "\($0.kind.rawValue) \(start.plant.name(of: $0.subject))" })")
  }
}
