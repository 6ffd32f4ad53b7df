import Foundation

/// The documents of the repository, taken apart.
enum Documents {
  /// The repository's folder.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func path(_ name: String) -> String { root.appendingPathComponent(name).path }

  static func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// Every document for people, in a fixed order.
  static func names() throws -> [String] {
    let folder = try FileManager.default.contentsOfDirectory(atPath: path("docs"))
    return ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
      + folder.filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
  }

  static func files(in folder: String, ending: String) throws -> [String] {
    let found = FileManager.default.enumerator(atPath: path(folder))
    return (found?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(ending) }.sorted()
      .map { folder + "/" + $0 }
  }
}

/// One line of a document and what kind of text it stands in.
struct DocumentLine {
  enum Place: Equatable {
    case prose
    /// In a fenced block of this language; "" for an indented or unnamed block.
    case block(String)
  }
  let document: String
  let number: Int
  let text: String
  let place: Place

  static func all(of name: String) throws -> [DocumentLine] {
    var language: String?
    var lines: [DocumentLine] = []
    for (index, text) in try Documents.text(name).components(separatedBy: "\n").enumerated() {
      if text.hasPrefix("```") {
        language = language == nil ? String(text.dropFirst(3)) : nil
        continue
      }
      let place = language.map { Place.block($0) } ?? (text.hasPrefix("    ") ? .block("") : .prose)
      lines.append(DocumentLine(document: name, number: index + 1, text: text, place: place))
    }
    return lines
  }

  /// What stands between backticks.
  var spans: [String] {
    let parts = text.components(separatedBy: "`")
    return parts.indices.filter { $0 % 2 == 1 && $0 < parts.count - 1 }.map { parts[$0] }
  }

  /// The cells of a table's row; empty for any other line.
  var cells: [String] {
    guard text.hasPrefix("| "), text.hasSuffix("|") else { return [] }
    return text.dropFirst().dropLast().components(separatedBy: "|")
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
