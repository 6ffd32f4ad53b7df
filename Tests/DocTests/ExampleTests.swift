import Foundation
import PlantModel
import Testing

@testable import PlantConfiguration

/// The device that `docs/configure.md` adds to the shipped plant, read as its readers would.
@Suite struct ExampleTests {
  private let plant: Plant
  private let file: String

  init() throws {
    file = try ExampleTests.plantWithTheExample()
    let (loaded, diagnostics) = PlantLoader.load(bytes: Array(file.utf8), file: "plant.yaml")
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    plant = try #require(loaded).plant
  }

  @Test func theCheckPrintsOfTheExampleWhatTheDocumentSays() throws {
    let printed = PlantReport.text(for: plant).components(separatedBy: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }
    let shown = try DocumentLine.all(of: "docs/configure.md")
      .filter { $0.place == .block("") && $0.text.contains("ground-pump-") }
      .map { $0.text.trimmingCharacters(in: .whitespaces) }
    #expect(shown.count == 2)
    let isMissing = { (line: String) in !printed.contains(line) }
    #expect(shown.filter(isMissing) == [])
  }

  @Test func theCommandsOfTheExampleAreTheWordsOfTheManual() throws {
    let run = try register("run-command")
    #expect(run.encode(1) == [0x047C] && run.encode(0) == [0x043C])
    #expect(run.decode([0x047C]) == 1 && run.decode([0x043C]) == 0)
    let speed = try register("speed-command")
    #expect(speed.encode(50) == [16_384] && speed.encode(25) == [8192])
  }

  @Test func theValuesOfTheExampleAreThoseOfTheManual() throws {
    let status: [UInt16] = [1 << 11 | 1 << 9]
    #expect(try register("running").decode(status) == 1)
    #expect(try register("remote").decode(status) == 1)
    #expect(try register("tripped").decode(status) == 0)
    #expect(try register("tripped").decode([1 << 3]) == 1)
    #expect(try register("frequency").decode([500]) == 50)
    let power = try #require(try register("power").decode([0, 1910]))
    #expect(abs(power - 19.1) < 1e-9)
  }

  @Test func everyKeyOfSignalsDevicesTheirTypesAndBusesIsExplained() throws {
    let explained = try DocumentLine.all(of: "docs/configure.md").compactMap(\.cells.first)
      .flatMap { $0.components(separatedBy: ", ") }
    let spans = Set(try DocumentLine.all(of: "docs/configure.md").flatMap(\.spans))
    for key in SectionKind.signal.keys.map(\.name) {
      #expect(explained.contains("`\(key)`"), "\(key)")
    }
    for key in [SectionKind.bus, .deviceType, .device].flatMap(\.keys).map(\.name) {
      #expect(spans.contains(key), "\(key)")
    }
  }

  private func register(_ signal: String) throws -> Register {
    let name = "ground-pump-7.\(signal)"
    return try #require(plant.points.first { $0.name == name }, "\(name)").register
  }

  /// The shipped plant with the document's lines in their sections, in place of the same device's.
  private static func plantWithTheExample() throws -> String {
    var lines = try Documents.text("config/sports-centre.yaml").components(separatedBy: "\n")
    var section = 0
    for line in try DocumentLine.all(of: "docs/configure.md") where line.place == .block("yaml") {
      let isSection = !line.text.hasPrefix(" ") && !line.text.isEmpty
      if isSection {
        section = try #require(lines.firstIndex(of: line.text), "no section \(line.text)")
        continue
      }
      if let name = line.text.firstMatch(of: /^  [a-z0-9-]+: \{ type:/)?.0 {
        lines.removeAll { $0.hasPrefix(name) }
      }
      section += 1
      lines.insert(line.text, at: section)
    }
    return lines.joined(separator: "\n")
  }
}
