import PlantModel
import Quantities
import Testing

@Suite struct TopologyTests {
  private let block = SmallPlant.block

  @Test func forbiddenPairsReachAcrossAVessel() {
    let pairs = block.forbiddenPairs.map { [$0.first.index, $0.second.index] }
    #expect(pairs == [[0, 1], [0, 3], [1, 2], [2, 3]])
  }

  @Test func aPairIsTheSameEitherWayRound() {
    #expect(ValvePair(ValveID(3), ValveID(1)) == ValvePair(ValveID(1), ValveID(3)))
  }

  @Test func aRowTurnsAVesselToOneCircuit() {
    #expect(block.circuit(of: VesselID(0), in: PositionID(0)) == CircuitID(0))
    #expect(block.circuit(of: VesselID(0), in: PositionID(1)) == CircuitID(1))
    #expect(block.circuit(of: VesselID(0), in: PositionID(2)) == nil)
    #expect(block.isOpen(ValveID(2), in: PositionID(0)))
    #expect(!block.isOpen(ValveID(3), in: PositionID(0)))
  }

  /// VALVE-01 by brute force: every command and position of four valves, against the words of the
  /// rule.
  @Test func aVesselIsJoinedExactlyAsTheRuleSays() {
    let vessel = block.vessels[0]
    var joined = 0
    for number in 0..<(12 * 12 * 12 * 12) {
      var rest = number
      var states: [(ValveCommand, ValvePosition)] = []
      for _ in 0..<4 {
        states.append((ValveCommand.allCases[rest % 3], ValvePosition.allCases[rest / 3 % 4]))
        rest /= 12
      }
      let isOpening = states.contains { $0.0 == .open }
      let reached = Set(
        vessel.ports.filter {
          states[$0.valve.index].0 == .open || states[$0.valve.index].1 != .closed
        }.map(\.circuit))
      let expected = isOpening && reached.count > 1
      joined += expected ? 1 : 0
      #expect(vessel.isJoined { states[$0.index] } == expected)
    }
    #expect(joined > 1000)
  }

  /// VALVE-11, VALVE-12: block 0 may be in its winter row only while block 1 is in its own.
  @Test func aDependenceBindsBothBlocks() {
    var other = block
    other.valves = (4..<8).map { ValveID($0) }
    other.positions = [
      Position(name: "a", open: [ValveID(4), ValveID(6)]),
      Position(name: "b", open: [ValveID(5), ValveID(7)]),
    ]
    let dependence = BlockDependence(
      position: PositionID(0), requiredBlock: BlockID(1), requiredPosition: PositionID(0),
      circuit: CircuitID(1), maximumTemperature: Celsius(25))
    let isBroken = { (commands: [Int: ValveCommand], open: Set<Int>) in
      dependence.isBroken(by: block, and: other) {
        (commands[$0.index] ?? .stay, open.contains($0.index) ? .open : .closed)
      }
    }
    #expect(!isBroken([:], [0, 2, 5, 7]), "nothing moves")
    #expect(!isBroken([0: .open], [4, 6]), "the other block is proven in its part")
    #expect(isBroken([0: .open], [5, 7]), "it is in another row")
    #expect(isBroken([0: .open], [4]), "it is not proven")
    #expect(isBroken([5: .open], [0, 2]), "it leaves while it is relied on")
    #expect(!isBroken([5: .open], []), "it leaves after it was let go")
  }
}
