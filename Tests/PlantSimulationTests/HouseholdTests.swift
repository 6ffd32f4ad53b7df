import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// Rooms with units of their own on a loop through boreholes, with one pump and no wells.
@Suite struct HouseholdTests {
  static let sizes = ["household-5.6", "household-7.4", "household-7.6", "household-30"]

  private func household(_ name: String, outdoor: Double = -15, hours: Double) -> RunningPlant {
    var running = RunningPlant(name)
    running.hold(outdoor: outdoor)
    running.choose("household", outdoor < 18 ? "winter" : "summer")
    running.session.run(for: .hours(hours))
    return running
  }

  /// At −15 °C for a day and a half: rooms are warm, the loop is far from freezing, and no pump meets a
  /// closed way although rooms shut all at once.
  @Test(arguments: sizes) func roomsAreWarmAndTheLoopDoesNotFreeze(_ name: String) throws {
    var running = household(name, hours: 1)
    let circuit = running.plant.circuits[0]
    var coldest = 99.0
    var most = 0.0
    for _ in 0..<70 {
      running.session.run(for: .minutes(30))
      coldest = min(coldest, running.session.image.reading(circuit.supplyTemperature)!.value)
      most = max(most, running.flow)
    }
    #expect(try #require(running.session.twin.roomShortage).value < 0.75)
    #expect(coldest > running.plant.parameters.distributionColdAlarm.value, "\(coldest)")
    #expect(most < 1.2 * running.plant.designFlow(of: CircuitID(0)).value, "\(most)")
    #expect(running.session.twin.truth.deadHeadMinutes == 0)
    #expect(running.session.controller.alarms.allSatisfy { !$0.isActive })
    #expect(abs(running.session.twin.balanceResidual.value) < 0.5)
  }

  /// `DIST-04`: with every room shut the bypass keeps the pump's least flow, in a loop of 1 m³/h too.
  @Test(arguments: sizes) func theBypassKeepsTheLeastFlow(_ name: String) {
    var running = household(name, hours: 2)
    running.hold(outdoor: 19)
    running.session.run(for: .minutes(30))
    #expect(running.flow > 0.7 * running.plant.distributions[0].minimumFlow.value)
    #expect(running.distribution.bypass > .zero)
    #expect(running.session.twin.truth.deadHeadMinutes == 0)
  }

  /// `DIST-05`: a loop whose ground is used up stops before it freezes, and says so.
  @Test func aLoopInColdGroundStopsBeforeItFreezes() {
    var running = household("household-5.6", hours: 1)
    var boundary = Boundary()
    boundary.outdoor = Celsius(-15)
    boundary.ground = Celsius(3)
    running.session.twin.hold(boundary)
    var coldest = 99.0
    var stood = false
    for _ in 0..<720 {
      running.session.run(for: .seconds(30))
      coldest = min(
        coldest,
        running.session.image.reading(running.plant.circuits[0].supplyTemperature)?.value ?? 99)
      stood = stood || running.distribution.reason.rule == .distributionTooCold
    }
    #expect(stood)
    #expect(coldest > 1, "\(coldest)")
    #expect(running.hasAlarm(.distributionCold))
  }

  /// `DIST-06`: a room's unit that trips is an alarm of that room; the loop goes on.
  @Test func aUnitThatTripsIsToldOfItsRoom() throws {
    var running = household("household-5.6", hours: 1)
    #expect(Rule.consumerUnitTripped.rawValue == "DIST-06")
    running.session.twin.inject(.sensorJumps(running.point("unit-2.tripped"), by: 1))
    running.session.run(for: .seconds(5))
    let alarm = try #require(
      running.session.controller.alarms.first { $0.key.kind == .consumerUnitTripped && $0.isActive }
    )
    #expect(running.plant.name(of: alarm.key.subject) == "room-2")
    #expect(running.distribution.isOn)
    running.session.twin.clear(.sensorJumps(running.point("unit-2.tripped"), by: 0))
    running.session.run(for: .seconds(5))
    #expect(!running.hasAlarm(.consumerUnitTripped))
  }

  /// The only pump: its loss is told at once, and it is tried again by itself.
  @Test func theOnlyPumpIsMissedAndTriedAgain() {
    var running = household("household-7.4", hours: 1)
    running.session.twin.inject(.driveTrips(PumpID(0)))
    running.session.run(for: .seconds(60))
    #expect(running.hasAlarm(.pumpGroupShort))
    running.session.twin.clear(.driveTrips(PumpID(0)))
    running.session.run(for: .hours(1))
    #expect(!running.hasAlarm(.pumpGroupShort))
    #expect(running.flow > 0.2)
  }

  /// What the rooms' meters count is the water that went through them, and the heat that they took.
  @Test func theMetersAddUp() {
    let running = household("household-30", hours: 6)
    let twin = running.session.twin
    var (water, heat, shown) = (0.0, 0.0, 0.0)
    for (index, consumer) in running.plant.consumers.enumerated() {
      water += twin.volume(of: ConsumerID(index)).value
      heat += twin.energy(of: ConsumerID(index)).value
      shown += running.session.image.reading(consumer.volume!)?.value ?? 0
    }
    #expect(abs(shown / water - 1) < 0.001)
    // Between 2 and 7 K, on average of all of it.
    let difference = heat / (water * Water.kilowattHoursPerCubicMeterKelvin)
    #expect((2.0...7).contains(difference), "\(difference)")
    #expect(water < running.plant.designFlow(of: CircuitID(0)).value * 6.1)
  }
}
