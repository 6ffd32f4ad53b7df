import PlantModel

/// A list of named things in the plant's order, and the marks where they stand.
struct Names<Kind> {
  let thing: Key.Thing
  private(set) var names: [String]
  private let diagnostics: Diagnostics

  /// Beginnings of names that nothing is said about: the fault is told elsewhere.
  private let blind: [String]

  init(
    _ thing: Key.Thing, _ names: [String], _ diagnostics: Diagnostics, blind: [String] = []
  ) {
    self.blind = blind
    self.thing = thing
    self.names = names
    self.diagnostics = diagnostics
  }

  func find(_ name: String) -> ID<Kind>? { names.firstIndex(of: name).map { ID($0) } }

  /// The thing that `node` names; says so when there is none.
  func find(_ node: Node) -> ID<Kind>? {
    guard let text = node.text else {
      diagnostics.error(
        node.mark, "\(node.kind) where a \(thing.rawValue) should be named", "write its name")
      return nil
    }
    if let found = find(text) { return found }
    if blind.contains(where: { text.hasPrefix($0) }) { return nil }
    diagnostics.error(
      node.mark, "there is no \(thing.rawValue) '\(text)'",
      suggestion(for: text, among: names, thing.rawValue))
    return nil
  }

  func find(_ section: Section, _ key: String) -> ID<Kind>? {
    guard let text = section.text(key) else { return nil }
    return find(Node(content: .scalar(text, isPlain: true), mark: section.mark(of: key)))
  }
}
