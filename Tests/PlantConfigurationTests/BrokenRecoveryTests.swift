import Foundation
import PlantConfiguration
import PlantModel
import Quantities
import Testing

/// What is wrong with a unit's desuperheater or second condenser is told where it stands.
@Suite struct BrokenRecoveryTests {
  static let cases: [(old: String, new: String, told: String)] = [
    (
      "share_fraction: 0.12", "share_fraction: 0.3",
      "0.3 for 'share_fraction' is out of range — it is from 0.05 to 0.25"
    ),
    (
      "share_fraction: 0.12, ", "",
      "the desuperheater of 'main-unit-1' lacks its share_fraction — state it: its part of the condenser's heat"
    ),
    (
      "kind: second-condenser, ", "kind: second-condenser, share_fraction: 0.1, ",
      "the second-condenser of 'main-unit-2' has a share_fraction — leave it out: it takes all of the heat"
    ),
    (
      "kind: desuperheater, circuit: hot", "kind: desuperheater, circuit: building",
      "'building' is no hot-water circuit, but 'main-unit-1' warms it — name a circuit whose kind is hot-water"
    ),
    (
      "kind: desuperheater, circuit: hot", "kind: desuperheater, circuit: hat",
      "there is no circuit 'hat' — did you mean 'hot'?"
    ),
    (
      "kind: desuperheater, ", "kind: desuperheater, confirmation: true, ",
      "the desuperheater of 'main-unit-1' is not turned — leave confirmation out"
    ),
    (
      "kind: second-condenser", "kind: double-condenser",
      "'double-condenser' for 'kind' — known: desuperheater, second-condenser"
    ),
    (
      "      recovery-command:", "      recovery-comand:",
      "the device 'main-unit-2' has no signal 'recovery-command' — add it to its device type, or name a device that has it"
    ),
    (
      "      recovery-confirmed:", "      recovery-confrmed:",
      "the device 'main-unit-2' has no signal 'recovery-confirmed' — add it to its device type, or name a device that has it"
    ),
    (
      "vessel: condensers, isolation_valve: main-unit-2-condenser-valve, ", "circuit: hot, ",
      "the condenser of 'main-unit-2' warms that circuit already — leave the recovery out, or give it another circuit"
    ),
  ]

  @Test(arguments: cases.indices) func aFaultIsToldWhereItStands(_ place: Int) throws {
    let (old, new, told) = BrokenRecoveryTests.cases[place]
    let good = try text(of: configPath("hotel.yaml"))
    try #require(good.contains(old))
    let text = good.replacing(old, with: new)
    let (loaded, diagnostics) = PlantLoader.load(bytes: Array(text.utf8), file: "plant.yaml")
    #expect(loaded == nil)
    let found = diagnostics.first { $0.description.hasSuffix("error: " + told) }
    let lines = text.components(separatedBy: "\n")
    let line = try #require(found.map { lines[$0.line - 1] }, "\(diagnostics)")
    #expect(line.contains("recovery: {"))
  }

  @Test func aUnitThatCannotSayWhereItIsNeedsNoConfirmation() throws {
    let text = try text(of: configPath("hotel.yaml"))
      .replacing("kind: second-condenser", with: "kind: second-condenser, confirmation: false")
    let plant = try #require(
      PlantLoader.load(bytes: Array(text.utf8), file: "plant.yaml").plant?.plant)
    guard case .secondCondenser(_, let confirmed) = plant.units[1].recovery?.kind else {
      Issue.record("no second condenser")
      return
    }
    #expect(confirmed == nil)
    #expect(plant.units[0].recovery?.kind == .desuperheater(share: Fraction(0.12)))
  }
}
