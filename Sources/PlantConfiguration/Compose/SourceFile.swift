#if canImport(Glibc)
  import Glibc
#endif

/// The bytes of a configuration file, and which file it is whatever it is called.
struct SourceFile {
  var bytes: [UInt8]
  /// Nil for one that was never a file.
  var identity: Identity?

  /// Two names of one file have the same.
  struct Identity: Hashable {
    var device: UInt
    var inode: UInt
  }

  struct Unreadable: Error { var what: String }

  /// Reads at most one byte more than a configuration may have. `isPart` is refused where it is no
  /// regular file: a pipe would be waited for.
  static func read(_ path: String, isPart: Bool = false) -> Result<SourceFile, Unreadable> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | (isPart ? O_NONBLOCK : 0))
    guard descriptor >= 0 else { return .failure(failure()) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .failure(failure()) }
    guard !isPart || status.st_mode & S_IFMT == S_IFREG else {
      return .failure(Unreadable(what: "no regular file"))
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= Parser.maximumBytes {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(failure())
      }
      if count == 0 { break }
      bytes += chunk[0..<count]
    }
    let identity = Identity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
    return .success(SourceFile(bytes: bytes, identity: identity))
  }

  private static func failure() -> Unreadable { Unreadable(what: String(cString: strerror(errno))) }

  /// `name` as the file `path` means it: beside that file, unless it begins at the root.
  static func path(of name: String, from path: String) -> String {
    guard !name.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return name }
    return String(path[...slash]) + name
  }
}
