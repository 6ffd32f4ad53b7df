import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// Rules that only the whole controller on its plant can show.
@Suite struct WholePlantRuleTests {
  private func isOpening(_ plant: RunningPlant, _ valve: ValveID) -> Bool {
    plant.session.controller.outputs.isOn(plant.plant[valve].openCommand)
  }

  /// The places of the main units that run, and all main units' hours.
  private func running(_ plant: RunningPlant) -> [Int] {
    mains(plant).enumerated().filter {
      plant.session.controller.status(of: $1).phase == .running
    }.map(\.offset)
  }

  private func hours(_ plant: RunningPlant) -> [TimeSpan] {
    mains(plant).map { plant.session.controller.status(of: $0).runTime }
  }

  private func mains(_ plant: RunningPlant) -> [UnitID] {
    plant.plant.units.indices.filter { plant.plant.units[$0].name.hasPrefix("main") }
      .map { UnitID($0) }
  }

  @Test("MODE-01: a unit whose block is off says that, however cold hall and hot water are")
  func offIsWhatItSays() {
    var plant = RunningPlant()
    plant.hold(building: 15, outdoor: -10, tanks: 20)
    plant.session.run(for: .minutes(10))
    for index in plant.plant.units.indices {
      let status = plant.session.controller.status(of: UnitID(index))
      #expect(status.phase == .stopped && status.reason.rule == .modeOff)
    }
  }

  @Test(
    "PUMP-14: while a change-over waits for its water, it circulates through one open unit, then stops"
  )
  func waterCirculatesUntilItIsInItsWindow() {
    var plant = RunningPlant()
    plant.hold(outdoor: 16)
    plant.choose("main", "winter")
    plant.choose("main", "summer")
    #expect(plant.run(atMost: .hours(1)) { $0.status("main").phase == .waitingForWater })
    plant.session.run(for: .minutes(5))
    let endUse = PumpGroupID(plant.plant.pumpGroups.firstIndex { $0.name == "end-use" }!)
    #expect(plant.status("main").phase == .waitingForWater)
    #expect(plant.session.controller.status(of: endUse).running >= 1)
    let open = plant.plant.units.filter {
      $0.name.hasPrefix("main") && isOpening(plant, $0.condenser.isolation!)
    }
    #expect(open.count == 1)
    plant.hold(ground: 18, building: 18, outdoor: 16)
    for _ in 0..<1800 where plant.status("main").phase != .closingOld { plant.session.step() }
    let pumps = plant.plant[endUse].pumps.map { plant.plant[$0].running }
    #expect(pumps.allSatisfy { plant.session.image.state($0) == false })
    #expect(plant.run(atMost: .minutes(30)) { $0.holds("main", "summer") })
  }

  @Test(
    "STAGE-08: of the units that stand the least-run one starts, of those that run the most-run stops"
  )
  func theLeastRunUnitStartsAndTheMostRunStops() {
    var plant = RunningPlant()
    plant.hold(outdoor: -5)
    plant.choose("main", "winter")
    #expect(plant.run(atMost: .hours(3)) { $0.running("main").count >= 3 })
    plant.choose("main", "off")
    #expect(plant.run(atMost: .hours(1)) { $0.running("main").isEmpty })
    plant.session.run(for: .minutes(20))
    let before = hours(plant)
    #expect(before.max()! > before.min()!)
    plant.choose("main", "winter")
    #expect(plant.run(atMost: .hours(2)) { !$0.running("main").isEmpty })
    #expect(running(plant).allSatisfy { before[$0] == before.min()! })
    plant.hold(building: 30, outdoor: -5)
    #expect(plant.run(atMost: .hours(3)) { running($0).count == mains($0).count })
    // The building's water is warm enough: units go one by one.
    plant.hold(building: 50, outdoor: -5)
    var stopped = 0
    for _ in 0..<10_800 where stopped < 5 {
      let (places, hours) = (running(plant), hours(plant))
      plant.session.step()
      for place in places where !running(plant).contains(place) {
        stopped += 1
        #expect(hours[place] == places.map { hours[$0] }.max()!)
      }
    }
    #expect(stopped >= 5)
  }
}
