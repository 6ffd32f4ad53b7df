extension Call {
  /// How many events are told at once.
  public static let eventLimits = 1...1000

  /// How many lines of the ledger are told at once.
  public static let ledgerLimits = 1...500

  /// Refuses every parameter but those that the method takes.
  public func takes(_ names: [String]) throws(Failure) {
    for member in parameters.members ?? [] where !names.contains(member.key) {
      let known = names.isEmpty ? "none" : names.map { "'\($0)'" }.joined(separator: " and ")
      throw Failure(
        .parameters, "there is no parameter '\(member.key)': '\(method)' takes \(known)",
        data: ["names": .list(names.map { .text($0) })])
    }
  }

  /// A text of at most `maximum` bytes; without `missing` it must be there.
  public func text(
    _ name: String, orElse missing: String? = nil, atMost maximum: Int = 1000
  ) throws(Failure) -> String {
    let given = parameters[name] ?? missing.map { .text($0) }
    guard let text = given?.text, text.utf8.count <= maximum else {
      let what = given == nil ? "'\(method)' needs '\(name)'" : "'\(name)' is wrong"
      throw Failure(.parameters, "\(what): it is a text of at most \(maximum) bytes")
    }
    return text
  }

  /// A number in `range`, which must be there.
  public func number(_ name: String, in range: ClosedRange<Double>) throws(Failure) -> Double {
    guard let number = parameters[name]?.number, range.contains(number) else {
      throw Failure(
        .parameters,
        "'\(method)' needs '\(name)': it is a number from \(JSON.number(range.lowerBound).line) to \(JSON.number(range.upperBound).line)"
      )
    }
    return number
  }

  /// A whole number in `range`; `missing` when it is left out.
  public func whole(
    _ name: String, in range: ClosedRange<Int>, orElse missing: Int
  ) throws(Failure) -> Int {
    guard let given = parameters[name] else { return missing }
    guard let number = given.number.flatMap({ Int(exactly: $0) }), range.contains(number) else {
      throw Failure(
        .parameters,
        "'\(name)' is wrong: it is a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
