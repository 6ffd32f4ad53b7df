import PlantControl
import PlantModel
import PlantSimulation
import Quantities

/// Runs a plant through a winter week and, where it cools, both change-overs and a summer week, and
/// says in one row whether it kept its limits.
struct PlantTable {
  /// What a row may show at most.
  enum Limit {
    /// Kelvin-hours that the rooms were more than 1 K off what they are set to.
    static let unmet = 5.0
    static let startsAnHour = 3
    /// Part by which the wells' true return may differ from their extraction.
    static let balance = 0.001
    static let alarmsADay = 2.0
    /// Hours in which a tank was colder than it may be.
    static let coldTank = 0
  }

  /// What happened to one plant.
  struct Row {
    var name: String
    var unmet = 0.0
    var starts = 0
    var alarms = 0
    var kinds: [String: Int] = [:]
    var days = 0.0
    var heating: Double?
    var cooling: Double?
    var truth = TwinTruth()
    /// Hours that each tank began colder than its least.
    var coldTanks: [String: Int] = [:]
    /// Returned less extracted, as part of extracted; nil without wells.
    var balance: Double?
    var faults: [String] = []
  }

  let plant: Plant
  private var session: Session
  private let twin: TwinDescription
  private var row: Row
  private var startsBefore: [Int] = []

  private static let winterDay = 14.0
  private static let summerDay = 196.0

  init(name: String, plant: Plant, twin: TwinDescription) {
    self.plant = plant
    self.twin = twin
    row = Row(name: name)
    session = PlantTable.session(plant, twin, isWinter: true)
  }

  private static func session(_ plant: Plant, _ twin: TwinDescription, isWinter: Bool) -> Session {
    Session(
      plant: plant, description: twin,
      start: OperatorCalendar.newYear.start(offset: plant.site.utcOffset)
        + .days(isWinter ? winterDay : summerDay), isWinter: isWinter,
      keepsEvents: true)
  }

  mutating func run() -> Row {
    choose(.heating)
    row.heating = week(cools: false)
    let cools = plant.blocks.contains { $0.modes.contains { $0.service == .cooling } }
    if cools { change(to: .cooling, outdoors: Celsius(8)) }
    take()
    if cools {
      session = PlantTable.session(plant, twin, isWinter: false)
      startsBefore = []
      choose(.cooling)
      row.cooling = week(cools: true)
      change(to: .heating, outdoors: Celsius(14))
      take()
    }
    judge()
    return row
  }

  /// Adds what the session has seen.
  private mutating func take() {
    row.truth.add(session.twin.truth)
    for event in session.events {
      guard case .alarmRaised(let kind) = event.kind else { continue }
      row.alarms += 1
      row.kinds[kind.rawValue, default: 0] += 1
    }
    if !session.twin.isFinite { row.faults.append("a value was not finite") }
  }

  private mutating func choose(_ service: BlockMode.Service) { session.choose(service, plant) }

  /// A week; the coefficient of all heat, or all cold, over all electricity.
  private mutating func week(cools: Bool) -> Double? {
    let before = session.twin.truth
    for hour in 0..<(7 * 24) {
      session.run(for: .hours(1))
      countStarts()
      // The first day warms or cools what the season before left.
      if hour >= 24 { row.unmet += session.twin.shortage(twin, cools: cools) }
      seeTanks()
    }
    let after = session.twin.truth
    row.days += 7
    let moved =
      cools
      ? after.cold.value - before.cold.value : after.heat.value - before.heat.value
    let spent =
      after.unitElectricity.value + after.pumpElectricity.value - before.unitElectricity.value
      - before.pumpElectricity.value
    return spent > 0 ? moved / spent : nil
  }

  private mutating func seeTanks() {
    for tank in plant.tanks {
      guard let found = session.image.reading(tank.temperature), found < tank.minimum else {
        continue
      }
      row.coldTanks[tank.name, default: 0] += 1
    }
  }

  private mutating func countStarts() {
    let now =
      plant.units.indices.map { session.controller.status(of: UnitID($0)).starts }
      + plant.wells.indices.map { session.controller.status(of: WellID($0)).starts }
    for (place, count) in now.enumerated() where place < startsBefore.count {
      row.starts = max(row.starts, count - startsBefore[place])
    }
    startsBefore = now
  }

  /// A change-over in mild weather, within two days.
  private mutating func change(to service: BlockMode.Service, outdoors: Celsius) {
    var boundary = Boundary()
    boundary.outdoor = outdoors
    session.twin.hold(boundary)
    choose(service)
    for _ in 0..<48 {
      session.run(for: .hours(1))
      row.days += 1.0 / 24
      let isDone = plant.blocks.indices.allSatisfy { index in
        let status = session.controller.status(of: BlockID(index))
        let modes = plant.blocks[index].modes
        guard let wanted = modes.firstIndex(where: { $0.service == service }) else { return true }
        return status.phase == .held && status.position == modes[wanted].position
      }
      if isDone { return }
    }
    row.faults.append("not changed over to \(service.rawValue) in two days")
  }

  private mutating func judge() {
    let truth = row.truth
    if row.unmet > Limit.unmet { row.faults.append("rooms off by \(short(row.unmet)) K·h") }
    if truth.mixedLitres > 0 { row.faults.append("water was mixed") }
    if truth.deadHeadMinutes > 0 { row.faults.append("a pump ran against a closed path") }
    if truth.dryUnitMinutes > 0 { row.faults.append("a unit was enabled without flow") }
    if truth.wellVacuumMinutes > 0 { row.faults.append("a well drew air while it ran") }
    if row.starts > Limit.startsAnHour { row.faults.append("\(row.starts) starts in an hour") }
    for (tank, hours) in row.coldTanks.sorted(by: { $0.key < $1.key }) where hours > Limit.coldTank
    {
      row.faults.append("\(tank) was too cold for \(hours) h")
    }
    row.balance = balance
    if let balance, abs(balance) > Limit.balance { row.faults.append("wells out of balance") }
    if Double(row.alarms) / row.days > Limit.alarmsADay {
      let most = row.kinds.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
      row.faults.append("too many alarms, most of all \(most)")
    }
    if truth.unitHours < row.days { row.faults.append("the units stood idle") }
  }

  private var balance: Double? {
    let taken = row.truth.wellExtracted.value
    return taken > 0 ? (row.truth.wellReturned.value - taken) / taken : nil
  }

  static let head =
    "plant            unmet K·h  mixed L  dead-head min  starts/h  balance %   COP   EER  alarms/d"

  static var limits: String {
    "at most          \(right(Limit.unmet, 9, 1))  \(right(0, 7, 1))  \(right(0, 13, 1))"
      + "  \(right(Double(Limit.startsAnHour), 8, 0))  \(right(Limit.balance * 100, 9, 2))"
      + "                \(right(Limit.alarmsADay, 6, 1))"
  }
}

extension PlantTable.Row {
  var text: String {
    let figure = { (value: Double?, width: Int, digits: Int) -> String in
      value.map { right($0, width, digits) } ?? String(repeating: " ", count: width - 1) + "–"
    }
    return name.padded(to: 17) + right(unmet, 9, 1) + "  " + right(truth.mixedLitres, 7, 1) + "  "
      + right(truth.deadHeadMinutes, 13, 1) + "  " + right(Double(starts), 8, 0) + "  "
      + figure(balance.map { $0 * 100 }, 9, 3) + figure(heating, 6, 2) + figure(cooling, 6, 2)
      + right(Double(alarms) / max(days, 1), 10, 1)
  }
}

private func short(_ value: Double) -> String { right(value, 0, 1) }

/// A figure with so many digits behind the point, to the right of its column.
private func right(_ value: Double, _ width: Int, _ digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let whole = Int((abs(value) * scale).rounded())
  let part = "\(whole % Int(scale))"
  let sign = value < 0 && whole > 0 ? "-" : ""
  let tail =
    digits == 0 ? "" : "." + String(repeating: "0", count: digits - part.count) + part
  let text = sign + "\(whole / Int(scale))" + tail
  return String(repeating: " ", count: max(width - text.count, 0)) + text
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(width - count, 1))
  }
}
