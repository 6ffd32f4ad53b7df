/// A piece of a YAML document, with its place in the file.
struct Node {
  indirect enum Content {
    case scalar(String, isPlain: Bool)
    case list([Node])
    case map([(key: Node, value: Node)])
  }

  var content: Content
  var mark: Mark

  var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// What kind of thing it is, in words.
  var kind: String {
    switch content {
    case .scalar: "a single value"
    case .list: "a list"
    case .map: "a section"
    }
  }
}
