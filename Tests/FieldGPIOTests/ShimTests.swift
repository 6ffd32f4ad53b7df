import Foundation
import Testing

/// The shim compiles over both generations of the library, whichever this machine has.
@Suite struct ShimTests {
  @Test(arguments: [1, 2])
  func theShimCompilesOver(generation: Int) throws {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let sources = here.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/CGpiod")
    let files = try FileManager.default.contentsOfDirectory(atPath: sources.path)
      .filter { $0.hasSuffix(".c") }
    #expect(files.count == 3)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      [
        "clang", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE",
        "-I" + here.appendingPathComponent("generations/\(generation)").path,
        "-I" + sources.appendingPathComponent("include").path,
      ] + files.map { sources.appendingPathComponent($0).path }
    let output = Pipe()
    process.standardError = output
    try process.run()
    let told = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(told)")
  }
}
