import Foundation

/// Runs command lines as a person would type them, with the built programs first on the path.
struct Shell {
  /// Where commands run.
  let folder: String
  /// The folder of the programs that this test run has built.
  static let programs = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().path

  struct Answer {
    var output: String
    var code: Int32
  }

  func start(_ line: String, output: Pipe = Pipe()) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = Shell.programs + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
    environment["WELLSPRING_SOCKET"] = folder + "/plant.sock"
    process.environment = environment
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    // A program inherits the mask of the thread that starts it, and test threads block signals.
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    try process.run()
    return process
  }

  func run(_ line: String) throws -> Answer {
    let output = Pipe()
    let process = try start(line, output: output)
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Answer(
      output: String(decoding: printed, as: UTF8.self), code: process.terminationStatus)
  }
}

/// Asks again and again until something holds; false when it does not within a minute.
func eventually(_ holds: () throws -> Bool) rethrows -> Bool {
  let deadline = Date().addingTimeInterval(60)
  while try !holds() {
    if Date() > deadline { return false }
    usleep(20_000)
  }
  return true
}
