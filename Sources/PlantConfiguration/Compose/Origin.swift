/// Where marks come from: a file, or one use of a template that stands in it.
struct Origin {
  var file: String
  /// What brought it into the plant, innermost first; empty for the file that was named.
  var uses: [Use] = []
  var isTemplate = false

  /// An include or a use of a template.
  struct Use {
    /// `FILE:LINE`.
    var place: String
    /// The loop's values, as `n = 3`; empty without a loop.
    var values = ""
  }

  /// "used at plant.yaml:7 for n = 3, at …"
  var note: String {
    guard !uses.isEmpty else { return "" }
    return "used "
      + uses.map { "at \($0.place)" + ($0.values.isEmpty ? "" : " for \($0.values)") }
      .joined(separator: ", ")
  }
}
