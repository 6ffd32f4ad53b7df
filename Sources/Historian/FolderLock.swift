import Glibc

/// Holds a state folder for one program alone, for as long as it lives.
///
/// Two daemons on one plant would each undo what the other does.
public final class FolderLock: Sendable {
  private let descriptor: Int32

  public init(_ folder: String) throws(StoreFailure) {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      throw StoreFailure(
        "cannot use '\(folder)' for state: \(String(cString: strerror(code)))",
        [ENOTDIR, ELOOP, ENAMETOOLONG].contains(code) ? .mistake : .disk)
    }
    // From here on `deinit` closes it, after a throw too: closed twice, it might by then be another's.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let isHeld = errno == EWOULDBLOCK
      let why = String(cString: strerror(errno))
      throw StoreFailure(
        isHeld
          ? "'\(folder)' is in use by another wellspringd: never run two on one plant"
          : "cannot lock '\(folder)': \(why)", isHeld ? .inUse : .disk)
    }
  }

  /// Whether what stands at the path `folder` now is the folder that is locked.
  func isHeld(of folder: String) -> Bool {
    var here = stat()
    var locked = stat()
    return stat(folder, &here) == 0 && fstat(descriptor, &locked) == 0
      && here.st_dev == locked.st_dev && here.st_ino == locked.st_ino
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
