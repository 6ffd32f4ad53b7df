import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// What alarms cost, on the sports centre's twin.
@Suite struct AlarmCostTwinTests {
  private func cost(_ kind: AlarmKind, _ running: RunningPlant) -> AlarmCost? {
    running.session.controller.alarmCosts.entries.first { $0.key.kind == kind }?.spans.year
  }

  /// The events say for how long an alarm stood; the account must say the same, over a restart too.
  @Test func aPlantedAlarmHasItsTimeOverARestart() throws {
    var centre = RunningPlant()
    let device = DeviceID(
      try #require(centre.plant.devices.firstIndex { $0.name == "electricity-units" }))
    centre.session.twin.inject(.deviceSilent(device))
    centre.session.run(for: .minutes(20))
    let rows = ArchiveWriter.rows(of: centre.session.controller)
    centre.session.restart(from: rows, after: .minutes(5))
    centre.session.run(for: .minutes(20))
    centre.session.twin.clear(.deviceSilent(device))
    centre.session.run(for: .minutes(5))
    let times = centre.session.events.filter { $0.subject == .device(device) }
    let raised = try #require(times.first { $0.kind == .alarmRaised(.deviceLost) }).time
    let gone = try #require(times.last { $0.kind == .alarmCleared(.deviceLost) }).time
    let found = try #require(cost(.deviceLost, centre))
    #expect(found.times == 1)
    #expect(found.stood == gone - raised)
    #expect(found.stood > .minutes(44) && found.stood < .minutes(47))
    #expect(!centre.hasAlarm(.deviceLost))
  }

  @Test func aTankThatIsKeptColdHasItsKelvinHours() throws {
    var centre = RunningPlant()
    centre.hold(tanks: 35)
    // The alarm comes after half an hour.
    #expect(centre.run(atMost: .hours(1)) { $0.hasAlarm(.tankCold) })
    centre.session.run(for: .hours(2))
    let found = try #require(cost(.tankCold, centre))
    // 5 K below the 40 °C of the tank, by its own sensor.
    let expected = 5 * found.stood.hours
    #expect(found.stood >= .hours(2))
    #expect(abs(found.hotWater.value / expected - 1) < 0.05, "\(found.hotWater) of \(expected)")
    #expect(found.pool == .zero)
  }

  @Test func aBuildingThatIsNotHeatedIsShort() throws {
    var centre = RunningPlant()
    centre.choose("main", "winter")
    centre.hold(building: 40, outdoor: -5)
    let device = DeviceID(
      try #require(centre.plant.devices.firstIndex { $0.name == "electricity-units" }))
    centre.session.twin.inject(.deviceSilent(device))
    centre.session.run(for: .hours(1))
    let setpoint = centre.session.controller.staging(of: centre.block("main")).setpoint
    let found = try #require(cost(.deviceLost, centre))
    #expect(setpoint == Celsius(50))
    #expect(found.building.value > 0)
    #expect(found.building.value <= 8 * found.stood.hours + 0.5)
    #expect(found.loops == .zero)
  }
}
