import Glibc

/// A program that the test started; it ends with the test, however that ends.
final class Child {
  struct NotStarted: Error, CustomStringConvertible {
    let description: String
  }

  let process: pid_t
  /// What it printed, on both of its outputs.
  let log: String
  private var code: Int32?

  /// - Parameters:
  ///   - program: a path, or a name that is found on the path.
  ///   - log: the file that its output goes to.
  ///   - input: what it reads, as a descriptor; nothing when there is none.
  init(
    _ program: String, _ arguments: [String], log: String, environment: [String: String] = [:],
    input: Int32? = nil, output: Int32? = nil
  ) throws {
    self.log = log
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let appending = O_WRONLY | O_CREAT | O_APPEND
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log, appending, 0o600)
    posix_spawn_file_actions_adddup2(&actions, output ?? STDERR_FILENO, STDOUT_FILENO)
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var settings = Child.environment(environment).map { strdup($0) } + [nil]
    defer { for word in words + settings { free(word) } }
    var process = pid_t()
    let failure = posix_spawnp(&process, program, &actions, nil, &words, &settings)
    guard failure == 0 else {
      throw NotStarted(description: "'\(program)': \(String(cString: strerror(failure)))")
    }
    self.process = process
  }

  private static func environment(_ more: [String: String]) -> [String] {
    var settings: [String] = []
    var place = environ
    while let entry = place.pointee {
      settings.append(String(cString: entry))
      place += 1
    }
    let left = settings.filter { entry in
      !more.keys.contains { entry.hasPrefix($0 + "=") } && !entry.hasPrefix("NOTIFY_SOCKET=")
    }
    return left + more.map { "\($0.key)=\($0.value)" }
  }

  deinit {
    send(SIGCONT)
    kill()
  }

  func send(_ signal: Int32) {
    if isRunning { _ = Glibc.kill(process, signal) }
  }

  /// Ends it as a power cut would, and waits until it is gone.
  func kill() {
    send(SIGKILL)
    guard code == nil else { return }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    code = Child.code(status)
  }

  var isRunning: Bool {
    if code != nil { return false }
    var status: Int32 = 0
    if waitpid(process, &status, WNOHANG) == process { code = Child.code(status) }
    return code == nil
  }

  /// Its exit code, once it has ended; 128 and the signal when one ended it.
  func exitCode(within seconds: Double = 30) throws -> Int32 {
    try eventually("process \(process) to end", within: seconds) { !self.isRunning }
    return code ?? -1
  }

  private static func code(_ status: Int32) -> Int32 {
    status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }

  /// Whether a SIGSTOP holds it.
  var isStopped: Bool { Files.text("/proc/\(process)/status").contains("State:\tT") }

  /// Kilobytes of memory that it holds, as the kernel counts them.
  var residentKilobytes: Int {
    let lines = Files.text("/proc/\(process)/status").split(separator: "\n")
    let line = lines.first { $0.hasPrefix("VmRSS:") } ?? ""
    return Int(line.split(separator: " ").dropFirst().first ?? "") ?? 0
  }
}
