import Foundation
import PlantModel
import Quantities
import Testing

@testable import PlantConfiguration

/// A plant of several files and templates is the plant that one file describes.
@Suite struct CompositionTests {
  private let shipped: LoadedPlant

  init() throws {
    shipped = try #require(PlantLoader.load(path: configPath("sports-centre.yaml")).plant)
  }

  @Test func aPlantOfPartsIsTheSamePlant() throws {
    let folder = try PartsFolder.shipped()
    let (loaded, diagnostics) = folder.load()
    #expect(folder.told(diagnostics) == "")
    #expect(loaded?.plant == shipped.plant)
    #expect(loaded?.twin == shipped.twin)
    let files = loaded?.composition.files.map { $0.replacing(folder.path + "/", with: "") }
    #expect(files == ["parts/base.yaml", "parts/main-unit.yaml", "plant.yaml"])
    #expect(loaded?.composition.overrides == [])
  }

  @Test func theExpandedPlantIsTheSamePlant() throws {
    let parts = try PartsFolder.shipped()
    for path in [configPath("sports-centre.yaml"), parts.path + "/plant.yaml"] {
      let (expanded, diagnostics) = PlantLoader.expand(path: path)
      #expect(diagnostics == [])
      let yaml = try #require(expanded)
      #expect(!yaml.contains("${") && !yaml.contains("include"))
      let again = PlantLoader.load(bytes: Array(yaml.utf8), file: "expanded.yaml")
      #expect(again.diagnostics == [])
      #expect(again.plant?.plant == shipped.plant)
      #expect(again.plant?.twin == shipped.twin)
    }
  }

  @Test func textsOfAllSortsSurviveTheExpansion() throws {
    for name in [
      #""a \"quoted\" \\ name""#, "'$${not} a $ name'", "off", "'1e3'", "\"12: 30 # no\"",
      "'- dash'",
      "Männer [3, {4}]",
    ] {
      let folder = try PartsFolder([
        (
          "base.yaml",
          PartsFolder.base().replacing("  name: Sports centre", with: "  name: \(name)")
        ),
        ("main-unit.yaml", PartsFolder.mainUnit),
        ("plant.yaml", PartsFolder.plant.replacing("parts/", with: "")),
      ])
      let loaded = try #require(folder.load().plant, "\(name)")
      let yaml = try #require(PlantLoader.expand(path: folder.path + "/plant.yaml").yaml)
      let again = PlantLoader.load(bytes: Array(yaml.utf8), file: "expanded.yaml").plant?.plant
      #expect(again == loaded.plant, "\(name)")
      #expect(again?.name != "Sports centre")
    }
  }

  @Test func theFileThatIncludesWinsAndItIsSaid() throws {
    let folder = try PartsFolder.shipped(
      plant: PartsFolder.plant + """
        parameters:
          pool_limit_celsius: 28
          frost_on_celsius: 4.5
        pump_groups:
          hot: { pumps: [hot-pump-2, hot-pump-1] }

        """)
    let loaded = try #require(folder.load().plant)
    #expect(loaded.plant.parameters.poolLimit == Celsius(28))
    #expect(loaded.plant.parameters.crankcasePreheat == shipped.plant.parameters.crankcasePreheat)
    let text = loaded.composition.text.replacing(folder.path + "/", with: "")
    let base = try PartsFolder.base().components(separatedBy: "\n")
    let limit = try #require(base.firstIndex { $0.contains("pool_limit_celsius") }) + 1
    let pumps = try #require(base.firstIndex { $0.contains("pumps: [hot-pump-1") }) + 1
    #expect(
      text == """
        files
          parts/base.yaml, parts/main-unit.yaml, plant.yaml

        overridden by a file that includes
          parameters.pool_limit_celsius: 28 (plant.yaml:7) in place of 29 (parts/base.yaml:\(limit))
          pump_groups.hot.pumps: a list of 2 (plant.yaml:10) in place of a list of 2 (parts/base.yaml:\(pumps))
        """)
    #expect(shipped.composition.text == "")
  }

  /// Both sides of a diamond may override what is below both; a file is read once.
  @Test func aFileThatIsIncludedTwiceIsReadOnce() throws {
    let folder = try PartsFolder.shipped(
      plant: PartsFolder.plant.replacing(
        "[parts/base.yaml, ", with: "[parts/east.yaml, parts/../parts/base.yaml, west.yaml, "))
    try folder.write(
      "include: [base.yaml]\nparameters: { pool_limit_celsius: 28 }\n", to: "parts/east.yaml")
    try folder.write(
      "include: [parts/base.yaml]\nplant: { name: West }\n", to: "west.yaml")
    let (loaded, diagnostics) = folder.load()
    #expect(folder.told(diagnostics) == "")
    #expect(loaded?.plant.name == "West")
    #expect(loaded?.plant.parameters.poolLimit == Celsius(28))
    #expect(loaded?.composition.files.count == 5)
  }

  @Test func templatesUseTemplatesAndLoopsCombine() throws {
    let mainUnit =
      PartsFolder.mainUnit + """
          # Two rows of three.
          row:
            parameters: [row, first]
            sections:
              use:
                - { template: main-unit, for: { place: [0, 1, 2] }, with: { n: "${first + place}" } }
          hall:
            sections:
              use:
                - { template: row, for: { row: 1..2 }, with: { first: "${row * 3 - 2}" } }

        """
    let plant = "include: [parts/base.yaml, parts/main-unit.yaml]\nuse: [{ template: hall }]\n"
    let folder = try PartsFolder.shipped(plant: plant, mainUnit: mainUnit)
    let (loaded, diagnostics) = folder.load()
    #expect(folder.told(diagnostics) == "")
    #expect(loaded?.plant == shipped.plant)
  }

  @Test func aTemplateAddsToListsAndSections() throws {
    let folder = try PartsFolder.shipped(
      plant: PartsFolder.plant + """
          - { template: pump, for: { number: 8..9 } }
        templates:
          pump:
            parameters: [number]
            sections:
              devices:
                ground-pump-${number}: { type: drive, bus: field, unit: "${number * 10}" }
              pump_groups:
                ground: { pumps: ["ground-pump-${number}"] }

        """)
    let (loaded, diagnostics) = folder.load()
    #expect(folder.told(diagnostics) == "")
    let plant = try #require(loaded?.plant)
    let group = try #require(plant.pumpGroups.first { $0.name == "ground" })
    #expect(group.pumps.count == 9)
    #expect(plant.devices.first { $0.name == "ground-pump-9" }?.unit == 90)
  }
}
