import PlantModel
import Testing

@testable import PlantControl

/// The exploration is worth what it finds: with one rule taken from the interlock it finds the harm.
@Suite struct PlantedBugTests {
  @Test func theExplorationFindsThatThePairInterlockIsMissing() throws {
    let way = try explore(["evaporators"], without: .pairs)
    print("explored without the pair interlock: circuits joined after \(way.count - 1) steps")
  }

  @Test func theExplorationFindsThatTheVesselRuleKnowsOnlyPairs() throws {
    let way = try explore(["evaporators"], without: .waysThrough)
    print("explored with pairs alone: circuits joined after \(way.count - 1) steps")
  }

  @Test func theExplorationFindsThatBlocksIgnoreEachOther() throws {
    let way = try explore(ExplorationTests.blocksTogether, without: .dependences)
    print("explored without dependence: broken after \(way.count - 1) steps")
  }

  private func explore(
    _ vessels: Set<String>, without missing: ChangeOverInterlock.Checks
  ) throws -> [String] {
    var sound = Explorer(valvePlant(of: try sportsCentre(), keeping: vessels))
    #expect(sound.run().violation == nil)
    var explorer = Explorer(
      valvePlant(of: try sportsCentre(), keeping: vessels), without: missing)
    return try #require(explorer.run().violation).way
  }
}
