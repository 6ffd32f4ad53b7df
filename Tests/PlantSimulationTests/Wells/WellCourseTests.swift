import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// The course of a well: start, purge, load, stop.
@Suite struct WellCourseTests {
  /// `WELL-01`, `WELL-06`, `WELL-12`: at once to the speed from which water comes, air out, then load.
  @Test func aWellStartsAtMinimumFlowAndIsPurgedBeforeItTakesLoad() throws {
    var office = Office()
    let low = office.plant.wells[0].minimumFlowFrequency
    let begins = office.runs(atMost: .hours(1)) { office in
      (1...4).contains { office.status($0).phase != .stopped }
    }
    #expect(begins)
    let first = try #require((1...4).first { office.status($0).phase != .stopped })
    #expect(office.status(first).speed == low)
    let purges = office.runs(atMost: .minutes(2)) { $0.status(first).phase == .purging }
    #expect(purges)
    #expect(office.status(first).reason.rule == .wellPurge)
    let purged = office.session.twin.now
    let loads = office.runs(atMost: .minutes(10)) { $0.status(first).phase == .running }
    #expect(loads)
    #expect(office.session.twin.now - purged >= office.plant.parameters.wellPurge)
    #expect(office.status(first).reason.rule == .wellWanted)
  }

  /// `WELL-05`, `WELL-13`, `WELL-17`: steady, the difference and the pressure are what is asked for; and
  /// no commanded speed ever lies between standing and minimum flow.
  @Test func speedHoldsTheDifferenceAndTheValveThePressure() {
    var office = Office()
    let low = office.plant.wells[0].minimumFlowFrequency.value
    let commands = office.plant.wells.map(\.pump.speedCommand.point.index)
    let end = office.session.twin.now + .hours(4)
    var forbidden = 0
    var fastest = 0.0
    var before = commands.map { _ in 0.0 }
    while office.session.twin.now < end {
      office.session.step()
      for (place, point) in commands.enumerated() {
        let speed = office.session.controller.outputs[PointID(point)].value
        if speed > 0, speed < low { forbidden += 1 }
        if speed > 0, before[place] > 0 { fastest = max(fastest, abs(speed - before[place])) }
        before[place] = speed
      }
    }
    #expect(forbidden == 0)
    #expect(fastest <= office.plant.wells[0].slope.value + 1e-9)
    #expect(office.runningWells == 4)
    #expect((2...4).contains { office.status($0).reason.rule == .wellAdded })
    for number in 1...4 {
      let found = office.session.twin.readings(of: office.well(number))
      let difference = (found.outletTemperature - found.returnTemperature).value
      #expect(abs(difference - office.plant.parameters.wellDifference.value) < 0.6)
      #expect(abs((found.highestPointPressure - office.plant.parameters.wellPressure).value) < 10)
    }
    #expect(office.session.twin.truth.wellVacuumMinutes == 0)
    #expect(office.session.twin.truth.deadHeadMinutes == 0)
  }

  /// `WELL-02`, `WELL-14`: the valve is shut before the pump goes off, and the column stays.
  @Test func aStopHoldsTheColumn() throws {
    var office = Office()
    let first = try #require(office.warmUp() ? office.firstRunning : nil)
    office.running.choose("main", "off")
    let stops = office.runs(atMost: .hours(1)) { $0.status(first).phase == .stopped }
    #expect(stops)
    let command = office.plant[office.well(first)].valveCommand.point
    #expect(office.session.controller.outputs[command].reason.rule == .wellColumnHeld)
    let found = office.session.twin.readings(of: office.well(first))
    #expect(found.valvePosition.value < 0.02)
    #expect(found.highestPointPressure.value > -5)
    #expect(office.session.twin.truth.wellVacuumMinutes == 0)
  }

  /// `WELL-03`, `WELL-04`: a submersible pump rests, and starts no more often than its maker allows.
  @Test func startsAreCounted() throws {
    var office = Office { plant in
      for index in plant.wells.indices { plant.wells[index].maximumStartsPerHour = 1 }
    }
    let first = try #require(office.warmUp() ? office.firstRunning : nil)
    office.running.choose("main", "off")
    #expect(
      office.runs(atMost: .hours(1)) { $0.runningWells == 0 && $0.status(first).phase == .stopped })
    office.running.choose("main", "winter")
    let rules = office.session.controller.explanation(of: .well(office.well(first))).guards
      .filter { !$0.holds }.map(\.reason.rule)
    #expect(rules.contains(.wellMinimumOff))
    let stood = office.session.twin.now
    #expect(office.runs(atMost: .hours(3)) { $0.status(first).phase == .running })
    #expect(office.session.twin.now - stood >= office.plant.parameters.wellMinimumOff)
    #expect(Rule.wellStartsPerHour.rawValue == "WELL-04")
    #expect(office.status(first).starts == 2)
  }

  /// An office with so little load that its last well has gone off to cycle.
  private func cyclingOffice() -> Office {
    var office = Office(outdoor: 14, building: nil) {
      $0.parameters.wellCycleDifference = TemperatureDifference(4)
    }
    let cycles = office.runs(atMost: .hours(8)) { office in
      (1...4).contains { office.status($0).reason.rule == .wellCycles }
    }
    #expect(cycles)
    return office
  }

  /// `WELL-20`: too little load for minimum flow: the last well goes off and on by the water.
  @Test func theLastWellCyclesWhenMinimumFlowIsTooMuch() {
    var office = cyclingOffice()
    let starts = office.session.twin.truth.wellStarts
    let again = office.runs(atMost: .hours(6)) { $0.session.twin.truth.wellStarts > starts }
    #expect(again)
    #expect(office.session.twin.truth.dryUnitMinutes == 0)
  }

  /// `WELL-20`: water that comes back from the machines near freezing ends the rest, however warm the
  /// source water is still.
  @Test func aCyclingWellStartsWhenWaterComesBackTooCold() {
    var office = cyclingOffice()
    let starts = office.session.twin.truth.wellStarts
    let hasStarted = { (office: Office) in office.session.twin.truth.wellStarts > starts }
    let early = office.runs(atMost: .minutes(5), until: hasStarted)
    #expect(!early)
    let back = office.point("sensors-1.source-supply")
    office.session.twin.inject(.sensorJumps(back, by: -20))
    let isBack = office.runs(atMost: .minutes(3), until: hasStarted)
    #expect(isBack)
  }

  /// `SAFE-03`: the emergency stop reaches the wells in the same scan.
  @Test func anEmergencyStopStopsTheWells() throws {
    var office = Office()
    _ = try #require(office.warmUp() ? 1 : nil)
    office.session.twin.inject(.sensorJumps(office.point("sensors-1.emergency-stop"), by: 1))
    office.session.step()
    for well in office.plant.wells {
      #expect(!office.session.controller.outputs.isOn(well.pump.runCommand))
    }
  }

  /// A new controller on a running plant goes on with its wells.
  @Test func aRestartGoesOnWithTheWells() throws {
    var office = Office()
    _ = try #require(office.warmUp() ? 1 : nil)
    var writer = ArchiveWriter()
    var controller = office.session.controller
    controller.persist(in: &writer)
    let starts = office.session.twin.truth.wellStarts
    office.session.restart(from: writer.rows, after: .seconds(30))
    office.session.run(for: .minutes(10))
    #expect(office.runningWells == 4)
    #expect(office.session.twin.truth.wellStarts == starts)
  }
}
