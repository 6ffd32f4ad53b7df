import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// A village of two hundred households on two wells, at −15 °C.
@Suite struct VillageTests {
  private func village(
    _ name: String = "village-1000", outdoor: Double = -15, hours: Double = 8
  ) -> RunningPlant {
    var running = RunningPlant(name)
    running.hold(outdoor: outdoor)
    running.choose("village", "winter")
    running.session.run(for: .hours(hours))
    return running
  }

  /// `DIST-01`, `DIST-02`: rooms are warm, and the last household gets what it needs and not much more.
  @Test func theFarEndGetsWhatItNeeds() throws {
    let running = village(hours: 12)
    #expect(running.distribution.isOn)
    #expect(running.distribution.reason.rule == .distributionOn)
    let shortage = try #require(running.session.twin.roomShortage)
    #expect(shortage.value < 0.75)
    let far = running.session.image.reading(running.plant.distributions[0].farEndPressure!)!
    #expect(abs(far.value - running.plant.distributions[0].farEndSetpoint.value) < 15)
    #expect(running.distribution.setpoint < running.plant.distributions[0].setpointRange.upperBound)
    #expect(Rule.farEndReset.rawValue == "DIST-02")
  }

  /// `DIST-03`: the far end's sensor gone costs pressure, no heat.
  @Test func withoutTheFarEndTheSetpointGoesToItsTop() throws {
    var running = village(hours: 4)
    running.session.twin.inject(.sensorJumps(running.point("sensors-1.far-end-pressure"), by: 1e6))
    running.session.run(for: .hours(1))
    #expect(
      running.distribution.setpoint == running.plant.distributions[0].setpointRange.upperBound)
    #expect(Rule.farEndLost.rawValue == "DIST-03")
    running.session.run(for: .hours(6))
    #expect(try #require(running.session.twin.roomShortage).value < 0.75)
  }

  /// `DIST-04`: households that all shut leave the pumps their least flow.
  @Test func theBypassKeepsTheLeastFlow() {
    var running = village(hours: 3)
    running.hold(outdoor: 19)
    running.session.run(for: .minutes(30))
    let least = running.plant.distributions[0].minimumFlow.value
    #expect(running.flow > 0.8 * least)
    #expect(running.distribution.bypass > .zero)
    let bypass = running.plant.distributions[0].bypassCommand!.point
    #expect(running.session.controller.outputs[bypass].reason.rule == .minimumFlowBypass)
    #expect(running.session.twin.truth.deadHeadMinutes == 0)
  }

  /// `DIST-05`: a one-well village without its well: alarms within a minute, and pipes that do not freeze.
  @Test func aVillageWithoutItsWellStopsBeforeItFreezes() {
    var running = village("village-500", hours: 11)
    #expect(running.session.controller.status(of: WellID(0)).phase == .running)
    running.session.twin.inject(.wellTrips(WellID(0)))
    running.session.run(for: .seconds(60))
    #expect(running.hasAlarm(.wellFailed))
    #expect(running.hasAlarm(.wellsShort))
    let circuit = running.plant.circuits[0]
    var coldest = 99.0
    let end = running.session.twin.now + .hours(6)
    while running.session.twin.now < end {
      running.session.run(for: .seconds(30))
      for sensor in [circuit.supplyTemperature, circuit.returnTemperature] {
        coldest = min(coldest, running.session.image.reading(sensor)?.value ?? 99)
      }
    }
    #expect(coldest > 1)
    running.session.twin.clear(.wellTrips(WellID(0)))
    running.session.run(for: .hours(4))
    #expect(running.distribution.isOn)
    #expect(running.session.controller.status(of: WellID(0)).phase == .running)
  }

  /// `DIST-05`: water that comes back too cold from a cold source stops the pumps; they try again.
  @Test func waterThatComesBackTooColdStopsThePumps() {
    var running = village(hours: 2)
    let back = running.point("sensors-1.secondary-supply")
    let source = running.point("sensors-1.secondary-return")
    running.session.twin.inject(.sensorJumps(back, by: -12))
    running.session.twin.inject(.sensorJumps(source, by: -10))
    running.session.run(for: .minutes(2))
    #expect(!running.distribution.isOn)
    #expect(running.distribution.reason.rule == .distributionTooCold)
    #expect(running.hasAlarm(.distributionCold))
    running.session.run(for: .minutes(10))
    #expect(running.flow < 5)
    running.session.twin.clear(.sensorJumps(back, by: 0))
    running.session.twin.clear(.sensorJumps(source, by: 0))
    running.session.run(for: .minutes(12))
    #expect(running.distribution.isOn)
  }

  /// `DIST-05`: one sensor that says so is an alarm and stops nothing.
  @Test func aColdSensorAloneStopsNothing() {
    var running = village(hours: 2)
    let back = running.point("sensors-1.secondary-supply")
    running.session.twin.inject(.sensorJumps(back, by: -12))
    running.session.run(for: .minutes(5))
    #expect(running.hasAlarm(.distributionCold))
    #expect(running.distribution.isOn)
  }

  /// One of two wells: half of the heat at least, shared by the loop; a secondary pump: none at all.
  @Test func aLostWellAndALostPumpAreCovered() {
    var running = village(hours: 4)
    let before = running.session.twin.truth.buildingHeat
    running.session.run(for: .hours(2))
    let sound = running.session.twin.truth.buildingHeat - before
    let lead = running.session.controller.status(of: PumpGroupID(0)).lead
    running.session.twin.inject(.driveTrips(lead))
    running.session.run(for: .seconds(30))
    #expect(running.session.controller.status(of: PumpGroupID(0)).running >= 1)
    running.session.twin.inject(.wellTrips(WellID(0)))
    let lost = running.session.twin.truth.buildingHeat
    running.session.run(for: .hours(2))
    let left = running.session.twin.truth.buildingHeat - lost
    #expect(left.value > 0.5 * sound.value)
  }

  /// What the households' meters count is what the loop lost, and the wells gave.
  @Test func theMetersAddUp() {
    let running = village(hours: 6)
    let metered = running.plant.consumers.indices.reduce(0.0) {
      $0 + running.session.twin.energy(of: ConsumerID($1)).value
    }
    #expect(metered > 500)
    let shown = running.plant.consumers.reduce(0.0) {
      $0 + (running.session.image.reading($1.energy)?.value ?? 0)
    }
    #expect(abs(shown / metered - 1) < 0.001)
    #expect(abs(running.session.twin.balanceResidual.value) < 0.005 * metered)
  }
}
