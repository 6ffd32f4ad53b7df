import ControlProtocol
import Glibc
import PlantModel
import Quantities

/// The operator's and technician's client of the daemon.
@main struct Program {
  static let help = """
    usage: wellspringctl [--socket PATH] [--json] COMMAND

      status                 what the plant does now and until when
      watch                  the same, live; Ctrl-C ends it
      mode BLOCK MODE        run a block in a mode of its own; 'automatic' gives it to its rules
      why NAME               why a unit, pump, valve, block, tank or point is as it is, and for how
                             much longer
      points [PATTERN]       values with their quality: points 'sensors-1.*'
      alarms [--cost]        what is wrong, and what to do; with --cost how often and how long each
                             alarm stood, and what the plant was short of meanwhile
      ack [KIND SUBJECT]     take note of one alarm, or of all
      reset KIND SUBJECT     release a latched alarm whose cause is gone
      energy                 heat, cold, electricity and coefficients, per operation, with what each
                             may be wrong by
      wells                  heat and water of each well by the year, what its meters say, its last
                             flushing
      health                 wells: what their step tests say of screen, return zone, pump and exchanger
      step-test WELL [stop|as-new]
                             let a well be step-tested, about 2 h; stop ends it; as-new begins its
                             record anew, after a new pump or a rehabilitation
      flush WELL [stop]      let a well be flushed, with another carrying its load; stop ends it
      ledger export [--from T] [--to T]
                             the reinjection ledger as text to keep, times in UTC
      ledger verify FILE     whether an export is whole; - reads it from the input, no daemon needed
      ledger statement --month YYYY-MM [--csv]
                             totals, balance with its uncertainty, gaps and events
      ledger replace-meter METER --reading M3 [--old M3]
                             another meter is in: what its counter showed when it went in, and
                             the old one's when it was taken out
      allot [DISTRIBUTION] --from DAY --to DAY [--consumer NAME] [--csv]
                             the loop's electricity of those days shared by the consumers: days of
                             local time, both included
      devices                how the devices' communication goes
      doctor [DEVICE…] --config FILE
      doctor --bus PLACE --profile FILE [--unit N] [--baud N] [--parity P] [--stop-bits N]
                             examine devices against their profiles, on the bus itself: the plant's,
                             or one at HOST:PORT or a serial line's path. It reads alone, and needs no
                             daemon; one that holds the serial line must be stopped
        --timeout SECONDS    in place of the bus's response time-out
        --write              repeat what outputs show, to see whether they may be written
      events [N]             the last events, newest first

      --socket PATH          default /run/wellspring/control.sock, or $WELLSPRING_SOCKET
      --json                 the daemon's own answer, for programs
      --version, --help

    exit codes: 0 done, 1 refused or not found, 2 command line, 3 the daemon does not answer,
    4 done, but not saved: a restart may undo it. Of doctor: 0 sound, 1 findings, 64 command line,
    69 a device was not reached, 78 configuration refused.
    """

  static func main() {
    let arguments = Arguments(Array(CommandLine.arguments.dropFirst()))
    if arguments.wantsHelp { return print(help) }
    if arguments.wantsVersion { return print("wellspringctl 0.1.0") }
    if let complaint = arguments.complaint {
      end(arguments.words.first == "doctor" ? 64 : 2, "\(complaint); see wellspringctl --help")
    }
    guard let command = arguments.words.first else {
      complain(help)
      exit(2)
    }
    if command == "doctor" { exit(DoctorCommand.run(arguments)) }
    if let complaint = CommandWords.complaint(about: arguments) {
      end(2, "\(complaint); see wellspringctl --help")
    }
    if case .verify(let name)? = arguments.ledger { exit(LedgerCommands.verify(name)) }
    do throws(ClientFailure) {
      let client = try LineClient(path: arguments.socket)
      exit(try Commands(client: client, arguments: arguments).run(command))
    } catch {
      switch error.kind {
      case .silent:
        end(
          3,
          "\(error.description); see: systemctl status wellspringd, journalctl -u wellspringd")
      case .unreachable, .senseless:
        end(3, "\(error.description); is wellspringd running? see: systemctl status wellspringd")
      }
    }
  }

  static func complain(_ text: String) {
    let line = Array("\(text)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
  }

  private static func end(_ code: Int32, _ text: String) -> Never {
    complain("wellspringctl: \(text)")
    exit(code)
  }
}

/// The command line, taken apart.
struct Arguments {
  private(set) var socket = "/run/wellspring/control.sock"
  private(set) var isJSON = false
  private(set) var wantsHelp = false
  private(set) var wantsVersion = false
  private(set) var words: [String] = []
  private(set) var complaint: String?
  /// Options that belong to one command, with their values.
  private(set) var options: [String: String] = [:]

  /// What stands behind `ledger`, where it makes sense.
  var ledger: LedgerWords? {
    words.first == "ledger" ? try? LedgerWords.parse(Array(words.dropFirst()), options) : nil
  }

  init(_ arguments: [String]) {
    if let path = getenv("WELLSPRING_SOCKET") { socket = String(cString: path) }
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--":
        words += rest
        rest = []
      case "--json": isJSON = true
      case "--help", "-h": wantsHelp = true
      case "--version": wantsVersion = true
      case "--socket":
        if let path = rest.popFirst() { socket = path } else { complaint = "--socket needs a path" }
      case _ where word.hasPrefix("--socket="): socket = String(word.dropFirst(9))
      case "--csv", "--cost", "--write": options[word] = ""
      case "--from", "--to", "--month", "--reading", "--old", "--consumer",
        _ where DoctorWords.options.contains(word):
        if let value = rest.popFirst() {
          options[word] = value
        } else {
          complaint = "\(word) needs a value"
        }
      case _ where word.hasPrefix("-") && word != "-": complaint = "unknown option '\(word)'"
      case _: words.append(word)
      }
    }
  }
}
