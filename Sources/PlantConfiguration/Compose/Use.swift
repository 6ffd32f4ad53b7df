/// One item of a `use`: a template, with what each of its makings differs in.
struct Use {
  static let keys = ["template", "for", "with"]

  var mark: Mark
  var template: Template
  var loops: [(name: String, values: [String])] = []
  var with: [(name: String, value: Node)] = []

  /// How often the template is made; nil when that is too often to say.
  var count: Int? {
    var count = 1
    for loop in loops {
      let (product, overflow) = count.multipliedReportingOverflow(by: loop.values.count)
      guard !overflow else { return nil }
      count = product
    }
    return count
  }

  /// The values of the loops at each making, in order: the last loop is the quickest.
  func round(_ number: Int) -> [(name: String, value: String)] {
    var rest = number
    var round: [(name: String, value: String)] = []
    for loop in loops.reversed() {
      round.append((loop.name, loop.values[rest % loop.values.count]))
      rest /= loop.values.count
    }
    return round.reversed()
  }
}

extension Composer {
  /// The use that `node` describes, its template and loops filled in; nil when it was told of.
  func use(_ node: Node, _ scope: Scope) -> Use? {
    var found: [String: Node] = [:]
    for (key, value) in entries(node, "use") {
      if Use.keys.contains(key.text ?? "") {
        found[key.text ?? ""] = value
      } else {
        unknown(key, in: "use", Use.keys)
      }
    }
    guard case .map = node.content else { return nil }
    guard let named = found["template"] else {
      error(node.mark, "a use lacks 'template'", "name the template that is used")
      return nil
    }
    guard let name = text(named, scope, "'template'", { $0 }) else { return nil }
    guard let template = templates[name] else {
      error(
        named.mark, "there is no template '\(name)'",
        suggestion(for: name, among: Array(templates.keys), "template"))
      return nil
    }
    var use = Use(mark: node.mark, template: template)
    for (key, value) in entries(found["for"], "for") {
      guard let values = values(value, scope, of: key) else { return nil }
      use.loops.append((key.text ?? "", values))
    }
    use.with = entries(found["with"], "with").map {
      ($0.key.text ?? "", $0.value)
    }
    return isComplete(use, found["with"]) ? use : nil
  }

  /// Every parameter gets a value, and every value belongs to one.
  private func isComplete(_ use: Use, _ with: Node?) -> Bool {
    let given = use.with.map(\.name)
    let template = use.template
    let isGiven = { (name: String) in
      given.contains(name) || use.loops.contains { $0.name == name }
    }
    for name in template.parameters where !isGiven(name) {
      error(
        use.mark, "the template '\(template.name)' needs '\(name)'",
        "state it under 'with' or 'for'")
      return false
    }
    for (key, _) in entries(with, "with") {
      let name = key.text ?? ""
      guard template.parameters.contains(name) else {
        error(
          key.mark, "the template '\(template.name)' has no parameter '\(name)'",
          suggestion(for: name, among: template.parameters, "parameter"))
        return false
      }
    }
    return true
  }

  /// What a loop runs over: a list, or whole numbers from one to another.
  private func values(_ node: Node, _ scope: Scope, of key: Node) -> [String]? {
    let name = key.text ?? ""
    guard Formula.isName(name) else {
      error(
        key.mark, "'\(name)' is no name of a loop",
        "use letters, digits and _, no digit first, at most 64")
      return nil
    }
    let what = "the loop '\(name)'"
    if case .list(let items) = node.content {
      let values = items.compactMap { text($0, scope, what) { $0 } }
      return values.count == items.count ? values : nil
    }
    guard let text = text(node, scope, what, { $0 }) else { return nil }
    let ends = text.split(separator: "..", omittingEmptySubsequences: false)
      .map { Int($0.filter { $0 != " " }) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last else {
      error(
        node.mark, "'\(text)' for '\(name)' is nothing to count through",
        "write the first and the last number, as 1..100, or a list")
      return nil
    }
    let (count, overflow) = last.subtractingReportingOverflow(first)
    guard !overflow, count < ComposeLimits.uses else {
      tellOfTooManyUses(node.mark)
      return nil
    }
    return (first...last).map { "\($0)" }
  }

  func tellOfTooManyUses(_ mark: Mark) {
    isOver = true
    error(
      mark, "templates are used more than \(ComposeLimits.uses) times", "no plant has so many parts"
    )
  }
}
