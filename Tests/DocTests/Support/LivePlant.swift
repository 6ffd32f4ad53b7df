import ControlProtocol
import Foundation

/// A twin and a daemon on it, started with the very commands that `docs/commission.md` gives.
final class LivePlant {
  let shell: Shell
  private let simulator: Process
  private let daemon: Process

  /// Starts both, on free ports and in a folder of its own, with another plant under the same name if
  /// told so.
  init(_ name: String = "sports-centre") throws {
    let starts = try DocumentedCommand.all().filter { $0.treatment == .start }.map(\.line)
    guard let twin = starts.first(where: { $0.hasPrefix("wellspring-sim") }),
      let controller = starts.first(where: { $0.hasPrefix("wellspringd") })
    else { throw Failure(.invalid, "no document starts a twin and a daemon") }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("wellspring-doc-\(getpid())-\(UInt32.random(in: 0...99999))")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("config"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("state"), withIntermediateDirectories: true)
    var plant = try Shell(folder: Documents.root.path)
      .run("wellspringd --check --expanded config/\(name).yaml").output
    for port in Set(plant.matches(of: /port: (\d+)/).map { String($0.1) }) {
      plant = plant.replacingOccurrences(
        of: "port: \(port)", with: "port: \(try LivePlant.freePort())")
    }
    try plant.write(
      to: folder.appendingPathComponent("config/sports-centre.yaml"), atomically: true,
      encoding: .utf8)
    shell = Shell(folder: folder.path)
    let said = Pipe()
    simulator = try shell.start("exec " + twin, output: said)
    let first = said.fileHandleForReading.availableData
    guard String(decoding: first, as: UTF8.self).contains("serving") else {
      throw Failure(.invalid, String(decoding: first, as: UTF8.self))
    }
    daemon = try shell.start("exec " + controller, output: Pipe(log: folder))
    let hasBegun = try eventually {
      try status()["has_taken_over"]?.bool == true
    }
    if !hasBegun {
      _ = stop()
      throw Failure(.invalid, "the daemon does not take the plant over")
    }
  }

  func status() throws -> JSON {
    guard let client = try? LineClient(path: shell.folder + "/plant.sock") else { return .null }
    return try client.ask(Call(method: "status"))["result"] ?? .null
  }

  /// Stops the daemon in order and the twin; the daemon's exit code.
  func stop() -> Int32 {
    daemon.terminate()
    daemon.waitUntilExit()
    simulator.terminate()
    simulator.waitUntilExit()
    try? FileManager.default.removeItem(atPath: shell.folder)
    return daemon.terminationStatus
  }

  /// A port that nobody listens at.
  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x0100_007f)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isBound else { throw Failure(.invalid, "no port is free") }
    return Int(address.sin_port.bigEndian)
  }
}
