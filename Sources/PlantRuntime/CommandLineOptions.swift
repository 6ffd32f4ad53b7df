/// The words of a command line: options with values, flags, and the rest. A negative figure is a
/// word, and so is everything behind `--`.
public struct CommandLineOptions: Sendable {
  public private(set) var values: [String: String] = [:]
  public private(set) var flags: Set<String> = []
  public private(set) var words: [String] = []
  /// What was wrong with it; nil when nothing was.
  public private(set) var complaint: String?

  /// - Parameters:
  ///   - valued: options that take a value, with their dashes.
  ///   - plain: options that do not.
  public init(_ arguments: [String], valued: [String], plain: [String]) {
    var place = 0
    while place < arguments.count {
      let word = arguments[place]
      place += 1
      if word == "--" {
        words += arguments[place...]
        break
      }
      guard word.hasPrefix("-"), word != "-", Double(word) == nil else {
        words.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      if plain.contains(word) {
        flags.insert(word)
      } else if valued.contains(parts[0]), parts.count == 2 {
        values[parts[0]] = parts[1]
      } else if valued.contains(word), place < arguments.count {
        values[word] = arguments[place]
        place += 1
      } else if valued.contains(word) {
        complaint = "'\(word)' needs a value"
      } else {
        complaint = "unknown option '\(word)'"
      }
    }
  }
}
