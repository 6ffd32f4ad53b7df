import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// The order of events in the whole plant, and what stands above it.
@Suite struct SequenceTests {
  /// A cold day with the main block in its winter row.
  private func winter(_ outdoor: Double = -5) -> RunningPlant {
    var centre = RunningPlant()
    centre.hold(outdoor: outdoor)
    centre.choose("main", "winter")
    return centre
  }

  private func isOn(_ centre: RunningPlant, _ output: Actuator<Bool>) -> Bool {
    centre.session.controller.outputs.isOn(output)
  }

  private func enabled(_ centre: RunningPlant) -> Int {
    centre.plant.units.count { isOn(centre, $0.enableCommand) }
  }

  private func commanded(_ centre: RunningPlant) -> Int {
    centre.plant.pumps.count { isOn(centre, $0.runCommand) }
  }

  private func outcome(_ centre: inout RunningPlant, _ request: Act.Request) -> ActOutcome? {
    centre.session.ask(request)
    centre.session.step()
    for event in centre.session.events.reversed() {
      if case .actDone(let outcome) = event.kind { return outcome }
    }
    return nil
  }

  @Test("Up: path, proof, pump, flow, unit. Down: unit, run-on, pump, and only then the valve")
  func upAndDown() {
    var centre = winter()
    var first: UnitID?
    var (opened, proven, pumped, started) = (-1, -1, -1, -1)
    for second in 0..<1800 where first == nil {
      centre.session.step()
      first = centre.plant.units.indices.map { UnitID($0) }
        .first { isOn(centre, centre.plant[$0].enableCommand) }
      for unit in centre.plant.units where unit.name.hasPrefix("main") {
        let valve = centre.plant[unit.evaporator.isolation!]
        if opened < 0, isOn(centre, valve.openCommand) { opened = second }
        if proven < 0, centre.session.image.position(of: valve) == .open { proven = second }
      }
      let ground = centre.plant.pumps.filter { $0.name.hasPrefix("ground") }
      if pumped < 0, ground.contains(where: { isOn(centre, $0.runCommand) }) { pumped = second }
      if first != nil { started = second }
    }
    #expect(opened >= 0 && opened < proven && proven <= pumped && pumped < started)
    let unit = centre.plant[first!]
    let age = centre.plant.parameters.proofMaximumAge
    #expect(centre.session.image.isProven(unit.evaporator.flowProof, within: age))
    #expect(centre.session.image.isProven(unit.condenser.flowProof, within: age))
    centre.session.run(for: .minutes(30))
    centre.choose("main", "off")
    var (stopped, pumpsOff, closed) = (-1, -1, -1)
    for second in 0..<1800 where closed < 0 {
      if stopped < 0, enabled(centre) == 0 { stopped = second }
      if stopped >= 0, pumpsOff < 0, commanded(centre) == 0 { pumpsOff = second }
      let valves = centre.plant.units.compactMap(\.evaporator.isolation)
      let allClose = valves.allSatisfy { isOn(centre, centre.plant[$0].closeCommand) }
      if pumpsOff >= 0, allClose { closed = second }
      centre.session.step()
    }
    #expect(stopped >= 0 && closed >= pumpsOff)
    #expect(pumpsOff - stopped >= 180)
    #expect(centre.session.twin.truth.deadHeadMinutes == 0)
    #expect(centre.session.twin.truth.dryUnitMinutes == 0)
  }

  @Test(
    "SAFE-03: an emergency stop is followed in the same scan, latched over a restart, and reset")
  func emergencyStop() {
    var centre = winter()
    centre.session.run(for: .minutes(40))
    #expect(enabled(centre) > 0)
    let button = Fault.sensorJumps(centre.point("sensors-1.emergency-stop"), by: 1)
    centre.session.twin.inject(button)
    centre.session.step()
    #expect(enabled(centre) == 0)
    #expect(commanded(centre) == 0)
    centre.session.twin.clear(button)
    centre.session.run(for: .minutes(20))
    #expect(enabled(centre) + commanded(centre) == 0)
    centre.session.restart(
      from: ArchiveWriter.rows(of: centre.session.controller), after: .seconds(3))
    centre.session.run(for: .minutes(20))
    #expect(enabled(centre) + commanded(centre) == 0)
    let key = AlarmKey(.emergencyStop, .plant)
    #expect(outcome(&centre, .reset(key))?.accepted == true)
    #expect(centre.run(atMost: .minutes(30)) { !$0.running("main").isEmpty })
  }

  @Test("What stands against a mode is said with the act")
  func refusals() {
    var centre = winter()
    let main = centre.block("main")
    let recovery = centre.block("recovery")
    let mode = { (centre: RunningPlant, block: BlockID, name: String) in
      ModeID(centre.plant[block].modes.firstIndex { $0.name == name }!)
    }
    let cooling = mode(centre, recovery, "cooling-circuit")
    let refused = outcome(&centre, .setMode(recovery, cooling))
    #expect(refused?.accepted == false)
    #expect(refused?.reason.rule == .otherBlockRequired)
    #expect(refused?.reason.subject == .block(main))
    centre.choose("main", "summer")
    #expect(outcome(&centre, .setMode(recovery, cooling))?.accepted == true)
    let other = outcome(&centre, .setMode(main, mode(centre, main, "winter")))
    #expect(other?.accepted == false)
    #expect(other?.reason.rule == .otherBlockDepends)
    #expect(other?.reason.subject == .block(recovery))
    #expect(outcome(&centre, .setMode(main, mode(centre, main, "off")))?.accepted == true)
    #expect(outcome(&centre, .acknowledge(AlarmKey(.frost, .plant)))?.accepted == false)
    #expect(outcome(&centre, .reset(AlarmKey(.frost, .plant)))?.accepted == false)
  }

  @Test("FROST-01: near freezing, water circulates with the plant off, path first")
  func frost() {
    var centre = RunningPlant()
    centre.hold(outdoor: 16)
    centre.session.run(for: .minutes(10))
    #expect(commanded(centre) == 0)
    let cold = Fault.sensorJumps(centre.point("sensors-1.plant-room"), by: -12)
    centre.session.twin.inject(cold)
    centre.session.run(for: .minutes(10))
    let groups = Set(
      centre.plant.pumps.filter { isOn(centre, $0.runCommand) }.map { $0.name.prefix(5) })
    #expect(groups.count >= 2)
    #expect(enabled(centre) == 0)
    #expect(centre.session.controller.alarms.contains { $0.key.kind == .frost && $0.isActive })
    centre.session.twin.clear(cold)
    centre.session.run(for: .minutes(15))
    #expect(commanded(centre) == 0)
    #expect(centre.session.twin.truth.deadHeadMinutes == 0)
  }

  @Test("UNIT-11: a unit that froze twice starts again once a person has acknowledged and reset it")
  func freezeReset() {
    var centre = winter()
    #expect(centre.run(atMost: .hours(1)) { !$0.running("main").isEmpty })
    let index = centre.plant.units.indices.first {
      centre.session.controller.status(of: UnitID($0)).phase == .running
    }!
    let unit = centre.plant.units[index]
    let cold = Fault.sensorJumps(unit.evaporator.leaving.point, by: -15)
    let key = AlarmKey(.evaporatorFreezeStop, .unit(UnitID(index)))
    // Only this unit is left to take the load.
    for other in centre.plant.units.indices where other != index {
      centre.session.twin.inject(.unitTrips(UnitID(other)))
    }
    for stop in 1...2 {
      #expect(
        centre.run(atMost: .hours(2)) {
          $0.session.controller.status(of: UnitID(index)).phase == .running
        }, "before stop \(stop)")
      centre.session.twin.inject(cold)
      centre.session.run(for: .minutes(2))
      #expect(!isOn(centre, unit.enableCommand))
      centre.session.twin.clear(cold)
      centre.session.run(for: .minutes(1))
    }
    centre.session.run(for: .hours(2))
    #expect(!isOn(centre, unit.enableCommand))
    #expect(
      centre.session.controller.explanation(of: .unit(UnitID(index))).reason?.rule
        == .freezeLatched)
    #expect(outcome(&centre, .reset(key))?.accepted == false)
    #expect(outcome(&centre, .acknowledge(key))?.accepted == true)
    #expect(outcome(&centre, .reset(key))?.accepted == true)
    #expect(
      centre.run(atMost: .hours(1)) {
        $0.session.controller.status(of: UnitID(index)).phase == .running
      })
  }

  @Test("A unit that trips is replaced at once, and counts again once it is mended")
  func replaced() {
    var centre = winter(-10)
    centre.session.run(for: .hours(3))
    let before = centre.running("main").count
    #expect(before >= 2 && before < 6)
    let index = centre.plant.units.indices.first {
      centre.session.controller.status(of: UnitID($0)).phase == .running
    }!
    centre.session.twin.inject(.unitTrips(UnitID(index)))
    centre.session.run(for: .seconds(5))
    #expect(centre.running("main").count == before - 1)
    #expect(centre.run(atMost: .minutes(3)) { $0.running("main").count >= before })
    centre.session.twin.clear(.unitTrips(UnitID(index)))
    centre.session.run(for: .minutes(40))
    let guards = centre.session.controller.explanation(of: .unit(UnitID(index))).guards
    #expect(guards.filter { !$0.holds }.allSatisfy { $0.reason.rule == .unitNotWanted })
  }

  @Test("SAFE-05: an ordered stop brings the plant to rest in order; a hand-over leaves it running")
  func orderedStop() {
    for state in [Site.StopState.stop, .handOver] {
      var centre = winter(-10)
      centre.session.run(for: .hours(1))
      let running = centre.running("main").count
      #expect(running > 0)
      var plant = centre.plant
      plant.site.stopState = state
      var session = Session(
        plant: plant, description: centre.description, start: centre.session.twin.now,
        isWinter: true)
      session.twin = centre.session.twin
      session.restart(from: ArchiveWriter.rows(of: centre.session.controller), after: .zero)
      session.run(for: .seconds(5))
      session.ask(.prepareToStop)
      session.run(for: .minutes(15))
      #expect(session.controller.isAtRest == (state == .stop))
      let now = plant.units.count { session.controller.outputs.isOn($0.enableCommand) }
      #expect(now == (state == .stop ? 0 : running))
      #expect(session.twin.truth.deadHeadMinutes == 0)
      #expect(session.twin.truth.dryUnitMinutes == 0)
    }
  }
}
