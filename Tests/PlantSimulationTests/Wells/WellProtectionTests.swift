import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// What stops a well, what holds it back, and how it comes again.
@Suite struct WellProtectionTests {
  private func warm(_ tune: (inout Plant) -> Void = { _ in }) throws -> Office {
    var office = Office(tune: tune)
    _ = try #require(office.warmUp() ? 1 : nil)
    return office
  }

  /// `WELL-07`: a pump that runs and brings no water.
  @Test func noWaterIsNoStart() {
    var office = Office()
    for number in 1...4 {
      office.session.twin.inject(.sensorFreezes(office.point("well-head-\(number).extracted-flow")))
    }
    let fails = office.runs(atMost: .hours(1)) { office in
      (1...4).contains { office.status($0).reason.rule == .wellFlowNotProven }
    }
    #expect(fails)
    #expect(office.hasAlarm(.wellDryRun))
  }

  /// `WELL-08`, `WELL-09`: too little power for its speed; three times in four hours and it stays out
  /// until a person releases it.
  @Test func threeDryRunsLockAWellOut() throws {
    var office = try warm()
    let power = office.point("well-pump-1.power")
    office.session.twin.inject(.sensorJumps(power, by: -1.5))
    let trips = office.runs(atMost: .minutes(2)) { $0.status(1).phase == .failed }
    #expect(trips)
    #expect(office.status(1).reason.rule == .wellDryRun)
    let wait = office.status(1).reason.until - office.session.twin.now
    #expect(wait > .minutes(9) && wait <= .minutes(10))
    let locks = office.runs(atMost: .hours(4)) { office in
      office.session.controller.alarms.contains { $0.key.kind == .wellLockedOut }
    }
    #expect(locks)
    office.session.twin.clear(.sensorJumps(power, by: 0))
    office.session.run(for: .hours(5))
    #expect(office.status(1).phase == .failed)
    office.release(.wellLockedOut, office.well(1))
    let returns = office.runs(atMost: .hours(1)) { $0.status(1).phase == .running }
    #expect(returns)
  }

  /// `WELL-10`: a column that is lost at rest spins the pump: no start into it.
  @Test func aLostColumnHoldsTheNextStart() throws {
    var office = try warm()
    office.running.choose("main", "off")
    #expect(office.runs(atMost: .hours(1)) { $0.status(1).phase == .stopped })
    let events = office.session.events.count
    office.session.twin.inject(.wellDamage(office.well(1), .checkValveLeak, 20))
    office.session.twin.inject(.sensorJumps(office.point("well-head-1.highest-pressure"), by: 60))
    office.session.run(for: .minutes(1.5))
    office.session.twin.clear(.sensorJumps(office.point("well-head-1.highest-pressure"), by: 0))
    let found = office.runs(atMost: .minutes(5)) { $0.has(.wellBackSpin, since: events) }
    #expect(found)
    let rules = office.session.controller.explanation(of: .well(office.well(1))).guards
      .filter { !$0.holds }.map(\.reason.rule)
    #expect(rules.contains(.wellBackSpin))
  }

  /// `WELL-11`: an alarm first, and a stop before air is drawn.
  @Test func aVacuumAtTheHighestPointStopsTheWell() throws {
    var office = try warm()
    office.session.twin.inject(
      .sensorDrifts(office.point("well-head-2.highest-pressure"), perHour: -9000))
    let stops = office.runs(atMost: .minutes(5)) { $0.status(2).phase == .failed }
    #expect(stops)
    #expect(office.status(2).reason.rule == .wellVacuum)
    #expect(office.hasAlarm(.wellVacuum))
  }

  /// `WELL-15`: slower as the intake's pressure nears its limit, and off below it.
  @Test func aLowIntakeSlowsAndThenStopsTheWell() throws {
    var office = try warm()
    let intake = office.point("well-head-3.intake-pressure")
    let well = office.plant[office.well(3)]
    let truth = office.session.twin.readings(of: office.well(3)).intakePressure
    office.session.twin.inject(
      .sensorJumps(intake, by: (well.minimumIntake - truth).value + 3))
    office.session.run(for: .minutes(2))
    let speed = office.session.controller.outputs[well.pump.speedCommand.point]
    #expect(speed.reason.rule == .wellIntakeLow)
    #expect(speed.value < office.status(4).speed.value)
    office.session.twin.inject(
      .sensorJumps(intake, by: (well.minimumIntake - truth).value - 20))
    let stops = office.runs(atMost: .minutes(2)) { $0.status(3).phase == .failed }
    #expect(stops)
    #expect(office.status(3).reason.rule == .wellIntakeLow)
  }

  /// `WELL-16`: the same for what packer and ground take.
  @Test func aReturnZonePressedTooHighStopsTheWell() throws {
    var office = try warm()
    let back = office.point("well-head-4.return-pressure")
    let well = office.plant[office.well(4)]
    let truth = office.session.twin.readings(of: office.well(4)).returnPressure
    office.session.twin.inject(.sensorJumps(back, by: (well.maximumReturn - truth).value - 10))
    office.session.run(for: .minutes(2))
    #expect(
      office.session.controller.outputs[well.pump.speedCommand.point].reason.rule
        == .wellReturnPressure)
    office.session.twin.inject(.sensorJumps(back, by: (well.maximumReturn - truth).value + 60))
    let stops = office.runs(atMost: .minutes(2)) { $0.status(4).phase == .failed }
    #expect(stops)
    #expect(office.hasAlarm(.wellReturnPressure))
  }

  /// `WELL-22`: no water colder than `well_coldest_celsius` is drawn at speed.
  @Test func coldWaterSlowsTheWell() throws {
    var office = try warm()
    let well = office.plant[office.well(1)]
    office.session.twin.inject(
      .sensorJumps(office.point("well-head-1.outlet-temperature"), by: -10.5))
    office.session.run(for: .minutes(4))
    let speed = office.session.controller.outputs[well.pump.speedCommand.point]
    #expect(speed.reason.rule == .wellSpeedLimited)
    #expect(speed.value == well.minimumFlowFrequency.value)
  }

  /// A valve that does not shut at a stop is told.
  @Test func aValveThatStaysOpenIsAnAlarm() throws {
    var office = try warm()
    office.session.twin.inject(.sensorJumps(office.point("well-head-1.valve-position"), by: 0.4))
    office.running.choose("main", "off")
    let found = office.runs(atMost: .hours(1)) { $0.hasAlarm(.wellColumnLost) }
    #expect(found)
  }
}
