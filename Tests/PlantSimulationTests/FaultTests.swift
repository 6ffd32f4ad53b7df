import PlantModel
import PlantSimulation
import Quantities
import Testing

/// Each fault has its effect, and is gone when it is cleared.
@Suite struct FaultTests {
  @Test func aValveThatSticksStaysWhereItIs() throws {
    var centre = try SportsCentre()
    let valve = centre.valve("V2")
    centre.move("V2", to: .open)
    centre.pass(.seconds(20))
    centre.twin.inject(.valveSticks(valve))
    let stuck = centre.twin.position(of: valve)
    centre.pass(.minutes(2))
    #expect(centre.twin.position(of: valve) == stuck)
    #expect(centre.twin.values[centre.plant[valve].openedSwitch!.point.index] == 0)
    #expect(centre.twin.values[centre.plant[valve].closedSwitch!.point.index] == 0)
    centre.twin.clear(.valveSticks(valve))
    centre.pass(.minutes(2))
    #expect(centre.twin.position(of: valve) == .one)
  }

  @Test func aValveThatRunsOnGoesToItsOtherEndWhateverItIsTold() throws {
    var centre = try SportsCentre()
    let valve = centre.valve("V2")
    centre.move("V2", to: .close)
    centre.twin.inject(.valveRunsOn(valve))
    centre.pass(.minutes(2))
    #expect(centre.twin.position(of: valve) == .one)
    centre.twin.clear(.valveRunsOn(valve))
    centre.pass(.minutes(2))
    #expect(centre.twin.position(of: valve) == .zero)
  }

  @Test func switchesThatLieShowTheirEndWhereverTheValveIs() throws {
    var centre = try SportsCentre()
    let open = centre.valve("V1")
    let closed = centre.valve("V2")
    centre.twin.inject(.closedSwitchLies(open))
    centre.twin.inject(.openedSwitchLies(closed))
    centre.pass(.seconds(2))
    #expect(centre.twin.values[centre.plant[open].closedSwitch!.point.index] == 1)
    #expect(centre.twin.values[centre.plant[open].openedSwitch!.point.index] == 0)
    #expect(centre.twin.values[centre.plant[closed].openedSwitch!.point.index] == 1)
    #expect(centre.twin.position(of: closed) == .zero)
  }

  @Test func aTrippedDriveRunsDownAndSaysSo() throws {
    var centre = try SportsCentre()
    centre.open(units: 1...1)
    centre.run(["ground-pump-1"], hertz: 40)
    centre.pass(.minutes(2))
    #expect(centre.value("ground-pump-1.running") == 1)
    let pump = centre.pump("ground-pump-1")
    centre.twin.inject(.driveTrips(pump))
    centre.pass(.minutes(1))
    #expect(centre.value("ground-pump-1.running") == 0)
    #expect(centre.value("ground-pump-1.tripped") == 1)
    #expect(abs(centre.value("sensors-1.ground-flow")) < 1)
    centre.twin.clear(.driveTrips(pump))
    centre.pass(.minutes(1))
    #expect(centre.value("ground-pump-1.running") == 1)
  }

  @Test func aUnitTripsByFaultAndForWantOfWater() throws {
    var centre = try SportsCentre()
    centre.open(units: 1...1)
    centre.run(["ground-pump-1", "end-use-pump-1"], hertz: 45)
    centre.pass(.minutes(2))
    centre.enable("main-unit-1", load: 0.5)
    centre.pass(.minutes(2))
    #expect(centre.value("main-unit-1.running") == 1)
    #expect(centre.value("main-unit-1.power") > 10)
    let unit = centre.unit("main-unit-1")
    centre.twin.inject(.unitTrips(unit))
    centre.pass(.seconds(2))
    #expect(centre.value("main-unit-1.tripped") == 1)
    #expect(centre.value("main-unit-1.running") == 0)
    centre.twin.clear(.unitTrips(unit))
    centre.pass(.minutes(2))
    #expect(centre.value("main-unit-1.running") == 1)
    #expect(centre.twin.truth.dryUnitMinutes == 0)
    centre.run(["end-use-pump-1"], hertz: 0)
    centre.pass(.minutes(2))
    #expect(centre.value("main-unit-1.condenser-flow") == 0)
    #expect(centre.value("main-unit-1.running") == 0)
    #expect(centre.twin.truth.dryUnitMinutes > 1.5)
  }

  @Test func sensorsDriftFreezeAndJump() throws {
    var centre = try SportsCentre()
    let drifting = centre.point("sensors-1.outdoor")
    let frozen = centre.point("sensors-1.plant-room")
    let jumping = centre.point("sensors-1.pool")
    centre.pass(.minutes(1))
    let before = centre.value("sensors-1.plant-room")
    let pool = centre.value("sensors-1.pool")
    centre.twin.inject(.sensorDrifts(drifting, perHour: 6))
    centre.twin.inject(.sensorFreezes(frozen))
    centre.twin.inject(.sensorJumps(jumping, by: -5))
    centre.pass(.hours(1), by: .seconds(10))
    let off = centre.value("sensors-1.outdoor") - centre.twin.outdoorTemperature.value
    #expect(abs(off - 6) < 0.3)
    #expect(centre.value("sensors-1.plant-room") == before)
    #expect(abs(centre.value("sensors-1.pool") - (pool - 5)) < 0.3)
    centre.twin.clear(.sensorDrifts(drifting, perHour: 6))
    centre.twin.clear(.sensorJumps(jumping, by: -5))
    centre.pass(.minutes(5))
    #expect(
      abs(centre.value("sensors-1.outdoor") - centre.twin.outdoorTemperature.value) < 0.3)
    #expect(abs(centre.value("sensors-1.pool") - pool) < 0.3)
  }

  @Test func aSilentDeviceSaysNothingAndKeepsItsLastCommands() throws {
    var centre = try SportsCentre()
    centre.open(units: 1...1)
    centre.run(["ground-pump-1"], hertz: 40)
    centre.pass(.minutes(2))
    let device = centre.plant[centre.pump("ground-pump-1")].device
    centre.twin.inject(.deviceSilent(device))
    centre.run(["ground-pump-1"], hertz: 0)
    centre.pass(.minutes(1))
    #expect(centre.value("ground-pump-1.running").isNaN)
    #expect(centre.twin.flow(of: centre.pump("ground-pump-1")).value > 20)
    var image = InputImage(plant: centre.plant, now: centre.twin.now)
    centre.twin.fill(&image)
    let point = centre.point("ground-pump-1.running")
    #expect(image.sample(point).quality == .bad)
    #expect(image.sample(centre.point("ground-pump-2.running")).quality == .good)
    centre.twin.clear(.deviceSilent(device))
    centre.pass(.minutes(1))
    #expect(centre.value("ground-pump-1.running") == 0)
  }

  @Test func aLeakLowersThePressureAndMakeUpRaisesIt() throws {
    var centre = try SportsCentre()
    let circuit = centre.circuit("building")
    let before = centre.twin.pressure(of: circuit).value
    centre.twin.inject(.leak(circuit, CubicMetersPerHour(1)))
    centre.pass(.minutes(12))
    #expect(abs(centre.twin.truth.leaked.value - 0.2) < 0.001)
    let low = centre.twin.pressure(of: circuit).value
    #expect(low < before - 20)
    centre.twin.clear(.leak(circuit, CubicMetersPerHour(1)))
    centre.commands[centre.point("sensors-1.building-fill").index] = 1
    centre.pass(.minutes(1))
    #expect(centre.twin.pressure(of: circuit).value > low + 5)
    #expect(abs(centre.value("sensors-1.building-make-up") - 20 * 0.25 / 60) < 0.001)
  }

  @Test func aPowerCutStopsTheMachinesAndLeavesTheValves() throws {
    var centre = try SportsCentre()
    centre.open(units: 1...1)
    centre.run(["ground-pump-1"], hertz: 40)
    centre.pass(.minutes(2))
    centre.twin.schedule(
      TimedFault(
        .powerCut, from: centre.twin.now + .seconds(10), until: centre.twin.now + .minutes(3)))
    centre.pass(.minutes(2))
    let allSilent = centre.twin.values.allSatisfy(\.isNaN)
    #expect(allSilent)
    #expect(abs(centre.twin.flow(of: centre.pump("ground-pump-1")).value) < 0.1)
    #expect(centre.twin.position(of: centre.valve("V1")) == .one)
    centre.pass(.minutes(3))
    let allBack = centre.twin.values.allSatisfy(\.isFinite)
    #expect(allBack)
    #expect(centre.value("ground-pump-1.running") == 1)
  }
}
