/// Reads a formula; its length bounds how deep it is nested.
struct FormulaParser {
  private var rest: Substring
  private let whole: Substring

  private init(_ text: Substring) {
    whole = text
    rest = text
  }

  static func formula(_ text: Substring) throws(Formula.Fault) -> Formula {
    guard text.count <= ComposeLimits.formulaCharacters else {
      throw .because(
        what: "a formula of more than \(ComposeLimits.formulaCharacters) characters",
        advice: "write it shorter")
    }
    var parser = FormulaParser(text)
    let formula = try parser.sum()
    guard parser.next == nil else { throw parser.unreadable }
    return formula
  }

  private var unreadable: Formula.Fault {
    .because(
      what: "'${\(whole)}' cannot be understood",
      advice: "write a name, or whole numbers and names with + - * / % and parentheses")
  }

  private var next: Character? {
    mutating get {
      rest = rest.drop { $0 == " " }
      return rest.first
    }
  }

  private mutating func sum() throws(Formula.Fault) -> Formula {
    var left = try product()
    while let sign = next, "+-".contains(sign) {
      rest.removeFirst()
      left = .operation(sign, left, try product())
    }
    return left
  }

  private mutating func product() throws(Formula.Fault) -> Formula {
    var left = try factor()
    while let sign = next, "*/%".contains(sign) {
      rest.removeFirst()
      left = .operation(sign, left, try factor())
    }
    return left
  }

  private mutating func factor() throws(Formula.Fault) -> Formula {
    switch next {
    case "-":
      rest.removeFirst()
      return .negative(try factor())
    case "(":
      rest.removeFirst()
      let inner = try sum()
      guard next == ")" else { throw unreadable }
      rest.removeFirst()
      return inner
    default:
      let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      rest = rest[word.endIndex...]
      if let number = Int(word) { return .number(number) }
      guard Formula.isName(word) else { throw unreadable }
      return .name(String(word))
    }
  }
}
