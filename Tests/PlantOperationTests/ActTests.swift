import PlantControl
import PlantModel
import PlantOperation
import Quantities
import Testing

/// What people ask for: carried out in the next scan, answered when it is on disk.
struct ActTests {
  private let main = BlockID(0)

  private func mode(_ name: String) throws -> ModeID {
    let place = OperationRig.plant[main].modes.firstIndex { $0.name == name }
    return ModeID(try #require(place))
  }

  @Test func anActIsAnsweredOnlyWhenItsSaveIsOver() throws {
    var rig = OperationRig()
    let number = try #require(rig.operation.ask(.setMode(main, try mode("summer")), user: 7))
    #expect(rig.operation.committed(upTo: .max).isEmpty)
    rig.scan()
    let ticket = try #require(rig.store.saves.last?.ticket)
    #expect(rig.operation.committed(upTo: ticket - 1).isEmpty)
    let answered = rig.operation.committed(upTo: ticket)
    #expect(answered.map(\.number) == [number])
    #expect(answered.first?.accepted == true)
    // Once only.
    #expect(rig.operation.committed(upTo: .max).isEmpty)
  }

  @Test func whatWasSavedWithTheAnswerIsThereAfterARestart() throws {
    var rig = OperationRig()
    _ = rig.operation.ask(.setMode(main, try mode("summer")), user: 7)
    rig.scan()
    let saved = try #require(rig.store.saves.last?.rows)
    let again = OperationRig(saved: saved)
    #expect(again.unreadable.isEmpty)
    #expect(again.operation.controller.status(of: main).mode == (try mode("summer")))
  }

  @Test func anActIsCarriedOutOnce() throws {
    var rig = OperationRig()
    _ = rig.operation.ask(.setMode(main, try mode("summer")), user: 7)
    for _ in 0..<5 { rig.scan() }
    let done = rig.store.saves.flatMap(\.events).count {
      if case .actDone = $0.kind { true } else { false }
    }
    #expect(done == 1)
  }

  @Test func aFloodOfActsIsTurnedAwayUntilTheFirstAreAnswered() {
    var rig = OperationRig()
    var taken = 0
    for _ in 0..<1000 where rig.operation.ask(.setAutomatic(main), user: 0) != nil { taken += 1 }
    #expect(taken == Operation.maximumActs)
    rig.scan()
    // Carried out, but not on disk: still in hand.
    #expect(rig.operation.ask(.setAutomatic(main), user: 0) == nil)
    #expect(rig.operation.committed(upTo: .max).count == Operation.maximumActs)
    #expect(rig.operation.ask(.setAutomatic(main), user: 0) != nil)
  }

  @Test func theOrderedStopAlwaysFindsRoom() {
    var rig = OperationRig()
    for _ in 0..<1000 { _ = rig.operation.ask(.setAutomatic(main), user: 0) }
    #expect(rig.operation.ask(.prepareToStop, user: 0) != nil)
  }
}

/// A new configuration while running.
struct ReloadTests {
  @Test func newParametersAreTaken() {
    var rig = OperationRig()
    var plant = OperationRig.plant
    plant.parameters.runOn = .seconds(99)
    #expect(rig.operation.reload(plant).isEmpty)
    #expect(rig.operation.controller.plant.parameters.runOn == .seconds(99))
  }

  @Test func everyPartThatDiffersIsNamedAndNothingIsTaken() {
    var rig = OperationRig()
    let changes: [(String, (inout Plant) -> Void)] = [
      ("plant.name", { $0.name = "other" }), ("site", { $0.site.stopState = .handOver }),
      ("plant.scan_seconds", { $0.scanPeriod = .seconds(3) }),
      ("buses", { $0.buses[0].link = .tcp(host: "127.0.0.1", port: 1) }),
      ("devices", { $0.devices[0].unit += 1 }),
      ("device_types", { $0.points[0].maximumAge = .seconds(1) }),
      ("circuits", { $0.circuits.swapAt(0, 1) }), ("valves", { $0.valves.swapAt(0, 1) }),
      ("pump_groups", { $0.pumps.swapAt(0, 1) }), ("units", { $0.units.removeLast() }),
      ("blocks", { $0.blocks.swapAt(0, 1) }), ("tanks", { $0.tanks.removeLast() }),
      ("make_ups", { $0.makeUps.removeLast() }), ("meters", { $0.meters.removeLast() }),
      ("water_meters", { $0.waterMeters.removeLast() }),
    ]
    var all = OperationRig.plant
    for (section, change) in changes {
      var plant = OperationRig.plant
      change(&plant)
      change(&all)
      plant.parameters.runOn = .seconds(99)
      #expect(rig.operation.reload(plant) == [section])
    }
    #expect(rig.operation.reload(all) == changes.map(\.0))
    #expect(rig.operation.controller.plant == OperationRig.plant)
  }

  @Test func ofAVillageTooEveryPartThatDiffersIsNamed() {
    let village = OperationRig.shipped("village-500")
    let changes: [(String, (inout Plant) -> Void)] = [
      ("wells", { $0.wells[0].maximumStartsPerHour += 1 }),
      ("distributions", { $0.distributions[0].farEndPressure = nil }),
      ("consumers", { $0.consumers[0].area += 1 }),
    ]
    for (section, change) in changes {
      var plant = village
      change(&plant)
      #expect(PlantDifference.names(from: village, to: plant) == [section])
    }
  }
}
