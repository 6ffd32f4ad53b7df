import Foundation
import PlantConfiguration
import Testing

/// A plant of parts with one thing broken, and what is said of it: the place where it was written, and
/// the include or use that brought it there. `WELLSPRING_GOLDENS=write scripts/test BrokenComposition`
/// writes them anew.
@Suite struct BrokenCompositionTests {
  /// A name, the file, what to replace in it (all of it when empty), and by what.
  static let cases: [(name: String, file: String, old: String, new: String)] = [
    ("include-missing", "plant.yaml", "parts/base.yaml", "parts/bace.yaml"),
    ("include-of-a-folder", "plant.yaml", "parts/base.yaml", "parts"),
    ("include-no-list", "plant.yaml", "[parts/base.yaml, parts/main-unit.yaml]", "parts/base.yaml"),
    ("include-of-a-list", "plant.yaml", "parts/base.yaml", "[parts/base.yaml]"),
    ("include-cycle", "parts/main-unit.yaml", "templates:", "include: [../plant.yaml]\ntemplates:"),
    ("include-itself", "plant.yaml", "parts/base.yaml", "plant.yaml"),
    ("include-empty", "parts/main-unit.yaml", "", "# nothing\n"),
    ("include-no-section", "parts/main-unit.yaml", "", "- template\n"),
    ("include-not-yaml", "parts/main-unit.yaml", "parameters: [n]", "parameters: [n"),
    ("include-misspelt", "plant.yaml", "include:", "includes:"),
    (
      "include-broken", "parts/base.yaml", "outdoor_temperature: sensors-1.outdoor",
      "outdoor_temperature: sensors-1.outdor"
    ),
    (
      "given-by-two-includes", "parts/main-unit.yaml", "templates:",
      "plant: { name: East, scan_seconds: 2 }\nmeters: { heat-meter-hot: { use: building } }\ntemplates:"
    ),
    ("variable-unknown", "plant.yaml", "1..${main_units}", "1..${main_unit}"),
    (
      "variable-in-itself", "plant.yaml", "main_units: 6",
      "main_units: ${six}\n  six: ${main_units}"
    ),
    ("variable-no-value", "plant.yaml", "main_units: 6", "main_units: [6]"),
    ("variable-no-name", "plant.yaml", "main_units: 6", "main_units: 6\n  main-units: 6"),
    ("variable-no-number", "plant.yaml", "main_units: 6", "main_units: six"),
    (
      "variables-of-two-includes", "plant.yaml", "parts/base.yaml",
      "parts/one.yaml, parts/other.yaml"
    ),
    (
      "keys-that-become-the-same", "plant.yaml", "use:",
      "buses: { \"a${1 + 1}\": {}, a2: {} }\nuse:"
    ),
    ("template-unknown", "plant.yaml", "template: main-unit", "template: main-units"),
    ("template-key", "parts/main-unit.yaml", "parameters: [n]", "parameter: [n]"),
    ("template-without-sections", "parts/main-unit.yaml", "sections:", "section:"),
    ("template-no-section", "parts/main-unit.yaml", "", "templates:\n  main-unit: [n]\n"),
    ("template-with-include", "parts/main-unit.yaml", "devices:", "include:"),
    (
      "template-in-itself", "parts/main-unit.yaml", "      devices:",
      "      use: [{ template: main-unit, with: { n: 1 } }]\n      devices:"
    ),
    ("template-parameter-missing", "parts/main-unit.yaml", "[n]", "[n, side]"),
    ("template-parameter-name", "parts/main-unit.yaml", "[n]", "[n, left-side]"),
    ("template-parameter-unknown", "plant.yaml", "for: { n:", "with: { m: 1 }, for: { n:"),
    ("template-parameter-no-value", "plant.yaml", "for: { n:", "with: { n: [1] }, for: { k:"),
    (
      "template-parameter-faulty", "plant.yaml", "for: { n:", "with: { n: \"${k / 0}\" }, for: { k:"
    ),
    ("template-variable-unknown", "parts/main-unit.yaml", "unit: \"${n}\"", "unit: \"${m}\""),
    ("template-dangling", "parts/main-unit.yaml", "block: main", "block: mian"),
    (
      "template-unknown-key", "parts/main-unit.yaml", "block: main",
      "block: main\n          blok: main"
    ),
    (
      "template-out-of-range", "parts/main-unit.yaml", "stroke_seconds: 45 }", "stroke_seconds: 5 }"
    ),
    (
      "template-same-channel", "parts/main-unit.yaml", "${(n - 1) % 4 * 2 + 1}", "${1}"
    ),
    (
      "template-same-entry", "parts/main-unit.yaml", "        main-unit-${n}: {",
      "        main-unit: {"
    ),
    ("template-same-as-the-file", "parts/main-unit.yaml", "main-unit-${n}: {", "hot-pump-${n}: {"),
    ("use-no-list", "plant.yaml", "  - { template", "  { template"),
    ("use-key", "plant.yaml", "for: {", "four: {"),
    ("use-without-template", "plant.yaml", "template: main-unit, ", ""),
    ("use-twice", "plant.yaml", "use:", "use:\n  - { template: main-unit, with: { n: 3 } }"),
    ("use-backwards", "plant.yaml", "main_units: 6", "main_units: 0"),
    ("use-too-often", "plant.yaml", "main_units: 6", "main_units: 20001"),
    ("use-of-all-numbers", "plant.yaml", "1..${main_units}", "-9223372036854775808..1"),
    (
      "use-loops-too-often", "plant.yaml", "for: {",
      "for: { a: 1..9999, b: 1..9999, c: 1..9999, d: 1..9999, e: 1..9999,"
    ),
    ("use-loop-name", "plant.yaml", "for: {", "for: { a-b: 1..2,"),
  ]

  @Test(arguments: cases.map(\.name)) func everyFaultIsToldWhereItWasWritten(_ name: String) throws
  {
    let broken = try #require(BrokenCompositionTests.cases.first { $0.name == name })
    let folder = try PartsFolder.shipped()
    try folder.write("variables: { limit: 29 }\n", to: "parts/one.yaml")
    try folder.write("variables: { limit: 28 }\n", to: "parts/other.yaml")
    let good = try text(of: folder.path + "/" + broken.file)
    #expect(good.contains(broken.old) || broken.old.isEmpty, "'\(broken.old)' is not there")
    try folder.write(
      broken.old.isEmpty ? broken.new : good.replacing(broken.old, with: broken.new),
      to: broken.file)
    let (loaded, diagnostics) = folder.load()
    #expect(loaded == nil, "'\(name)' was accepted")
    #expect(diagnostics.count < 20)
    try compare(folder.told(diagnostics), "compose-" + name)
  }

  /// A village of 500 households whose template has three faults.
  @Test func oneFaultOfATemplateIsToldOnceHoweverOftenItIsUsed() throws {
    let folder = try PartsFolder.shipped(
      plant: PartsFolder.plant + """
          - { template: line, for: { k: 1..20 } }
          - { template: household, for: { n: 1..500 }, with: { line: "${(n - 1) / 25 + 1}" } }
        templates:
          line:
            parameters: [k]
            sections:
              buses:
                meters-${k}: { host: 127.0.0.1, port: "${15100 + k}" }
          household:
            parameters: [n, line]
            sections:
              devices:
                household-${n}: { type: heat-metre, bus: "metres-${line}", unit: "${n % 25 + 1}" }
              meters:
                household-${n}: { use: hot-warter, device: "house-hold-${n}" }

        """)
    try compare(folder.told(folder.load().diagnostics), "compose-village-with-faults")
  }

  /// Loops over words, so that every use says something else.
  @Test func faultsThatNameTheirUseAreBounded() throws {
    let words = (0..<26).map { place in
      String(UnicodeScalar(UInt8(ascii: "a") + UInt8(place)))
    }
    let folder = try PartsFolder.shipped(
      plant: PartsFolder.plant + """
          - { template: meter, for: { word: [\(words.map { "\"\($0)\"" }.joined(separator: ", "))] } }
        templates:
          meter:
            parameters: [word]
            sections:
              meters:
                meter-${word}: { use: units, device: "device-${word}" }

        """)
    try compare(folder.told(folder.load().diagnostics), "compose-words-with-faults")
  }

  /// Thirty drives that nothing commands: each of their outputs stands in one register map.
  @Test func whatIsSaidOfOnePlaceInAFileIsBounded() throws {
    let folder = try PartsFolder.shipped(
      plant: PartsFolder.plant + """
          - { template: idle, for: { n: 1..30 } }
        templates:
          idle:
            parameters: [n]
            sections:
              devices:
                idle-${n}: { type: drive, bus: field, unit: "${n + 100}" }

        """)
    let (loaded, diagnostics) = folder.load()
    #expect(loaded != nil)
    for output in ["run-command", "speed-command"] {
      let told = diagnostics.filter { $0.what.hasSuffix(".\(output)'") }
      #expect(told.count == 8)
      #expect(told.map(\.more).reduce(0, +) == 22)
      #expect(Set(told.map(\.line)).count == 1)
    }
    #expect(diagnostics.count == 16)
  }

  private func compare(_ found: String, _ name: String) throws {
    let path = repositoryPath("Tests/PlantConfigurationTests/Goldens/\(name).txt")
    if ProcessInfo.processInfo.environment["WELLSPRING_GOLDENS"] == "write" {
      try found.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(try text(of: path) == found)
  }
}
