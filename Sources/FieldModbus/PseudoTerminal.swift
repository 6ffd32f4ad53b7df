import Glibc

/// A pseudo-terminal in the place of a serial line, for whoever plays the devices on it.
///
/// Its path leads to it for as long as it lives.
final class PseudoTerminal {
  /// Our end: what is written here comes out at the path.
  let descriptor: Int32
  /// The line's end stays open here too, so that a client may come and go.
  private let other: Int32
  private let path: String

  /// - Parameter bus: whose line it is, for complaints.
  init(at path: String, bus: String) throws(ServerFailure) {
    var near: Int32 = 0
    var far: Int32 = 0
    guard openpty(&near, &far, nil, nil, nil) == 0 else {
      throw ServerFailure(description: "no pseudo-terminal: \(String(cString: strerror(errno)))")
    }
    var mode = termios()
    tcgetattr(far, &mode)
    cfmakeraw(&mode)
    tcsetattr(far, TCSANOW, &mode)
    do throws(ServerFailure) {
      try PseudoTerminal.link(path, to: far, bus: bus)
    } catch {
      close(near)
      close(far)
      throw error
    }
    (descriptor, other, self.path) = (near, far, path)
  }

  deinit {
    unlink(path)
    close(descriptor)
    close(other)
  }

  /// The line's path leads to the terminal. What is there and leads to no terminal is never touched.
  private static func link(_ path: String, to terminal: Int32, bus: String) throws(ServerFailure) {
    var name = [CChar](repeating: 0, count: 128)
    ttyname_r(terminal, &name, name.count)
    var found = stat()
    if lstat(path, &found) == 0 {
      var target = [UInt8](repeating: 0, count: 128)
      let isOurs =
        found.st_mode & S_IFMT == S_IFLNK
        && target.withUnsafeMutableBytes {
          readlink(path, $0.bindMemory(to: CChar.self).baseAddress!, $0.count) > 0
        } && target.starts(with: "/dev/pts/".utf8)
      guard isOurs, unlink(path) == 0 else {
        throw ServerFailure(
          description:
            "'\(path)' of bus '\(bus)' is there already: a simulated line needs a path of its own")
      }
    }
    guard symlink(name, path) == 0 else {
      throw ServerFailure(
        description: "cannot make '\(path)' for bus '\(bus)': \(String(cString: strerror(errno)))")
    }
  }
}
