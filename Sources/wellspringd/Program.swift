import ControlProtocol
import Dispatch
import Glibc
import PlantConfiguration
import PlantModel
import PlantRuntime
import Quantities

/// The daemon's entry: reads the command line, checks the configuration, runs the plant.
@main struct Program {
  static let help = """
    usage: wellspringd --config FILE [options]

    Runs a shallow-geothermal plant: polls its devices over Modbus, changes its valves over, runs its
    pumps and units, and answers wellspringctl.

      --config FILE       the plant's configuration (default /etc/wellspring/plant.yaml)
      --check [FILE]      check the configuration and print the plant as understood; touch nothing
      --expanded          with --check: print all files as one, without includes and templates, instead
      --requests          with --check: print every read that is planned, one a line, instead
      --schema            print the JSON Schema of configurations, for editors
      --state DIR         where state is kept (default /var/lib/wellspring)
      --socket PATH       the control socket (default /run/wellspring/control.sock)
      --scan-seconds S    another scan period than the configuration's
      --time-scale N      let the plant live N times faster: simulated plants on loopback only
      --plant-time TIME   the plant's time now, as 2026-01-15T08:00:00Z: simulated plants only
      --version, --help

    signals: TERM and INT stop the plant in order, HUP takes a new configuration over.
    exit codes: 0 stopped in order, 1 --check found faults, 64 command line, 73 socket, 74 state,
    78 configuration refused.
    """

  static func main() {
    let options = CommandLineOptions(
      Array(CommandLine.arguments.dropFirst()),
      valued: [
        "--config", "--state", "--socket", "--scan-seconds", "--time-scale", "--plant-time",
      ], plain: ["--check", "--expanded", "--requests", "--schema", "--version", "--help"])
    if options.flags.contains("--help") { return print(help) }
    if options.flags.contains("--version") { return print("wellspringd \(Version.text)") }
    if let complaint = options.complaint { fail(64, "\(complaint); see wellspringd --help") }
    if let word = surplus(options) { fail(64, "'\(word)' is too much; see wellspringd --help") }
    if options.flags.contains("--schema") { return print(ConfigurationSchema.json()) }
    let path = options.values["--config"] ?? options.words.first ?? "/etc/wellspring/plant.yaml"
    let isExpanded = options.flags.contains("--expanded")
    let isPlan = options.flags.contains("--requests")
    if options.flags.contains("--check") {
      exit(isExpanded ? expand(path) : check(path, isPlan: isPlan))
    }
    if isExpanded || isPlan {
      fail(64, "--expanded and --requests go with --check; see wellspringd --help")
    }
    run(path, options)
  }

  /// The first word that nothing takes: only `--check` takes one, where `--config` names no file.
  private static func surplus(_ options: CommandLineOptions) -> String? {
    let takesOne =
      options.flags.contains("--check") && !options.flags.contains("--schema")
      && options.values["--config"] == nil
    return options.words.dropFirst(takesOne ? 1 : 0).first
  }

  /// Prints the plant, or every fault of its configuration.
  private static func check(_ path: String, isPlan: Bool) -> Int32 {
    let (loaded, diagnostics) = PlantLoader.load(path: path)
    for diagnostic in diagnostics { complain("\(diagnostic)") }
    guard let loaded else { return refuse(path, diagnostics) }
    if isPlan {
      print(PlantRequests.text(for: loaded.plant))
      return 0
    }
    print(PlantReport.text(for: loaded.plant))
    let composition = loaded.composition.text
    if !composition.isEmpty { print("\n" + composition) }
    return 0
  }

  /// Prints the plant's files as one, or every fault of them.
  private static func expand(_ path: String) -> Int32 {
    let (yaml, diagnostics) = PlantLoader.expand(path: path)
    for diagnostic in diagnostics { complain("\(diagnostic)") }
    guard let yaml else { return refuse(path, diagnostics) }
    print(yaml, terminator: "")
    return 0
  }

  private static func refuse(_ path: String, _ diagnostics: [Diagnostic]) -> Int32 {
    let errors = diagnostics.count { $0.severity == .error }
    complain("\(path): \(errors) \(errors == 1 ? "error" : "errors"); the plant would not be run")
    return 1
  }

  private static func run(_ path: String, _ options: CommandLineOptions) {
    Signals.block([SIGTERM, SIGINT, SIGHUP])
    let (loaded, diagnostics) = PlantLoader.load(path: path)
    for diagnostic in diagnostics { complain("\(diagnostic)") }
    guard let loaded else {
      fail(78, "the configuration is refused and nothing was touched: mend it and see --check")
    }
    let settings = settings(path, options, loaded.plant)
    do throws(Daemon.StartFailure) {
      let daemon = try Daemon(plant: loaded.plant, entries: loaded.entries, settings: settings) {
        code in exit(code)
      }
      try daemon.start()
      withExtendedLifetime(daemon) { dispatchMain() }
    } catch {
      fail(error.code, error.message)
    }
  }

  private static func settings(_ path: String, _ options: CommandLineOptions, _ plant: Plant)
    -> Daemon.Settings
  {
    let scale = number("--time-scale", options, 1...2000) ?? 1
    let isSimulated = scale != 1 || options.values["--plant-time"] != nil
    if isSimulated, let bus = plant.buses.first(where: { !isPretend($0) }) {
      fail(
        64,
        "another time than the real one is for simulated plants: bus '\(bus.name)' is at \(bus.place), which is not this machine"
      )
    }
    let longest = ScanLimit.longest(for: plant)
    let scan = number("--scan-seconds", options, 0.1...longest.period.seconds)
    let time = options.values["--plant-time"].map { text -> Instant in
      guard let time = Times.parse(text) else {
        fail(64, "'\(text)' is no time: write 2026-01-15T08:00:00Z")
      }
      return time
    }
    return Daemon.Settings(
      configuration: path, stateFolder: options.values["--state"] ?? "/var/lib/wellspring",
      socket: options.values["--socket"] ?? "/run/wellspring/control.sock", timeScale: scale,
      plantTime: time, scan: scan.map { .seconds($0) })
  }

  /// It goes to this machine, or to a pseudo-terminal, which no real device has.
  private static func isPretend(_ bus: Bus) -> Bool {
    switch bus.link {
    case .tcp(let host, _): return isLoopback(host)
    case .gpio: return false
    case .serial(let line):
      guard let real = realpath(line.path, nil) else { return false }
      defer { free(real) }
      return String(cString: real).hasPrefix("/dev/pts/")
    }
  }

  private static func isLoopback(_ host: String) -> Bool {
    var address = in_addr()
    let isOwn =
      inet_pton(AF_INET, host, &address) == 1 && UInt32(bigEndian: address.s_addr) >> 24 == 127
    return isOwn || host == "localhost" || host == "::1"
  }

  private static func number(
    _ name: String, _ options: CommandLineOptions, _ range: ClosedRange<Double>
  ) -> Double? {
    guard let text = options.values[name] else { return nil }
    guard let number = Double(text), range.contains(number) else {
      fail(64, "'\(text)' for \(name): it is from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func complain(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = write(STDERR_FILENO, line, line.count)
  }

  private static func fail(_ code: Int32, _ text: String) -> Never {
    complain("wellspringd: \(text)")
    exit(code)
  }
}
