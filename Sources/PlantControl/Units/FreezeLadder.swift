import PlantModel
import Quantities

/// Keeps an evaporator from freezing: unload, alarm, stop, and latch after two stops in 24 h.
///
/// Without a good leaving temperature it neither unloads nor stops: the unit's own low-temperature
/// cut-out, which is wired, remains. Rules `UNIT-09` to `UNIT-11`.
struct FreezeLadder: Sendable, Hashable, Persistent {
  private(set) var unloading: Fraction = .one
  private(set) var isAlarm = false
  private(set) var mustStop = false
  /// Stops since `oldest`; two within 24 h latch.
  private(set) var stops = 0
  private(set) var oldest: Instant = .distantPast
  private(set) var isLatched = false

  mutating func step(leaving: Celsius?, _ plant: Plant, _ image: InputImage) {
    guard let leaving else {
      unloading = .one
      mustStop = false
      isAlarm = false
      return
    }
    let span = plant.parameters.freezeUnloadAt - plant.parameters.freezeStopAt
    let room = leaving - plant.parameters.freezeStopAt
    unloading = Fraction(room.value / max(span.value, 0.1)).clamped(to: .zero...Fraction.one)
    isAlarm = leaving < plant.parameters.freezeAlarmAt
    let stopsNow = leaving < plant.parameters.freezeStopAt
    if stopsNow, !mustStop { note(image.now) }
    mustStop = stopsNow
  }

  private mutating func note(_ now: Instant) {
    if now - oldest > .hours(24) {
      oldest = now
      stops = 0
    }
    stops += 1
    isLatched = isLatched || stops >= 2
  }

  /// A person has looked after it.
  mutating func release() {
    isLatched = false
    stops = 0
  }

  func raise(_ subject: Subject, _ now: Instant, _ board: inout Board) {
    if isAlarm {
      board.alarms.see(.evaporatorFreezing, subject, Reason(.freezeUnload, subject, since: now))
    }
    if mustStop {
      board.alarms.see(.evaporatorFreezeStop, subject, Reason(.freezeStop, subject, since: now))
    }
  }

  mutating func persist(in archive: inout some Archive) {
    archive.field("stops", &stops)
    archive.field("oldest", &oldest)
    archive.field("is_latched", &isLatched)
  }
}
