import PlantModel

/// A section of the file, checked against its keys: what is unknown, missing or of the wrong kind is
/// said at once, whatever the builder asks for later.
struct Section {
  let kind: SectionKind
  let mark: Mark
  /// The name it stands under, for messages.
  let name: String
  private let entries: [String: Node]
  private let diagnostics: Diagnostics

  /// The sections under `node`, by name in the order of the file.
  ///
  /// - Parameter isPart: what is missing is no fault: it is a part of something larger.
  init(
    _ node: Node, _ kind: SectionKind, name: String, _ diagnostics: Diagnostics,
    isPart: Bool = false
  ) {
    self.kind = kind
    self.name = name
    self.diagnostics = diagnostics
    mark = node.mark
    guard case .map(let pairs) = node.content else {
      diagnostics.error(
        node.mark, "\(node.kind) where '\(name)' should be a section",
        "write its keys indented below it")
      entries = [:]
      return
    }
    let keys = kind.keys
    var entries: [String: Node] = [:]
    for (key, value) in pairs {
      guard let text = key.text else { continue }
      guard keys.contains(where: { $0.name == text }) else {
        diagnostics.error(
          key.mark, "unknown key '\(text)' in '\(name)'",
          Section.advice(
            for: text, among: keys.map(\.name) + (kind == .root ? Composer.keys : [])))
        continue
      }
      entries[text] = value
    }
    for key in keys where key.isRequired && !isPart && entries[key.name] == nil {
      let present = pairs.contains { $0.key.text == key.name }
      if !present {
        let isSite = kind == .parameters || kind == .site
        diagnostics.error(
          node.mark, "'\(name)' lacks '\(key.name)'",
          isSite
            ? "only the site knows it; state it: \(key.summary)" : "state it: \(key.summary)")
      }
    }
    self.entries = entries
  }

  /// Tells of the unknown keys of a file whose sections cannot be read.
  static func tellUnknownKeys(_ file: Node, _ diagnostics: Diagnostics) {
    guard case .map(let pairs) = file.content else { return }
    let names = SectionKind.root.keys.map(\.name) + Composer.keys
    for (key, _) in pairs {
      guard let text = key.text, !names.contains(text) else { continue }
      diagnostics.error(
        key.mark, "unknown key '\(text)' in 'file'", advice(for: text, among: names))
    }
  }

  /// A key with the right stem and another unit is told apart from a slip of the pen.
  private static func advice(for word: String, among names: [String]) -> String {
    let units = [
      "celsius", "kelvin", "kelvins", "fahrenheit", "kilopascals", "bar", "megapascals",
      "hertz", "percent", "fraction", "seconds", "minutes", "hours", "kilowatts", "watts",
    ]
    if let last = word.split(separator: "_").last, units.contains(String(last)) {
      let stem = word.dropLast(last.count)
      if let meant = names.first(where: { $0.hasPrefix(stem) && $0 != word && !stem.isEmpty }) {
        return "the unit is wrong: it is '\(meant)'"
      }
    }
    return suggestion(for: word, among: names, "key here")
  }

  func has(_ key: String) -> Bool { entries[key] != nil }
  func mark(of key: String) -> Mark { entries[key]?.mark ?? mark }

  private func spec(_ key: String) -> Key {
    guard let spec = kind.keys.first(where: { $0.name == key }) else {
      preconditionFailure("the loader asks for '\(key)', which the table of keys lacks")
    }
    return spec
  }

  func text(_ key: String) -> String? {
    guard let node = entries[key] else { return nil }
    guard let text = node.text, !text.isEmpty else {
      diagnostics.error(node.mark, "\(node.kind) for '\(key)'", "write one name or word")
      return nil
    }
    return text
  }

  func texts(_ key: String) -> [String] {
    list(key).compactMap { node in
      if let text = node.text, !text.isEmpty { return text }
      diagnostics.error(node.mark, "\(node.kind) in '\(key)'", "write a list of texts: [a, b]")
      return nil
    }
  }

  func number(_ key: String) -> Double? {
    guard let node = entries[key], case .number(let unit, let range) = spec(key).value else {
      return nil
    }
    return number(node, unit, range, key)
  }

  func numbers(_ key: String) -> [Double] {
    guard case .list(.number(let unit, let range)) = spec(key).value else { return [] }
    return list(key).compactMap { number($0, unit, range, key) }
  }

  private func number(
    _ node: Node, _ unit: MeasurementUnit, _ range: ClosedRange<Double>, _ key: String
  ) -> Double? {
    guard case .scalar(let text, true) = node.content, let number = Double(text), number.isFinite
    else {
      diagnostics.error(
        node.mark, "'\(node.text ?? node.kind)' for '\(key)' is no number",
        "write a number in \(unit.rawValue), without the unit")
      return nil
    }
    guard range.contains(number) else {
      // A fraction is written as one, not in percent.
      let symbol = unit == .fraction || unit.symbol.isEmpty ? "" : " " + unit.symbol
      diagnostics.error(
        node.mark, "\(text) for '\(key)' is out of range",
        "it is from \(plain(range.lowerBound)) to \(plain(range.upperBound))\(symbol)")
      return nil
    }
    return number
  }

  func integer(_ key: String) -> Int? {
    guard let node = entries[key], case .integer(let range) = spec(key).value else { return nil }
    return integer(node, range, key)
  }

  func integers(_ key: String) -> [Int] {
    guard case .list(.integer(let range)) = spec(key).value else { return [] }
    return list(key).compactMap { integer($0, range, key) }
  }

  private func integer(_ node: Node, _ range: ClosedRange<Int>, _ key: String) -> Int? {
    guard case .scalar(let text, true) = node.content, let number = Int(text) else {
      diagnostics.error(
        node.mark, "'\(node.text ?? node.kind)' for '\(key)' is no whole number",
        "write a whole number from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    guard range.contains(number) else {
      diagnostics.error(
        node.mark, "\(number) for '\(key)' is out of range",
        "it is from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return number
  }

  func flag(_ key: String) -> Bool? {
    guard let node = entries[key] else { return nil }
    switch node.text {
    case "true": return true
    case "false": return false
    default:
      diagnostics.error(
        node.mark, "'\(node.text ?? node.kind)' for '\(key)'", "write true or false")
      return nil
    }
  }

  func choice<Value: RawRepresentable<String>>(_ key: String, _ type: Value.Type) -> Value? {
    guard let node = entries[key], case .choice(let words) = spec(key).value else { return nil }
    guard let text = node.text, words.contains(text), let value = Value(rawValue: text) else {
      diagnostics.error(
        node.mark, "'\(node.text ?? node.kind)' for '\(key)'",
        suggestion(for: node.text ?? "", among: words, "choice"))
      return nil
    }
    return value
  }

  func word(_ key: String) -> String? {
    guard let node = entries[key], case .choice(let words) = spec(key).value else { return nil }
    guard let text = node.text, words.contains(text) else {
      diagnostics.error(
        node.mark, "'\(node.text ?? node.kind)' for '\(key)'",
        suggestion(for: node.text ?? "", among: words, "choice"))
      return nil
    }
    return text
  }

  func list(_ key: String) -> [Node] {
    guard let node = entries[key] else { return [] }
    guard case .list(let items) = node.content else {
      diagnostics.error(node.mark, "\(node.kind) for '\(key)'", "write a list: [a, b]")
      return []
    }
    return items
  }

  func section(_ key: String) -> Section? {
    guard let node = entries[key], case .section(let kind) = spec(key).value else { return nil }
    return Section(node, kind, name: key, diagnostics)
  }

  func sections(_ key: String) -> [Section] {
    guard case .list(.section(let kind)) = spec(key).value else { return [] }
    return list(key).map { Section($0, kind, name: key, diagnostics) }
  }

  /// The named sections below `key`, in the order of the file.
  func named(_ key: String) -> [Section] {
    guard let node = entries[key], case .named(let kind) = spec(key).value else { return [] }
    return pairs(node, key).map { Section($0.value, kind, name: $0.name, diagnostics) }
  }

  /// Names with the name that each refers to: `V1: ground`.
  func references(_ key: String) -> [(name: String, mark: Mark, target: Node)] {
    guard let node = entries[key] else { return [] }
    return pairs(node, key).map { ($0.name, $0.mark, $0.value) }
  }

  private func pairs(_ node: Node, _ key: String) -> [(name: String, mark: Mark, value: Node)] {
    guard case .map(let pairs) = node.content else {
      diagnostics.error(
        node.mark, "\(node.kind) for '\(key)'", "write names with what belongs to each")
      return []
    }
    return pairs.compactMap { pair in
      guard let name = pair.key.text else { return nil }
      let allowed = name.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0))
      }
      guard allowed, !name.isEmpty, name.count <= 64 else {
        diagnostics.error(
          pair.key.mark, "'\(name)' is no name", "use letters, digits, - and _, at most 64")
        return nil
      }
      return (name, pair.key.mark, pair.value)
    }
  }
}

/// A number as a person writes it: 15, not 15.0.
func plain(_ number: Double) -> String {
  number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
}
