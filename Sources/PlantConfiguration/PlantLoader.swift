public import PlantModel

#if canImport(Glibc)
  import Glibc
#endif

/// A plant as read from its file, with what may be worth a look.
public struct LoadedPlant: Sendable {
  public var plant: Plant
  /// What the simulator needs; nil when the file has no `twin` section.
  public var twin: TwinDescription?
  public var warnings: [Diagnostic]
}

/// Reads configuration files.
public enum PlantLoader {
  /// The plant, or every fault of the file in one go.
  public static func load(path: String) -> (plant: LoadedPlant?, diagnostics: [Diagnostic]) {
    switch read(path) {
    case .success(let bytes): return load(bytes: bytes, file: path)
    case .failure(let problem):
      let found = Diagnostic(
        file: path, line: 1, column: 1, severity: .error, what: problem.what,
        advice: "name a configuration file that this user may read")
      return (nil, [found])
    }
  }

  public static func load(bytes: [UInt8], file: String) -> (
    plant: LoadedPlant?, diagnostics: [Diagnostic]
  ) {
    let diagnostics = Diagnostics(file: file)
    guard let document = Parser(bytes: bytes, diagnostics: diagnostics).document() else {
      if !diagnostics.hasErrors {
        diagnostics.error(
          Mark(line: 1, column: 1), "the file is empty", "describe a plant: see docs/configure.md")
      }
      return (nil, diagnostics.all.sorted())
    }
    let root = Section(document, .root, name: "file", diagnostics)
    let loaded = Builder(root, diagnostics).build()
    return (loaded, diagnostics.all.sorted())
  }

  private struct Unreadable: Error { var what: String }

  private static func read(_ path: String) -> Result<[UInt8], Unreadable> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      return .failure(Unreadable(what: String(cString: strerror(errno))))
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= Parser.maximumBytes {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(Unreadable(what: String(cString: strerror(errno))))
      }
      if count == 0 { break }
      bytes += chunk[0..<count]
    }
    return .success(bytes)
  }
}
