import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// What a village keeps at −15 °C without a sensor or a whole bus. (docs/losses.md, Villages)
@Suite struct VillageLossTests {
  private func village(_ name: String = "village-1000") -> RunningPlant {
    var running = RunningPlant(name)
    running.hold(outdoor: -15)
    running.choose("village", "winter")
    running.session.run(for: .hours(8))
    return running
  }

  /// Every device of a bus says nothing for a while; what it was told last it goes on with.
  private func silence(_ running: inout RunningPlant, bus: String) throws {
    let plant = running.plant
    let place = try #require(plant.buses.firstIndex { $0.name == bus })
    for index in plant.devices.indices where plant.devices[index].bus.index == place {
      running.session.twin.inject(.deviceSilent(DeviceID(index)))
    }
  }

  private func runningWells(_ running: RunningPlant) -> Int {
    running.plant.wells.indices.count {
      running.session.twin.readings(of: WellID($0)).extracted.value > 10
    }
  }

  @Test func withoutTheOutdoorSensorNothingIsLost() throws {
    var running = village()
    let outdoor = running.plant.site.outdoorTemperature.point
    running.session.twin.inject(.sensorJumps(outdoor, by: 1e6))
    running.session.run(for: .hours(6))
    #expect(try #require(running.session.twin.roomShortage).value < 0.75)
    #expect(running.session.controller.status(of: DistributionID(0)).isOn)
  }

  @Test(arguments: ["room", "wells"])
  func withoutAWholeBusTheHeatGoesOn(_ bus: String) throws {
    var running = village()
    let wells = runningWells(running)
    #expect(wells > 0)
    try silence(&running, bus: bus)
    running.session.run(for: .minutes(1))
    #expect(running.hasAlarm(.busLost))
    running.session.run(for: .hours(3))
    #expect(runningWells(running) >= wells)
    // The twin's circulation pumps keep the speed that they had, so that rooms depend on the hour.
    if bus == "wells" { #expect(try #require(running.session.twin.roomShortage).value < 0.75) }
    #expect(running.session.twin.truth.deadHeadMinutes == 0)
    #expect(running.session.twin.truth.wellVacuumMinutes == 0)
  }

  @Test func whenABusIsBackItIsGoneOnWith() throws {
    var running = village()
    try silence(&running, bus: "room")
    running.session.run(for: .minutes(30))
    for index in running.plant.devices.indices {
      running.session.twin.clear(.deviceSilent(DeviceID(index)))
    }
    running.session.run(for: .hours(1))
    #expect(!running.hasAlarm(.busLost))
    #expect(runningWells(running) > 0)
    #expect(try #require(running.session.twin.roomShortage).value < 0.75)
  }

  @Test func withOneOfFourWellsThreeQuartersOfTheHeatAreThere() throws {
    var running = village("village-2000")
    let heat = { (running: RunningPlant) in
      running.plant.wells.indices.reduce(0.0) {
        $0 + running.session.twin.readings(of: WellID($1)).heat.value
      }
    }
    let before = heat(running)
    let first = try #require(
      running.plant.wells.indices.first {
        running.session.controller.status(of: WellID($0)).phase == .running
      })
    running.session.twin.inject(.wellTrips(WellID(first)))
    running.session.run(for: .minutes(1))
    #expect(running.hasAlarm(.wellFailed))
    running.session.run(for: .minutes(30))
    #expect(heat(running) > 0.75 * before, "\(before) → \(heat(running))")
  }
}
