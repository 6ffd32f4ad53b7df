import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// Step tests that the controller makes on a running well, as a person asked for them. (`WELL-25` to `WELL-27`)
@Suite struct WellStepTests {
  private func running() throws -> Office {
    var office = Office()
    _ = try #require(office.warmUp() ? 1 : nil)
    return office
  }

  private func asked(_ office: inout Office, _ number: Int, _ wish: StepTestWish) -> Bool {
    let seen = office.session.events.count
    office.session.ask(.stepTest(office.well(number), wish))
    office.session.run(for: .seconds(2))
    for event in office.session.events[seen...] {
      if case .actDone(let outcome) = event.kind { return outcome.accepted }
    }
    return false
  }

  private func health(_ office: Office, _ number: Int) -> WellHealthStatus {
    office.session.controller.health(of: office.well(number))
  }

  /// Makes one test from end to end; how it ended.
  private func test(_ office: inout Office, _ number: Int, _ wish: StepTestWish = .begin)
    -> StepTestRecord.Outcome
  {
    guard asked(&office, number, wish) else { return .notStarted }
    _ = office.runs(atMost: .hours(5)) { health($0, number).hold == nil }
    return health(office, number).record.outcome
  }

  /// An office whose second well has its commissioning behind it, and three tests more.
  private func tested() throws -> Office {
    var office = try running()
    let events = office.session.events.count
    for _ in 0..<6 { #expect(test(&office, 2) == .done) }
    #expect(!office.has(.wellVacuum, since: events))
    return office
  }

  @Test("WELL-25, WELL-27: a clogged screen is named by the third test, while the office is heated")
  func aCloggedScreenIsNamed() throws {
    var office = try tested()
    #expect(health(office, 2).health.report?.isFounded == true)
    #expect(health(office, 2).health.report?.suspects == [])
    #expect(!office.hasAlarm(.wellWorn))
    office.session.twin.inject(.wellDamage(office.well(2), .screenClogging, 0.5))
    for _ in 0..<7 { #expect(test(&office, 2) == .done) }
    #expect(health(office, 2).health.report?.worsened == [.screen])
    #expect(office.hasAlarm(.wellWorn))
    #expect(office.session.twin.truth.wellVacuumMinutes == 0)
    #expect(office.session.twin.truth.deadHeadMinutes == 0)
    #expect(!office.hasAlarm(.wellsShort) && !office.hasAlarm(.supplyTemperature))
    // A new screen begins a new record.
    #expect(test(&office, 2, .beginAnew) == .done)
    office.session.run(for: .seconds(2))
    #expect(health(office, 2).health.tests.count == 1)
    #expect(!office.hasAlarm(.wellWorn))
  }

  @Test("WELL-27: a worn pump is named, and a restart knows all of it again")
  func aRestartKnowsItAgain() throws {
    var office = try tested()
    office.session.twin.inject(.wellDamage(office.well(2), .pumpWear, 0.15))
    for _ in 0..<7 { #expect(test(&office, 2) == .done) }
    let before = health(office, 2).health
    #expect(before.report?.worsened == [.pump])
    office.session.restart(
      from: ArchiveWriter.rows(of: office.session.controller), after: .seconds(20))
    let after = health(office, 2).health
    #expect(after.tests == before.tests && after.tests.count == 13)
    #expect(after.report == before.report)
    office.session.run(for: .seconds(5))
    #expect(office.hasAlarm(.wellWorn))
  }

  @Test("WELL-25: a restart, or a person, ends a test and the well heats again")
  func whatEndsATest() throws {
    var office = try running()
    #expect(asked(&office, 2, .begin))
    #expect(office.runs(atMost: .hours(1)) { health($0, 2).hold == 2 })
    office.session.run(for: .minutes(2))
    #expect(office.status(2).opening == Fraction(0.65))
    #expect(abs(office.session.twin.readings(of: office.well(2)).frequency.value - 40) < 0.1)
    #expect(!asked(&office, 3, .begin), "one well at a time")
    #expect(asked(&office, 2, .end))
    #expect(health(office, 2).record.outcome == .stopped)
    #expect(office.runs(atMost: .minutes(3)) { health($0, 2).hold == nil })
    #expect(!office.hasAlarm(.wellVacuum))
    #expect(asked(&office, 2, .begin))
    #expect(office.runs(atMost: .hours(1)) { health($0, 2).hold == 1 })
    office.session.restart(
      from: ArchiveWriter.rows(of: office.session.controller), after: .seconds(20))
    #expect(health(office, 2).record.outcome == .stopped)
    #expect(office.runs(atMost: .minutes(10)) { $0.runningWells == 4 })
    #expect(health(office, 2).health.tests.isEmpty)
  }

  @Test("WELL-25: a sensor that shows nothing ends the test by its name")
  func aMissingValueEndsIt() throws {
    var office = try running()
    #expect(asked(&office, 2, .begin))
    #expect(office.runs(atMost: .hours(1)) { health($0, 2).hold == 1 })
    office.session.twin.inject(.sensorJumps(office.point("well-head-2.exchanger-loss"), by: 1000))
    #expect(office.runs(atMost: .hours(1)) { health($0, 2).hold == nil })
    #expect(health(office, 2).record.outcome == .valueMissing)
    #expect(health(office, 2).record.missing == .exchangerPressureLoss)
    #expect(health(office, 2).health.tests.isEmpty)
  }

  @Test("WELL-25: a valve that does not go where it is told ends the test")
  func aValveAstrayEndsIt() throws {
    var office = try running()
    #expect(asked(&office, 2, .begin))
    #expect(office.runs(atMost: .hours(1)) { health($0, 2).hold == 1 })
    office.session.twin.inject(.sensorFreezes(office.point("well-head-2.valve-position")))
    #expect(office.runs(atMost: .hours(1)) { health($0, 2).hold == nil })
    #expect(health(office, 2).record.outcome == .valveAstray)
    #expect(health(office, 2).health.tests.isEmpty)
  }

  @Test("WELL-25: a daemon that hands over waits until a well that rested is back")
  func aHandOverWaitsForTheWell() throws {
    var office = try running()
    #expect(asked(&office, 2, .begin))
    #expect(office.runs(atMost: .minutes(10)) { $0.status(2).phase == .stopped })
    office.session.run(for: .minutes(2))
    // All four are needed: none stands in for it.
    #expect(asked(&office, 3, .end) == false)
    office.session.ask(.prepareToStop)
    office.session.run(for: .seconds(3))
    #expect(health(office, 2).record.outcome == .stopped)
    // The office's own stop state is a stop: nothing is owed then.
    #expect(office.runs(atMost: .minutes(20)) { !$0.session.controller.holdsStop })
    var other = Office(tune: { $0.site.stopState = .handOver })
    _ = try #require(other.warmUp() ? 1 : nil)
    #expect(asked(&other, 2, .begin))
    #expect(other.runs(atMost: .minutes(10)) { $0.status(2).phase == .stopped })
    other.session.ask(.prepareToStop)
    other.session.run(for: .seconds(3))
    #expect(other.session.controller.holdsStop)
    #expect(other.runs(atMost: .minutes(20)) { !$0.session.controller.holdsStop })
    #expect(other.status(2).phase != .stopped)
  }

  @Test("WELL-25: a limit, a near vacuum or a trip ends the test before it is measured")
  func aLimitEndsIt() throws {
    let plans: [(StepTestRecord.Outcome, (inout Plant) -> Void)] = [
      (.limited, { $0.wells[1].minimumIntake = Kilopascals(340) }),
      (.limited, { $0.wells[1].stepPlan?.positions[0] = Fraction(0.2) }),
      (.nearVacuum, { $0.wells[1].stepPlan?.positions = [Fraction(0.6), Fraction(0.9), .one] }),
    ]
    for (outcome, tune) in plans {
      var office = Office(tune: tune)
      _ = try #require(office.warmUp() ? 1 : nil)
      #expect(test(&office, 2) == outcome)
      office.session.run(for: .minutes(30))
      #expect(office.session.twin.truth.wellVacuumMinutes == 0)
      #expect(office.status(2).phase == .running)
    }
    var office = try running()
    #expect(asked(&office, 2, .begin))
    #expect(office.runs(atMost: .hours(1)) { health($0, 2).hold == 1 })
    office.session.twin.inject(.wellTrips(office.well(2)))
    office.session.run(for: .minutes(1))
    #expect(health(office, 2).record.outcome == .lost)
  }

  @Test("WELL-25: a well that its circuit comes to need ends its test and heats")
  func aWellThatIsNeededHeats() throws {
    var office = try running()
    #expect(asked(&office, 2, .begin))
    #expect(office.runs(atMost: .minutes(10)) { $0.status(2).phase == .stopped })
    for number in [1, 3, 4] { office.session.twin.inject(.wellTrips(office.well(number))) }
    #expect(office.runs(atMost: .hours(1)) { health($0, 2).hold == nil })
    #expect(health(office, 2).record.outcome == .needed)
    #expect(office.runs(atMost: .minutes(15)) { $0.status(2).phase == .running })
  }

  @Test("WELL-26: the only well that heats is not tested while its circuit's water would not last")
  func theOnlyWellIsNotTestedAtPeak() throws {
    var office = try running()
    for number in [1, 3, 4] { office.session.twin.inject(.wellTrips(office.well(number))) }
    #expect(office.runs(atMost: .minutes(10)) { $0.runningWells == 1 })
    office.session.run(for: .hours(1))
    #expect(!asked(&office, 2, .begin))
    #expect(office.status(2).phase == .running)
  }

  @Test("WELL-26: without a plan, or while it has failed, a well is not tested")
  func whatCannotBeTested() throws {
    var office = Office(tune: { $0.wells[1].stepPlan = nil })
    office.session.run(for: .minutes(1))
    #expect(!asked(&office, 2, .begin))
    office.session.twin.inject(.wellTrips(office.well(3)))
    office.session.run(for: .minutes(1))
    #expect(!asked(&office, 3, .begin))
    #expect(asked(&office, 4, .begin))
  }
}
