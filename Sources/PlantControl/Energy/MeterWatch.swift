import PlantModel
import Quantities

/// One meter: its power, integrated, and its own counter for the times in which it was not seen.
///
/// A counter that went back was changed or rolled over, one that jumped further than the meter can
/// measure is wrong: neither is energy.
struct MeterWatch: Sendable, Hashable {
  /// A counter that has moved less says nothing about the integrated power.
  private static let enough = KilowattHours(100)

  let name: String
  /// Its counter when it was last seen, if it had one then.
  private var counter: KilowattHours = .zero
  private var hasCounter = false
  private var seen: Instant = .distantPast
  /// What was integrated and what the counter went on, over the same time.
  private var integrated: KilowattHours = .zero
  private var counted: KilowattHours = .zero

  /// The most that it has shown; nil until it shows something.
  private(set) var greatest: Kilowatts?

  private var owed: Owed?

  /// What a meter tells in a scan in which it is there.
  struct Count: Sendable, Hashable {
    /// The energy of this scan.
    var now: KilowattHours
    /// That of an absence before it, once the counter has told.
    var late: KilowattHours = .zero
    var absence = Absence.over

    /// What is known of the energy of an absence.
    enum Absence: Sendable, Hashable {
      /// The counter is not read again yet.
      case open
      /// It is known, in `late`.
      case told
      /// There was none, or its energy will not be known.
      case over
    }
  }

  /// An absence that the counter has not told about yet.
  private struct Owed: Sendable, Hashable {
    /// The counter and the time when the meter was last seen before it.
    var counter: KilowattHours
    var since: Instant
    var back: Instant
    var integrated: KilowattHours = .zero
  }

  init(_ name: String) { self.name = name }

  var deviation: Fraction? {
    counted < MeterWatch.enough ? nil : Fraction((integrated - counted) / counted)
  }

  /// The energy of this scan and, once the counter is read again after an absence, that of the
  /// time in between; nil while away.
  ///
  /// - Parameter most: the greatest power that the meter can show.
  mutating func step(
    power: Kilowatts?, counter reading: (value: KilowattHours, taken: Instant)?, most: Kilowatts,
    _ dt: TimeSpan, _ now: Instant
  ) -> Count? {
    guard let power else { return nil }
    greatest = max(greatest ?? .zero, power)
    let energy = max(power, .zero) * dt
    let wasAway = seen > .distantPast && now - seen > dt
    if wasAway, hasCounter, owed == nil { owed = Owed(counter: counter, since: seen, back: now) }
    var count = Count(now: energy)
    settle(&count, reading, most, now)
    if let reading, hasCounter, !wasAway {
      let difference = reading.value - counter
      if isReal(difference, over: now - seen, most) {
        integrated += energy
        counted += difference
      }
    }
    hasCounter = reading != nil
    counter = reading?.value ?? counter
    seen = now
    return count
  }

  /// What the counter went on while nobody looked, less what was integrated since.
  private mutating func settle(
    _ count: inout Count, _ reading: (value: KilowattHours, taken: Instant)?,
    _ most: Kilowatts, _ now: Instant
  ) {
    guard var debt = owed else { return }
    debt.integrated += count.now
    guard let reading, reading.taken >= debt.back else {
      owed = debt
      count.absence = .open
      return
    }
    owed = nil
    let difference = reading.value - debt.counter
    guard isReal(difference, over: now - debt.since, most) else { return }
    count.absence = .told
    count.late = max(difference - debt.integrated, .zero)
  }

  private func isReal(_ difference: KilowattHours, over span: TimeSpan, _ most: Kilowatts) -> Bool {
    difference >= .zero && difference <= most * span + KilowattHours(1)
  }
}

extension MeterWatch: Persistent {
  mutating func persist(in archive: inout some Archive) {
    archive.field("counter_kilowatt_hours", &counter)
    archive.field("has_counter", &hasCounter)
    archive.field("seen", &seen)
    archive.field("greatest_kilowatts", &greatest)
  }
}
