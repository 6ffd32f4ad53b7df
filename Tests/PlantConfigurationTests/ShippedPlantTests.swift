import Foundation
import PlantConfiguration
import PlantModel
import Testing

@Suite struct ShippedPlantTests {
  @Test func theSportsCentreIsUnderstood() throws {
    let (loaded, diagnostics) = PlantLoader.load(path: configPath("sports-centre.yaml"))
    #expect(diagnostics.map(\.description) == [])
    let plant = try #require(loaded?.plant)
    #expect(plant.units.count == 7)
    #expect(plant.pumps.count == 16)
    #expect(plant.blocks.map(\.name) == ["main", "recovery"])
    #expect(loaded?.twin != nil)
  }

  @Test func theHotelIsUnderstoodWithoutAWarning() throws {
    let (loaded, diagnostics) = PlantLoader.load(path: configPath("hotel.yaml"))
    #expect(diagnostics.map(\.description) == [])
    let plant = try #require(loaded?.plant)
    #expect(plant.units.map { $0.recovery?.command == nil } == [true, false])
  }

  /// Every shipped plant loads without an error, and has its twin.
  @Test func everyShippedPlantIsUnderstood() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: configPath(""))
      .filter { $0.hasSuffix(".yaml") }.sorted()
    #expect(names.count >= 10)
    for name in names {
      let (loaded, diagnostics) = PlantLoader.load(path: configPath(name))
      #expect(loaded?.twin != nil, "\(name): \(diagnostics)")
      #expect(!diagnostics.contains { $0.severity == .error })
    }
  }

  /// The forbidden pairs of the file written by hand are those that the vessels give.
  @Test(arguments: ["hotel", "sports-centre"])
  func theForbiddenPairsAreThoseOfTheHandWrittenFile(_ name: String) throws {
    let plant = try #require(PlantLoader.load(path: configPath("\(name).yaml")).plant?.plant)
    let derived = plant.blocks.flatMap(\.forbiddenPairs)
      .map { [plant[$0.first].name, plant[$0.second].name].sorted() }
    let text = try text(of: configPath("\(name).forbidden-pairs"))
    let written = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "-").map(String.init).sorted() }
    #expect(!written.isEmpty)
    #expect(Set(derived) == Set(written))
    #expect(derived.count == written.count)
  }
}
