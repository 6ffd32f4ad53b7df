extension Composer {
  /// Makes what one use makes. `within` are the templates that this use stands in.
  func expand(_ node: Node, _ scope: Scope, _ within: [String]) {
    guard let use = use(node, scope) else { return }
    let template = use.template
    guard !within.contains(template.name), within.count < ComposeLimits.useDepth else {
      error(
        use.mark,
        within.contains(template.name)
          ? "the template '\(template.name)' uses itself"
          : "templates in templates deeper than \(ComposeLimits.useDepth)",
        "take a use out")
      return
    }
    guard let count = use.count, useCount + count <= ComposeLimits.uses else {
      tellOfTooManyUses(use.mark)
      return
    }
    useCount += count
    for number in 0..<count where !isOver {
      make(use, use.round(number), scope, within + [template.name])
      tellIfFull(use.mark)
    }
  }

  private func make(
    _ use: Use, _ round: [(name: String, value: String)], _ scope: Scope, _ within: [String]
  ) {
    var outer = scope
    for (name, value) in round { outer.own[name] = value }
    let values = round.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    let origin = origins(use.mark, values)
    var inner = Scope(variables: scope.variables)
    for name in use.template.parameters { inner.own[name] = outer.own[name] }
    for (name, value) in use.with {
      guard let text = text(value, outer, "the parameter '\(name)'", origin) else { return }
      inner.own[name] = text
    }
    add(fill(use.template.sections, inner, origin), to: plant, "")
    for node in use.template.uses { expand(marked(node, origin), inner, within) }
  }

  /// The origins of what this making brings, one for each file that the template stands in.
  private func origins(_ use: Mark, _ values: String) -> (Int) -> Int {
    let step = Origin.Use(place: diagnostics.place(use), values: values)
    let uses = [step] + diagnostics.origin(use.origin).uses
    var made: [Int: Int] = [:]
    return { [diagnostics] written in
      if let known = made[written] { return known }
      let file = diagnostics.origin(written).file
      let origin = diagnostics.add(Origin(file: file, uses: uses, isTemplate: true))
      made[written] = origin
      return origin
    }
  }
}
