/// A composed plant as plain YAML, which reads as the same plant without any of its parts.
enum ExpandedText {
  static func yaml(_ document: Node) -> String {
    guard case .map(let pairs) = document.content else { return "" }
    return section(pairs, "")
  }

  private static func section(_ pairs: [(key: Node, value: Node)], _ indent: String) -> String {
    pairs.map { key, value in
      indent + scalar(key.text ?? "", isPlain: true) + ":" + entry(value, indent)
    }.joined()
  }

  /// What stands after a key's colon, with the end of its last line.
  private static func entry(_ node: Node, _ indent: String) -> String {
    switch node.content {
    case .map(let pairs) where !pairs.isEmpty: "\n" + section(pairs, indent + "  ")
    case .list(let items) where items.contains { $0.text == nil }:
      "\n" + items.map { "\(indent)  - \(inLine($0))\n" }.joined()
    default: " " + inLine(node) + "\n"
    }
  }

  static func inLine(_ node: Node) -> String {
    switch node.content {
    case .scalar(let text, let isPlain): scalar(text, isPlain: isPlain)
    case .list(let items): "[" + items.map(inLine).joined(separator: ", ") + "]"
    case .map(let pairs):
      "{ "
        + pairs.map { "\(scalar($0.key.text ?? "", isPlain: true)): \(inLine($0.value))" }
        .joined(separator: ", ") + " }"
    }
  }

  /// Numbers and simple words stand as they are, unless another reader of YAML takes the word for a
  /// truth or for nothing; the rest in quotes.
  private static func scalar(_ text: String, isPlain: Bool) -> String {
    let isWord =
      text.first.map { $0.isASCII && $0.isLetter } ?? false
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
      && !["y", "n", "yes", "no", "on", "off", "null"].contains(text.lowercased())
    if isPlain, isWord || Double(text) != nil { return text }
    let quoted = Filling.escaped(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(quoted)\""
  }
}
