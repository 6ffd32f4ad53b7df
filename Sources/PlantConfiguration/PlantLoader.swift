public import PlantModel

/// A plant as read from its files, with what may be worth a look.
public struct LoadedPlant: Sendable {
  public var plant: Plant
  /// What the simulator needs; nil when no file has a `twin` section.
  public var twin: TwinDescription?
  public var warnings: [Diagnostic]
  public var composition = Composition()
  /// What the files say, entry by entry.
  public var entries = ConfigurationEntries()
}

/// Reads configuration files.
public enum PlantLoader {
  /// The plant, or every fault of its files in one go.
  public static func load(path: String) -> (plant: LoadedPlant?, diagnostics: [Diagnostic]) {
    let (plant, _, diagnostics) = loadExpanded(path: path)
    return (plant, diagnostics)
  }

  /// The plant of a file that is in memory; what it includes is read from beside `file`.
  public static func load(bytes: [UInt8], file: String) -> (
    plant: LoadedPlant?, diagnostics: [Diagnostic]
  ) {
    let (plant, _, diagnostics) = load(SourceFile(bytes: bytes), file)
    return (plant, diagnostics)
  }

  /// The plant, and all its files as one without includes, variables and templates, as YAML.
  public static func expand(path: String) -> (yaml: String?, diagnostics: [Diagnostic]) {
    let (plant, document, diagnostics) = loadExpanded(path: path)
    return (plant == nil ? nil : document.map(ExpandedText.yaml), diagnostics)
  }

  private typealias Result = (plant: LoadedPlant?, document: Node?, diagnostics: [Diagnostic])

  private static func loadExpanded(path: String) -> Result {
    switch SourceFile.read(path) {
    case .success(let source): return load(source, path)
    case .failure(let problem):
      let found = Diagnostic(
        file: path, line: 1, column: 1, severity: .error, what: problem.what,
        advice: "name a configuration file that this user may read")
      return (nil, nil, [found])
    }
  }

  private static func load(_ source: SourceFile, _ file: String) -> Result {
    let diagnostics = Diagnostics(file: file)
    guard let (document, composition) = Composer(diagnostics).compose(source) else {
      return (nil, nil, diagnostics.all.sorted())
    }
    let root = Section(document, .root, name: "file", diagnostics)
    var loaded = Builder(root, diagnostics).build()
    loaded?.composition = composition
    loaded?.entries = ConfigurationEntries(document)
    return (loaded, document, diagnostics.all.sorted())
  }
}
