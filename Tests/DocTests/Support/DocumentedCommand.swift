import Foundation

/// A command that a document gives, and how it is checked.
struct DocumentedCommand {
  let document: String
  let number: Int
  /// Without its comment.
  let line: String

  enum Treatment: Equatable {
    /// On a running plant, or on files: it ends with this code.
    case run(Int32)
    /// Starts the twin or the daemon that the others speak to.
    case start
    /// `wellspringctl watch`, which ends by a signal.
    case watch
    /// Needs root, minutes or a terminal: its options are compared with what its help offers.
    case offered(help: String, why: String)
    /// Needs a running systemd or users of the machine.
    case systemd
  }

  /// What a first word may be; the longest that fits decides.
  private static let table: [(String, Treatment)] = [
    ("scripts/demo", .offered(help: "scripts/demo --help", why: "takes minutes and a terminal")),
    ("scripts/test", .offered(help: "scripts/test --help", why: "would run this test again")),
    ("scripts/setup", .offered(help: "scripts/setup --help", why: "installs packages")),
    ("scripts/bench", .offered(help: "scripts/bench --help", why: "takes minutes")),
    ("scripts/well-diagnosis", .offered(help: "scripts/well-diagnosis --help", why: "builds")),
    ("scripts/allotment", .offered(help: "scripts/allotment --help", why: "takes minutes")),
    ("wellspring-sim history", .offered(help: "wellspring-sim --help", why: "takes minutes")),
    ("sudo scripts/install", .offered(help: "scripts/install --help", why: "needs root")),
    ("sudo scripts/uninstall", .offered(help: "scripts/uninstall --help", why: "needs root")),
    ("scripts/build", .offered(help: "test -x scripts/build", why: "has built this test")),
    ("Tests/Rig/gpio", .offered(help: "Tests/Rig/gpio --help", why: "takes minutes")),
    (".ci/run", .offered(help: "test -x .ci/run", why: "runs this test")),
    ("systemctl", .systemd), ("sudo systemctl", .systemd), ("journalctl", .systemd),
    ("sudo journalctl", .systemd), ("sudo usermod -aG wellspring-", .systemd),
    ("wellspring-sim --config", .start), ("wellspringd --config", .start),
    ("wellspringctl watch", .watch), ("wellspringctl", .run(0)),
    ("wellspringd --check", .run(0)), ("wellspringd --schema", .run(0)),
    ("wellspring-sim tell", .run(0)), ("wellspring-sim rated", .run(0)), ("echo ", .run(0)),
    ("mkdir ", .run(0)),
    // No such alarm stands on a sound plant, and its main units do not cool.
    ("wellspringctl reset", .run(1)), ("wellspringctl ack unit-tripped", .run(1)),
    // Its plant has no households and no wells.
    ("wellspringctl flush", .run(1)), ("wellspringctl health", .run(0)),
    ("wellspringctl step-test", .run(1)),
    ("wellspringctl allot --from", .run(1)),
    ("wellspringctl allot", .offered(help: "wellspringctl --help", why: "names no days")),
    ("wellspringctl doctor --config", .run(0)),
    ("wellspringctl doctor --bus", .offered(help: "wellspringctl --help", why: "needs a device")),
    ("wellspringctl doctor", .offered(help: "wellspringctl --help", why: "needs a plant's file")),
    ("wellspring-sim act", .offered(help: "wellspring-sim --help", why: "serves for ever")),
    ("wellspringctl mode recovery cooling-circuit", .run(1)),
  ]

  static func isProgram(_ word: String) -> Bool {
    ["wellspringd", "wellspringctl", "wellspring-sim", "systemctl", "journalctl", "sudo", "echo"]
      .contains(word) || word.hasPrefix("scripts/") || word.hasPrefix(".ci/")
  }

  var place: String { "\(document):\(number): \(line)" }

  var treatment: Treatment? {
    DocumentedCommand.table.filter { line.hasPrefix($0.0) }.max { $0.0.count < $1.0.count }?.1
  }

  /// The same with the installed paths turned to those of the test's own plant.
  var onThePlant: String {
    line.replacingOccurrences(of: "/etc/wellspring/plant.yaml", with: "config/sports-centre.yaml")
      .replacingOccurrences(of: "/run/wellspring/control.sock", with: "plant.sock")
  }

  /// Whether success says nothing.
  var isSilent: Bool { line.contains(" > ") || line.hasPrefix("mkdir") || line.hasSuffix(" ack") }

  /// All of them, in the order of the documents: lines of `sh` blocks, and programs with arguments
  /// between backticks.
  static func all() throws -> [DocumentedCommand] {
    try DocumentLine.lines().flatMap { line -> [DocumentedCommand] in
      let make = { DocumentedCommand(document: line.document, number: line.number, line: $0) }
      switch line.place {
      case .block("sh"):
        let command = line.text.components(separatedBy: " #")[0]
          .trimmingCharacters(in: .whitespaces)
        return command.isEmpty ? [] : [make(command)]
      case .block: return []
      case .prose:
        return line.spans.map(withoutSettings).filter {
          let words = $0.split(separator: " ")
          return words.count > 1 && isProgram(String(words[0]))
        }.map(make)
      }
    }
  }

  /// `NAME=value command` without the settings before the command.
  private static func withoutSettings(_ span: String) -> String {
    let words = span.split(separator: " ")
    return words.drop { $0.contains("=") && $0.first?.isUppercase == true }.joined(separator: " ")
  }
}

extension DocumentLine {
  static func lines() throws -> [DocumentLine] { try Documents.names().flatMap(all(of:)) }
}

extension Pipe {
  /// A pipe whose reader keeps it empty, so that a talkative program is never held up.
  convenience init(log folder: URL) {
    self.init()
    fileHandleForReading.readabilityHandler = { _ = $0.availableData }
  }
}
