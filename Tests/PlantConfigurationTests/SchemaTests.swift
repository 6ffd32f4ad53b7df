import Foundation
import PlantConfiguration
import Testing

private let validatorPython = repositoryPath(".build-peers/bin/python")

/// The schema as an independent validator sees it: jsonschema over PyYAML, which
/// `scripts/setup --tests` puts into `.build-peers`.
struct SchemaTests {
  private static let script = """
    import json, sys, yaml
    from jsonschema import Draft202012Validator as Validator
    schema = json.load(open(sys.argv[1]))
    Validator.check_schema(schema)
    for error in Validator(schema).iter_errors(yaml.safe_load(sys.stdin)):
        print("/".join(map(str, error.absolute_path)), error.validator)
    """

  @Test func theShippedPlantFitsTheSchema() throws {
    #expect(try faults(in: text(of: configPath("sports-centre.yaml"))) == [])
  }

  @Test(arguments: [
    ("  scan_seconds: 1", "  scan_secands: 1", "plant additionalProperties"),
    (
      "  pool_limit_celsius: 29", "  pool_limit_celsius: 95",
      "parameters/pool_limit_celsius maximum"
    ),
    ("  season_change: propose", "  season_change: proposed", "site/season_change enum"),
    ("  stop_state: stop\n", "", "site required"),
  ])
  func theSchemaFindsWhatTheLoaderFinds(_ old: String, _ new: String, _ fault: String) throws {
    let broken = try text(of: configPath("sports-centre.yaml")).replacing(old, with: new)
    #expect(try faults(in: broken) == [fault])
  }

  @Test func thePartsOfAPlantFitTheSchema() throws {
    for part in [PartsFolder.plant, PartsFolder.mainUnit] { #expect(try faults(in: part) == []) }
  }

  @Test(arguments: [
    ("parameters: [n]", "parameters: [left-side]", "templates/main-unit/parameters/0 pattern"),
    (
      "block: main", "blok: main",
      "templates/main-unit/sections/units/main-unit-${n} additionalProperties"
    ),
    (
      "unit: \"${n}\"", "unit: one",
      "templates/main-unit/sections/devices/main-unit-${n}/unit pattern"
    ),
    (
      "rated_cooling_kilowatts: 517", "rated_cooling_kilowatts: 0",
      "templates/main-unit/sections/units/main-unit-${n}/rated_cooling_kilowatts minimum"
    ),
    ("    sections:", "    section:", "templates/main-unit additionalProperties"),
  ])
  func theSchemaFindsFaultsOfTemplates(_ old: String, _ new: String, _ fault: String) throws {
    let broken = PartsFolder.mainUnit.replacing(old, with: new)
    #expect(broken != PartsFolder.mainUnit)
    #expect(try faults(in: broken).contains(fault))
  }

  /// PyYAML reads of the expanded plant what it reads of the one that is written.
  @Test func theExpandedPlantIsTheSameToAnotherReader() throws {
    let path = configPath("sports-centre.yaml")
    let expanded = try #require(PlantLoader.expand(path: path).yaml)
    #expect(try faults(in: expanded) == [])
    let script = """
      import sys, yaml
      print(yaml.safe_load(sys.stdin) == yaml.safe_load(open(sys.argv[1])))
      """
    #expect(try python(script, [path], expanded) == ["True"])
    let parts = try PartsFolder.shipped()
    let made = try #require(PlantLoader.expand(path: parts.path + "/plant.yaml").yaml)
    #expect(try python(script, [path], made) == ["True"])
  }

  private func faults(in plant: String) throws -> [String] {
    try python(SchemaTests.script, [configPath("wellspring.schema.json")], plant)
  }

  private func python(_ script: String, _ words: [String], _ plant: String) throws -> [String] {
    try #require(
      FileManager.default.isExecutableFile(atPath: validatorPython),
      "no '\(validatorPython)': run scripts/setup --tests")
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: validatorPython)
    process.arguments = ["-c", script] + words
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(plant.utf8))
    try input.fileHandleForWriting.close()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: printed, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
