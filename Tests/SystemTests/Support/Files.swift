import Glibc

/// Files, and where the programs and the repository are.
enum Files {
  /// The repository's folder.
  static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
    .joined(separator: "/")

  /// The folder that this test was built into, and the programs with it.
  static let programs = link("/proc/self/exe").split(separator: "/").dropLast()
    .reduce("") { $0 + "/" + $1 }

  static func program(_ name: String) -> String { programs + "/" + name }

  static func peer(_ name: String) -> String { root + "/Tests/SystemTests/peers/" + name }

  static var python: String { root + "/.build-peers/bin/python" }

  private static func link(_ path: String) -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink(path, &buffer, buffer.count)
    return String(
      decoding: buffer.prefix(max(count, 0)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The whole of a file; nothing when it is not there.
  static func text(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    return String(decoding: all(of: descriptor), as: UTF8.self)
  }

  /// Everything up to the end.
  static func all(of descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }

  static func write(_ text: String, to path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    let bytes = Array(text.utf8)
    precondition(Glibc.write(descriptor, bytes, bytes.count) == bytes.count, "cannot write \(path)")
    close(descriptor)
  }
}

/// A folder of its own for one test, gone with it.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/wellspring-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { fatalError("no folder in /tmp: errno \(errno)") }
    path = String(cString: made)
    // Other users' clients must get in.
    chmod(path, 0o755)
  }

  deinit { _ = try? Command.run("rm", ["-r", path]) }

  func file(_ name: String) -> String { path + "/" + name }
}
