import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// The recovery unit's change-over on the whole plant, on a hot day with tanks that ask for heat.
@Suite struct RecoveryCourseTests {
  private func hotDay(
    scan: TimeSpan = .seconds(1), tune: (inout Plant) -> Void = { _ in }
  ) -> RunningPlant {
    var plant = RunningPlant(isWinter: false, scan: scan, tune: tune)
    plant.hold(ground: 15, outdoor: 32, tanks: 42)
    plant.choose("main", "summer")
    return plant
  }

  private func unit(_ plant: RunningPlant) -> HeatPumpUnit {
    plant.plant.units.first { $0.name == "recovery-unit" }!
  }

  private func isOn(_ plant: RunningPlant, _ output: Actuator<Bool>) -> Bool {
    plant.session.controller.outputs.isOn(output)
  }

  /// Whether each valve that the row opens shows that end.
  private func shows(_ end: ValvePosition, _ row: [ValveID], _ plant: RunningPlant) -> Bool {
    row.allSatisfy { plant.session.image.position(of: plant.plant[$0]) == end }
  }

  /// The moments of a change, in the order in which they must come.
  private enum Moment: Int, CaseIterable {
    case unitOff, unitStands, flowStopped, oldTold, oldClosed, newTold, newOpen, flowProven, started
  }

  private func holds(
    _ moment: Moment, _ plant: RunningPlant, _ old: [ValveID], _ new: [ValveID],
    _ seen: [Moment: Int]
  ) -> Bool {
    let unit = unit(plant)
    let flow = plant.session.image.state(unit.evaporator.flowProof)
    return switch moment {
    case .unitOff: !isOn(plant, unit.enableCommand)
    case .unitStands: plant.session.image.state(unit.running) == false
    case .flowStopped: flow == false
    case .oldTold: old.contains { isOn(plant, plant.plant[$0].closeCommand) }
    case .oldClosed: shows(.closed, old, plant)
    case .newTold: new.contains { isOn(plant, plant.plant[$0].openCommand) }
    case .newOpen: shows(.open, new, plant)
    case .flowProven:
      seen[.flowStopped] != nil && flow == true
        && plant.session.image.state(unit.condenser.flowProof) == true
    case .started: seen[.unitOff] != nil && isOn(plant, unit.enableCommand)
    }
  }

  @Test(
    "RECOVERY-07: unit off, run-on, flow stopped, old row closed, new row open, flow, least off time",
    arguments: [("ground", "cooling-circuit"), ("cooling-circuit", "ground")])
  func theChangeKeepsItsOrder(from: String, to: String) {
    var plant = hotDay { $0.parameters.unitMinimumOff = .minutes(25) }
    #expect(plant.run(atMost: .hours(1)) { $0.holds("main", "summer") })
    plant.choose("recovery", from)
    #expect(plant.run(atMost: .hours(2)) { !$0.running("recovery").isEmpty })
    plant.session.run(for: .minutes(15))
    let rows = plant.plant[plant.block("recovery")].positions
    let isToCooling = to == "cooling-circuit"
    let old = rows.first { ($0.name == "cooling") != isToCooling }!.open
    let new = rows.first { ($0.name == "cooling") == isToCooling }!.open
    plant.choose("recovery", to)
    var seen: [Moment: Int] = [:]
    for second in 0..<7200 where seen[.started] == nil {
      for moment in Moment.allCases
      where seen[moment] == nil && holds(moment, plant, old, new, seen) {
        seen[moment] = second
      }
      plant.session.step()
    }
    let times = Moment.allCases.compactMap { seen[$0] }
    #expect(times.count == Moment.allCases.count, "\(seen)")
    #expect(times == times.sorted(), "\(seen)")
    #expect(seen[.flowStopped, default: 0] - seen[.unitStands, default: 0] >= 180)
    #expect(seen[.flowProven, default: 0] < seen[.started, default: 0])
    #expect(seen[.started, default: 0] - seen[.unitStands, default: 0] >= 25 * 60)
  }

  @Test(
    "RECOVERY-09: a valve that sticks leaves the recovery unit off; the main units go on cooling",
    arguments: ["V9", "V10", "V11", "V12"])
  func aStuckValveLeavesTheMainUnitsCooling(name: String) {
    var plant = hotDay()
    plant.choose("recovery", "ground")
    #expect(plant.run(atMost: .hours(2)) { !$0.running("recovery").isEmpty })
    #expect(plant.run(atMost: .hours(2)) { !$0.running("main").isEmpty })
    let valve = ValveID(plant.plant.valves.firstIndex { $0.name == name }!)
    plant.session.twin.inject(.valveSticks(valve))
    plant.choose("recovery", "cooling-circuit")
    #expect(plant.run(atMost: .hours(1)) { $0.status("recovery").phase == .stuck })
    let key = AlarmKey(.valveNotProven, .valve(valve))
    #expect(plant.session.controller.alarms.contains { $0.key == key && $0.isActive })
    let building = plant.plant.circuits.first { $0.kind == .building }!
    var (enabled, idle) = (0, 0)
    for _ in 0..<7200 {
      plant.session.step()
      if isOn(plant, unit(plant).enableCommand) { enabled += 1 }
      if plant.running("main").isEmpty { idle += 1 }
    }
    #expect(enabled == 0, "seconds that the recovery unit was enabled")
    #expect(idle == 0, "seconds without a main unit")
    #expect(plant.session.image.reading(building.supplyTemperature)! < Celsius(10))
  }

  /// A load that always speaks for the other row: too little to cool in recovery, much on the ground.
  private func contradict(_ plant: inout RunningPlant) {
    let powers = ["heat-meter-main.power", "heat-meter-recovery.power"].map { name in
      PointID(plant.plant.points.firstIndex { $0.name == name }!)
    }
    let block = plant.plant[plant.block("recovery")]
    let recovers = block.modes[plant.status("recovery").mode.index].service == .recovery
    for point in powers {
      plant.session.twin.inject(.sensorJumps(point, by: recovers ? -9000 : 1500))
    }
  }

  private func untilMidnight(_ plant: RunningPlant) -> TimeSpan {
    let day: Int64 = 86_400_000
    let local = (plant.session.twin.now + plant.plant.site.utcOffset).milliseconds
    return TimeSpan(milliseconds: day - local % day)
  }

  private func isUsedUp(_ plant: RunningPlant) -> Bool {
    let key = AlarmKey(.recoveryChangesUsedUp, .block(plant.block("recovery")))
    return plant.session.controller.alarms.contains { $0.key == key && $0.isActive }
  }

  @Test(
    "VALVE-13, VALVE-16: four changes a day, an hour in each row, then the ground until midnight",
    arguments: [("ground", "ground", 4), ("cooling-circuit", "cooling", 3)])
  func changesAreLimited(mode: String, row: String, changes: Int) {
    var plant = hotDay(scan: .seconds(10)) { $0.parameters.toGroundAfter = .minutes(15) }
    plant.hold(ground: 15, building: 14, outdoor: 32, tanks: 42)
    #expect(plant.run(atMost: .hours(1)) { $0.holds("main", "summer") })
    plant.choose("recovery", mode)
    #expect(plant.run(atMost: .hours(3)) { $0.holds("recovery", row) })
    plant.session.run(for: untilMidnight(plant))
    plant.choose("recovery", "automatic")
    var begun = 0
    var (heldSince, wasHeld) = (Instant.distantPast, true)
    while untilMidnight(plant) > .minutes(5) {
      contradict(&plant)
      plant.session.step()
      let isHeld = plant.status("recovery").phase == .held
      if isHeld, !wasHeld { heldSince = plant.session.twin.now }
      if !isHeld, wasHeld {
        begun += 1
        #expect(plant.session.twin.now - heldSince >= .hours(1))
      }
      wasHeld = isHeld
    }
    #expect(begun == changes)
    #expect(plant.holds("recovery", "ground"))
    #expect(isUsedUp(plant))
    #expect(plant.run(atMost: .hours(1)) { !isUsedUp($0) && !$0.holds("recovery", "ground") })
  }
}
