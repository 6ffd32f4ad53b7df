public import PlantModel
import Quantities

/// What the parts of the controller write during a scan: outputs, alarms and events.
public struct Board: Sendable {
  public internal(set) var outputs: OutputImage
  public internal(set) var alarms: AlarmBoard
  public internal(set) var events: [Event] = []
  /// For each point whether its device is silent or refuses it. (`LOSS-02`, `LOSS-04`)
  var silent: [Bool]

  init(plant: Plant, now: Instant) {
    outputs = OutputImage(plant: plant, now: now)
    alarms = AlarmBoard()
    silent = Array(repeating: false, count: plant.points.count)
    events.reserveCapacity(256)
  }

  mutating func begin() {
    outputs.begin()
    events.removeAll(keepingCapacity: true)
    alarms.begin()
  }

  mutating func finish(at now: Instant) {
    outputs.finish(at: now)
    alarms.finish(at: now, events: &events)
  }

  /// Says that the cause of an alarm is there, as `points` show or fail to show. While the device of
  /// one of them is silent, or refuses it, that is the root: then the alarm is not raised, and one that
  /// stands already goes on. (`LOSS-02`, `LOSS-04`)
  mutating func see(
    _ kind: AlarmKind, _ subject: Subject, _ reason: Reason, by points: [PointID]
  ) {
    if alarms.isActive(kind, subject) || !points.contains(where: { silent[$0.index] }) {
      alarms.see(kind, subject, reason)
    }
  }

  mutating func tell(_ kind: Event.Kind, _ subject: Subject, _ reason: Reason, at now: Instant) {
    events.append(Event(kind, subject, reason, at: now))
  }
}
