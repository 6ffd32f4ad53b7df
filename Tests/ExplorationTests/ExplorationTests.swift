import PlantModel
import Testing

@testable import PlantControl

/// The change-over explored to the last state: nothing that can be reached joins two circuits.
///
/// With sound valves the whole plant of twelve is explored. With a fault that is too much; there
/// each block is explored whole by itself, and both together with one main vessel. That loses
/// nothing: a block knows of others only their `Surroundings`, which speak of rows, not vessels;
/// and the rules of an opening go through the vessels of a block one by one, all alike. Of both
/// blocks together a valve of each row fails, one at an inlet and one at an outlet: the rules treat
/// the two ends of a row alike but for the way back, which opens one of them.
@Suite struct ExplorationTests {
  static let mainAlone: Set<String> = ["evaporators", "condensers"]
  static let blocksTogether: Set<String> = ["evaporators", "recovery-evaporator"]
  static let whole = mainAlone.union(blocksTogether)

  @Test func theShippedPlantIsTheOneThatWasDrawn() throws {
    #expect(topology(of: try sportsCentre()) == drawing)
  }

  @Test func theWholePlantWithSoundValves() throws {
    var explorer = Explorer(valvePlant(of: try sportsCentre(), keeping: ExplorationTests.whole))
    let report = explorer.run()
    print("explored the whole plant, sound valves: \(report)")
    expectComplete(report)
    expectBothBlocks(report)
    #expect(report.mixedByFault == 0)
  }

  @Test(arguments: Fault.Kind.allCases) func theMainBlockWithOneFault(kind: Fault.Kind) throws {
    let plant = valvePlant(of: try sportsCentre(), keeping: ExplorationTests.mainAlone)
    let sum = explore(plant, kind, at: plant.valves.map(\.name))
    print("explored the main block, each valve \(kind.words): \(sum)")
    #expect((sum.mixedByFault > 0) == kind.mayMix)
  }

  @Test(arguments: Fault.Kind.allCases) func bothBlocksWithOneFault(kind: Fault.Kind) throws {
    let plant = valvePlant(of: try sportsCentre(), keeping: ExplorationTests.blocksTogether)
    let sum = explore(plant, kind, at: ["V1", "V4", "V9", "V12"])
    print("explored both blocks, a valve of each row \(kind.words): \(sum)")
    expectBothBlocks(sum)
    #expect((sum.mixedByFault > 0) == kind.mayMix)
  }

  @Test func everyTransitionOfTheTableIsTaken() throws {
    let plant = valvePlant(of: try sportsCentre(), keeping: ["evaporators"])
    var explorer = Explorer(plant, fault: Fault(valve: 0, kind: .wanders))
    let report = explorer.run()
    print("explored one vessel, a valve \(Fault.Kind.wanders.words): \(report)")
    expectComplete(report)
    #expect(report.transitions == Set(ChangeOverTransition.allCases))
  }

  /// From every state some way leads to rows that hold, without a restart.
  @Test func noStateIsADeadEnd() throws {
    let plant = valvePlant(of: try sportsCentre(), keeping: ExplorationTests.blocksTogether)
    var explorer = Explorer(plant, keepsSteps: true)
    let report = explorer.run()
    expectComplete(report)
    let stranded = explorer.stranded
    print("explored the ways out of \(report.states) states: \(stranded.count) dead ends")
    #expect(stranded.isEmpty, "\(stranded.first ?? "")")
  }

  /// Proofs that hold or fail together reach every state that any combination of them reaches.
  @Test func combinationsOfProofsReachNoOtherState() throws {
    let plant = valvePlant(of: try sportsCentre(), keeping: ExplorationTests.blocksTogether)
    var together = Explorer(plant)
    var any = Explorer(plant, inputs: Explorer.anyProofs)
    expectComplete(together.run())
    let report = any.run()
    print("explored both blocks, every combination of proofs: \(report)")
    expectComplete(report)
    #expect(Set(together.worlds) == Set(any.worlds))
  }

  /// Explores the plant once for each valve that may have the fault.
  private func explore(_ plant: Plant, _ kind: Fault.Kind, at valves: [String]) -> Report {
    var sum = Report()
    for valve in plant.valves.indices where valves.contains(plant.valves[valve].name) {
      var explorer = Explorer(plant, fault: Fault(valve: valve, kind: kind))
      let report = explorer.run()
      expectComplete(report)
      sum += report
    }
    return sum
  }

  private func expectComplete(_ report: Report) {
    #expect(report.violation == nil)
    #expect(report.unvisited == 0)
    #expect(report.openings > 0)
    #expect(report.strokes > 0)
  }

  private func expectBothBlocks(_ report: Report) {
    #expect(report.dependentOpenings > 0)
    #expect(report.leavings > 0)
  }
}
