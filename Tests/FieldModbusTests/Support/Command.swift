import Glibc

/// Runs a program that is found on the path, and waits for it.
enum Command {
  /// What it printed, and its exit code; 127 when there is no such program.
  static func run(_ name: String, _ arguments: [String]) -> (output: String, code: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return ("", 126) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    defer { posix_spawn_file_actions_destroy(&actions) }
    var words: [UnsafeMutablePointer<CChar>?] = ([name] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var process = pid_t()
    let code = posix_spawnp(&process, name, &actions, nil, words, environ)
    close(ends[1])
    defer { close(ends[0]) }
    guard code == 0 else { return ("", 127) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let got = read(ends[0], &buffer, buffer.count)
      guard got > 0 else { break }
      bytes += buffer[..<got]
    }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    return (String(decoding: bytes, as: UTF8.self), (status >> 8) & 0xff)
  }
}
