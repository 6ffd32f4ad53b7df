/// What stands between `${` and `}`: a name, or whole numbers and names with `+ - * / %` and
/// parentheses.
indirect enum Formula {
  case name(String)
  case number(Int)
  case negative(Formula)
  case operation(Character, Formula, Formula)

  /// Why a text cannot be filled in.
  enum Fault: Error {
    case because(what: String, advice: String)
    /// It was said where the cause stands.
    case told
  }

  typealias Names = (String) throws(Fault) -> String

  /// The text that it stands for: that of its name as it is, else a whole number.
  func text(_ names: Names) throws(Fault) -> String {
    if case .name(let name) = self { return try names(name) }
    return "\(try number(names))"
  }

  private func number(_ names: Names) throws(Fault) -> Int {
    switch self {
    case .number(let number): return number
    case .name(let name):
      let text = try names(name)
      if let number = Int(text) { return number }
      throw .because(
        what: "'\(name)' is '\(text)', no whole number", advice: "calculate with whole numbers")
    case .negative(let formula):
      return try Formula.calculate("-", 0, formula.number(names))
    case .operation(let sign, let left, let right):
      return try Formula.calculate(sign, left.number(names), right.number(names))
    }
  }

  private static func calculate(_ sign: Character, _ left: Int, _ right: Int) throws(Fault) -> Int {
    if sign == "/" || sign == "%", right == 0 {
      throw .because(what: "a division by 0", advice: "mend the formula, or the value in it")
    }
    let (result, overflow) =
      switch sign {
      case "+": left.addingReportingOverflow(right)
      case "-": left.subtractingReportingOverflow(right)
      case "*": left.multipliedReportingOverflow(by: right)
      case "/": left.dividedReportingOverflow(by: right)
      default: left.remainderReportingOverflow(dividingBy: right)
      }
    if overflow {
      throw .because(what: "a number out of all range", advice: "mend the formula")
    }
    // Both round down, so that what is left over is never negative for a positive divisor.
    let isBelow = left % right.orOne != 0 && (left < 0) != (right < 0)
    if sign == "/", isBelow { return result - 1 }
    if sign == "%", isBelow { return result + right }
    return result
  }

  /// Whether `name` can be asked for: letters, digits and `_`, no digit first.
  static func isName(_ name: some StringProtocol) -> Bool {
    guard let first = name.first, !first.isNumber, name.count <= 64 else { return false }
    return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }
}

extension Int {
  /// A divisor that never traps.
  fileprivate var orOne: Int { self == 0 || self == -1 ? 1 : self }
}
