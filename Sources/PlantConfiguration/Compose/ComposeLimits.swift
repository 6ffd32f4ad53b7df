/// How far a configuration may grow out of few lines; a plant of 500 households needs a tenth.
enum ComposeLimits {
  /// Files that include each other, one below the other.
  static let includeDepth = 8
  static let files = 64
  /// Of all files together.
  static let bytes = 8 << 20
  /// Templates that use templates.
  static let useDepth = 8
  /// Uses of templates, loops counted out.
  static let uses = 20_000
  /// Values, keys and sections of the whole plant.
  static let nodes = 1_000_000
  /// Characters of all values and keys together.
  static let allCharacters = 16 << 20
  /// Characters of a value or key after `${…}` is filled in.
  static let characters = 1024
  static let formulaCharacters = 256
  /// Variables that are made of variables.
  static let variableDepth = 32
}
