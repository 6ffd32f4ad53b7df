import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// How often and how long alarms stood, and what that cost: the bench begins on 5 January at 01:00 of local time.
struct AlarmCostsTests {
  private typealias Rig = AlarmCostRig

  @Test("An alarm counts from the scan that raises it to the scan in which it is gone")
  func timeIsThatOfTheAlarm() throws {
    var rig = Rig()
    rig.run(.minutes(10))
    rig.there = [Rig.tank]
    rig.run(.minutes(30))
    rig.there = []
    rig.run(.minutes(10))
    let once = try #require(rig.entry(Rig.tank))
    #expect(once.spans.today.times == 1)
    #expect(once.spans.today.stood == .minutes(30))
    #expect(!once.isOpen)
    rig.there = [Rig.tank, Rig.unit]
    rig.run(.minutes(5))
    rig.there = [Rig.unit]
    rig.run(.minutes(5))
    let twice = try #require(rig.entry(Rig.tank))
    #expect(twice.spans.year.times == 2)
    #expect(twice.spans.year.stood == .minutes(35))
    #expect(twice.spans.today == twice.spans.month && twice.spans.month == twice.spans.year)
    // The unit's has the whole of its own time, shared or not.
    #expect(rig.entry(Rig.unit)?.spans.today.stood == .minutes(10) - .seconds(10))
    #expect(rig.entry(Rig.unit)?.isOpen == true)
  }

  @Test("Kelvin-hours are what is outside the band times how long")
  func shortfallIsIntegrated() throws {
    var rig = Rig()
    rig.shortfall.hotWater = TemperatureDifference(5)
    rig.shortfall.building = TemperatureDifference(1.5)
    rig.run(.minutes(10))
    #expect(rig.costs.entries.isEmpty)
    rig.there = [Rig.tank]
    rig.scan()
    rig.run(.hours(2))
    let cost = try #require(rig.entry(Rig.tank)).spans.today
    #expect(isClose(cost.hotWater.value, 10))
    #expect(isClose(cost.building.value, 3))
    #expect(cost.pool == .zero && cost.loops == .zero)
  }

  @Test("Each span begins anew by the local calendar; what stands goes on")
  func spansFollowTheCalendar() throws {
    var rig = Rig()
    rig.there = [Rig.tank]
    rig.scan(after: .minutes(1))
    // To 5 January 24:00, to the end of January, and two months of the next year.
    rig.run(.hours(24), every: .minutes(1))
    var spans = try #require(rig.entry(Rig.tank)).spans
    #expect(spans.today.stood <= .hours(1) + .minutes(2))
    #expect(spans.month.stood == .hours(24))
    rig.run(.days(27), every: .hours(1))
    spans = try #require(rig.entry(Rig.tank)).spans
    #expect(spans.month.stood < .hours(28))
    #expect(spans.year.stood == .days(28))
    #expect(spans.month.times == 0 && spans.year.times == 1)
    rig.there = [Rig.tank, Rig.unit]
    rig.run(.days(1), every: .hours(1))
    rig.there = [Rig.tank]
    rig.run(.days(340), every: .hours(12))
    #expect(rig.entry(Rig.tank)!.spans.year.stood < .days(20))
    // What stood last year alone is not kept.
    #expect(rig.entry(Rig.unit) == nil)
  }

  @Test("A restart in between loses nothing: the alarm goes on as the same one")
  func restartLosesNothing() throws {
    var rig = Rig()
    rig.shortfall.hotWater = TemperatureDifference(4)
    rig.there = [Rig.tank]
    rig.scan()
    rig.run(.minutes(30))
    rig.there = []
    rig.restart(after: .minutes(10))
    rig.run(.minutes(30))
    rig.there = [Rig.tank]
    rig.run(.minutes(20))
    let cost = try #require(rig.entry(Rig.tank)).spans.today
    #expect(cost.times == 1)
    #expect(cost.stood == .minutes(90))
    // Nobody measured in the ten minutes.
    #expect(isClose(cost.hotWater.value, 4 * 80.0 / 60))
  }

  @Test("An alarm that is not seen again after a restart ended with the stop")
  func unseenAlarmEnded() throws {
    var rig = Rig()
    rig.there = [Rig.tank]
    rig.scan()
    rig.run(.minutes(30))
    rig.there = []
    rig.restart(after: .minutes(10))
    rig.run(.minutes(59))
    #expect(rig.entry(Rig.tank)?.isOpen == true)
    rig.run(.minutes(2))
    let entry = try #require(rig.entry(Rig.tank))
    #expect(!entry.isOpen)
    #expect(entry.spans.today.stood == .minutes(30))
    // Twice in an hour: the second stop keeps what was sure at the first.
    rig.there = [Rig.tank]
    rig.scan()
    rig.there = []
    rig.restart(after: .minutes(1))
    rig.run(.minutes(10))
    rig.restart(after: .minutes(1))
    rig.run(.hours(2))
    #expect(rig.entry(Rig.tank)?.spans.today.stood == .minutes(30))
    #expect(rig.entry(Rig.tank)?.spans.today.times == 2)
  }

  @Test("Over a restart at New Year each span has its own part")
  func restartOverNewYear() throws {
    var rig = Rig()
    rig.run(.days(360), every: .hours(24))
    rig.there = [Rig.tank]
    rig.scan()
    // 31 December 2026, 01:00 of local time, to 1 January, 05:00.
    rig.restart(after: .hours(28))
    rig.scan()
    let spans = try #require(rig.entry(Rig.tank)).spans
    #expect(spans.today.stood == .hours(5) + .seconds(20))
    #expect(spans.year.stood == spans.today.stood)
  }

  @Test("Electricity beyond is measured by the last whole day without alarms")
  func beyondFollowsTheLastGoodDay() throws {
    var rig = Rig()
    rig.energy.set(.main, 400)
    rig.energy.set(.units, 100)
    rig.there = [Rig.tank]
    rig.scan()
    rig.run(.hours(1))
    #expect(rig.entry(Rig.tank)?.spans.today.beyond == nil)
    rig.there = []
    // The first day has an alarm, the second none.
    rig.run(.hours(45), every: .minutes(1))
    #expect(rig.costs.reference == nil)
    rig.run(.hours(2), every: .minutes(1))
    #expect(isClose(rig.costs.reference, 4))
    rig.energy.set(.main, 300)
    rig.run(.hours(1))
    rig.there = [Rig.unit]
    rig.scan()
    rig.run(.hours(2))
    // 200 kWh for 600 kWh of heat, which took 150 kWh on the good day.
    let cost = try #require(rig.entry(Rig.unit)).spans.today
    #expect(isClose(cost.electricity.value, 200))
    #expect(isClose(cost.benefit.value, 600))
    #expect(isClose(cost.beyond?.value, 50))
    rig.run(.days(2), every: .minutes(1))
    #expect(isClose(rig.costs.reference, 4))
  }

  @Test("What is kept is bounded; the one that stood shortest goes")
  func memoryIsBounded() {
    var rig = Rig()
    let keys = (0..<300).map { AlarmKey(.sensorLost, .point(PointID($0))) }
    for key in keys[..<199] {
      rig.there = [key]
      rig.scan()
      rig.scan()
      rig.there = []
      rig.scan()
    }
    rig.there = [keys[199]]
    rig.scan()
    rig.there = []
    rig.scan()
    #expect(rig.costs.isComplete)
    rig.there = [keys[200]]
    rig.scan()
    #expect(rig.costs.entries.count == AlarmCosts.limit)
    #expect(!rig.costs.isComplete)
    #expect(rig.entry(keys[199]) == nil && rig.entry(keys[200])?.isOpen == true)
    rig.there = keys
    rig.run(.minutes(1))
    #expect(rig.costs.entries.count == AlarmCosts.limit)
    #expect(rig.costs.entries.map(\.key) == rig.costs.entries.map(\.key).sorted())
  }

  @Test("An alarm of a thing that the plant has no more is left out of what was kept")
  func removedThingsAreLeftOut() {
    var rig = Rig()
    rig.there = [Rig.tank, Rig.unit]
    rig.run(.minutes(5))
    var writer = ArchiveWriter()
    rig.costs.persist(in: &writer, plant: rig.plant)
    var other = rig.plant
    other.tanks[0].name = "other-tank"
    var costs = AlarmCosts(now: rig.now)
    var reader = ArchiveReader(rows: writer.rows)
    costs.persist(in: &reader, plant: other)
    #expect(costs.entries.map(\.key) == [Rig.unit])
    #expect(reader.unreadable.isEmpty)
  }
}
