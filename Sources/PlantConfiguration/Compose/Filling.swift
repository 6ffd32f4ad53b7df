/// Texts with `${…}` in them; `$${` stands for `${` itself.
enum Filling {
  /// The text with every `${…}` filled in, and whether there was any.
  static func text(_ text: String, _ names: Formula.Names) throws(Formula.Fault) -> (
    text: String, isFilled: Bool
  ) {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return (text, false) }
    var filled = ""
    var isFilled = false
    var rest = text[...]
    while let sign = rest.firstIndex(of: "$") {
      filled += rest[..<sign]
      rest = rest[sign...]
      if rest.hasPrefix("$${") {
        filled += "${"
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${") {
        guard let end = rest.firstIndex(of: "}") else {
          throw .because(
            what: "'${' without its '}'", advice: "close it, or write '$${' for the characters")
        }
        filled += try FormulaParser.formula(rest[..<end].dropFirst(2)).text(names)
        isFilled = true
        rest = rest[end...].dropFirst()
      } else {
        filled.append(rest.removeFirst())
      }
      guard filled.utf8.count <= ComposeLimits.characters else {
        throw .because(
          what: "a text of more than \(ComposeLimits.characters) characters, filled in",
          advice: "no value is as long")
      }
    }
    return (filled + rest, isFilled)
  }

  /// The text that gives `text` when it is filled in.
  static func escaped(_ text: String) -> String { text.replacing("${", with: "$${") }
}

/// The names that `${…}` may ask for at one place.
struct Scope {
  /// A template's parameters and a loop's values; they come before variables of the same name.
  var own: [String: String] = [:]
  let variables: Variables

  func value(_ name: String) throws(Formula.Fault) -> String {
    if let value = own[name] { return value }
    return try variables.value(name, beside: own.keys.sorted())
  }
}

/// The plant's variables, each filled in when it is first asked for.
final class Variables {
  private let nodes: [String: Node]
  private let complain: (Mark, String, String) -> Void
  /// Nil: faulty, and told.
  private var values: [String: String?] = [:]
  private var asked: [String] = []

  init(_ nodes: [String: Node], _ complain: @escaping (Mark, String, String) -> Void) {
    self.nodes = nodes
    self.complain = complain
  }

  func value(_ name: String, beside own: [String] = []) throws(Formula.Fault) -> String {
    if let known = values[name] {
      guard let known else { throw .told }
      return known
    }
    guard let node = nodes[name], let text = node.text else {
      throw .because(
        what: "there is no variable '\(name)'",
        advice: suggestion(for: name, among: own + nodes.keys, "variable"))
    }
    guard !asked.contains(name), asked.count < ComposeLimits.variableDepth else {
      throw .because(
        what: "the variable '\(name)' is made of "
          + (asked.contains(name) ? "itself" : "too many others"),
        advice: "give it a value of its own")
    }
    asked.append(name)
    defer { asked.removeLast() }
    do throws(Formula.Fault) {
      let filled = try Filling.text(text) { (other) throws(Formula.Fault) in try value(other) }.text
      values[name] = filled
      return filled
    } catch {
      if case .because(let what, let advice) = error { complain(node.mark, what, advice) }
      values[name] = .some(nil)
      throw .told
    }
  }
}
