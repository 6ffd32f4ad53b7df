import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// A well flushed as a person asked for it: within its limits, with a way back from anywhere. (`WELL-23`)
@Suite struct WellFlushTests {
  private func running() throws -> Office {
    var office = Office()
    _ = try #require(office.warmUp() ? 1 : nil)
    return office
  }

  private func asked(_ office: inout Office, _ number: Int, begins: Bool = true) -> Bool {
    let seen = office.session.events.count
    office.session.ask(.flush(office.well(number), begins: begins))
    office.session.run(for: .seconds(2))
    for event in office.session.events[seen...] {
      if case .actDone(let outcome) = event.kind { return outcome.accepted }
    }
    return false
  }

  @Test("WELL-23: a clogged screen is washed, and what it showed before and after is kept")
  func aCloggedScreenIsWashed() throws {
    var office = try running()
    office.session.twin.inject(.wellDamage(office.well(2), .screenClogging, 1))
    #expect(asked(&office, 2))
    let ended = office.runs(atMost: .hours(2)) { $0.status(2).flush.outcome != .underWay }
    #expect(ended)
    let record = office.status(2).flush
    #expect(record.outcome == .done)
    #expect(record.drained > CubicMeters(2) && record.drained <= CubicMeters(10))
    let before = try #require(record.before.intakePressure)
    let after = try #require(record.after.intakePressure)
    #expect(after > before + Kilopascals(3))
    #expect(office.session.twin.truth.wellVacuumMinutes == 0)
    #expect(office.session.twin.truth.deadHeadMinutes == 0)
    #expect(office.status(2).starts == 1)
    let books = office.status(2).books.current
    #expect(abs(books.flushed.value - record.drained.value) < 0.3)
    #expect(!office.hasAlarm(.wellLosesWater))
  }

  @Test("WELL-23: what a person ends goes back to heating, and the drain shuts")
  func whatAPersonEndsGoesBackToHeating() throws {
    var office = try running()
    #expect(asked(&office, 2))
    let surges = office.runs(atMost: .hours(1)) { $0.status(2).flushStage == "surging" }
    #expect(surges)
    office.session.run(for: .minutes(2))
    #expect(asked(&office, 2, begins: false))
    office.session.run(for: .minutes(5))
    #expect(office.status(2).flush.outcome == .abandoned)
    #expect(office.status(2).flushStage == nil)
    #expect(office.status(2).phase == .running)
    #expect(office.session.twin.readings(of: office.well(2)).drained == .zero)
    #expect(office.session.twin.truth.wellVacuumMinutes == 0)
  }

  @Test("WELL-23: when the others fail the flushing ends and the well heats")
  func whenTheOthersFailItHeats() throws {
    var office = try running()
    #expect(asked(&office, 2))
    _ = office.runs(atMost: .hours(1)) { $0.status(2).flushStage == "surging" }
    for number in [1, 3, 4] { office.session.twin.inject(.wellTrips(office.well(number))) }
    office.session.run(for: .minutes(5))
    #expect(office.status(2).flushStage == nil)
    #expect(office.status(2).phase == .running)
  }

  /// An office whose second well is in its surges.
  private func surging() throws -> Office {
    var office = try running()
    #expect(asked(&office, 2))
    let surges = office.runs(atMost: .hours(1)) { $0.status(2).flushStage == "surging" }
    _ = try #require(surges ? 1 : nil)
    office.session.run(for: .minutes(1))
    return office
  }

  private func drained(_ office: Office) -> CubicMetersPerHour {
    office.session.twin.readings(of: office.well(2)).drained
  }

  @Test("WELL-23: a well head that falls silent stops the pump")
  func aSilentWellHeadStopsThePump() throws {
    var office = try surging()
    let head = try #require(office.plant.devices.firstIndex { $0.name == "well-head-2" })
    office.session.twin.inject(.deviceSilent(DeviceID(head)))
    let stops = office.runs(atMost: .minutes(1)) { $0.status(2).phase == .failed }
    #expect(stops)
    // The pump takes its time to stand.
    office.session.run(for: .minutes(10))
    #expect(office.status(2).phase != .running)
    #expect(abs(office.flow(2)) < 0.01)
    office.session.twin.clear(.deviceSilent(DeviceID(head)))
    office.session.run(for: .minutes(1))
    #expect(office.status(2).flush.outcome == .abandoned)
    office.session.run(for: .minutes(30))
    #expect(office.status(2).phase != .failed)
    // What stopped it is over: it runs as soon as it is needed.
    for number in [1, 3, 4] { office.session.twin.inject(.wellTrips(office.well(number))) }
    let runs = office.runs(atMost: .minutes(30)) { $0.status(2).phase == .running }
    #expect(runs)
    #expect(drained(office) == .zero)
  }

  @Test("WELL-23: a restart in the middle goes the way back")
  func aRestartGoesTheWayBack() throws {
    var office = try surging()
    let rows = ArchiveWriter.rows(of: office.session.controller)
    office.session.restart(from: rows, after: .seconds(20))
    office.session.run(for: .seconds(5))
    #expect(office.status(2).flushStage == "closing")
    let ends = office.runs(atMost: .minutes(5)) { $0.status(2).flushStage == nil }
    #expect(ends)
    #expect(office.status(2).flush.outcome == .abandoned)
    #expect(office.status(2).flush.drained > CubicMeters(0.1))
    #expect(drained(office) == .zero)
    #expect(office.session.twin.truth.deadHeadMinutes == 0)
    #expect(office.session.twin.truth.wellVacuumMinutes == 0)
    #expect(office.status(2).phase == .running)
  }

  @Test("WELL-23: an ordered stop shuts the drain before the pumps stand")
  func anOrderedStopShutsTheDrain() throws {
    var office = try surging()
    office.session.ask(.prepareToStop)
    office.session.run(for: .minutes(5))
    #expect(drained(office) == .zero)
    #expect(!office.session.controller.holdsStop)
    #expect(office.session.twin.truth.deadHeadMinutes == 0)
    let rests = office.runs(atMost: .minutes(20)) { $0.session.controller.isAtRest }
    #expect(rests)
  }

  @Test("WELL-23: without the pressure at the highest point no drain is opened")
  func noDrainIsOpenedUnseen() throws {
    var office = try running()
    #expect(asked(&office, 2))
    office.session.twin.inject(.sensorJumps(office.point("well-head-2.highest-pressure"), by: 1e6))
    for _ in 0..<60 {
      office.session.run(for: .minutes(1))
      #expect(drained(office) == .zero)
    }
    #expect(office.status(2).flush.outcome == .abandoned)
  }

  @Test("WELL-24: no second well is flushed beside one, and none that is alone")
  func whatStandsAgainstIt() throws {
    var office = try running()
    #expect(asked(&office, 2))
    #expect(!asked(&office, 3))
    #expect(asked(&office, 2, begins: false))
    #expect(!asked(&office, 2, begins: false))
    for number in [1, 3, 4] { office.session.twin.inject(.wellTrips(office.well(number))) }
    office.session.run(for: .minutes(2))
    #expect(!asked(&office, 2))
  }

  @Test("WELL-23: an emergency stop shuts the drain in the same scan")
  func anEmergencyStopShutsTheDrain() throws {
    var office = try running()
    #expect(asked(&office, 2))
    _ = office.runs(atMost: .hours(1)) { $0.status(2).flushStage == "surging" }
    office.session.twin.inject(.sensorJumps(office.point("sensors-1.emergency-stop"), by: 1))
    office.session.run(for: .seconds(3))
    #expect(office.session.twin.readings(of: office.well(2)).drained == .zero)
    #expect(office.status(2).flush.outcome == .abandoned)
  }
}

/// One of four wells lost when all are needed most.
@Suite struct OneWellLostTests {
  @Test func theRoomStaysWarmWithoutOneWellAtPeak() throws {
    var office = Office(outdoor: -12, building: nil)
    office.session.run(for: .hours(36))
    let before = office.session.twin.roomTemperature
    office.session.twin.inject(.wellTrips(office.well(1)))
    office.session.run(for: .hours(24))
    let after = office.session.twin.roomTemperature
    #expect(after > Celsius(19), "\(before) → \(after)")
    let rest = (2...4).compactMap { number -> Double? in
      guard office.status(number).phase == .running else { return nil }
      let found = office.session.twin.readings(of: office.well(number))
      return (found.outletTemperature - found.returnTemperature).value
    }
    #expect(rest.count == 3)
    #expect(rest.allSatisfy { $0 > 0 && $0 <= 6 }, "\(rest)")
  }
}
