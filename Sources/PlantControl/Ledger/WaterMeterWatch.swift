import PlantModel
import Quantities

/// One water meter's counter: what it went on while it was seen, and a break where it was not seen
/// going on as a counter does. (`LEDGER-01`)
///
/// A break begins when the meter gives no value, when its counter goes back or faster than the
/// meter can, and when the daemon stood. It ends once the counter has gone on soundly for a while;
/// then the difference over it says what it was. So a single false value costs no water, and one
/// that flickers no flood of entries.
struct WaterMeterWatch: Sendable, Hashable {
  /// A counter has to go on soundly for so long before a break is over.
  static let settling = TimeSpan.minutes(1)
  /// Meters that tell their counter seldom may make the steps of this long at once.
  static let slowest = TimeSpan.minutes(15)
  /// What a reading may be older than it looks.
  private static let lateness = TimeSpan.seconds(10)
  /// So long after a counter that made no sense an alarm stands, unless a person says why it did.
  static let doubt = TimeSpan.days(1)

  let id: WaterMeterID
  /// The last reading that counts, in litres, and when it was seen.
  private var counter: Int64 = 0
  private var hasCounter = false
  private var seen: Instant = .distantPast
  private var moved: Instant = .distantPast

  /// The hour so far: the counter at its begin, what was counted, what was seen of it.
  private var hourFirst: Int64 = 0
  private var counted: Int64 = 0
  private var wasSeen = false
  private var wasBroken = true

  private var isBroken = false
  private var breakState = LedgerEntry.State.silent
  private var breakSince: Instant = .distantPast
  /// The counter as it goes on within a break, and since when it does so soundly.
  private var candidate: Int64 = 0
  private var soundSince: Instant?

  /// The reading from which it went on after it made no sense, and the one before, until a person
  /// says why.
  private var restart: Int64 = 0
  private var restartedFrom: Int64 = 0
  private var restartedSince: Instant = .distantPast
  private var restarted: Instant = .distantPast

  init(_ id: WaterMeterID) { self.id = id }

  func isDoubtful(at now: Instant) -> Bool {
    restarted > .distantPast && now - restarted < WaterMeterWatch.doubt
  }

  /// The daemon stood: what the counter does next is not seen going on.
  mutating func interrupt() {
    guard hasCounter else { return }
    if !isBroken { breakSince = seen }
    open(.stopped)
  }

  private mutating func open(_ state: LedgerEntry.State) {
    isBroken = true
    wasBroken = true
    breakState = state
    soundSince = nil
  }

  /// One scan with a reading in litres, or none; the entry that it makes, if it does.
  mutating func step(_ reading: Int64?, _ meter: WaterMeter, _ now: Instant) -> LedgerEntry? {
    guard let reading else {
      if hasCounter, !isBroken {
        breakSince = seen
        open(.silent)
      }
      soundSince = nil
      return nil
    }
    guard hasCounter else { return begin(at: reading, now) }
    if isBroken { return settle(reading, meter, now) }
    let difference = reading - counter
    guard
      WaterMeterWatch.isSound(
        difference, over: min(now - moved, WaterMeterWatch.slowest), meter)
    else {
      breakSince = seen
      open(.unsteady)
      return settle(reading, meter, now)
    }
    counted += difference
    counter = reading
    if difference > 0 { moved = now }
    seen = now
    wasSeen = true
    return nil
  }

  private mutating func begin(at reading: Int64, _ now: Instant) -> LedgerEntry {
    hasCounter = true
    counter = reading
    hourFirst = reading
    (seen, moved) = (now, now)
    wasSeen = true
    return LedgerEntry(
      .began, .good, at: now, since: now, id, first: reading, last: reading, litres: 0)
  }

  /// Waits within a break until the counter has gone on soundly for long enough.
  private mutating func settle(_ reading: Int64, _ meter: WaterMeter, _ now: Instant)
    -> LedgerEntry?
  {
    let goesOn =
      soundSince != nil
      && WaterMeterWatch.isSound(reading - candidate, over: WaterMeterWatch.slowest, meter)
    candidate = reading
    let since = goesOn ? soundSince ?? now : now
    soundSince = since
    guard now - since >= WaterMeterWatch.settling else { return nil }
    return close(meter, now)
  }

  /// What a break was, by the difference of the counter over it.
  private mutating func close(_ meter: WaterMeter, _ now: Instant) -> LedgerEntry {
    let difference = candidate - counter
    let span = now - breakSince
    let wrapped = meter.rollOver.map { Int64(($0.value * 1000).rounded()) + difference }
    var entry = LedgerEntry(
      .gap, breakState, at: now, since: breakSince, id, first: counter, last: candidate, litres: 0)
    if WaterMeterWatch.isSound(difference, over: span, meter) {
      entry.litres = difference
    } else if difference < 0, let wrapped, WaterMeterWatch.isSound(wrapped, over: span, meter) {
      entry.kind = .rollOver
      entry.litres = wrapped
    } else {
      entry.kind = difference < 0 ? .reset : .implausible
      restart = candidate
      restartedFrom = counter
      restartedSince = breakSince
      restarted = now
    }
    counter = candidate
    (seen, moved) = (now, now)
    isBroken = false
    soundSince = nil
    wasSeen = true
    return entry
  }

  /// Whether a counter may go on so far: never back, and no faster than its meter can measure.
  private static func isSound(_ litres: Int64, over span: TimeSpan, _ meter: WaterMeter) -> Bool {
    let most = (meter.maximumFlow * (max(span, .zero) + lateness)).value * 1000
    return litres >= 0 && Double(litres) <= most + (meter.litresPerPulse ?? 0)
  }

  /// The hour that ends: what was counted in it, and how much of it was seen.
  mutating func closeHour(at end: Instant) -> LedgerEntry {
    let state: LedgerEntry.State = !wasSeen ? .absent : wasBroken ? .partly : .good
    let entry = LedgerEntry(
      .hour, state, at: end, since: end - WaterAccount.hour, id, first: hourFirst, last: counter,
      litres: counted)
    hourFirst = counter
    counted = 0
    wasSeen = false
    wasBroken = isBroken || !hasCounter
    return entry
  }

  /// Another meter is in; nil when what a person says contradicts what was read. (`LEDGER-02`)
  ///
  /// Where its counter was taken over already, as one that went back or jumped, the water between
  /// its going in and that first reading is added. Else the counter goes on from the reading. What
  /// the old meter counted between its last reading and its end is added where it is told.
  ///
  /// - Parameter old: the old meter's counter when it was taken out, in litres; nil when not known.
  mutating func replace(reading: Int64, old: Int64?, _ meter: WaterMeter, _ now: Instant)
    -> LedgerEntry?
  {
    let isTakenOver = restarted > .distantPast && !isBroken
    let before = isTakenOver ? restartedFrom : counter
    let rest = old.map { $0 - before } ?? 0
    let span = isTakenOver ? restarted - restartedSince : now - (isBroken ? breakSince : seen)
    guard old == nil || hasCounter, WaterMeterWatch.isSound(rest, over: span, meter),
      !isTakenOver || WaterMeterWatch.isSound(restart - reading, over: span, meter)
    else { return nil }
    var entry = LedgerEntry(
      .replaced, .byHand, at: now, since: now, id, first: counter, last: reading, litres: rest)
    wasBroken = true
    if isTakenOver {
      entry.since = restarted
      (entry.first, entry.last) = (restart, restart)
      entry.litres += restart - reading
    } else {
      if !hasCounter {
        hasCounter = true
        hourFirst = reading
        entry.first = reading
      }
      counter = reading
      (seen, moved) = (now, now)
      if !isBroken { breakSince = now }
      open(isBroken ? breakState : .byHand)
    }
    restarted = .distantPast
    return entry
  }
}

extension WaterMeterWatch: Persistent {
  mutating func persist(in archive: inout some Archive) {
    archive.field("counter_litres", &counter)
    archive.field("has_counter", &hasCounter)
    archive.field("seen", &seen)
    archive.field("moved", &moved)
    archive.field("hour_first_litres", &hourFirst)
    archive.field("hour_counted_litres", &counted)
    archive.field("hour_was_seen", &wasSeen)
    archive.field("hour_was_broken", &wasBroken)
    archive.field("is_broken", &isBroken)
    archive.field("break_state", &breakState)
    archive.field("break_since", &breakSince)
    archive.field("restart_litres", &restart)
    archive.field("restarted_from_litres", &restartedFrom)
    archive.field("restarted_since", &restartedSince)
    archive.field("restarted", &restarted)
  }
}
