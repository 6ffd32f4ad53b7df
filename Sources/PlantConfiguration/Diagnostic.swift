/// Something wrong with a configuration, where it stands and what to do about it.
public struct Diagnostic: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Whether the configuration is refused for it.
  public enum Severity: String, Sendable { case error, warning }

  public var file: String
  /// From 1.
  public var line: Int
  public var column: Int
  public var severity: Severity
  public var what: String
  public var advice: String
  /// The includes and uses of templates that brought the place into the plant, innermost first: "used
  /// at plant.yaml:7 for n = 3"; empty for what stands in the file that was named.
  public var use = ""
  /// How often the same is wrong with the same place, or in the same use, beyond this.
  public var more = 0

  public var description: String {
    var notes = use.isEmpty ? [] : [use]
    if more > 0 { notes.append("and \(more) more like it") }
    let note = notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))"
    return "\(file):\(line):\(column): \(severity.rawValue): \(what) — \(advice)\(note)"
  }

  public static func < (left: Diagnostic, right: Diagnostic) -> Bool {
    (left.file, left.line, left.column, left.what)
      < (right.file, right.line, right.column, right.what)
  }
}

/// The candidate that was probably meant by `word`, if any is close enough.
func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
  let limit = max(1, word.count / 3)
  var best: (distance: Int, name: String)?
  for candidate in candidates {
    let distance = editDistance(Array(word), Array(candidate))
    guard distance <= limit else { continue }
    if best.map({ (distance, candidate) < ($0.distance, $0.name) }) ?? true {
      best = (distance, candidate)
    }
  }
  return best?.name
}

/// "did you mean …?" or the list of what there is.
func suggestion(for word: String, among candidates: [String], _ kind: String) -> String {
  if let meant = nearest(to: word, among: candidates) { return "did you mean '\(meant)'?" }
  if candidates.isEmpty { return "there is no \(kind) at all" }
  let shown = candidates.sorted().prefix(12).joined(separator: ", ")
  return "known: \(shown)\(candidates.count > 12 ? ", …" : "")"
}

private func editDistance(_ one: [Character], _ other: [Character]) -> Int {
  var row = Array(0...other.count)
  for (i, left) in one.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, right) in other.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(above + 1, row[j] + 1, diagonal + (left == right ? 0 : 1))
      diagonal = above
    }
  }
  return row[other.count]
}
