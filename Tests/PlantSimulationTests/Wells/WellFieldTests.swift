import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// Several wells on one source loop.
@Suite struct WellFieldTests {
  private func warm(_ tune: (inout Plant) -> Void = { _ in }) throws -> Office {
    var office = Office(tune: tune)
    _ = try #require(office.warmUp() ? 1 : nil)
    office.session.run(for: .hours(2))
    return office
  }

  /// `WELL-18`: at the peak one well fails: the others give more within a minute, the rooms do not feel
  /// it, and too few wells are an alarm.
  @Test func theLossOfAWellIsCoveredByTheOthers() throws {
    var office = Office(building: nil)
    _ = try #require(office.warmUp() ? 1 : nil)
    let before = (2...4).map { office.flow($0) }.reduce(0, +)
    let room = office.session.twin.roomTemperature
    office.session.twin.inject(.wellTrips(office.well(1)))
    office.session.run(for: .seconds(60))
    let after = (2...4).map { office.flow($0) }.reduce(0, +)
    #expect(after > before * 1.02)
    #expect(office.hasAlarm(.wellFailed))
    #expect(office.hasAlarm(.wellsShort))
    for _ in 0..<6 {
      office.session.run(for: .hours(1))
      #expect(abs((office.session.twin.roomTemperature - room).value) < 1)
    }
    #expect(office.session.twin.truth.wellVacuumMinutes == 0)
  }

  /// `WELL-18`: with one in reserve, it is there within six minutes.
  @Test func aWellInReserveTakesTheLostOnesPlace() throws {
    var office = Office(outdoor: 2, building: nil)
    #expect(office.runs(atMost: .hours(6)) { $0.runningWells >= 1 })
    office.session.run(for: .hours(3))
    let count = office.runningWells
    let lost = try #require(office.firstRunning)
    #expect(count < 4)
    office.session.twin.inject(.wellTrips(office.well(lost)))
    office.session.run(for: .seconds(10))
    let covers = office.runs(atMost: .minutes(6)) { $0.runningWells == count }
    #expect(covers)
    #expect((1...4).contains { office.status($0).reason.rule == .wellReplaces })
  }

  /// `WELL-19`: when one may rest it is the one whose water has drifted.
  @Test func aWellThatDriftsRestsFirst() throws {
    var office = try warm()
    office.session.twin.inject(.sensorJumps(office.point("well-head-3.outlet-temperature"), by: -3))
    office.running.hold(building: 48.5, outdoor: 5)
    let rests = office.runs(atMost: .hours(8)) { $0.runningWells < 4 }
    #expect(rests)
    #expect(office.status(3).phase != .running)
    #expect(Rule.wellDrifts.rawValue == "WELL-19")
  }

  /// A drive that does not answer is left to go on: heat is not lost for a cable.
  @Test func aSilentDriveGoesOn() throws {
    var office = try warm()
    let device = office.plant[office.well(2)].pump.device
    office.session.twin.inject(.deviceSilent(device))
    office.session.run(for: .minutes(10))
    #expect(office.flow(2) > 5)
    #expect(office.hasAlarm(.deviceLost))
    office.running.choose("main", "off")
    office.session.run(for: .minutes(30))
    #expect(office.flow(2) > 1)
    #expect(office.session.twin.truth.deadHeadMinutes == 0)
    office.running.choose("main", "winter")
    office.session.run(for: .hours(1))
    office.session.twin.clear(.deviceSilent(device))
    office.session.run(for: .minutes(10))
    #expect(office.status(2).phase == .running)
  }

  /// Each sensor of a well in turn gone: the well goes on, nothing runs dry, no vacuum is drawn.
  @Test(arguments: [
    "valve-position", "intake-pressure", "highest-pressure", "return-pressure",
    "outlet-temperature", "return-temperature", "extracted-flow", "returned-flow",
  ])
  func aLostSensorCostsNoHeat(_ signal: String) throws {
    var office = try warm()
    let point = office.point("well-head-1.\(signal)")
    office.session.twin.inject(.sensorJumps(point, by: 1e6))
    office.session.run(for: .hours(1))
    #expect(office.status(1).phase == .running)
    #expect(office.flow(1) > 5)
    #expect(office.hasAlarm(.sensorLost))
    #expect(office.session.twin.truth.wellVacuumMinutes == 0)
    #expect(office.session.twin.truth.deadHeadMinutes == 0)
  }

  /// A whole bus gone: every well goes on as its drive was set up for.
  @Test func aLostBusCostsNoHeat() throws {
    var office = try warm()
    for (index, device) in office.plant.devices.enumerated() where device.name.hasPrefix("well-") {
      office.session.twin.inject(.deviceSilent(DeviceID(index)))
    }
    office.session.run(for: .minutes(30))
    for number in 1...4 { #expect(office.flow(number) > 5) }
    #expect(office.hasAlarm(.busLost))
  }
}
