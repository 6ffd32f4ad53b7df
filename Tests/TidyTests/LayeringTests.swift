import Foundation
import Testing

/// Each target imports what its row of `Package.swift` allows, and nothing else.
@Suite struct LayeringTests {
  private let targets: [Target]

  init() throws { targets = try Target.all() }

  /// What the toolchain and the system offer to targets that are not pure.
  private static let system: Set<String> = ["Glibc", "Dispatch", "Synchronization"]

  private func imports(of target: Target) throws -> [(file: String, module: String)] {
    try Repository.swift(in: "Sources/" + target.name).flatMap { file in
      file.lines.compactMap { line in
        line.firstMatch(of: /^(?:@\w+ )*(?:public |package |internal )?import (?:\w+ )?(\w+)/).map {
          (file.name, String($0.1))
        }
      }
    }
  }

  @Test func everyFolderOfSourcesIsATargetOfThePackage() throws {
    let folders = try FileManager.default
      .contentsOfDirectory(atPath: Repository.root.appendingPathComponent("Sources").path)
    #expect(Set(folders) == Set(targets.map(\.name)))
  }

  @Test func dependenciesRunUpwardsOnly() {
    var above: Set<String> = []
    for target in targets {
      #expect(Set(target.dependencies).isSubset(of: above), "\(target.name)")
      above.insert(target.name)
    }
  }

  @Test func everyTargetImportsOnlyWhatItsRowAllows() throws {
    var seen = 0
    for target in targets where target.kind.isSwift {
      var allowed = Set(target.dependencies)
      if target.kind != .core { allowed.formUnion(LayeringTests.system) }
      for (file, module) in try imports(of: target) {
        #expect(allowed.contains(module), "\(file) imports \(module)")
        seen += 1
      }
    }
    #expect(seen > 100)
  }

  @Test func noRowAllowsWhatItsTargetDoesNotImport() throws {
    for target in targets where target.kind.isSwift {
      let used = Set(try imports(of: target).map(\.module))
      let unused = target.dependencies.filter { !used.contains($0) }
      #expect(unused == [], "\(target.name)")
    }
  }

  /// The bench alone goes around the adapters, to measure what they cost.
  @Test func everyLibraryOfCHasOneAdapter() throws {
    for library in targets where library.kind == .systemLibrary {
      let users = try targets.filter { target in
        try target.kind == .shell && imports(of: target).contains { $0.module == library.name }
      }
      #expect(users.count == 1, "\(library.name) is imported by \(users.map(\.name))")
    }
  }

  @Test func theArchitectureNamesEveryTarget() throws {
    let rows = try Repository.file("ARCHITECTURE.md").lines.filter { $0.hasPrefix("| `") }
    let named = Set(
      rows.flatMap { $0.split(separator: "|")[0].matches(of: /`([\w-]+)`/) }.map { String($0.1) })
    for target in targets { #expect(named.contains(target.name), "\(target.name)") }
  }

  /// Iterating a set or a dictionary gives another order in every run.
  @Test func pureTargetsKeepNothingUnordered() throws {
    for target in targets where target.kind == .core {
      for file in try Repository.swift(in: "Sources/" + target.name) {
        for line in file.lines where !line.contains("///") {
          let isUnordered =
            line.firstMatch(of: /\bSet[<(]|\bDictionary[<(]|\[[A-Z]\w* ?: [A-Z]\w*\]|\[:\]/) != nil
          let isLookUp = file.name.hasSuffix("/Archive.swift")
          #expect(!isUnordered || isLookUp, "\(file.name): \(line)")
        }
      }
    }
  }
}
