import Foundation
import PlantConfiguration
import Testing

/// Files of a plant in a folder of their own.
final class PartsFolder {
  let path: String

  /// The files by name, each with its text.
  init(_ files: [(name: String, text: String)]) throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("wellspring-parts-\(UUID().uuidString)").path
    for (name, text) in files { try write(text, to: name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  func load(_ name: String = "plant.yaml") -> (plant: LoadedPlant?, diagnostics: [Diagnostic]) {
    PlantLoader.load(path: path + "/" + name)
  }

  /// What is said, without the folder's name.
  func told(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { $0.description.replacing(path + "/", with: "") + "\n" }.joined()
  }

  /// The shipped plant without its main units.
  static func base() throws -> String {
    let units = #/(?:  )main-unit-\d(?:-\w+-valve)?:(?: \{.*\n|\n(?:    .*\n)+)/#
    return try text(of: configPath("sports-centre.yaml")).replacing(units, with: "")
  }

  /// The main units, as one template.
  static let mainUnit = """
    templates:
      main-unit:
        parameters: [n]
        sections:
          devices:
            main-unit-${n}: { type: heat-pump-unit, bus: units, unit: "${n}" }
          valves:
            main-unit-${n}-evaporator-valve: { device: "valve-io-${(n - 1) / 4 + 3}", channel: "${(n - 1) % 4 * 2 + 1}", stroke_seconds: 45 }
            main-unit-${n}-condenser-valve: { device: "valve-io-${(n - 1) / 4 + 3}", channel: "${(n - 1) % 4 * 2 + 2}", stroke_seconds: 45 }
          units:
            main-unit-${n}:
              block: main
              evaporator: { vessel: evaporators, isolation_valve: "main-unit-${n}-evaporator-valve", design_flow_cubic_meters_per_hour: 88.9 }
              condenser: { vessel: condensers, isolation_valve: "main-unit-${n}-condenser-valve", design_flow_cubic_meters_per_hour: 111.5 }
              rated_heating_kilowatts: 648.2
              rated_cooling_kilowatts: 517
              minimum_load_fraction: 0.25
              maximum_starts_an_hour: 3

    """

  /// A plant of three files that is the shipped one.
  static let plant = """
    include: [parts/base.yaml, parts/main-unit.yaml]
    variables:
      main_units: 6
    use:
      - { template: main-unit, for: { n: "1..${main_units}" } }

    """

  static func shipped(plant: String = plant, mainUnit: String = mainUnit) throws -> PartsFolder {
    try PartsFolder([
      ("plant.yaml", plant), ("parts/base.yaml", base()), ("parts/main-unit.yaml", mainUnit),
    ])
  }
}
