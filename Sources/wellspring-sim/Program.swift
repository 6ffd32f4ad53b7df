import ControlProtocol
import Dispatch
import FieldModbus
import Glibc
import PlantConfiguration
import PlantModel
import PlantRuntime
import PlantSimulation
import Quantities

/// The twin of a plant behind real Modbus.
@main struct Program {
  static let help = """
    usage: wellspring-sim --config FILE [options]
           wellspring-sim tell --control PATH COMMAND…
           wellspring-sim rated [--json]
           wellspring-sim history --config FILE --state FOLDER --days N [--start TIME]
                              [--step-tests] [--damage 'WELL PART FIGURE']
           wellspring-sim act PROFILE [--listen HOST:PORT | --serial PATH] [--unit N] [--running]
                              [--mistake KIND]…

    Runs the twin of a plant in real or faster time and serves its devices over Modbus: TCP at the
    hosts and ports of its buses, RTU at a pseudo-terminal in the place of each serial line, whose path
    must be free. There every character takes its time.

      --config FILE       the plant's configuration, with its twin section
      --time-scale N      live N times faster (1 to 2000, default 1)
      --start TIME        the twin's time, as 2026-01-15T08:00:00Z (default: now)
      --season S          winter or summer: where valves and water stand at first (default winter)
      --seed N            another seed for weather and noise
      --control PATH      a socket that takes commands
      --version, --help

    rated needs no plant: it prints each number of the designers that physics can give, the twin's own
    and the difference, and ends. With --json as one line.

    history runs the plant and its controller for N days as fast as the machine can, with an operator who
    changes the season by the calendar, and leaves the state folder that a daemon would have: for trying
    statements, ledgers and reports. It begins at --start (default: 2026-01-01 local time). With
    --step-tests the operator has one well step-tested every day, in turn. --damage makes a part of a
    well worse day by day, until it has FIGURE on the last; PART and FIGURE are those of well-damage.

    act serves one device of a profile (config/devices) that nobody has at hand, with plausible values,
    over Modbus TCP (default 127.0.0.1:0, a free port) or, with --serial, over RTU at a pseudo-terminal
    that PATH leads to. It refuses what the device would refuse; --running lets a machine run at first.
    --mistake makes it differ from its profile, to see that 'wellspringctl doctor' finds it:
      off-by-one=1 or -1, swapped-words, swapped-bytes, factor=X[:SIGNAL], wrong-unit=N, read-limit=N,
      too-fast=MS, slow=MS, read-only-command, wrong-table, signed-as-unsigned:SIGNAL,
      no-value[=RAW]:SIGNAL, wrong-identity, undefined=ADDRESS, block-start=ADDRESS, zeros,
      write-function=single or multiple, wrong-baud

    commands of tell:
      status                          what really happened: litres mixed, minutes dead-headed, …
      fault KIND NAME                 valve-sticks, valve-runs-on, closed-switch-lies,
                                      opened-switch-lies, drive-trips, unit-trips, sensor-freezes,
                                      well-trips, device-silent; power-cut, without a name
      fault KIND NAME FIGURE          valve-leaks (0 to 1), sensor-jumps (in the point's unit, may be
                                      negative), sensor-drifts (the same an hour), sensor-scales (part of the
                                      truth), leak (m³/h)
      fault well-damage NAME PART FIGURE
                                      screen-clogging, return-clogging, exchanger-fouling (more loss, as
                                      part of the sound one), pump-wear (slip, as part of its flow),
                                      packer-leak, column-leak, check-valve-leak, exchanger-leak,
                                      surface-leak (m³/h at 100 kPa)
      clear KIND NAME                 mend it
      hold [ground=C] [building=C] [hot=C] [outdoor=C] [tanks=C]
                                      hold temperatures, -50 to 100 °C, as a test bench does; none
                                      lets go
      quit                            end the simulator

    exit codes: 0 ended or done, 1 a command was refused, nothing could be saved, or a rated number is neither within 2 % nor
    contradicted by name, 64 command line, 69 a port or socket is taken or not there, 78 configuration
    refused.
    """

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "act", !arguments.contains("--help") {
      do throws(ActCommand.Complaint) {
        try ActCommand(Array(arguments.dropFirst())).run()
      } catch {
        fail(error.code, error.text)
      }
    }
    let options = CommandLineOptions(
      arguments,
      valued: [
        "--config", "--time-scale", "--start", "--season", "--seed", "--control", "--state",
        "--days", "--damage",
      ],
      plain: ["--version", "--help", "--json", "--step-tests"])
    if options.flags.contains("--help") { return print(help) }
    if options.flags.contains("--version") { return print("wellspring-sim \(Version.text)") }
    if let complaint = options.complaint { fail(64, "\(complaint); see wellspring-sim --help") }
    if options.words.first == "rated" { return rated(options) }
    if options.flags.contains("--json") {
      fail(64, "--json goes with rated alone; see wellspring-sim --help")
    }
    if options.words.first == "tell" { return tell(options) }
    if options.words.first == "history" { return history(options) }
    if let word = options.words.first {
      fail(64, "'\(word)' is too much; see wellspring-sim --help")
    }
    serve(options)
  }

  /// Prints the designers' numbers beside the twin's.
  private static func rated(_ options: CommandLineOptions) {
    guard options.words.count == 1, options.values.isEmpty else {
      fail(64, "rated takes --json alone; see wellspring-sim --help")
    }
    let report = RatedReport(lines: Rating().lines())
    print(options.flags.contains("--json") ? report.json.line : report.text)
    guard report.isSound else { exit(1) }
  }

  /// Sends one command to a running simulator and prints the answer.
  private static func tell(_ options: CommandLineOptions) {
    guard let path = options.values["--control"], options.words.count > 1 else {
      fail(64, "tell needs --control PATH and a command; see wellspring-sim --help")
    }
    let call = Call(
      method: options.words[1],
      parameters: ["words": .list(options.words.dropFirst(2).map { .text($0) })])
    do throws(ClientFailure) {
      let client = try LineClient(path: path)
      let reply = try client.ask(call)
      if let refusal = reply["error"]?["message"]?.text { fail(1, refusal) }
      print(reply.line)
    } catch {
      fail(69, error.description)
    }
  }

  /// The plant that the command line names, and its twin with the seed asked for.
  private static func plant(_ options: CommandLineOptions) -> (Plant, TwinDescription) {
    guard let path = options.values["--config"] else {
      fail(64, "name the plant with --config FILE; see wellspring-sim --help")
    }
    let (loaded, diagnostics) = PlantLoader.load(path: path)
    for diagnostic in diagnostics { complain("\(diagnostic)") }
    guard let loaded else { fail(78, "the configuration is refused") }
    guard var description = loaded.twin else {
      fail(78, "'\(path)' has no section 'twin': there is nothing to simulate")
    }
    if let seed = options.values["--seed"] {
      guard let number = UInt64(seed) else { fail(64, "'\(seed)' is no seed") }
      description.seed = number
    }
    return (loaded.plant, description)
  }

  private static func start(_ options: CommandLineOptions) -> Instant? {
    guard let text = options.values["--start"] else { return nil }
    guard let time = Times.parse(text) else {
      fail(64, "'\(text)' is no time: write 2026-01-15T08:00:00Z")
    }
    return time
  }

  /// Fills a state folder with days that never were.
  private static func history(_ options: CommandLineOptions) {
    let known = ["--config", "--state", "--days", "--start", "--seed", "--damage"]
    guard options.words.count == 1, options.values.keys.allSatisfy({ known.contains($0) }),
      let folder = options.values["--state"],
      let days = options.values["--days"].flatMap({ Int($0) }), (1...3650).contains(days)
    else {
      fail(
        64,
        "history takes --config, --state and --days (1 to 3650), --start, --seed, --step-tests and --damage"
      )
    }
    let (plant, twin) = plant(options)
    var history = History(plant: plant, twin: twin, start: start(options))
    history.hasStepTests = options.flags.contains("--step-tests")
    if let words = options.values["--damage"]?.split(separator: " ").map(String.init) {
      do throws(Failure) {
        let fault = try FaultWords(words: ["well-damage"] + words, plant: plant, begins: true)
          .fault()
        guard case .wellDamage(let well, let part, let figure) = fault else { return }
        history.damage = (well, part, figure)
      } catch {
        fail(64, error.message)
      }
    }
    if let problem = history.run(days: days, into: folder) { fail(1, problem) }
    print(history.summary)
  }

  private static func serve(_ options: CommandLineOptions) {
    Signals.block([SIGTERM, SIGINT])
    let own = ["--state", "--days", "--damage"].filter { options.values[$0] != nil }
    if let option = own.first ?? options.flags.first(where: { $0 == "--step-tests" }) {
      fail(64, "\(option) goes with history alone; see wellspring-sim --help")
    }
    let (plant, description) = plant(options)
    let scale = Double(options.values["--time-scale"] ?? "1") ?? 0
    guard (1...2000).contains(scale) else { fail(64, "--time-scale is from 1 to 2000") }
    let season = options.values["--season"] ?? "winter"
    guard ["winter", "summer"].contains(season) else { fail(64, "--season is winter or summer") }
    let clock = PlantTime(start: start(options), scale: scale)
    let twin = Twin(
      plant: plant, description: description, start: clock.now,
      isWinter: season == "winter")
    do throws(ServerFailure) {
      let simulator = try Simulator(twin, clock: clock, control: options.values["--control"])
      print("wellspring-sim: serving \(plant.name) at \(Int(scale))×")
      fflush(nil)
      simulator.run()
    } catch {
      fail(69, error.description)
    }
  }

  private static func complain(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = write(STDERR_FILENO, line, line.count)
  }

  private static func fail(_ code: Int32, _ text: String) -> Never {
    complain("wellspring-sim: \(text)")
    exit(code)
  }
}
