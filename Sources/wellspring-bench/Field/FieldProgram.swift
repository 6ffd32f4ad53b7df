import FieldModbus
import PlantConfiguration
import PlantModel

#if canImport(Glibc)
  import Glibc
#endif

/// The measurements of the field, one a command; `scripts/bench field` runs them and judges.
enum FieldProgram {
  static let usage = """
           wellspring-bench faults --target tcp:HOST:PORT|rtu:PATH… --seconds S --timeout T
           wellspring-bench field-line --plant FILE --bus NAME --path PATH [--seconds N]
           wellspring-bench field-crowd --path PATH [--seconds N]
           wellspring-bench field-server|field-cost|field-load|field-growth --port N
    """

  /// Runs one of them and ends; comes back when the command is none.
  static func run(_ command: String, _ arguments: [String]) {
    switch command {
    case "faults": faults(arguments)
    case "field-line": line(arguments)
    case "field-crowd": crowd(arguments)
    case "field-server", "field-cost", "field-load", "field-growth": network(command, arguments)
    default: return
    }
    exit(0)
  }

  private static func faults(_ arguments: [String]) {
    let targets = zip(arguments, arguments.dropFirst()).filter { $0.0 == "--target" }.map(\.1)
    guard let seconds = number("--seconds", arguments),
      let timeout = number("--timeout", arguments), !targets.isEmpty,
      var run = FaultRun(targets: targets, timeout: timeout)
    else { fail(usage) }
    print(run.run(seconds: seconds))
  }

  private static func line(_ arguments: [String]) {
    guard let file = Program.option("--plant", of: arguments),
      let name = Program.option("--bus", of: arguments),
      let path = Program.option("--path", of: arguments)
    else { fail(usage) }
    let (loaded, diagnostics) = PlantLoader.load(path: file)
    for diagnostic in diagnostics { print(diagnostic) }
    guard let plant = loaded?.plant, let bus = plant.buses.firstIndex(where: { $0.name == name })
    else { fail("\(file) has no bus '\(name)'") }
    let bench = LineBench(PointPlants.bus(BusID(bus), of: plant), path: path, baud: 9600)
    let figures = measure { () throws(ServerFailure) in
      try bench.run(seconds: number("--seconds", arguments) ?? 20)
    }
    let requests = figures.requests.reduce(0, +)
    print(
      "{\"requests\": \(requests), \"seconds\": \(figures.seconds), \"share\": \(figures.share), \"early\": \(figures.early)}"
    )
  }

  private static func crowd(_ arguments: [String]) {
    guard let path = Program.option("--path", of: arguments) else { fail(usage) }
    let seconds = number("--seconds", arguments) ?? 60
    let (bench, alone) = LineBench.crowd(path: path)
    let healthy = measure { () throws(ServerFailure) in try alone.run(seconds: 10) }
    let figures = measure { () throws(ServerFailure) in
      try bench.run(seconds: seconds, silent: Set(2..<32))
    }
    let rate = { (figures: LineBench.Figures) in
      Double(figures.requests[0] + figures.requests[1]) / figures.seconds
    }
    print("{\"alone\": \(rate(healthy)), \"among_dead\": \(rate(figures))}")
  }

  private static func network(_ command: String, _ arguments: [String]) {
    guard let port = number("--port", arguments).map({ Int($0) }) else { fail(usage) }
    let bench = NetworkBench(port: port)
    switch command {
    case "field-server": measure { () throws(ServerFailure) in try bench.serve() }
    case "field-cost":
      let several = 8
      guard let cost = bench.cost(rounds: 60, inFlight: several) else {
        fail("libmodbus alone was not answered")
      }
      let figures = [("bare", cost.bare), ("own", cost.own), ("several", cost.several)].map {
        "\"\($0.0)\": {\"cpu\": \($0.1.cpu), \"passed\": \($0.1.passed)}"
      }
      print("{\"in_flight\": \(several), \(figures.joined(separator: ", "))}")
    case "field-load":
      let load = bench.load(seconds: Int(number("--seconds", arguments) ?? 20))
      print("{\"core\": \(load.core), \"megabytes\": \(load.megabytes)}")
    default: print("{\"blocks\": \(bench.growth())}")
    }
  }

  private static func measure<Value>(_ body: () throws(ServerFailure) -> Value) -> Value {
    do throws(ServerFailure) {
      return try body()
    } catch { fail(error.description) }
  }

  private static func number(_ name: String, _ arguments: [String]) -> Double? {
    Program.option(name, of: arguments).flatMap(Double.init)
  }

  private static func fail(_ text: String) -> Never {
    print("wellspring-bench: \(text)")
    exit(64)
  }
}
