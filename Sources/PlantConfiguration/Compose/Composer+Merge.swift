extension Composer {
  /// The keys by which a plant is put together; none of them is left in it.
  static let keys = ["include", "variables", "templates", "use"]

  /// Merges all files, then makes what their templates make.
  func mergeFiles() {
    let given = Branch(Mark(line: 1, column: 1))
    let drafts = Branch(Mark(line: 1, column: 1))
    for file in files { merge(sections("variables", of: file), into: given, "variables") }
    let variables = variables(given)
    let scope = Scope(variables: variables)
    var uses: [Node] = []
    for file in files {
      guard case .map(let pairs) = file.document.content else { continue }
      let own = pairs.filter { !Composer.keys.contains($0.key.text ?? "") }
      merge(fill(Node(content: .map(own), mark: file.document.mark), scope), into: plant, "")
      merge(sections("templates", of: file), into: drafts, "templates")
      if let list = pairs.first(where: { $0.key.text == "use" })?.value { uses += items(list) }
    }
    tellIfFull(plant.mark)
    guard !hasFailed else { return }
    templates = templates(drafts)
    guard !hasFailed else { return }
    for use in uses where !isOver { expand(use, scope, []) }
  }

  /// The section `key` of a file, empty where there is none.
  private func sections(_ key: String, of file: File) -> Node {
    let empty = Node(content: .map([]), mark: file.document.mark)
    guard case .map(let pairs) = file.document.content,
      let value = pairs.first(where: { $0.key.text == key })?.value
    else { return empty }
    return Node(content: .map(entries(value, key)), mark: value.mark)
  }

  /// The items of a `use`.
  func items(_ node: Node) -> [Node] {
    guard case .list(let items) = node.content else {
      error(node.mark, "\(node.kind) for 'use'", "write a list of uses: - { template: … }")
      return []
    }
    return items
  }

  private func variables(_ given: Branch) -> Variables {
    var nodes: [String: Node] = [:]
    for (key, part) in given.entries {
      guard let name = key.text else { continue }
      guard Formula.isName(name) else {
        error(
          key.mark, "'\(name)' is no name of a variable",
          "use letters, digits and _, no digit first, at most 64")
        continue
      }
      guard case .scalar(let node) = part else {
        error(part.mark, "\(part.node.kind) for the variable '\(name)'", "write one value")
        continue
      }
      nodes[name] = node
    }
    let variables = Variables(nodes) { [self] in error($0, $1, $2) }
    // Those that nobody asks for are checked too.
    for name in nodes.keys.sorted() { _ = try? variables.value(name) }
    return variables
  }

  /// Merges what a file says into what those before it said. Sections are merged by key. Anything else
  /// takes the place of what a file below says; what two files say, neither above the other, is told
  /// once in a section.
  private func merge(_ node: Node, into branch: Branch, _ path: String) {
    guard case .map(let pairs) = node.content else { return }
    branch.mark = node.mark
    var isTold = false
    for (key, value) in pairs {
      guard let text = key.text else { continue }
      let entry = path.isEmpty ? text : path + "." + text
      guard let former = branch[text] else {
        dropAlternatives(to: text, value, branch, path)
        branch.set(key, Branch.part(value))
        continue
      }
      if case .branch(let inner) = former.part, case .map = value.content {
        merge(value, into: inner, entry)
      } else if isAbove(value.mark, former.part.mark) {
        let part = Branch.part(value)
        overrides.append(
          Composition.Override(
            entry: entry, value: part.shown, place: diagnostics.place(part.mark),
            former: former.part.shown, formerPlace: diagnostics.place(former.part.mark)))
        branch.set(key, part)
      } else if key.mark.origin != former.key.mark.origin, !isTold {
        isTold = true
        error(
          key.mark, "'\(entry)' stands in \(diagnostics.place(former.key.mark)) too",
          "keep one of them, or give it in a file that includes both")
      }
    }
  }

  /// Keys that say the same in two ways: one in a file above takes the place of the other.
  private static let alternatives = [
    "scale": ["full_scale", "full_scale_raw"], "full_scale": ["scale"], "one_of": ["none_of"],
    "none_of": ["one_of"], "bit": ["mask"], "mask": ["bit"],
  ]

  private func dropAlternatives(
    to key: String, _ value: Node, _ branch: Branch, _ path: String
  ) {
    for other in Composer.alternatives[key] ?? [] {
      guard let former = branch[other], isAbove(value.mark, former.part.mark) else { continue }
      overrides.append(
        Composition.Override(
          entry: path + "." + key, value: Branch.part(value).shown,
          place: diagnostics.place(value.mark), former: "\(other) \(former.part.shown)",
          formerPlace: diagnostics.place(former.part.mark)))
      branch.remove(other)
    }
  }

  private func isAbove(_ one: Mark, _ other: Mark) -> Bool {
    files.first { $0.origin == one.origin }?.below.contains(other.origin) ?? false
  }

  /// Merges what a template makes into the plant: sections by key, lists one after the other; a value
  /// that is there already is told once in a section.
  func add(_ node: Node, to branch: Branch, _ path: String) {
    guard case .map(let pairs) = node.content else { return }
    var isTold = false
    for (key, value) in pairs {
      guard let text = key.text else { continue }
      let entry = path.isEmpty ? text : path + "." + text
      guard let former = branch[text] else {
        branch.set(key, Branch.part(value))
        continue
      }
      switch (former.part, value.content) {
      case (.branch(let inner), .map): add(value, to: inner, entry)
      case (.list(let list), .list(let nodes)): list.nodes += nodes
      default:
        guard !isTold else { continue }
        isTold = true
        let note = diagnostics.origin(former.key.mark.origin).note
        error(
          key.mark, "'\(entry)' is given twice",
          "it stands in \(diagnostics.place(former.key.mark)) already"
            + (note.isEmpty ? "" : ", \(note)") + ": keep one of them")
      }
    }
  }
}
