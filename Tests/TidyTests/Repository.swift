import Foundation

/// The files of the repository, as the tidy tests read them.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  struct File {
    let name: String
    let text: String
    var lines: [String] { text.components(separatedBy: "\n") }
  }

  static func file(_ name: String) throws -> File {
    File(
      name: name,
      text: try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8))
  }

  /// Every file below `folders` with one of `endings`, in a fixed order.
  static func files(in folders: [String], ending endings: [String]) throws -> [File] {
    try folders.flatMap { folder -> [File] in
      let found = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
      var names: [String] = []
      while let name = found?.nextObject() as? String {
        let isFile = found?.fileAttributes?[.type] as? FileAttributeType == .typeRegular
        if isFile, endings.contains(where: { name.hasSuffix($0) }) { names.append(name) }
      }
      return try names.sorted().map { try file(folder + "/" + $0) }
    }
  }

  static func swift(in folder: String) throws -> [File] {
    try files(in: [folder], ending: [".swift"])
  }

  /// Everything that a person wrote as text, this folder's own patterns left out.
  static func everything() throws -> [File] {
    let below = try files(
      in: ["Sources", "Tests", "docs", "scripts", "tools", "config", "systemd", ".ci"],
      ending: [
        ".swift", ".md", ".py", ".yaml", ".service", ".sysusers", ".tmpfiles", ".8", ".1", ".h",
        ".c", "install", "uninstall", "setup", "test", "demo", "bench", "run",
        "well-diagnosis",
      ])
    let top = try [
      "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "Package.swift",
    ].map(file)
    return (below + top).filter { !$0.name.hasPrefix("Tests/TidyTests") }
  }
}

/// One target as `Package.swift` declares it.
struct Target {
  enum Kind: String {
    case core, shell, program, systemLibrary, target
    /// Swift code of ours, below Sources.
    var isSwift: Bool { self == .core || self == .shell || self == .program }
  }
  let kind: Kind
  let name: String
  let dependencies: [String]

  /// The targets below Sources, in the order of the manifest.
  static func all() throws -> [Target] {
    let manifest = try Repository.file("Package.swift").text
    let start = manifest.range(of: "targets: [\n")!.upperBound
    let body = manifest[start...]
    let pattern =
      /(?:\.(systemLibrary|target)|\b(core|shell|program))\(\s*(?:name: )?"(\w[\w-]*)"(?:,\s*\[([^\]]*)\])?/
    return body.matches(of: pattern).map { match in
      let names = (match.4 ?? "").matches(of: /"([\w-]+)"/).map { String($0.1) }
      return Target(
        kind: Kind(rawValue: String(match.1 ?? match.2!))!, name: String(match.3),
        dependencies: names)
    }
  }
}
