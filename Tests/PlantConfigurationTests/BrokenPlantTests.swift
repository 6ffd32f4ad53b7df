import Foundation
import PlantConfiguration
import Testing

/// The shipped configuration with one thing broken, and what is said of it: file, line, column, what is
/// wrong and what to do. `WELLSPRING_GOLDENS=write scripts/test BrokenPlantTests` writes them anew.
@Suite struct BrokenPlantTests {
  /// A name, what to replace (its first occurrence), and by what.
  static let cases: [(name: String, old: String, new: String)] = [
    ("unknown-key", "  scan_seconds: 1", "  scan_secands: 1"),
    (
      "wrong-unit", "  crankcase_preheat_hours: 8",
      "  crankcase_preheat_hours: 8\n  heating_supply_kelvin: 323"
    ),
    ("missing-site-parameter", "  crankcase_preheat_hours: 8\n", ""),
    ("missing-site-key", "  stop_state: stop\n", ""),
    ("missing-section", "plant:\n  name: Sports centre\n  scan_seconds: 1\n", ""),
    ("out-of-range", "  pool_limit_celsius: 29", "  pool_limit_celsius: 95"),
    ("not-a-number", "  pool_limit_celsius: 29", "  pool_limit_celsius: warm"),
    ("quoted-number", "  pool_limit_celsius: 29", "  pool_limit_celsius: \"29\""),
    ("unit-in-the-value", "  pool_limit_celsius: 29", "  pool_limit_celsius: 29 °C"),
    ("not-finite", "  pool_limit_celsius: 29", "  pool_limit_celsius: nan"),
    ("bad-choice", "  season_change: propose", "  season_change: proposed"),
    (
      "dangling-point", "outdoor_temperature: sensors-1.outdoor",
      "outdoor_temperature: sensors-1.outdor"
    ),
    (
      "dangling-device", "main-unit-1: { type: heat-pump-unit, bus: units, unit: 1 }",
      "main-unit-9: { type: heat-pump-unit, bus: units, unit: 1 }"
    ),
    (
      "dangling-bus", "sensors-1: { type: sensors, bus: field,",
      "sensors-1: { type: sensors, bus: feild,"
    ),
    ("dangling-type", "sensors-1: { type: sensors,", "sensors-1: { type: sensor,"),
    (
      "dangling-circuit", "inlet: { V1: ground, V2: building }",
      "inlet: { V1: ground, V2: bilding }"
    ),
    (
      "dangling-valve", "inlet: { V1: ground, V2: building }",
      "inlet: { V1: ground, V22: building }"
    ),
    (
      "dangling-block", "  recovery-unit:\n    block: recovery",
      "  recovery-unit:\n    block: recoverie"
    ),
    (
      "dangling-vessel", "{ vessel: evaporators, isolation_valve: main-unit-1-",
      "{ vessel: evaporator, isolation_valve: main-unit-1-"
    ),
    (
      "dangling-position", "winter: { service: heating, position: winter }",
      "winter: { service: heating, position: wintre }"
    ),
    (
      "hot-water-in-a-building-block", "      summer: { service: cooling, position: summer }\n",
      "      summer: { service: cooling, position: summer }\n      tap: { service: hot-water-from-ground, position: winter }\n"
    ),
    (
      "heating-in-a-hot-water-block", "ground: { service: hot-water-from-ground, position",
      "ground: { service: heating, position"
    ),
    ("duplicate-key", "  scan_seconds: 1", "  scan_seconds: 1\n  scan_seconds: 2"),
    (
      "duplicate-unit", "heat-meter-hot: { type: heat-meter, bus: field, unit: 13 }",
      "heat-meter-hot: { type: heat-meter, bus: field, unit: 12 }"
    ),
    (
      "row-forgets-a-valve", "winter: { open: [V1, V3, V5, V7], closed: [V2, V4, V6, V8] }",
      "winter: { open: [V1, V3, V5, V7], closed: [V2, V4, V6] }"
    ),
    (
      "row-has-a-valve-twice", "winter: { open: [V1, V3, V5, V7], closed: [V2, V4, V6, V8] }",
      "winter: { open: [V1, V3, V5, V7], closed: [V1, V2, V4, V6, V8] }"
    ),
    (
      "row-joins-circuits", "winter: { open: [V1, V3, V5, V7], closed: [V2, V4, V6, V8] }",
      "winter: { open: [V1, V4, V5, V7], closed: [V2, V3, V6, V8] }"
    ),
    (
      "row-leaves-an-end-shut", "winter: { open: [V1, V3, V5, V7], closed: [V2, V4, V6, V8] }",
      "winter: { open: [V1, V5, V7], closed: [V2, V3, V4, V6, V8] }"
    ),
    (
      "row-moves-a-stranger", "ground: { open: [V9, V10], closed: [V11, V12] }",
      "ground: { open: [V9, V10], closed: [V11, V12, V1] }"
    ),
    (
      "valve-in-two-blocks", "inlet: { V9: ground, V11: building }",
      "inlet: { V1: ground, V11: building }"
    ),
    (
      "pair-against-the-vessels", "never_open_together: [[V1, V2],",
      "never_open_together: [[V1, V3],"
    ),
    ("pair-of-three", "never_open_together: [[V9, V11],", "never_open_together: [[V9, V11, V12],"),
    (
      "mixing-valve-without-switches", "V1: { device: valve-io-1, channel: 1, stroke_seconds: 60 }",
      "V1: { device: valve-io-1, channel: 1, stroke_seconds: 60, end_switches: false }"
    ),
    ("open-well", "    kind: buried-loop", "    kind: open-well"),
    (
      "two-open-wells",
      """
          kind: buried-loop
          volume_cubic_meters: 60
          return_temperature: sensors-1.ground-return
          supply_temperature: sensors-1.ground-supply
          pressure: sensors-1.ground-pressure
          differential_pressure: sensors-1.ground-differential-pressure
          flow: sensors-1.ground-flow
        building:
          kind: building
      """,
      """
          kind: open-well
          volume_cubic_meters: 60
          return_temperature: sensors-1.ground-return
          supply_temperature: sensors-1.ground-supply
          pressure: sensors-1.ground-pressure
          differential_pressure: sensors-1.ground-differential-pressure
          flow: sensors-1.ground-flow
        building:
          kind: open-well
      """
    ),
    (
      "two-buses-of-one-gateway", "host: 127.0.0.1, port: 15021,", "host: 127.0.0.1, port: 15020,"
    ),
    (
      "fast-stroke", "V1: { device: valve-io-1, channel: 1, stroke_seconds: 60 }",
      "V1: { device: valve-io-1, channel: 1, stroke_seconds: 5 }"
    ),
    (
      "channel-not-there", "V1: { device: valve-io-1, channel: 1,",
      "V1: { device: valve-io-1, channel: 9,"
    ),
    (
      "channel-used-twice", "V2: { device: valve-io-1, channel: 2,",
      "V2: { device: valve-io-1, channel: 1,"
    ),
    (
      "depends-on-itself",
      "depends_on:\n      - { position: cooling, block: main, block_position: summer,",
      "depends_on:\n      - { position: cooling, block: recovery, block_position: ground,"
    ),
    (
      "mode-without-row", "winter: { service: heating, position: winter }",
      "winter: { service: heating }"
    ),
    ("duty-too-high", "    duty: 6", "    duty: 9"),
    ("speeds-swapped", "    speed_min_hertz: 20", "    speed_min_hertz: 55"),
    (
      "both-waters", "evaporator: { vessel: recovery-evaporator,",
      "evaporator: { circuit: ground, vessel: recovery-evaporator,"
    ),
    ("pool-without-filter", "    filter_flow: sensors-1.pool-filter-flow\n", ""),
    ("tank-minimum-too-high", "    minimum_celsius: 40", "    minimum_celsius: 48"),
    (
      "make-up-out-of-order", "fill_below_kilopascals: 230, fill_to_kilopascals: 260",
      "fill_below_kilopascals: 270, fill_to_kilopascals: 260"
    ),
    (
      "meter-without-block", "heat-meter-main: { use: building, block: main }",
      "heat-meter-main: { use: building }"
    ),
    (
      "wrong-direction", "    fill_command: sensors-1.ground-fill",
      "    fill_command: sensors-1.outdoor"
    ),
    (
      "direction-mismatch", "fill_command: sensors-1.ground-fill",
      "fill_command: sensors-1.soft-water-level"
    ),
    (
      "unit-mismatch", "    pressure: sensors-1.ground-pressure",
      "    pressure: sensors-1.ground-return"
    ),
    (
      "output-used-twice", "fill_command: sensors-1.building-fill",
      "fill_command: sensors-1.ground-fill"
    ),
    (
      "overlapping-registers",
      "frequency: { direction: input, unit: hertz, table: input, address: 1,",
      "frequency: { direction: input, unit: hertz, table: input, address: 2,"
    ),
    (
      "output-in-a-read-only-table",
      "run-command: { direction: output, unit: digital, table: coil,",
      "run-command: { direction: output, unit: digital, table: discrete,"
    ),
    (
      "format-against-table",
      "speed-command: { direction: output, unit: hertz, table: holding, address: 0,",
      "speed-command: { direction: output, unit: hertz, table: holding, address: 0, format: bit,"
    ),
    (
      "zero-scale", "address: 0, scale: 0.01, min: 0, max: 60, dead_band: 0.05",
      "address: 0, scale: 0, min: 0, max: 60, dead_band: 0.05"
    ),
    (
      "vanishing-scale", "address: 0, scale: 0.01, min: 0, max: 60, dead_band: 0.05",
      "address: 0, scale: 1e-320, min: 0, max: 60, dead_band: 0.05"
    ),
    (
      "scale-too-fine", "address: 0, scale: 0.01, min: 0, max: 60, dead_band: 0.05",
      "address: 0, scale: 0.0005, min: 0, max: 60, dead_band: 0.05"
    ),
    (
      "max-beyond-the-register", "address: 0, scale: 0.01, min: 0, max: 60, dead_band: 0.05",
      "address: 0, scale: 0.01, min: 0, max: 700, dead_band: 0.05"
    ),
    (
      "min-below-the-register", "address: 0, scale: 0.01, min: 0, max: 60, dead_band: 0.05",
      "address: 0, scale: 0.01, min: -10, max: 60, dead_band: 0.05"
    ),
    (
      "no-value-that-never-comes",
      "evaporator-entering: { direction: input, unit: celsius, table: input, address: 3, format: i16, scale: 0.01, min: -30, max: 90, no_value: [32767] }",
      "evaporator-entering: { direction: input, unit: celsius, table: input, address: 3, format: i16, scale: 0.01, min: -30, max: 90, no_value: [32767, 65536] }"
    ),
    (
      "range-outside-the-register",
      "evaporator-entering: { direction: input, unit: celsius, table: input, address: 3, format: i16, scale: 0.01, min: -30, max: 90,",
      "evaporator-entering: { direction: input, unit: celsius, table: input, address: 3, format: i16, scale: 0.01, offset: 500, min: -30, max: 90,"
    ),
    (
      "unsafe-safe-value", "scale: 0.01, min: 0, max: 60, dead_band: 0.05",
      "scale: 0.01, min: 10, max: 60, dead_band: 0.05"
    ),
    (
      "contradicting-limits", "  pool_limit_celsius: 29",
      "  pool_limit_celsius: 29\n  freeze_stop_celsius: 5.8"
    ),
    ("scan-too-long", "  scan_seconds: 1", "  scan_seconds: 5"),
    ("bad-name", "  V1: { device", "  \"V 1\": { device"),
    (
      "list-for-a-name", "  outdoor_temperature: sensors-1.outdoor",
      "  outdoor_temperature: [sensors-1.outdoor]"
    ),
    (
      "name-for-a-section", "plant:\n  name: Sports centre\n  scan_seconds: 1",
      "plant: Sports centre"
    ),
    ("anchor", "  name: Sports centre", "  name: &name Sports centre"),
    ("tag", "  name: Sports centre", "  name: !!str Sports centre"),
    ("not-yaml", "  name: Sports centre", "  name: \"Sports centre"),
    ("tab", "  name: Sports centre", "\tname: Sports centre"),
    ("second-document", "site:\n", "---\nsite:\n"),
    ("alias", "  name: Sports centre", "  name: *other"),
    (
      "isolation-valve-of-a-block", "isolation_valve: main-unit-1-evaporator-valve",
      "isolation_valve: V1"
    ),
    (
      "isolation-valve-of-two-units", "isolation_valve: main-unit-1-evaporator-valve",
      "isolation_valve: main-unit-2-evaporator-valve"
    ),
    (
      "charge-valve-of-two-tanks", "charge_valve: pool-charge-valve",
      "charge_valve: dhw-charge-valve"
    ),
    (
      "water-meter-with-the-name-of-a-meter", "  hot-water: { volume", "  heat-meter-hot: { volume"
    ),
    (
      "water-meters-with-one-name", "  hot-water: { volume", "  ground-water: { volume"
    ),
    (
      "water-meters-with-one-counter", "volume: sensors-1.hot-make-up, use: made-up",
      "volume: sensors-1.ground-make-up, use: made-up"
    ),
    (
      "water-meter-that-rolls-over-too-often",
      "maximum_flow_cubic_meters_per_hour: 5 }",
      "maximum_flow_cubic_meters_per_hour: 5, roll_over_cubic_meters: 4 }"
    ),
    (
      "water-meter-that-rolls-over-beyond-its-register",
      "maximum_flow_cubic_meters_per_hour: 5 }",
      "maximum_flow_cubic_meters_per_hour: 5, roll_over_cubic_meters: 10000000 }"
    ),
    (
      "water-meter-of-another-use",
      "use: made-up, class_percent: 2, maximum_flow_cubic_meters_per_hour: 5",
      "use: extractd, class_percent: 2, maximum_flow_cubic_meters_per_hour: 5"
    ),
    (
      "vessel-of-the-other-side", "{ vessel: evaporators, isolation_valve: main-unit-1-",
      "{ vessel: condensers, isolation_valve: main-unit-1-"
    ),
    ("group-without-pumps", "pumps: [hot-pump-1, hot-pump-2]", "pumps: []"),
    ("value-wider-than-a-read", "maximum_read_registers: 80", "maximum_read_registers: 1"),
    (
      "bit-of-a-written-register", "run-command: { direction: output, unit: digital, table: coil,",
      "run-command: { direction: output, unit: digital, table: holding, bit: 3,"
    ),
    (
      "bit-of-a-bit", "soft-water-level: { direction: input, unit: digital, table: discrete,",
      "soft-water-level: { direction: input, unit: digital, table: discrete, bit: 3,"
    ),
    (
      "same-point-twice", "close: { direction: output, unit: digital, table: coil, address: 16,",
      "open-1: { direction: output, unit: digital, table: coil, address: 30 }\n      close: { direction: output, unit: digital, table: coil, address: 16,"
    ),
    (
      "slow-stroke", "V1: { device: valve-io-1, channel: 1, stroke_seconds: 60 }",
      "V1: { device: valve-io-1, channel: 1, stroke_seconds: 120 }"
    ),
    ("dangling-pump-group", "    end-use: { shut_off_", "    end-user: { shut_off_"),
    (
      "twin-without-a-curve",
      "    hot: { shut_off_kilopascals: 240, design_kilopascals: 190, design_kilowatts: 8.4 }\n", ""
    ),
    (
      "twin-without-a-loss",
      "    hot: { flow_cubic_meters_per_hour: 111.5, loss_kilopascals: 34 }", ""
    ),
  ]

  @Test(arguments: cases.map(\.name)) func everyFaultIsToldWhereItStands(_ name: String) throws {
    let broken = try #require(BrokenPlantTests.cases.first { $0.name == name })
    let good = try text(of: configPath("sports-centre.yaml"))
    // Some lines stand inside a flow map: both forms are looked for.
    let range = good.range(of: broken.old) ?? good.range(of: broken.old.trimmed)
    let place = try #require(range, "the shipped file no longer has '\(broken.old)'")
    let text = good.replacingCharacters(
      in: place, with: good.range(of: broken.old) == nil ? broken.new.trimmed : broken.new)
    let (loaded, diagnostics) = PlantLoader.load(bytes: Array(text.utf8), file: "plant.yaml")
    #expect(loaded == nil, "'\(name)' was accepted")
    try compare(diagnostics, name)
  }

  @Test func unreadableBytesAreFoundByLineAndColumn() throws {
    let bytes = Array("plant:\n  name: Sp".utf8) + [0xFF] + Array("orts\n".utf8)
    let (loaded, diagnostics) = PlantLoader.load(bytes: bytes, file: "plant.yaml")
    #expect(loaded == nil)
    #expect(diagnostics.first.map { ($0.line, $0.column) } ?? (0, 0) == (2, 11))
  }

  @Test(arguments: [
    ("  name: Sports centre", "  name: \"Sports \\x1b[31mcentre\"", 8, "U+001B"),
    ("  name: Sports centre", "  name: \"Sports\\ncentre\"", 8, "U+000A"),
    ("  name: Sports centre", "  \"na\\x9bme\": Sports centre", 2, "U+009B"),
    ("  name: Sports centre", "  name: Sports centre\n  \"a\\x7f\": 1", 2, "U+007F"),
  ])
  func noControlCharacterGetsIn(
    _ old: String, _ new: String, _ indent: Int, _ code: String
  ) throws {
    let good = try text(of: configPath("sports-centre.yaml"))
    let text = good.replacingOccurrences(of: old, with: new)
    let (loaded, diagnostics) = PlantLoader.load(bytes: Array(text.utf8), file: "plant.yaml")
    #expect(loaded == nil)
    let found = try #require(diagnostics.first { $0.what == "a control character (\(code))" })
    #expect(found.column == indent + 1)
    let line = text.components(separatedBy: "\n")[found.line - 1]
    #expect(new.hasSuffix(line))
    let said = diagnostics.map(\.description).joined()
    #expect(said.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
  }

  @Test func deepNestingAndHugeFilesAreRefusedAtOnce() {
    let deep = Array(String(repeating: "[", count: 100_000).utf8)
    #expect(PlantLoader.load(bytes: deep, file: "plant.yaml").diagnostics.count == 1)
    let huge = [UInt8](repeating: 0x20, count: (4 << 20) + 1)
    let said = PlantLoader.load(bytes: huge, file: "plant.yaml").diagnostics.map(\.what)
    #expect(said == ["the file has more than 4194304 bytes"])
    #expect(PlantLoader.load(bytes: [], file: "plant.yaml").diagnostics.count == 1)
  }

  @Test func allFaultsOfAFileComeInOneGo() throws {
    var text = try text(of: configPath("sports-centre.yaml"))
    for name in ["unknown-key", "out-of-range", "dangling-point", "row-joins-circuits"] {
      let broken = try #require(BrokenPlantTests.cases.first { $0.name == name })
      let place = try #require(text.range(of: broken.old))
      text.replaceSubrange(place, with: broken.new)
    }
    let (_, diagnostics) = PlantLoader.load(bytes: Array(text.utf8), file: "plant.yaml")
    #expect(diagnostics.count { $0.severity == .error } >= 4)
    #expect(diagnostics == diagnostics.sorted())
  }

  private func compare(_ diagnostics: [Diagnostic], _ name: String) throws {
    let found = diagnostics.map(\.description).joined(separator: "\n") + "\n"
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Goldens/\(name).txt")
    if ProcessInfo.processInfo.environment["WELLSPRING_GOLDENS"] == "write" {
      try found.write(to: path, atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: path, encoding: .utf8)
    #expect(found == golden)
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
