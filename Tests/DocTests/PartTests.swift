import Foundation
import PlantConfiguration
import Testing

/// The parts of a plant that `docs/configure.md` shows, as files beside each other.
@Suite struct PartTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("wellspring-doc-parts-\(getpid())-\(UUID().uuidString)")
  private let shipped: LoadedPlant

  init() throws {
    shipped = try #require(
      PlantLoader.load(path: Documents.path("config/sports-centre.yaml")).plant)
  }

  @Test func thePartsOfTheDocumentAreTheShippedPlant() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let parts = try writeParts()
    #expect(parts == ["main-unit.yaml", "plant.yaml"])
    let (loaded, diagnostics) = load()
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    #expect(loaded?.plant == shipped.plant)
    let overridden = loaded?.composition.overrides.map { "\($0.entry) \($0.former) \($0.value)" }
    #expect(overridden == ["variables.main_units 4 6"])
  }

  @Test func theFaultOfTheDocumentIsToldAsItSays() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try writeParts(breaking: "block: main", with: "block: mian")
    let shown = try DocumentLine.all(of: "docs/configure.md")
      .filter { $0.place == .block("") && $0.text.contains("(used at ") }
      .map { $0.text.trimmingCharacters(in: .whitespaces) }
    let said = load().diagnostics.map { $0.description.replacing(folder.path + "/", with: "") }
    #expect(said == shown)
  }

  private func load() -> (plant: LoadedPlant?, diagnostics: [Diagnostic]) {
    PlantLoader.load(path: folder.appendingPathComponent("plant.yaml").path)
  }

  /// Writes the document's files, and the shipped plant without its main units as `base.yaml`; gives
  /// back the names of the document's.
  private func writeParts(breaking old: String = "", with new: String = "") throws -> [String] {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let units = #/(?:  )main-unit-\d(?:-\w+-valve)?:(?: \{.*\n|\n(?:    .*\n)+)/#
    try write(Documents.text("config/sports-centre.yaml").replacing(units, with: ""), "base.yaml")
    var parts: [(name: String, text: String)] = []
    for line in try DocumentLine.all(of: "docs/configure.md")
    where line.place == .block("yaml part") {
      if line.text.hasPrefix("# ") { parts.append((String(line.text.dropFirst(2)), "")) }
      parts[parts.count - 1].text += line.text + "\n"
    }
    for (name, text) in parts {
      try write(old.isEmpty ? text : text.replacing(old, with: new), name)
    }
    return parts.map(\.name)
  }

  private func write(_ text: String, _ name: String) throws {
    try text.write(
      to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
  }
}
