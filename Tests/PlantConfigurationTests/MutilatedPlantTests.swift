import Foundation
import PlantConfiguration
import Testing

/// Whatever stands in a file, the loader answers: with a plant or with at least one error.
@Suite struct MutilatedPlantTests {
  @Test(arguments: ["", "{}", "[]", "-1", "1e300", "99999999999999999999", "other"])
  func aValueOfAnySortIsAnswered(_ replacement: String) throws {
    let lines = try text(of: configPath("sports-centre.yaml")).components(separatedBy: "\n")
    // Another eleventh line for each, so that together they pass over much of the file.
    for place in stride(from: replacement.utf8.count % 11, to: lines.count, by: 11) {
      guard let colon = lines[place].range(of: ": ", options: .backwards) else { continue }
      let isFlow = lines[place].hasSuffix("}")
      var mutilated = lines
      mutilated[place] =
        lines[place][..<colon.upperBound] + replacement + (isFlow ? " }" : "")
      expectAnswer(mutilated)
    }
  }

  @Test func aMissingLineIsAnswered() throws {
    let lines = try text(of: configPath("sports-centre.yaml")).components(separatedBy: "\n")
    for place in stride(from: 0, to: lines.count, by: 9) {
      var mutilated = lines
      mutilated.remove(at: place)
      expectAnswer(mutilated)
    }
  }

  private func expectAnswer(_ lines: [String]) {
    let text = lines.joined(separator: "\n")
    let (loaded, diagnostics) = PlantLoader.load(bytes: Array(text.utf8), file: "plant.yaml")
    let isRefused = diagnostics.contains { $0.severity == .error }
    #expect((loaded == nil) == isRefused)
  }
}
