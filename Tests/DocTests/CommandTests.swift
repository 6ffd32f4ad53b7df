import Foundation
import Testing

/// Every command that a document gives is run, or checked as far as it can be without a machine of
/// its own. A command that this does not know fails.
@Suite(.serialized) struct CommandTests {
  @Test func commandsStandInBlocksOfTheirOwn() throws {
    for line in try DocumentLine.lines() {
      guard case .block(let language) = line.place, language != "sh" else { continue }
      let first = line.text.split(separator: " ").first.map(String.init) ?? ""
      #expect(
        !DocumentedCommand.isProgram(first),
        "\(line.document):\(line.number): a command outside of an sh block: \(line.text)")
    }
  }

  @Test func everyCommandIsKnown() throws {
    let commands = try DocumentedCommand.all()
    #expect(commands.count > 50)
    for command in commands {
      #expect(command.treatment != nil, "\(command.place): nobody has said how to check this")
    }
  }

  @Test func commandsThatNeedAMachineAreWhatTheirProgramsOffer() throws {
    let shell = Shell(folder: Documents.root.path)
    var checked = 0
    for command in try DocumentedCommand.all() {
      guard case .offered(let help, _) = command.treatment else { continue }
      let answer = try shell.run(help)
      #expect(answer.code == 0, "\(command.place): \(answer.output)")
      for word in command.line.split(separator: " ") where word.hasPrefix("--") {
        #expect(answer.output.contains(word), "\(command.place): \(help) does not know \(word)")
      }
      checked += 1
    }
    #expect(checked > 5)
  }

  @Test func unitsAndGroupsThatCommandsNameAreInstalled() throws {
    let units = Set(try FileManager.default.contentsOfDirectory(atPath: Documents.path("systemd")))
    let groups = try String(
      contentsOfFile: Documents.path("systemd/wellspring.sysusers"), encoding: .utf8)
    for command in try DocumentedCommand.all() {
      guard case .systemd = command.treatment else { continue }
      guard command.line.hasPrefix("sudo usermod -aG ") else {
        #expect(command.line.contains("wellspringd"), "\(command.place): names no unit of ours")
        continue
      }
      for group in command.line.split(separator: " ")[3].split(separator: ",") {
        #expect(groups.contains("g \(group) -"), "\(command.place): no group \(group)")
      }
    }
    #expect(units.contains("wellspringd.service"))
  }

  @Test func installingAndUninstallingLeavesNothing() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("wellspring-install-\(getpid())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let shell = Shell(folder: Documents.root.path)
    let installed = try shell.run("scripts/install --no-build --destdir \(folder.path)")
    #expect(installed.code == 0, "\(installed.output)")
    for page in ["man8/wellspringd.8", "man1/wellspringctl.1", "man1/wellspring-sim.1"] {
      let path = folder.path + "/usr/share/man/" + page
      #expect(FileManager.default.fileExists(atPath: path), "\(page)")
    }
    for file in try Documents.files(in: "config", ending: ".yaml") {
      let path = folder.path + "/usr/share/doc/wellspring/" + file.dropFirst("config/".count)
      #expect(FileManager.default.fileExists(atPath: path), "\(file)")
    }
    let removed = try shell.run("scripts/uninstall --purge --destdir \(folder.path)")
    #expect(removed.code == 0, "\(removed.output)")
    let left = try shell.run("find \(folder.path) -type f")
    #expect(left.output == "")
  }

  @Test func everyOtherCommandDoesWhatItsDocumentSays() throws {
    let commands = try DocumentedCommand.all()
    let plant = try LivePlant()
    var run = 0
    for command in commands {
      guard case .run(let code) = command.treatment else { continue }
      let answer = try plant.shell.run(command.onThePlant)
      #expect(answer.code == code, "\(command.place): exit \(answer.code): \(answer.output)")
      #expect(!answer.output.isEmpty || command.isSilent, "\(command.place) says nothing")
      run += 1
    }
    #expect(run > 30)
    try watch(plant)
    #expect(plant.stop() == 0)
  }

  /// The one command that does not end by itself.
  private func watch(_ plant: LivePlant) throws {
    let output = Pipe()
    let process = try plant.shell.start("exec wellspringctl watch", output: output)
    let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    #expect(said.contains("outdoors"))
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
