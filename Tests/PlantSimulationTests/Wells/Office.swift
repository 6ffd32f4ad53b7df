import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// The office in a cold winter, with words for its wells.
struct Office {
  var running: RunningPlant
  var plant: Plant { running.plant }
  var session: Session {
    get { running.session }
    _modify { yield &running.session }
  }

  /// - Parameter building: the water that comes back from the building, as a test bench holds it, so that
  ///   all units are wanted for as long as it takes; nil leaves it to the building.
  init(
    outdoor: Double = -15, building: Double? = 40, tune: (inout Plant) -> Void = { _ in }
  ) {
    running = RunningPlant("office", tune: tune)
    running.hold(building: building, outdoor: outdoor)
    running.choose("main", "winter")
  }

  func well(_ number: Int) -> WellID {
    WellID(plant.wells.firstIndex { $0.name == "well-\(number)" }!)
  }

  func status(_ number: Int) -> WellStatus { session.controller.status(of: well(number)) }

  func point(_ name: String) -> PointID { running.point(name) }

  var runningWells: Int {
    plant.wells.indices.count { session.controller.status(of: WellID($0)).phase == .running }
  }

  /// The first well that runs, by its number.
  var firstRunning: Int? { (1...4).first { status($0).phase == .running } }

  func flow(_ number: Int) -> Double {
    session.twin.readings(of: well(number)).extracted.value
  }

  func hasAlarm(_ kind: AlarmKind) -> Bool { running.hasAlarm(kind) }

  func has(_ kind: AlarmKind, since events: Int) -> Bool {
    session.events[events...].contains { $0.kind == .alarmRaised(kind) }
  }

  /// A person takes note of a latched alarm and resets it.
  mutating func release(_ kind: AlarmKind, _ well: WellID) {
    session.ask(.acknowledge(AlarmKey(kind, .well(well))))
    session.run(for: .seconds(2))
    session.ask(.reset(AlarmKey(kind, .well(well))))
  }

  mutating func runs(atMost span: TimeSpan, until condition: (Office) -> Bool) -> Bool {
    let end = session.twin.now + span
    while session.twin.now < end {
      if condition(self) { return true }
      session.run(for: .seconds(5))
    }
    return condition(self)
  }

  /// Brings every well into service.
  mutating func warmUp() -> Bool { runs(atMost: .hours(3)) { $0.runningWells == 4 } }
}

extension Office: CustomTestStringConvertible {
  /// A failed expectation shows the time, not every point of the plant.
  var testDescription: String { "office at \(session.twin.now)" }
}
