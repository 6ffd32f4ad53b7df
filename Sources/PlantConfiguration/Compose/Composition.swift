/// What a plant was put together from.
public struct Composition: Sendable, Equatable {
  /// All files, the included before the one that includes it; the last is the one that was named.
  public var files: [String] = []
  public var overrides: [Override] = []

  /// An entry of an included file that a file above it gives anew.
  public struct Override: Sendable, Equatable {
    /// The keys down to it: `parameters.pool_limit_celsius`.
    public var entry: String
    /// In a few words: the value, or "a list of 3".
    public var value: String
    /// `FILE:LINE`.
    public var place: String
    public var former: String
    public var formerPlace: String
  }

  /// For people: nothing where one file is all, as it says everything itself.
  public var text: String {
    guard files.count > 1 else { return "" }
    let head = [
      "files", "  " + files.joined(separator: ", "), "", "overridden by a file that includes",
    ]
    let rows = overrides.map {
      "  \($0.entry): \($0.value) (\($0.place)) in place of \($0.former) (\($0.formerPlace))"
    }
    return (head + (rows.isEmpty ? ["  nothing"] : rows)).joined(separator: "\n")
  }
}
