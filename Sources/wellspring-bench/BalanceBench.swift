import PlantControl
import PlantModel
import PlantSimulation
import Quantities

#if canImport(Glibc)
  import Glibc
#endif

/// Wells with meters that err, leaks, purges and a flushing planted through a year: whether the balance finds and
/// names each, and nothing else.
struct BalanceBench {
  /// Something that is planted in a well, and what it must be called.
  private struct Planted {
    var name: String
    var well: Int
    var days: Range<Double>
    var fault: Fault
    /// What may be said of it.
    var findings: [WellWaterFinding]
    var namedAfter: TimeSpan?
    /// What was said of it first.
    var named: WellWaterFinding?
  }

  private let plant: Plant
  private var session: Session
  private var calendar: OperatorCalendar
  private let start: Instant
  private let days: Int
  private var planted: [Planted]
  /// The day on which the last well is flushed.
  private let flushing: Double
  /// What was named where nothing was planted.
  private var unfounded: [String] = []
  /// What each well really took and did not give back, in all and through leaks, in m³.
  private var missing: [Double]
  private var leaked: [Double]
  private var books: [WellYear]
  /// What each well said an hour ago.
  private var said: [WellWaterFinding]

  /// - Parameter isShort: twelve winter days instead of the year.
  init?(plant: Plant, twin: TwinDescription, isShort: Bool) {
    guard plant.wells.count >= 4, plant.wells.contains(where: { $0.drain != nil }) else {
      return nil
    }
    self.plant = plant
    start = OperatorCalendar.newYear.start(offset: plant.site.utcOffset)
    days = isShort ? 12 : 365
    session = Session(plant: plant, description: twin, start: start, keepsEvents: false)
    calendar = OperatorCalendar(plant: plant)
    let at = { (year: Range<Double>, short: Range<Double>) in isShort ? short : year }
    planted = [
      Planted(
        name: "returned meter counts 4 % too little", well: 0, days: at(15..<30, 2.5..<5.5),
        fault: .sensorScales(plant.wells[0].returnedFlow.point, by: 0.96), findings: [.meterBias]),
      Planted(
        name: "leak out at the surface", well: 1, days: at(35..<50, 2.5..<5.5),
        fault: .wellDamage(WellID(1), .surfaceLeak, 0.6), findings: [.leakOut]),
      Planted(
        name: "building water in through the exchanger", well: 2, days: at(155..<165, 2.5..<5.5),
        fault: .wellDamage(WellID(2), .exchangerLeak, 0.6),
        findings: [.leakIn, .exchangerIn]),
      Planted(
        name: "extracted meter counts 5 % too little", well: 3, days: at(200..<215, 6.5..<8.5),
        fault: .sensorScales(plant.wells[3].extractedFlow.point, by: 0.95), findings: [.meterBias]),
    ]
    flushing = isShort ? 10.5 : 65
    missing = plant.wells.map { _ in 0 }
    leaked = missing
    books = plant.wells.map { _ in WellYear() }
    said = plant.wells.map { _ in .learning }
    for each in planted {
      session.twin.schedule(
        TimedFault(
          each.fault, from: start + .days(each.days.lowerBound),
          until: start + .days(each.days.upperBound)))
    }
    let powerCut = start + .days(isShort ? 9.5 : 60)
    session.twin.schedule(
      TimedFault(.powerCut, from: powerCut, until: powerCut + .minutes(30)))
  }

  mutating func run() {
    for day in 0..<days {
      calendar.act(day: day, on: &session)
      for hour in 0..<24 {
        let now = Double(day) + Double(hour) / 24
        if abs(now - flushing + 1) < 1e-9 {
          session.twin.inject(.wellDamage(WellID(3), .screenClogging, 1))
        }
        if abs(now - flushing) < 1e-9 { session.ask(.flush(WellID(3), begins: true)) }
        live()
        see()
      }
      if day % 30 == 29 {
        print("day \(day + 1)")
        fflush(nil)
      }
    }
    for index in plant.wells.indices {
      // The last scan may be the first of the next year.
      let found = session.controller.status(of: WellID(index)).books
      books[index] = found.year == 2026 ? found.current : found.before
    }
  }

  private mutating func live() {
    let end = session.twin.now + .hours(1)
    while session.twin.now < end {
      session.step()
      for index in plant.wells.indices {
        let found = session.twin.readings(of: WellID(index))
        let step = session.scan.hours
        let lost = max(found.extracted.value, 0) - max(found.returned.value, 0)
        missing[index] += lost * step
        if planted.contains(where: { $0.well == index && isUnderWay($0, grace: 0) }) {
          leaked[index] += lost * step
        }
      }
    }
  }

  private func isUnderWay(_ each: Planted, grace: Double) -> Bool {
    let day = (session.twin.now - start).hours / 24
    return day >= each.days.lowerBound && day <= each.days.upperBound + grace
  }

  /// What the wells say now; a person resets what stands latched once its cause is gone.
  private mutating func see() {
    for index in plant.wells.indices {
      let status = session.controller.status(of: WellID(index))
      let isNew = status.finding != said[index]
      said[index] = status.finding
      let named: [WellWaterFinding] = [
        .meterBias, .leakIn, .leakOut, .exchangerIn, .exchangerOut,
      ]
      guard isNew, named.contains(status.finding) else { continue }
      // A well that stood meanwhile ends its last broken hour days after the fault.
      let place = planted.firstIndex {
        $0.well == index && $0.findings.contains(status.finding) && isUnderWay($0, grace: 3)
      }
      if let place {
        planted[place].named = planted[place].named ?? status.finding
        planted[place].namedAfter =
          planted[place].namedAfter
          ?? session.twin.now - (start + .days(planted[place].days.lowerBound))
      } else {
        let day = Int((session.twin.now - start).hours / 24) + 1
        let text = "\(plant.wells[index].name): \(status.finding.rawValue) on day \(day)"
        if !unfounded.contains(text) { unfounded.append(text) }
      }
    }
    let latched = session.controller.alarms.filter {
      [.wellGainsWater, .wellLockedOut].contains($0.key.kind)
    }
    for alarm in latched where !planted.contains(where: { isUnderWay($0, grace: 0) }) {
      session.ask(.acknowledge(alarm.key))
      session.run(for: .seconds(2))
      session.ask(.reset(alarm.key))
    }
  }

  /// Prints what was found; returns what is wrong with it.
  func report() -> [String] {
    var faults = unfounded.map { "nothing was planted, but named: \($0)" }
    for each in planted {
      let well = plant.wells[each.well].name
      let after = each.namedAfter.map { "named after \(rounded($0.hours)) h" } ?? "not named"
      print(
        "\(well): \(each.name) on day \(each.days.lowerBound): \(each.named?.rawValue ?? "–"), \(after)"
      )
      if each.namedAfter == nil { faults.append("\(well): \(each.name) was not named") }
    }
    for index in plant.wells.indices {
      let year = books[index]
      let name = plant.wells[index].name
      let away = missing[index] - leaked[index]
      print(
        "\(name): purged \(rounded(year.purged.value)) m³, flushed \(rounded(year.flushed.value)) m³,",
        "together really \(rounded(away)) m³; heat taken \(rounded(year.heatTaken.value)) kWh,",
        "given \(rounded(year.heatGiven.value)) kWh, extracted \(rounded(year.extracted.value)) m³")
      if year.purged == .zero { faults.append("\(name): no purge after the power cut") }
    }
    let flushed = session.controller.status(of: WellID(3))
    let (before, after) = (flushed.flush.before, flushed.flush.after)
    print(
      "\(plant.wells[3].name): flushing \(flushed.flush.outcome.rawValue),",
      "\(rounded(flushed.flush.drained.value)) m³ to waste;",
      "intake \(rounded(before.intakePressure?.value ?? 0)) → \(rounded(after.intakePressure?.value ?? 0)) kPa",
      "at \(rounded(before.flow?.value ?? 0)) → \(rounded(after.flow?.value ?? 0)) m³/h")
    if flushed.flush.outcome != .done { faults.append("the flushing did not end as it should") }
    for index in plant.wells.indices where index != 3 && books[index].flushed > .zero {
      faults.append("\(plant.wells[index].name) was not flushed, but says so")
    }
    if books[3].flushed < flushed.flush.drained * 0.9 {
      faults.append("the flushed water is not in the year's books")
    }
    if session.twin.truth.wellVacuumMinutes > 0 { faults.append("a well drew air while it ran") }
    if session.twin.truth.deadHeadMinutes > 0 { faults.append("a pump ran against a closed path") }
    return faults
  }
}
