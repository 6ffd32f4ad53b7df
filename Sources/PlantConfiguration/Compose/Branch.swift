/// A section while the plant is put together: like a node, but an entry is found at once.
final class Branch {
  /// What stands under a key.
  enum Part {
    case scalar(Node)
    case list(Items)
    case branch(Branch)
  }

  /// A list that grows.
  final class Items {
    let mark: Mark
    var nodes: [Node]

    init(_ mark: Mark, _ nodes: [Node]) {
      self.mark = mark
      self.nodes = nodes
    }
  }

  var mark: Mark
  private(set) var entries: [(key: Node, part: Part)] = []
  private var places: [String: Int] = [:]

  init(_ mark: Mark) { self.mark = mark }

  /// The entries of a section's node; of two with the same key the first, as the parser has told.
  init(_ node: Node) {
    mark = node.mark
    guard case .map(let pairs) = node.content else { return }
    for (key, value) in pairs where key.text.map({ places[$0] == nil }) ?? false {
      set(key, Branch.part(value))
    }
  }

  static func part(_ node: Node) -> Part {
    switch node.content {
    case .scalar: .scalar(node)
    case .list(let nodes): .list(Items(node.mark, nodes))
    case .map: .branch(Branch(node))
    }
  }

  subscript(_ key: String) -> (key: Node, part: Part)? { places[key].map { entries[$0] } }

  /// Puts `part` under `key`, in the place of what is there or last.
  func set(_ key: Node, _ part: Part) {
    guard let text = key.text else { return }
    if let place = places[text] {
      entries[place] = (key, part)
    } else {
      places[text] = entries.count
      entries.append((key, part))
    }
  }

  /// Takes away what stands under `key`.
  func remove(_ key: String) {
    guard let place = places.removeValue(forKey: key) else { return }
    entries.remove(at: place)
    for (other, later) in places where later > place { places[other] = later - 1 }
  }

  var node: Node {
    Node(content: .map(entries.map { ($0.key, $0.part.node) }), mark: mark)
  }
}

extension Branch.Part {
  var node: Node {
    switch self {
    case .scalar(let node): node
    case .list(let items): Node(content: .list(items.nodes), mark: items.mark)
    case .branch(let branch): branch.node
    }
  }

  var mark: Mark {
    switch self {
    case .scalar(let node): node.mark
    case .list(let items): items.mark
    case .branch(let branch): branch.mark
    }
  }

  /// The value for people, in a few words.
  var shown: String {
    switch self {
    case .scalar(let node): node.text ?? ""
    case .list(let items): "a list of \(items.nodes.count)"
    case .branch: "a section"
    }
  }
}
