import Foundation
import PlantConfiguration
import PlantModel
import Testing

/// What is wrong with a well's step test is told where it stands.
@Suite struct BrokenStepTests {
  static let cases: [(old: String, new: String, told: String, line: String)] = [
    (
      "speeds_hertz: [40, 47]", "speeds_hertz: [47]",
      "too few or unsorted values for 'speeds_hertz' — two speeds or more, slowest first",
      "speeds_hertz"
    ),
    (
      "speeds_hertz: [40, 47]", "speeds_hertz: [40, 41]",
      "the speeds are too near to each other — 3 Hz apart at least: nearer ones say the same of a pump",
      "speeds_hertz"
    ),
    (
      "speeds_hertz: [40, 47]", "speeds_hertz: [40, 55]",
      "the well does not turn that slow or that fast — choose speeds from its minimum_flow_hertz to its maximum_hertz",
      "speeds_hertz"
    ),
    (
      "valve_fractions: [0.55, 0.65, 0.75]", "valve_fractions: [0.65, 0.55, 0.75]",
      "too few or unsorted values for 'valve_fractions' — three positions or more, rising",
      "valve_fractions"
    ),
    (
      "valve_fractions: [0.55, 0.65, 0.75]", "valve_fractions: [0.05, 0.65, 0.75]",
      "0.05 for 'valve_fractions' is out of range — it is from 0.2 to 1", "valve_fractions"
    ),
    (
      "nominal_head_kilopascals: 300", "nominal_head_kilopascals: 500",
      "the numbers of the step test do not fit together — nominal_head < shut_off_head, and static_level < intake_depth",
      "speeds_hertz"
    ),
    (
      "            rated_hertz: 50\n", "",
      "'step_test' lacks 'rated_hertz' — state it: At which the pump's numbers below hold.",
      "speeds_hertz"
    ),
  ]

  @Test(arguments: cases.indices) func aFaultIsToldWhereItStands(_ place: Int) throws {
    let (old, new, told, shown) = BrokenStepTests.cases[place]
    let good = try text(of: configPath("office.yaml"))
    try #require(good.contains(old))
    let text = good.replacing(old, with: new)
    let (loaded, diagnostics) = PlantLoader.load(bytes: Array(text.utf8), file: "plant.yaml")
    #expect(loaded == nil)
    let found = diagnostics.first { $0.description.contains("error: " + told) }
    let lines = text.components(separatedBy: "\n")
    let line = try #require(found.map { lines[$0.line - 1] }, "\(diagnostics)")
    #expect(line.contains(shown), "\(line)")
  }

  @Test func vacuumLimitsInTheWrongOrderAreRefused() throws {
    let good = try text(of: configPath("office.yaml"))
    for (parameter, told) in [
      (
        "well_vacuum_alarm_kilopascals: 45",
        "it must be below four fifths of well_pressure_kilopascals"
      ),
      ("well_vacuum_stop_kilopascals: 20", "it must be below well_vacuum_alarm_kilopascals"),
    ] {
      let text = good.replacing("\nparameters:\n", with: "\nparameters:\n  \(parameter)\n")
      try #require(text != good)
      let (loaded, diagnostics) = PlantLoader.load(bytes: Array(text.utf8), file: "plant.yaml")
      #expect(loaded == nil)
      #expect(diagnostics.contains { $0.description.contains(told) }, "\(diagnostics)")
    }
  }
}
