/// Puts a plant together from its files, variables and templates, before its sections are read.
///
/// Files are taken in order, the included before the one that includes it. Every node keeps the
/// mark where it was written.
final class Composer {
  /// A file of the plant.
  struct File {
    var origin: Int
    var document: Node
    /// The origins of all files below it.
    var below: Set<Int>
  }

  let diagnostics: Diagnostics
  /// Whether something was told that makes what follows doubtful.
  var hasFailed = false
  /// Each after all that it includes.
  var files: [File] = []
  /// By file, its place in `files`; nil while its own includes are read.
  var known: [SourceFile.Identity: Int?] = [:]
  var fileCount = 0
  var byteCount = 0
  var overrides: [Composition.Override] = []
  var templates: [String: Template] = [:]
  /// The root of the plant.
  let plant: Branch
  /// Whether a bound was told: nothing more is made.
  var isOver = false
  var useCount = 0
  var nodeCount = 0
  var characterCount = 0

  init(_ diagnostics: Diagnostics) {
    self.diagnostics = diagnostics
    plant = Branch(Mark(line: 1, column: 1))
  }

  /// The whole plant as one document without `include`, `variables`, `templates` and `use`; nil when
  /// it could not be put together.
  func compose(_ source: SourceFile) -> (document: Node, composition: Composition)? {
    guard let document = Parser(bytes: source.bytes, diagnostics: diagnostics).document() else {
      if !diagnostics.hasErrors {
        error(
          Mark(line: 1, column: 1), "the file is empty", "describe a plant: see docs/configure.md")
      }
      return nil
    }
    guard case .map = document.content else { return (document, Composition()) }
    byteCount = source.bytes.count
    fileCount = 1
    if let identity = source.identity { known[identity] = .some(nil) }
    read(document, origin: 0, depth: 0)
    if !hasFailed { mergeFiles() }
    guard !hasFailed else {
      // No section will be read, and a misspelt key may be the cause.
      for file in files { Section.tellUnknownKeys(file.document, diagnostics) }
      return nil
    }
    let names = files.map { diagnostics.origin($0.origin).file }
    return (plant.node, Composition(files: names, overrides: overrides))
  }

  func error(_ mark: Mark, _ what: String, _ advice: String) {
    hasFailed = true
    diagnostics.error(mark, what, advice)
  }

  /// The texts of a list, each told where it is none.
  func texts(_ node: Node, _ key: String) -> [Node] {
    guard case .list(let items) = node.content else {
      error(node.mark, "\(node.kind) for '\(key)'", "write a list: [a, b]")
      return []
    }
    return items.filter { item in
      if let text = item.text, !text.isEmpty { return true }
      error(item.mark, "\(item.kind) in '\(key)'", "write one name or word")
      return false
    }
  }

  /// The entries of a section, by name; none where there is no section.
  func entries(_ node: Node?, _ key: String) -> [(key: Node, value: Node)] {
    guard let node else { return [] }
    guard case .map(let pairs) = node.content else {
      error(
        node.mark, "\(node.kind) where '\(key)' should be a section",
        "write its keys indented below it")
      return []
    }
    return pairs.filter { $0.key.text != nil }
  }
}
