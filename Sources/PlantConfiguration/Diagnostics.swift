/// Collects the diagnostics of a plant's files, so that all come in one go.
///
/// One fault in a template is told for its first use and counted for the others; elsewhere a fault
/// that differs from another of the same place in its figures alone is told eight times.
final class Diagnostics {
  private static let likeInAFile = 8
  private static let kindsInATemplate = 3

  private(set) var all: [Diagnostic] = []
  private(set) var hasErrors = false
  private var origins: [Origin]
  private var told: Set<Told> = []
  private var groups: [Group: [Int]] = [:]
  private var kinds: [Place: Int] = [:]

  /// `file` is the one that was named: the origin 0.
  init(file: String) { origins = [Origin(file: file)] }

  /// Marks of the new origin carry the number that is given back.
  func add(_ origin: Origin) -> Int {
    origins.append(origin)
    return origins.count - 1
  }

  func origin(_ number: Int) -> Origin { origins[number] }

  /// `FILE:LINE`.
  func place(_ mark: Mark) -> String { "\(origins[mark.origin].file):\(mark.line)" }

  func error(_ mark: Mark, _ what: String, _ advice: String) {
    hasErrors = true
    add(mark, .error, what, advice)
  }

  func warning(_ mark: Mark, _ what: String, _ advice: String) {
    add(mark, .warning, what, advice)
  }

  private struct Told: Hashable {
    var mark: Mark
    var severity: Diagnostic.Severity
    var what: String
    var advice: String
  }

  private struct Place: Hashable {
    var file: String
    var line: Int
    var column: Int
  }

  /// What differs in its figures alone.
  private struct Group: Hashable {
    var place: Place
    var severity: Diagnostic.Severity
    var shape: String
  }

  private func add(_ mark: Mark, _ severity: Diagnostic.Severity, _ what: String, _ advice: String)
  {
    guard
      told.insert(Told(mark: mark, severity: severity, what: what, advice: advice)).inserted
    else { return }
    let origin = origins[mark.origin]
    let place = Place(file: origin.file, line: mark.line, column: mark.column)
    var group = Group(place: place, severity: severity, shape: shape(what))
    if origin.isTemplate, groups[group] == nil {
      kinds[place, default: 0] += 1
      // Faults that name a word of their use each: one group takes the rest.
      if kinds[place]! > Diagnostics.kindsInATemplate { group.shape = "" }
    }
    let alike = groups[group, default: []]
    guard alike.count < (origin.isTemplate ? 1 : Diagnostics.likeInAFile) else {
      all[alike[alike.count - 1]].more += 1
      return
    }
    groups[group] = alike + [all.count]
    all.append(
      Diagnostic(
        file: origin.file, line: mark.line, column: mark.column, severity: severity, what: what,
        advice: advice, use: origin.note))
  }

  /// The words of `what`, whatever the figures in it.
  private func shape(_ what: String) -> String {
    var shape = ""
    for character in what where !character.isNumber || shape.last != "0" {
      shape.append(character.isNumber ? "0" : character)
    }
    return shape
  }
}

/// A place in a file, from line 1, column 1.
struct Mark: Hashable {
  var line: Int
  var column: Int
  /// The number of its `Origin` among the diagnostics.
  var origin = 0
}
