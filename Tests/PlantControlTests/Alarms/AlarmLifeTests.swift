import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// Raise, acknowledge, clear, latch, reset: every step of an alarm's life.
struct AlarmLifeTests {
  /// What happens to an alarm in one scan.
  enum Step: Equatable {
    /// Its cause is seen, or is gone.
    case there, gone
    case acknowledged, reset
  }

  private func live(_ kind: AlarmKind, _ steps: [Step]) -> (
    state: Alarm.State?, events: [Event.Kind], refused: Int
  ) {
    var bench = Bench(PlantMaker().plant)
    let key = AlarmKey(kind, .plant)
    var isThere = false
    var refused = 0
    for step in steps {
      bench.scan { _, image, board in
        switch step {
        case .there: isThere = true
        case .gone: isThere = false
        case .acknowledged: if !board.alarms.acknowledge(key) { refused += 1 }
        case .reset: if !board.alarms.reset(key) { refused += 1 }
        }
        if isThere {
          board.alarms.see(kind, .plant, Reason(.frostCirculation, .plant, since: image.now))
        }
      }
    }
    return (bench.board.alarms[key]?.state, bench.events.map(\.kind), refused)
  }

  @Test(
    "An alarm that does not latch",
    arguments: [
      ([Step.there], Alarm.State.unacknowledged), ([.there, .acknowledged], .acknowledged),
      ([.there, .gone], .returned), ([.there, .gone, .acknowledged], nil),
      ([.there, .acknowledged, .gone], nil), ([.there, .gone, .there], .unacknowledged),
      ([.there, .acknowledged, .gone, .there], .unacknowledged),
    ])
  func ordinary(steps: [Step], state: Alarm.State?) {
    let life = live(.frost, steps)
    #expect(life.state == state)
    #expect(life.refused == 0)
  }

  @Test(
    "An alarm that latches stays until a person resets it, and can be reset only once it is gone",
    arguments: [
      ([Step.there, .acknowledged, .gone], Alarm.State.latched, 0),
      ([.there, .gone, .acknowledged], .latched, 0),
      ([.there, .gone, .acknowledged, .reset], nil, 0),
      ([.there, .acknowledged, .reset], .acknowledged, 1),
      ([.there, .gone, .reset], .returned, 1),
      ([.there, .acknowledged, .gone, .there], .unacknowledged, 0),
      ([.there, .acknowledged, .gone, .acknowledged], .latched, 1),
    ])
  func latching(steps: [Step], state: Alarm.State?, refused: Int) {
    let life = live(.emergencyStop, steps)
    #expect(life.state == state)
    #expect(life.refused == refused)
  }

  @Test("What was never there can be neither acknowledged nor reset")
  func nothing() {
    #expect(live(.frost, [.acknowledged, .reset]).refused == 2)
  }

  @Test("Each raising and clearing is told once, however long it lasts")
  func toldOnce() {
    let life = live(.frost, [.there, .there, .there, .gone, .gone, .there])
    #expect(
      life.events == [.alarmRaised(.frost), .alarmCleared(.frost), .alarmRaised(.frost)])
  }

  @Test("The first cause stands in the alarm, not the last one")
  func firstCause() {
    var bench = Bench(PlantMaker().plant)
    for rule in [Rule.frostCirculation, .fillTooLong] {
      bench.scan { _, image, board in
        board.alarms.see(.frost, .plant, Reason(rule, .plant, since: image.now))
      }
    }
    #expect(bench.board.alarms[AlarmKey(.frost, .plant)]?.reason.rule == .frostCirculation)
  }

  @Test("A flood of alarms keeps the first ones, and room for them is not exceeded")
  func flood() {
    var bench = Bench(PlantMaker().plant)
    bench.scan { _, image, board in
      for number in 0..<2000 {
        let subject = Subject.point(PointID(number))
        board.alarms.see(.sensorLost, subject, Reason(.sensorLost, subject, since: image.now))
      }
    }
    #expect(bench.board.alarms.alarms.count == AlarmBoard.limit)
    #expect(bench.board.alarms.alarms.allSatisfy { $0.key.subject.number < AlarmBoard.limit })
  }

  @Test("LOSS-02: a silent device is one alarm until it has answered for a while")
  func lostValues() {
    var maker = PlantMaker()
    _ = maker.circuit("building", .building)
    var bench = Bench(maker.plant)
    var watch = ValueWatch(plant: maker.plant, now: bench.now)
    for index in maker.plant.points.indices { bench.image.samples[index] = .neverRead }
    let outdoor = bench.plant.site.outdoorTemperature
    let device = Subject.device(DeviceID(0))
    let sensor = Subject.point(outdoor.point)
    let run = { (bench: inout Bench, watch: inout ValueWatch, seconds: Int) in
      for _ in 0..<seconds {
        bench.scan { plant, image, board in watch.step(plant: plant, image: image, board: &board) }
      }
    }
    run(&bench, &watch, 9)
    #expect(!bench.hasAlarm(.deviceLost, device))
    run(&bench, &watch, 3)
    #expect(bench.hasAlarm(.deviceLost, device))
    #expect(!bench.hasAlarm(.sensorLost, sensor))
    for index in maker.plant.points.indices where index != outdoor.point.index {
      bench.image.samples[index] = .judged(0, in: -1...1, at: bench.now)
    }
    run(&bench, &watch, 29)
    #expect(bench.hasAlarm(.deviceLost, device))
    run(&bench, &watch, 1)
    #expect(!bench.hasAlarm(.deviceLost, device))
    #expect(!bench.hasAlarm(.sensorLost, sensor))
    run(&bench, &watch, 10)
    #expect(bench.hasAlarm(.sensorLost, sensor))
    bench.show(outdoor, Celsius(5))
    run(&bench, &watch, 1)
    #expect(!bench.hasAlarm(.sensorLost, sensor))
  }

  @Test(
    "LOSS-01: a sensor that fails on a live device is an alarm after 10 s, silent or not after that"
  )
  func oneSensor() {
    var rig = WatchRig()
    let sensor = Subject.point(rig.outdoor)
    rig.missing = [rig.outdoor]
    rig.run(10)
    #expect(!rig.bench.hasAlarm(.sensorLost, sensor))
    rig.run(1)
    #expect(rig.bench.hasAlarm(.sensorLost, sensor))
    rig.isSilent = true
    rig.run(60)
    #expect(rig.bench.hasAlarm(.sensorLost, sensor))
    #expect(rig.bench.board.alarms.alarms.count == 2)
    #expect(rig.bench.hasAlarm(.deviceLost, .device(DeviceID(0))))
  }

  @Test("LOSS-02: a device that comes and goes is lost, not a string of alarms of its values")
  func comesAndGoes() {
    var rig = WatchRig()
    for _ in 0..<20 {
      rig.isSilent = true
      rig.run(13)
      rig.isSilent = false
      rig.run(3)
    }
    let raised = rig.bench.events.filter { $0.kind == .alarmRaised(.deviceLost) }
    #expect(raised.count == 1)
    #expect(rig.bench.events.count == 1)
    #expect(rig.bench.hasAlarm(.deviceLost, .device(DeviceID(0))))
    rig.run(30)
    #expect(rig.bench.board.alarms.alarms.map(\.state) == [.returned])
  }

  @Test("LOSS-02: what lives longer than the rest does not keep its silent device alive")
  func longLived() {
    var rig = WatchRig { $0.points[0].maximumAge = .minutes(5) }
    rig.isSilent = true
    rig.run(22)
    #expect(
      rig.bench.board.alarms.alarms.map(\.key) == [AlarmKey(.deviceLost, .device(DeviceID(0)))])
  }
}
