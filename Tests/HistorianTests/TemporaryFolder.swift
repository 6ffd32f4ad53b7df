import Glibc

/// A folder of its own for one test, gone with it.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/wellspring-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { fatalError("no folder in /tmp: errno \(errno)") }
    path = String(cString: made)
  }

  deinit { _ = Command.run("rm", ["-r", path]) }

  func file(_ name: String) -> String { path + "/" + name }

  /// The names in the folder, sorted.
  var names: [String] {
    Command.run("ls", ["-1", path]).output.split(separator: "\n").map(String.init).sorted()
  }
}
