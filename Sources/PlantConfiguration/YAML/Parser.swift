import CYAML

/// Reads one YAML document over libyaml's events into nodes.
///
/// Anchors, aliases, tags and a second document are refused; so are nesting deeper than 32 (libyaml
/// is quadratic there) and files over 4 MB.
struct Parser {
  static let maximumDepth = 32
  static let maximumBytes = 4 << 20

  let bytes: [UInt8]
  let diagnostics: Diagnostics
  /// The file's, for its marks.
  var origin = 0

  /// A place of this file.
  private func place(_ line: Int, _ column: Int) -> Mark {
    Mark(line: line, column: column, origin: origin)
  }

  func document() -> Node? {
    guard bytes.count <= Parser.maximumBytes else {
      diagnostics.error(
        place(1, 1), "the file has more than \(Parser.maximumBytes) bytes",
        "no configuration is as long; is this the right file?")
      return nil
    }
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else {
      diagnostics.error(place(1, 1), "out of memory", "free some and try again")
      return nil
    }
    defer { yaml_parser_delete(&parser) }
    return bytes.withUnsafeBufferPointer { buffer in
      yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      return tree(&parser)
    }
  }

  /// A list or map that is still open.
  private struct Open {
    var mark: Mark
    var isMap: Bool
    var items: [Node] = []
  }

  private func tree(_ parser: inout yaml_parser_t) -> Node? {
    var stack: [Open] = []
    var root: Node?
    var documents = 0
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else {
        report(parser)
        return nil
      }
      defer { yaml_event_delete(&event) }
      let mark = place(
        Int(event.start_mark.line) + 1, Int(event.start_mark.column) + 1)
      switch event.type {
      case YAML_STREAM_END_EVENT: return root
      case YAML_DOCUMENT_START_EVENT:
        documents += 1
        if documents > 1 {
          diagnostics.error(mark, "a second document begins here", "keep one plant to a file")
          return nil
        }
      case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT:
        let isMap = event.type == YAML_MAPPING_START_EVENT
        let tag = isMap ? event.data.mapping_start.tag : event.data.sequence_start.tag
        let anchor = isMap ? event.data.mapping_start.anchor : event.data.sequence_start.anchor
        guard isAllowed(tag: tag, anchor: anchor, mark) else { return nil }
        guard stack.count < Parser.maximumDepth else {
          diagnostics.error(
            mark, "nested deeper than \(Parser.maximumDepth)", "a plant needs no such depth")
          return nil
        }
        stack.append(Open(mark: mark, isMap: isMap))
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
        let open = stack.removeLast()
        add(close(open), to: &stack, or: &root)
      case YAML_SCALAR_EVENT:
        let scalar = event.data.scalar
        guard isAllowed(tag: scalar.tag, anchor: scalar.anchor, mark) else { return nil }
        let text = plainText(
          String(
            decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self),
          mark)
        let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
        add(Node(content: .scalar(text, isPlain: isPlain), mark: mark), to: &stack, or: &root)
      case YAML_ALIAS_EVENT:
        diagnostics.error(mark, "an alias (*)", "write the value out: aliases hide what is meant")
        return nil
      default: break
      }
    }
  }

  /// The text without control characters, which are refused: they would reach terminals and journals.
  private func plainText(_ text: String, _ mark: Mark) -> String {
    let isControl = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .control }
    guard let found = text.unicodeScalars.first(where: isControl) else { return text }
    let code = String(found.value, radix: 16, uppercase: true)
    diagnostics.error(
      mark, "a control character (U+\(String(repeating: "0", count: 4 - code.count))\(code))",
      "a text is one line of visible characters: leave it out, or close the quote before it")
    var plain = String.UnicodeScalarView()
    plain.append(contentsOf: text.unicodeScalars.lazy.filter { !isControl($0) })
    return String(plain)
  }

  private func isAllowed(
    tag: UnsafeMutablePointer<yaml_char_t>?, anchor: UnsafeMutablePointer<yaml_char_t>?,
    _ mark: Mark
  ) -> Bool {
    if tag != nil {
      diagnostics.error(mark, "a tag (!)", "leave it out: the key says the type")
      return false
    }
    if anchor != nil {
      diagnostics.error(mark, "an anchor (&)", "write the value out: anchors hide what is meant")
      return false
    }
    return true
  }

  private func add(_ node: Node, to stack: inout [Open], or root: inout Node?) {
    if stack.isEmpty { root = node } else { stack[stack.count - 1].items.append(node) }
  }

  private func close(_ open: Open) -> Node {
    guard open.isMap else { return Node(content: .list(open.items), mark: open.mark) }
    var entries: [(key: Node, value: Node)] = []
    var lines: [String: Int] = [:]
    for index in stride(from: 0, to: open.items.count - 1, by: 2) {
      let key = open.items[index]
      if let text = key.text, let line = lines[text] {
        diagnostics.error(
          key.mark, "'\(text)' stands here again",
          "it stands in line \(line) already: keep one of them")
      }
      if let text = key.text {
        lines[text] = lines[text] ?? key.mark.line
      } else {
        diagnostics.error(key.mark, "\(key.kind) as a key", "a key is a name")
      }
      entries.append((key, open.items[index + 1]))
    }
    return Node(content: .map(entries), mark: open.mark)
  }

  private func report(_ parser: yaml_parser_t) {
    let problem = parser.problem.map { String(cString: $0) } ?? "unreadable"
    if parser.error == YAML_READER_ERROR {
      diagnostics.error(
        mark(atByte: Int(parser.problem_offset)), "not readable as text: \(problem)",
        "save the file as UTF-8 without control characters")
      return
    }
    let mark = place(
      Int(parser.problem_mark.line) + 1, Int(parser.problem_mark.column) + 1)
    diagnostics.error(
      mark, "not YAML: \(problem)", "check indentation, colons and quotes here and just above")
  }

  /// libyaml gives only a byte offset for unreadable bytes.
  private func mark(atByte offset: Int) -> Mark {
    var mark = place(1, 1)
    for byte in bytes.prefix(offset) {
      if byte == 10 {
        mark = place(mark.line + 1, 1)
      } else if byte & 0xC0 != 0x80 {
        mark.column += 1
      }
    }
    return mark
  }
}
