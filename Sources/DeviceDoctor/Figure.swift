/// Numbers as people read them.
enum Figure {
  /// At most six digits that count.
  static func text(_ number: Double) -> String {
    guard number.isFinite, number != 0 else { return "0" }
    var scale = 1.0
    var size = abs(number)
    while size < 100_000, scale < 1e15 {
      size *= 10
      scale *= 10
    }
    let rounded = (number * scale).rounded() / scale
    guard abs(rounded) < 1e15 else { return "\(number)" }
    if rounded == rounded.rounded() { return "\(Int(rounded))" }
    // Without an exponent, however small: it is to be written into a file.
    let whole = Int(abs(rounded))
    var digits = "\(Int(((abs(rounded) - Double(whole)) * scale).rounded()))"
    var places = 0
    while scale > 1.5 {
      scale /= 10
      places += 1
    }
    digits = String(repeating: "0", count: max(0, places - digits.count)) + digits
    while digits.last == "0" { digits.removeLast() }
    return (rounded < 0 ? "-" : "") + "\(whole).\(digits)"
  }

  /// Seconds as milliseconds, rounded up to whole ones.
  static func milliseconds(_ seconds: Double) -> String {
    "\(Int((seconds * 1000).rounded(.up))) ms"
  }

  /// Names, at most eight of them.
  static func names(_ names: [String]) -> String {
    names.count <= 8
      ? names.joined(separator: ", ")
      : names.prefix(7).joined(separator: ", ") + " and \(names.count - 7) more"
  }
}
