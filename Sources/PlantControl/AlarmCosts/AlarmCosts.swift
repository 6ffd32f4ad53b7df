import PlantModel
import Quantities

/// How often and how long each alarm stood, and what the plant was short of and used meanwhile: today, this
/// month and this year of local time.
///
/// Nothing is done in a scan in which no alarm stands. One that stood when the controller stopped goes on as
/// the same one if its cause is seen again within an hour of the start, and the time between counts as
/// stood; else it ended with the stop.
public struct AlarmCosts: Sendable {
  /// No more alarms than this are kept in a year: the one that stood for the shortest time goes.
  static let limit = 200
  /// How long an alarm may take after a start to be seen again.
  static let patience = TimeSpan.hours(1)
  /// A day is whole with so much of it counted.
  static let wholeDay = TimeSpan.hours(23)

  /// By subject and kind.
  public private(set) var entries: [AlarmCostEntry] = []
  /// Nothing of this year had to go for want of room.
  public private(set) var isComplete = true
  /// The coefficient of the last whole day on which no alarm stood; nil before there was one.
  public private(set) var reference: Double?
  /// That day, as a local day's number.
  public private(set) var referenceDay: Int64 = 0
  private var day: Int64 = .min
  private var hadAlarm = false
  private var last: Instant
  /// The places of those that stand.
  private var open: [Int] = []
  private var needsSurvey = true

  init(now: Instant) { last = now }

  /// Whether an alarm stands whose cost is counted.
  var isCounting: Bool { !open.isEmpty }

  /// - Parameters:
  ///   - alarms: as they stand after the scan.
  ///   - isChanged: one was raised or is gone in the scan.
  mutating func step(
    alarms: [Alarm], isChanged: Bool, shortfall: Shortfall, account: EnergyAccount,
    offset: TimeSpan, now: Instant
  ) {
    let dt = max(now - last, .zero)
    last = now
    roll(to: LocalDay(of: now, offset: offset), account)
    if needsSurvey { resume(offset: offset, until: now - dt, now) }
    if isCounting { count(shortfall, account.last, dt) }
    let isLate = open.contains { entries[$0].carried?.until.map { $0 <= now } ?? false }
    if isChanged || needsSurvey || isLate { survey(alarms, now) }
    needsSurvey = false
  }

  private mutating func count(_ shortfall: Shortfall, _ energy: EnergyFigures, _ dt: TimeSpan) {
    var part = AlarmCost()
    part.stood = dt
    part.hotWater = shortfall.hotWater * dt
    part.pool = shortfall.pool * dt
    part.building = shortfall.building * dt
    part.loops = shortfall.loops * dt
    part.electricity = energy.units + energy.pumps
    part.benefit = energy.heat + energy.cold
    if let reference { part.expected = part.benefit / reference } else { part.unpriced = dt }
    for place in open { entries[place].spans.add(part) }
  }

  private mutating func roll(to today: LocalDay, _ account: EnergyAccount) {
    guard today.number != day else { return }
    if day != .min {
      let (new, old) = (today.date, LocalDay(day).date)
      let isOtherYear = new.year != old.year
      for index in entries.indices {
        entries[index].spans.roll(month: new.month != old.month, year: isOtherYear)
        entries[index].carried?.before.roll(month: new.month != old.month, year: isOtherYear)
      }
      if isOtherYear {
        isComplete = true
        entries.removeAll { !$0.isOpen }
        open = entries.indices.filter { entries[$0].isOpen }
      }
      if !hadAlarm, today.number == day + 1 { refer(account) }
    }
    hadAlarm = isCounting
    day = today.number
  }

  /// A day without alarms is over: what it cost is what is expected.
  private mutating func refer(_ account: EnergyAccount) {
    var sum = EnergyFigures()
    for operation in EnergyOperation.allCases { sum += account.yesterday(of: operation) }
    guard sum.time >= AlarmCosts.wholeDay, let coefficient = sum.coefficient, coefficient > 0
    else { return }
    reference = coefficient
    referenceDay = day
  }

  /// Those that stood when the controller stopped stand again, until it is known better.
  ///
  /// - Parameter begin: when the controller began; from then on it counts.
  private mutating func resume(offset: TimeSpan, until begin: Instant, _ now: Instant) {
    let starts = CalendarStarts(of: LocalDay(day), offset: offset)
    for index in entries.indices {
      guard let carried = entries[index].carried, carried.until == nil else { continue }
      entries[index].carried?.until = now + AlarmCosts.patience
      entries[index].spans.stand(from: carried.from, to: begin, starts)
    }
    open = entries.indices.filter { entries[$0].isOpen }
  }

  /// Takes up alarms that are new, and lets go of those that are gone.
  private mutating func survey(_ alarms: [Alarm], _ now: Instant) {
    for alarm in alarms where alarm.isActive {
      let found = place(of: alarm.key)
      guard found.isThere || makeRoom() else { continue }
      let place = found.isThere ? found.index : self.place(of: alarm.key).index
      if !found.isThere { entries.insert(AlarmCostEntry(alarm.key), at: place) }
      entries[place].isSeen = true
      entries[place].carried = nil
      guard !entries[place].isOpen else { continue }
      entries[place].isOpen = true
      var once = AlarmCost()
      once.times = 1
      entries[place].spans.add(once)
    }
    for index in entries.indices {
      let isSeen = entries[index].isSeen
      entries[index].isSeen = false
      guard entries[index].isOpen, !isSeen else { continue }
      if let carried = entries[index].carried {
        if carried.until.map({ $0 > now }) ?? true { continue }
        entries[index].spans = carried.before
        entries[index].carried = nil
      }
      entries[index].isOpen = false
    }
    open = entries.indices.filter { entries[$0].isOpen }
    hadAlarm = hadAlarm || isCounting
  }

  /// Whether there is room for one more; the one that stood shortest this year makes it.
  private mutating func makeRoom() -> Bool {
    guard entries.count >= AlarmCosts.limit else { return true }
    isComplete = false
    let shortest = entries.indices.filter { !entries[$0].isOpen }
      .min { entries[$0].spans.year.stood < entries[$1].spans.year.stood }
    guard let shortest else { return false }
    entries.remove(at: shortest)
    return true
  }

  /// Where an alarm stands, or would.
  private func place(of key: AlarmKey) -> (index: Int, isThere: Bool) {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return (low, low < entries.count && entries[low].key == key)
  }
}

extension AlarmCosts {
  /// Keeps each alarm under the names of its kind and of what it is about; one of a thing that the plant has
  /// no more is left out.
  mutating func persist(in archive: inout some Archive, plant: Plant) {
    archive.open("alarm_costs")
    archive.field("day", &day)
    archive.field("had_alarm", &hadAlarm)
    archive.field("is_complete", &isComplete)
    var coefficient = reference ?? 0
    archive.field("reference_coefficient", &coefficient)
    reference = coefficient > 0 ? coefficient : nil
    archive.field("reference_day", &referenceDay)
    var count = entries.count
    archive.field("count", &count)
    while entries.count < min(count, AlarmCosts.limit) { entries.append(.unread) }
    for index in entries.indices {
      archive.open("\(index)")
      entries[index].persist(in: &archive, plant: plant, last: last)
      archive.close()
    }
    entries.removeAll { !$0.isKnown }
    entries.sort { $0.key < $1.key }
    archive.close()
  }
}
