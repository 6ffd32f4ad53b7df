/// What was probably meant by a mistyped word.
public enum Suggestion {
  /// The nearest candidate, if one is within a third of the word's length.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    let limit = max(1, word.count / 3)
    let ranked = candidates.map { (distance(Array(word), Array($0)), $0) }.filter { $0.0 <= limit }
    return ranked.min { ($0.0, $0.1) < ($1.0, $1.1) }?.1
  }

  /// The nearest candidate, else the first few that have the word in them.
  public static func near(to word: String, among candidates: [String]) -> [String] {
    if let nearest = nearest(to: word, among: candidates) { return [nearest] }
    guard word.utf8.count > 1 else { return [] }
    return Array(candidates.filter { $0.lowercased().contains(word.lowercased()) }.prefix(5))
  }

  private static func distance(_ one: [Character], _ other: [Character]) -> Int {
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
}
