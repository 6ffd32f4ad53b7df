import Glibc

/// Why a socket could not be opened.
public struct SocketFailure: Error, CustomStringConvertible, Sendable {
  public let description: String
}

/// Opens a Unix socket to listen at.
enum Listener {
  /// Listens at `path`, which a socket left over from before may hold; anything else there stays.
  static func open(_ path: String, _ mode: UInt32) throws(SocketFailure) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw SocketFailure(description: "the socket's path is too long: '\(path)'")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    var found = stat()
    if lstat(path, &found) == 0 {
      guard found.st_mode & S_IFMT == S_IFSOCK else {
        throw SocketFailure(
          description: "'\(path)' is there and is no socket: name another path, or take it away")
      }
      guard !answers(&address) else {
        throw SocketFailure(description: "'\(path)' is in use: is another one running?")
      }
      _ = unlink(path)
    }
    let listener = make()
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) }
    }
    guard bound == 0, chmod(path, mode) == 0, listen(listener, 128) == 0 else {
      let why = String(cString: strerror(errno))
      close(listener)
      throw SocketFailure(
        description:
          "cannot listen at '\(path)': \(why); does its folder exist and belong to this user?")
    }
    return listener
  }

  private static func make() -> Int32 {
    let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    return socket(AF_UNIX, Int32(kind), 0)
  }

  /// Whether someone listens there, even if too busy to take the call.
  private static func answers(_ address: inout sockaddr_un) -> Bool {
    let probe = make()
    defer { close(probe) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(probe, $0, size) }
    }
    return code == 0 || errno == EAGAIN
  }
}
