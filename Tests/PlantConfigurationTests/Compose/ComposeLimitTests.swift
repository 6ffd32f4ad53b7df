import Foundation
import Testing

@testable import PlantConfiguration

/// What grows out of few lines is refused before it has grown.
@Suite struct ComposeLimitTests {
  @Test func filesBelowEachOtherAreBounded() throws {
    let folder = try PartsFolder([])
    for depth in 0..<10 {
      try folder.write(
        "include: [\(depth + 1).yaml]\nplant: { name: \(depth) }\n", to: "\(depth).yaml")
    }
    try folder.write("variables: {}\n", to: "10.yaml")
    let told = folder.told(folder.load("0.yaml").diagnostics)
    #expect(told.contains("8.yaml:1:11: error: included deeper than 8 files — "))
    #expect(told.contains("(used at 7.yaml:1, at 6.yaml:1, at 5.yaml:1"))
    #expect(!folder.told(folder.load("2.yaml").diagnostics).contains("deeper"))
  }

  @Test func filesBesideEachOtherAreBounded() throws {
    let folder = try PartsFolder([])
    let names = (1...64).map { "\($0).yaml" }
    for name in names { try folder.write("variables: {}\n", to: name) }
    try folder.write("include: [\(names.joined(separator: ", "))]\n", to: "plant.yaml")
    let diagnostics = folder.load().diagnostics
    #expect(
      diagnostics.map(\.what) == ["more than 64 files or 8388608 bytes together"])
    let filler = String(repeating: "#", count: (4 << 20) - 100) + "\n"
    for name in names { try folder.write(filler + "variables: {}\n", to: name) }
    try folder.write("include: [1.yaml, 2.yaml, 3.yaml]\n", to: "plant.yaml")
    #expect(folder.load().diagnostics.map(\.what) == diagnostics.map(\.what))
  }

  /// What is no file is not waited for, nor read without end.
  @Test func pipesAndDevicesAreNotRead() throws {
    let folder = try PartsFolder([("plant.yaml", "include: [pipe, /dev/zero]\n")])
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    let what = folder.load().diagnostics.map(\.what)
    #expect(
      what == [
        "'pipe' cannot be read: no regular file", "'/dev/zero' cannot be read: no regular file",
      ])
  }

  @Test func templatesInTemplatesAreBounded() throws {
    var text = "use: [{ template: t0 }]\ntemplates:\n"
    for depth in 0..<12 {
      text += "  t\(depth): { sections: { use: [{ template: t\(depth + 1) }] } }\n"
    }
    text += "  t12: { sections: {} }\n"
    let what = try refusals(text)
    #expect(what == ["templates in templates deeper than 8"])
  }

  /// Eight templates that each use the next ten times: 10⁸ in all.
  @Test func usesAreCountedThroughAllDepths() throws {
    var text = "use: [{ template: t0, for: { i: 1..10 } }]\ntemplates:\n"
    for depth in 0..<7 {
      text +=
        "  t\(depth): { sections: { use: [{ template: t\(depth + 1), for: { i: 1..10 } }] } }\n"
    }
    text += "  t7: { sections: {} }\n"
    let what = try refusals(text)
    #expect(what == ["templates are used more than 20000 times"])
  }

  @Test func valuesAreCounted() throws {
    let list = Array(repeating: "0", count: 1000).joined(separator: ",")
    let many = "templates: { t: { sections: { devices: [\(list)] } } }\n"
    let grown = "the plant grows beyond 1000000 values or 16777216 characters"
    #expect(try refusals(many + "use: [{ template: t, for: { i: 1..20000 } }]\n") == [grown])
    let long = String(repeating: "x", count: 1000)
    let wide = "templates: { t: { parameters: [x], sections: { devices: [\"${x}\"] } } }\n"
    let use = "use: [{ template: t, for: { i: 1..20000 }, with: { x: \(long) } }]\n"
    #expect(try refusals(wide + use) == [grown])
  }

  @Test func variablesInVariablesAreBounded() throws {
    var text = "variables:\n  v0: 1\n"
    for number in 1...40 { text += "  v\(number): ${v\(number - 1)}\n" }
    // Each is asked for in the order of its name, which is v0, v1, v10: nine below that, and so on.
    #expect(try refusals(text + "plant: {}\n").contains { $0.contains("too many") } == false)
    let deep = text.replacing("v0: 1\n", with: "v0: 1\n  a: ${v40}\n")
    #expect(
      try refusals(deep + "plant: {}\n").contains("the variable 'v9' is made of too many others"))
  }

  /// Aliases cannot multiply what stands in a file.
  @Test func aliasesAreRefusedInPartsToo() throws {
    let folder = try PartsFolder.shipped(mainUnit: "templates: &all { a: 1 }\nuse: [*all, *all]\n")
    let told = folder.told(folder.load().diagnostics)
    #expect(told.contains("parts/main-unit.yaml:1:12: error: an anchor (&)"))
  }

  private func refusals(_ text: String) throws -> [String] {
    let (loaded, diagnostics) = PlantLoader.load(bytes: Array(text.utf8), file: "plant.yaml")
    #expect(loaded == nil)
    return diagnostics.map(\.what)
  }
}
