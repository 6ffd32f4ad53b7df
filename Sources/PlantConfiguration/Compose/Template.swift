/// Sections that are written once and made for each use.
struct Template {
  static let keys = ["parameters", "sections"]

  var name: String
  /// The names that each use gives a value.
  var parameters: [String]
  /// What it makes, without its uses of other templates.
  var sections: Node
  var uses: [Node]
}

extension Composer {
  /// The templates that all files together describe.
  func templates(_ drafts: Branch) -> [String: Template] {
    var templates: [String: Template] = [:]
    for (key, part) in drafts.entries {
      guard let name = key.text else { continue }
      templates[name] = template(name, part.node)
    }
    return templates
  }

  private func template(_ name: String, _ node: Node) -> Template? {
    var template = Template(
      name: name, parameters: [], sections: Node(content: .map([]), mark: node.mark), uses: [])
    let pairs = entries(node, name)
    for (key, value) in pairs {
      switch key.text {
      case "parameters": template.parameters = parameters(value)
      case "sections": split(value, &template)
      default: unknown(key, in: "template '\(name)'", Template.keys)
      }
    }
    if !pairs.contains(where: { $0.key.text == "sections" }) {
      error(node.mark, "the template '\(name)' lacks 'sections'", "state what it makes")
    }
    return template
  }

  func unknown(_ key: Node, in place: String, _ keys: [String]) {
    let word = key.text ?? ""
    error(
      key.mark, "unknown key '\(word)' in the \(place)", suggestion(for: word, among: keys, "key"))
  }

  private func parameters(_ node: Node) -> [String] {
    texts(node, "parameters").compactMap { item in
      let name = item.text ?? ""
      if Formula.isName(name) { return name }
      error(
        item.mark, "'\(name)' is no name of a parameter",
        "use letters, digits and _, no digit first, at most 64")
      return nil
    }
  }

  private func split(_ node: Node, _ template: inout Template) {
    var sections: [(key: Node, value: Node)] = []
    for (key, value) in entries(node, "sections") {
      switch key.text {
      case "use": template.uses = items(value)
      case "include", "variables", "templates":
        error(
          key.mark, "'\(key.text ?? "")' in the template '\(template.name)'",
          "write it at the top of a file")
      default: sections.append((key, value))
      }
    }
    template.sections = Node(content: .map(sections), mark: node.mark)
  }
}
