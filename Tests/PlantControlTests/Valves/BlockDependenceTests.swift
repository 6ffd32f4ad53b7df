import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// What the main and the recovery block of the shipped plant let each other do.
@Suite struct BlockDependenceTests {
  private let main = BlockID(0)
  private let recovery = BlockID(1)
  private let summer = ChangeOverRig.summer
  private let cooling = PositionID(1)

  private struct Blocks {
    var rig: ChangeOverRig
    var states: [ChangeOver]

    /// Both blocks hold the given rows, proven.
    init(main: PositionID, recovery: PositionID) throws {
      rig = try ChangeOverRig()
      rig.setRow(main)
      let block = rig.plant.blocks[1]
      for valve in block.valves {
        rig.valves[valve] = block.isOpen(valve, in: recovery) ? .open : .closed
      }
      states = [main, recovery].map {
        ChangeOver(
          phase: .held, since: ChangeOverRig.start, position: $0, target: nil,
          turned: ChangeOverRig.start, troubledSince: .distantFuture)
      }
    }

    func around(_ block: BlockID) -> Surroundings {
      ChangeOverInterlock(plant: rig.plant)
        .surroundings(of: block, valves: rig.valves, states: states)
    }
  }

  @Test func recoveryEntersTheCoolingRowOnlyWithSummerProven() throws {
    var blocks = try Blocks(main: summer, recovery: PositionID(0))
    #expect(blocks.around(recovery).mayEnter.contains(cooling))
    blocks.rig.set("V8", .unknown)
    #expect(!blocks.around(recovery).mayEnter.contains(cooling))
    blocks.rig.set("V8", .open)
    blocks.states[0].phase = .stoppingUnits
    #expect(!blocks.around(recovery).mayEnter.contains(cooling))
    #expect(blocks.around(recovery).mayEnter.contains(PositionID(0)))
  }

  @Test func summerIsLeftOnlyWithRecoveryHeldOnTheGround() throws {
    var blocks = try Blocks(main: summer, recovery: cooling)
    #expect(!blocks.around(main).mayLeave.contains(summer))
    blocks = try Blocks(main: summer, recovery: PositionID(0))
    #expect(blocks.around(main).mayLeave.contains(summer))
    blocks.states[1].phase = .stoppingUnits
    #expect(!blocks.around(main).mayLeave.contains(summer))
  }

  @Test func winterOpensOnlyWithTheCoolingRowProvenClosed() throws {
    var blocks = try Blocks(main: summer, recovery: PositionID(0))
    #expect(blocks.around(main).mayOpen.contains(ChangeOverRig.winter))
    blocks.rig.set("V12", .unknown)
    #expect(!blocks.around(main).mayOpen.contains(ChangeOverRig.winter))
    #expect(blocks.around(main).mayOpen.contains(summer))
  }
}
