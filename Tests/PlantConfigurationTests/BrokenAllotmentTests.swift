import Testing

/// What is wrong with how a village shares its electricity is told where it stands.
struct BrokenAllotmentTests {
  private static let whole = "    allot_by: heat\n    allot_meters: [electricity-pumps]\n"

  static let cases: [(text: String, told: String)] = [
    (
      "    allot_by: heat\n",
      "'households' shares nothing — name its electricity meters under allot_meters"
    ),
    (
      "    allot_meters: [electricity-pumps]\n",
      "'households' does not say what shares follow — state allot_by: heat, flow, area or equal"
    ),
    (
      "    allot_by: heat\n    allot_meters: [electricity-pump]\n",
      "there is no meter 'electricity-pump' — did you mean 'electricity-pumps'?"
    ),
    (
      "    allot_by: heat\n    allot_meters: [electricity-pumps, electricity-pumps]\n",
      "'electricity-pumps' is shared twice — name each meter once"
    ),
    (
      "    allot_by: flow\n    allot_meters: [electricity-pumps]\n",
      "the device 'household-1' has no signal 'volume' — add it to its device type, or name a device that has it"
    ),
    (
      "    allot_by: weight\n    allot_meters: [electricity-pumps]\n",
      "'weight' for 'allot_by' — known: area, equal, flow, heat"
    ),
  ]

  @Test(arguments: cases.indices) func aFaultIsTold(_ place: Int) throws {
    let common = try text(of: configPath("village/common.yaml"))
    try #require(common.contains(BrokenAllotmentTests.whole))
    let (broken, told) = BrokenAllotmentTests.cases[place]
    let folder = try PartsFolder([
      ("village/common.yaml", common.replacing(BrokenAllotmentTests.whole, with: broken)),
      ("village/wells.yaml", try text(of: configPath("village/wells.yaml"))),
      ("plant.yaml", try text(of: configPath("village-500.yaml"))),
    ])
    let (plant, diagnostics) = folder.load()
    #expect(plant == nil)
    let all = folder.told(diagnostics)
    #expect(all.contains(told), "\(all)")
    #expect(all.contains("village/common.yaml:"))
  }
}
