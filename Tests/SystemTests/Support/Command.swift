import ControlProtocol
import Glibc

/// Runs a program to its end.
enum Command {
  struct Result {
    let output: String
    let complaint: String
    let code: Int32

    /// The output, read as JSON.
    var json: JSON { (try? JSONParser.parse(Array(output.utf8))) ?? .null }
  }

  static func run(
    _ program: String, _ arguments: [String], input: String? = nil,
    environment: [String: String] = [:], within seconds: Double = 60
  ) throws -> Result {
    let folder = try scratch()
    defer { unlinkAll(folder) }
    var source: Int32?
    if let input {
      Files.write(input, to: folder + "/input")
      source = open(folder + "/input", O_RDONLY | O_CLOEXEC)
    }
    let output = open(folder + "/output", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    defer {
      close(output)
      if let source { close(source) }
    }
    let child = try Child(
      program, arguments, log: folder + "/complaint", environment: environment, input: source,
      output: output)
    let code = try child.exitCode(within: seconds)
    return Result(
      output: Files.text(folder + "/output"), complaint: Files.text(folder + "/complaint"),
      code: code)
  }

  private static func scratch() throws -> String {
    var template = Array("/tmp/wellspring-run-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw Child.NotStarted(description: "no folder in /tmp: errno \(errno)")
    }
    return String(cString: made)
  }

  private static func unlinkAll(_ folder: String) {
    for name in ["input", "output", "complaint"] { unlink(folder + "/" + name) }
    rmdir(folder)
  }
}
