import Foundation
import PlantConfiguration
import Testing

private let validatorPython = repositoryPath(".build-peers/bin/python")

/// The schema as an independent validator sees it: jsonschema over PyYAML, which
/// `scripts/setup --tests` puts into `.build-peers`.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: validatorPython)))
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

  private func faults(in plant: String) throws -> [String] {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: validatorPython)
    process.arguments = ["-c", SchemaTests.script, configPath("wellspring.schema.json")]
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
