import Glibc
import Testing

/// A program in Python on the other side of the wire, told what to do over its standard input.
final class Peer {
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// Where it is: a port, or the path of a serial line.
  let place: String
  var port: Int { Int(place) ?? 0 }
  private let process: pid_t
  private let commands: UnsafeMutablePointer<FILE>
  private let answers: UnsafeMutablePointer<FILE>

  /// Starts `peers/<script>` with arguments and waits until it listens.
  init(_ script: String, _ arguments: [String] = []) throws {
    let folders = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    let path = folders.dropLast(2).joined(separator: "/") + "/peers/" + script
    let python = folders.dropLast(4).joined(separator: "/") + "/.build-peers/bin/python"
    var down: [Int32] = [0, 0]
    var up: [Int32] = [0, 0]
    try #require(pipe(&down) == 0)
    try #require(pipe(&up) == 0)
    // Other children must not hold our ends open.
    for end in [down[1], up[0]] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, down[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, up[1], STDOUT_FILENO)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var words = ([python, path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let code = posix_spawn(&process, python, &actions, nil, &words, environ)
    close(down[0])
    close(up[1])
    guard code == 0, let commands = fdopen(down[1], "w"), let answers = fdopen(up[0], "r") else {
      throw Missing(description: "no '\(python)': run scripts/setup --tests")
    }
    self.process = process
    self.commands = commands
    self.answers = answers
    guard let line = Peer.line(answers), line.hasPrefix("port ") else {
      throw Missing(
        description: "'\(script)' did not start; what it needs comes with scripts/setup --tests")
    }
    place = String(line.dropFirst(5))
  }

  deinit {
    fclose(commands)
    fclose(answers)
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  /// Gives one command and waits for its answer.
  @discardableResult
  func tell(_ command: String) -> String {
    fputs(command + "\n", commands)
    fflush(commands)
    return Peer.line(answers) ?? "gone"
  }

  private static func line(_ file: UnsafeMutablePointer<FILE>) -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    guard fgets(&buffer, Int32(buffer.count), file) != nil else { return nil }
    let bytes = buffer.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
