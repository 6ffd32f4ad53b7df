import Foundation
import PlantConfiguration
import PlantModel
import Quantities
import Testing

/// Documents that are made from the code: `WELLSPRING_GOLDENS=write` writes them anew.
@Suite struct ReferenceTests {
  @Test func theParameterReferenceIsThatOfTheCatalogue() throws {
    var lines = [
      "# Parameters", "",
      "Every number that a rule uses, with its default. Where there is none, the site must state it.",
      "Made from the catalogue in `Sources/PlantModel/Parameters`.",
    ]
    var group = ""
    for entry in Parameters.catalogue {
      if entry.group != group {
        group = entry.group
        lines += ["", "## \(group)", "", "| key | default | range | rule | what it is | source |"]
        lines += ["|---|---|---|---|---|---|"]
      }
      let standard = entry.standard.map { plain($0) } ?? "**site**"
      let range = "\(plain(entry.range.lowerBound)) … \(plain(entry.range.upperBound))"
      lines.append(
        "| `\(entry.key)` | \(standard) | \(range) | \(entry.rule.rawValue) | \(entry.summary) | \(entry.source) |"
      )
    }
    try compare(lines.joined(separator: "\n") + "\n", with: "docs/parameters.md")
  }

  @Test func theSchemaInTheRepositoryIsTheOneThatIsGenerated() throws {
    try compare(ConfigurationSchema.json() + "\n", with: "config/wellspring.schema.json")
  }

  @Test func theReportOfTheShippedPlantTellsAllOfIt() throws {
    let plant = try #require(
      PlantLoader.load(path: configPath("sports-centre.yaml")).plant?.plant)
    try compare(
      PlantReport.text(for: plant) + "\n",
      with: "Tests/PlantConfigurationTests/Goldens/report-of-the-sports-centre.txt")
  }

  @Test func theLongestScanFollowsTheShortestLimit() throws {
    var plant = try #require(
      PlantLoader.load(path: configPath("sports-centre.yaml")).plant?.plant)
    plant.parameters.proofMaximumAge = .seconds(60)
    plant.parameters.proofOfRunning = .seconds(9)
    let byDeadline = ScanLimit.longest(for: plant)
    #expect(byDeadline.period == .seconds(4.5))
    #expect(byDeadline.why == "half of proof_of_running_seconds")
    plant.parameters.proofMaximumAge = .seconds(12)
    let byAge = ScanLimit.longest(for: plant)
    #expect(byAge.period == .seconds(4))
    #expect(byAge.why == "a third of proof_maximum_age_seconds")
  }

  @Test func everyDefaultIsInItsRangeAndEveryKeyEndsWithItsUnit() {
    var keys: Set<String> = []
    for entry in Parameters.catalogue {
      #expect(keys.insert(entry.key).inserted, "\(entry.key) stands twice")
      #expect(entry.key.hasSuffix("_" + entry.unit.rawValue), "\(entry.key)")
      if let standard = entry.standard {
        #expect(entry.range.contains(standard), "\(entry.key)")
        #expect(abs(entry.get(Parameters()) - standard) < 1e-9, "\(entry.key)")
      }
    }
  }

  private func plain(_ number: Double) -> String {
    number == number.rounded() ? "\(Int(number))" : "\(number)"
  }

  private func compare(_ made: String, with name: String) throws {
    let path = repositoryPath(name)
    if ProcessInfo.processInfo.environment["WELLSPRING_GOLDENS"] == "write" {
      try made.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(try text(of: path) == made)
  }
}
