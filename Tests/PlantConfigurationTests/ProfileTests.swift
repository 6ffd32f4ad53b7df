import Foundation
import PlantConfiguration
import PlantModel
import Quantities
import Testing

/// Device profiles: what the loader takes and refuses, and that every shipped one is sound.
@Suite struct ProfileTests {
  /// A plant with one more device of the type `x`, described by `type`.
  private func load(_ type: String) throws -> (Plant?, [String]) {
    let text = """
      include: [\(configPath("sports-centre.yaml"))]
      device_types:
        x:
          maximum_read_registers: 16
      \(type.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
      devices:
        extra: { type: x, bus: field, unit: 99 }

      """
    let (loaded, diagnostics) = PlantLoader.load(bytes: Array(text.utf8), file: "plant.yaml")
    return (loaded?.plant, diagnostics.map(\.description))
  }

  private static let drive = """
    maker: Somebody
    models: [A, B]
    trust: manual
    sources: ["manual, page 7"]
    line: { baud: 19200, parity: even, stop_bits: 1, unit: 1 }
    identity: { table: holding, address: 40, one_of: [7] }
    on_bus_loss: ["P1 = 2: stops"]
    no_read_across: [12, 24]
    pause_seconds: 0.02
    write_function: multiple
    signals:
      status-word: { direction: input, unit: count, table: holding, address: 3 }
      fault: { direction: input, unit: digital, table: holding, address: 3, mask: 12, one_of: [1, 2] }
      flow: { direction: input, unit: count, table: input, address: 1, format: u64, word_order: DCBA, valid_when: fault }
      energy: { direction: input, unit: kilowatt_hours, table: input, address: 5, every_seconds: 60, maximum_age_seconds: 200 }
      run: { direction: output, unit: digital, table: holding, address: 0, words: [7, 15], shown_by: fault, steps: [{ status: status-word, mask: 111, is: [64], write: 6 }] }
      speed: { direction: output, unit: hertz, table: holding, address: 1, full_scale: 50, full_scale_raw: 20000, min: 0, max: 50, write_only: true, refresh_seconds: 1200, minimum_write_seconds: 2, writes_a_day: 100 }
    """

  @Test func aProfileSaysAllThatADeviceAsksFor() throws {
    let (loaded, told) = try load(ProfileTests.drive)
    let plant = try #require(loaded, "\(told)")
    let device = try #require(plant.devices.first { $0.name == "extra" })
    let point = { (name: String) in try #require(plant.points.first { $0.name == "extra." + name })
    }
    let place = { (name: String) in plant.points.firstIndex { $0.name == "extra." + name } }
    #expect(device.blockStarts == [12, 24] && device.writeFunction == .multiple)
    #expect(device.pause == .seconds(0.02))
    let profile = try #require(device.profile)
    #expect(profile.trust == .manual && profile.models == ["A", "B"])
    #expect(profile.line.baud == 19_200 && profile.onBusLoss == ["P1 = 2: stops"])
    #expect(
      profile.identity == DeviceProfile.Identity(table: .holding, address: 40, oneOf: [7]))
    #expect(try point("fault").register.part == .field(mask: 12))
    #expect(try point("fault").register.oneOf == [1, 2])
    #expect(try point("flow").validWhen?.index == place("fault"))
    #expect(try point("flow").register.wordOrder == .dcba)
    #expect(try point("energy").every == .seconds(60))
    let run = try point("run")
    #expect(run.register.words == [7, 15] && run.writing.status?.index == place("status-word"))
    #expect(run.writing.word(at: 0x250) == 6 && run.writing.word(at: 0x231) == nil)
    #expect(run.writing.shownBy?.index == place("fault"))
    let speed = try point("speed")
    #expect(speed.register.encode(50) == [20_000] && !speed.writing.isReadBack)
    #expect(speed.writing.refresh == .seconds(1200) && speed.writing.dailyBudget == 100)
    #expect(speed.writing.minimumInterval == .seconds(2))
  }

  private static let input = "direction: input, unit: count, table: holding, address: 0"
  private static let output = "direction: output, unit: digital, table: holding, address: 0"

  @Test(arguments: [
    ("maker: Somebody\nsignals: {}", "'maker' without 'trust'"),
    ("signals: { a: { \(input), valid_when: b } }", "'a' names 'b', which is no input"),
    ("signals: { a: { \(input), write_only: true } }", "'write_only' of an input"),
    ("signals: { a: { \(input), mask: 6, format: i16 } }", "a mask in 'a'"),
    ("signals: { a: { \(input), full_scale: 50 } }", "'a' has no clear scale"),
    (
      "signals: { a: { \(input), every_seconds: 10 } }",
      "'a' is read every 10 s and stale after 10 s"
    ),
    ("signals: { a: { \(output), words: [7] } }", "'words' of 'a'"),
    ("signals: { a: { \(output), words: [7, 7] } }", "'words' of 'a'"),
    (
      "signals: { a: { \(output), steps: [{ status: b, mask: 1, is: [1], write: 1 }] }, b: { \(input) } }",
      "'steps' without 'words'"
    ),
    (
      "signals: { a: { \(output), words: [0, 1], steps: [{ status: b, mask: 1, is: [2], write: 1 }] }, b: { \(input) } }",
      "2 has bits that the mask 1 leaves out"
    ),
    (
      "signals: { a: { \(output), words: [0, 1], steps: [{ status: b, mask: 1, write: 1 }] }, b: { \(input) } }",
      "a step of 'a' needs one of 'is' and 'is_not'"
    ),
    (
      "signals: { a: { \(output), words: [0, 1], steps: [{ status: b, mask: 1, is: [1], is_not: [0], write: 1 }] }, b: { \(input) } }",
      "a step of 'a' needs one of 'is' and 'is_not'"
    ),
    (
      "signals: { a: { \(output), words: [0, 1], steps: [{ status: b, mask: 1, is: [1], write: 1 }, { status: c, mask: 1, is: [0], write: 1 }] }, b: { \(input) }, c: { direction: input, unit: count, table: input, address: 0 } }",
      "the steps of 'a' go by two status words"
    ),
    (
      "signals: { a: { \(output), refresh_seconds: 4, writes_a_day: 100 } }",
      "'a' is to be refreshed more often than it may be written"
    ),
    (
      "signals: { a: { \(output), words: [0, 1], steps: [{ status: b, mask: 1, is: [1], write: 1 }] }, b: { \(input), scale: 0.1 } }",
      "'extra.b' is no status word"
    ),
    ("signals: { a: { \(input), bit: 1, mask: 6 } }", "'bit' and 'mask' of 'a'"),
    ("signals: { a: { \(input), one_of: [1], none_of: [0] } }", "'one_of' and 'none_of' of 'a'"),
    (
      "write_function: single\nsignals: { a: { direction: output, unit: count, table: holding, address: 9, format: u32 } }",
      "'a' has 2 registers, and write_function single writes one"
    ),
    ("signals: { a: { \(input), no_value: [65536] } }", "no_value 65536 in the format u16"),
  ])
  func whatMakesNoSenseIsToldWhereItStands(_ type: String, _ told: String) throws {
    let (plant, diagnostics) = try load(type)
    #expect(plant == nil)
    #expect(
      diagnostics.contains { $0.hasPrefix("plant.yaml:") && $0.contains(told) }, "\(diagnostics)")
  }

  @Test(arguments: [
    ("point: sensors-1.outdoor", "a check of 'sensors-1.outdoor' that asks for nothing"),
    (
      "point: ground-pump-1.running, frozen_after_seconds: 60",
      "'frozen_after_seconds' of a signal with two states"
    ),
  ])
  func aCheckThatWouldDoHarmOrNothingIsRefused(_ check: String, _ told: String) throws {
    let text = """
      include: [\(configPath("sports-centre.yaml"))]
      value_checks:
        - { \(check) }

      """
    let (loaded, diagnostics) = PlantLoader.load(bytes: Array(text.utf8), file: "plant.yaml")
    #expect(loaded == nil)
    #expect(
      diagnostics.contains {
        $0.description.contains("plant.yaml:3") && $0.description.contains(told)
      },
      "\(diagnostics)")
  }

  /// As the doctor advises: a scale in the plant's file takes the place of a profile's full scale.
  @Test func aPlantsScaleTakesThePlaceOfItsProfilesFullScale() throws {
    let text = """
      include: [\(configPath("sports-centre.yaml")), \(configPath("devices/chint-dtsu666.yaml"))]
      device_types:
        chint-dtsu666:
          signals:
            power: { scale: 0.000001 }
      devices:
        extra: { type: chint-dtsu666, bus: field, unit: 99 }

      """
    let (loaded, diagnostics) = PlantLoader.load(bytes: Array(text.utf8), file: "plant.yaml")
    let plant = try #require(loaded?.plant, "\(diagnostics)")
    #expect(plant.points.first { $0.name == "extra.power" }?.register.scale == 0.000001)
    #expect(
      loaded?.composition.overrides.contains { $0.former.hasPrefix("full_scale ") } == true)
  }

  private static var shipped: [String] {
    let files = try? FileManager.default.contentsOfDirectory(atPath: configPath("devices"))
    return (files ?? []).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }

  @Test func thereAreAsManyProfilesAsAreClaimed() {
    #expect(ProfileTests.shipped.count >= 30)
  }

  @Test(arguments: shipped)
  func aShippedProfileIsSound(_ name: String) throws {
    let text = """
      include: [\(configPath("sports-centre.yaml")), \(configPath("devices/\(name).yaml"))]
      devices:
        extra: { type: \(name), bus: field, unit: 99 }

      """
    let (loaded, diagnostics) = PlantLoader.load(bytes: Array(text.utf8), file: "plant.yaml")
    let plant = try #require(loaded?.plant, "\(diagnostics)")
    let device = try #require(plant.devices.first { $0.name == "extra" })
    let profile = try #require(device.profile, "\(name) has no trust")
    #expect(!profile.maker.isEmpty && !profile.models.isEmpty && !profile.sources.isEmpty)
    let points = plant.points.filter { plant[$0.device].name == "extra" }
    for output in points where output.direction == .output {
      #expect(output.register.encode(output.safeValue) != nil, "\(output.name)")
    }
    // A command without a word for each wish would leave a machine as it is.
    if let run = points.first(where: { $0.name == "extra.run-command" }) {
      #expect(run.register.encode(0) != run.register.encode(1))
      #expect(points.contains { $0.name == "extra.running" && $0.carriesProof }, "\(name)")
    }
  }

  /// The rows of the table in docs/devices.md, by the name of the profile.
  private static let rows: [String: [String]] = {
    let text = (try? PlantConfigurationTests.text(of: repositoryPath("docs/devices.md"))) ?? ""
    var rows: [String: [String]] = [:]
    for line in text.split(separator: "\n") where line.contains("(../config/devices/") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard let first = cells.first, let end = first.firstIndex(of: "]") else { continue }
      rows[String(first[first.index(after: first.startIndex)..<end])] = cells
    }
    return rows
  }()

  @Test(arguments: shipped)
  func theTableOfProfilesSaysWhatTheirFilesSay(_ name: String) throws {
    let row = try #require(ProfileTests.rows[name], "\(name) is not in docs/devices.md")
    let file = try PlantConfigurationTests.text(of: configPath("devices/\(name).yaml"))
    let value = { (key: String) in
      file.split(separator: "\n").first { $0.hasPrefix("    \(key): ") }
        .map { $0.dropFirst("    \(key): ".count).prefix { !" #".contains($0) } }
        .map(String.init)
    }
    #expect(row[2] == value("trust"))
    #expect(row[4] == value("maximum_read_registers"))
  }
}
