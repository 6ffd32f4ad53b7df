extension Composer {
  /// Whether the plant has grown out of all bounds; then nothing is filled in any more.
  var isFull: Bool {
    nodeCount > ComposeLimits.nodes || characterCount > ComposeLimits.allCharacters
  }

  func tellIfFull(_ mark: Mark) {
    guard isFull, !isOver else { return }
    isOver = true
    error(
      mark,
      "the plant grows beyond \(ComposeLimits.nodes) values or \(ComposeLimits.allCharacters) characters",
      "use templates less often, or make them smaller")
  }

  /// The node with every `${…}` in its values and keys filled in; its marks say `origin` where one is
  /// given.
  func fill(_ node: Node, _ scope: Scope, _ origin: (Int) -> Int = { $0 }) -> Node {
    guard !isFull else { return node }
    nodeCount += 1
    var filled = node
    filled.mark.origin = origin(node.mark.origin)
    switch node.content {
    case .scalar(let text, let isPlain):
      if let (value, isFilled) = textFilled(text, scope, filled.mark) {
        // A number that was filled in is one, in quotes or not.
        filled.content = .scalar(value, isPlain: isPlain || isFilled)
      }
    case .list(let items):
      filled.content = .list(items.map { fill($0, scope, origin) })
    case .map(let pairs):
      filled.content = .map(fill(pairs, scope, origin))
    }
    return filled
  }

  /// The text with its `${…}` filled in; nil when that failed and was told.
  private func textFilled(_ text: String, _ scope: Scope, _ mark: Mark) -> (String, Bool)? {
    do throws(Formula.Fault) {
      let filled = try Filling.text(text) { (name) throws(Formula.Fault) in try scope.value(name) }
      characterCount += filled.text.utf8.count
      return filled
    } catch {
      if case .because(let what, let advice) = error { self.error(mark, what, advice) }
      hasFailed = true
      return nil
    }
  }

  /// The one text that `node` is, filled in; nil when it is none, which is told as said of `what`.
  func text(_ node: Node, _ scope: Scope, _ what: String, _ origin: (Int) -> Int) -> String? {
    var mark = node.mark
    mark.origin = origin(mark.origin)
    guard let text = node.text else {
      error(mark, "\(node.kind) for \(what)", "write one value")
      return nil
    }
    return textFilled(text, scope, mark)?.0
  }

  /// The parser has told of keys that are the same as they are written; here those that become so.
  private func fill(_ pairs: [(key: Node, value: Node)], _ scope: Scope, _ origin: (Int) -> Int)
    -> [(key: Node, value: Node)]
  {
    var written: [String: String] = [:]
    return pairs.compactMap { pair in
      guard let raw = pair.key.text else { return nil }
      var key = pair.key
      key.mark.origin = origin(key.mark.origin)
      guard let text = textFilled(raw, scope, key.mark)?.0 else { return nil }
      key.content = .scalar(text, isPlain: true)
      nodeCount += 1
      let value = fill(pair.value, scope, origin)
      if let other = written[text] {
        if other != raw {
          error(key.mark, "'\(text)' stands here twice, filled in", "let the keys differ")
        }
        return nil
      }
      written[text] = raw
      return (key, value)
    }
  }

  /// The node as it is written, with marks that say `origin`.
  func marked(_ node: Node, _ origin: (Int) -> Int) -> Node {
    var marked = node
    marked.mark.origin = origin(node.mark.origin)
    switch node.content {
    case .scalar: break
    case .list(let items): marked.content = .list(items.map { self.marked($0, origin) })
    case .map(let pairs):
      marked.content = .map(
        pairs.map { (self.marked($0.key, origin), self.marked($0.value, origin)) })
    }
    return marked
  }
}
