import PlantConfiguration
import PlantModel

#if canImport(Glibc)
  import Glibc
#endif

/// Measures what the plant costs, a simulated year or bare libmodbus on a running plant, and how
/// well the diagnosis of a well names its faults.
@main struct Program {
  private static let usage =
    "usage: wellspring-bench year [--days N] [--from DAY] [--plant FILE]\n"
    + "       wellspring-bench plants FILE…\n"
    + "       wellspring-bench scale FILE FILE…\n"
    + "       wellspring-bench pumps [--days N] [--plant FILE]\n"
    + "       wellspring-bench balance [--short] [--plant FILE]\n"
    + "       wellspring-bench poll [--rounds N] [--plant FILE]\n"
    + "       wellspring-bench well-diagnosis [--seed N]\n" + FieldProgram.usage

  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let command = arguments.isEmpty ? "" : arguments.removeFirst()
    FieldProgram.run(command, arguments)
    if command == "plants", !arguments.isEmpty { exit(plants(arguments)) }
    if command == "scale", arguments.count > 1 { exit(scale(arguments)) }
    let days = option("--days", of: arguments).map { Int($0) ?? 0 } ?? 365
    let from = option("--from", of: arguments).map { Int($0) ?? -1 } ?? 0
    let path = option("--plant", of: arguments) ?? "config/sports-centre.yaml"
    let rounds = option("--rounds", of: arguments).map { Int($0) ?? 0 } ?? 200
    if command == "balance" {
      let (_, plant, twin) = load(option("--plant", of: arguments) ?? "config/office.yaml")
      guard
        var bench = BalanceBench(plant: plant, twin: twin, isShort: arguments.contains("--short"))
      else { fail("balance needs four wells, with drains", status: 64) }
      bench.run()
      exit(told(bench.report()))
    }
    if command == "well-diagnosis" { diagnose(option("--seed", of: arguments)) }
    guard ["year", "poll", "pumps"].contains(command), days > 0, rounds > 0,
      (0..<365).contains(from)
    else {
      fail(usage, status: 64)
    }
    let (loaded, diagnostics) = PlantLoader.load(path: path)
    for diagnostic in diagnostics { print(diagnostic) }
    guard let loaded else { fail("\(path) is not understood", status: 1) }
    if command == "poll" { exit(poll(loaded.plant, rounds)) }
    guard let twin = loaded.twin else {
      fail("\(path) has no twin section — describe its physics there", status: 1)
    }
    if command == "pumps" {
      exit(told(PumpBench.report(loaded.plant, twin, days: days)))
    }
    var bench = YearBench(plant: loaded.plant, twin: twin, days: days, from: from)
    bench.run()
    exit(told(bench.report()))
  }

  /// The exit code of a run with these faults, which it prints.
  private static func told(_ faults: [String]) -> Int32 {
    for fault in faults { print("FAILED: \(fault)") }
    return faults.isEmpty ? 0 : 1
  }

  /// One row for each plant; 1 when one of them broke a limit.
  private static func plants(_ paths: [String]) -> Int32 {
    var isSound = true
    print(PlantTable.head)
    for path in paths {
      let (name, plant, twin) = load(path)
      var table = PlantTable(name: name, plant: plant, twin: twin)
      let row = table.run()
      print(row.text)
      for fault in row.faults { print("FAILED: \(name): \(fault)") }
      fflush(nil)
      isSound = isSound && row.faults.isEmpty
    }
    print(PlantTable.limits)
    return isSound ? 0 : 1
  }

  /// What a step of each plant costs, and the power of their points that it follows; 1 when that is
  /// clearly above proportion.
  private static func scale(_ paths: [String]) -> Int32 {
    var rows: [ScaleBench.Row] = []
    for path in paths {
      let (name, plant, twin) = load(path)
      rows.append(ScaleBench.run(name, plant, twin))
      print(rows[rows.count - 1].text)
      fflush(nil)
    }
    print(
      "baseline, \(Baseline.lags) first-order lags in a row: \(rounded(Baseline.microseconds())) µs"
    )
    var isSound = true
    for (what, cost) in ScaleBench.costs {
      guard let exponent = ScaleBench.exponent(rows, cost) else {
        fail("scale needs plants of different sizes", status: 64)
      }
      print("\(what) grows with the points to the power of \(rounded(exponent))")
      if exponent > ScaleBench.mostExponent {
        print("FAILED: \(what) grows faster than the plant")
        isSound = false
      }
    }
    return isSound ? 0 : 1
  }

  /// A plant with its twin, and the name of its file; ends the program when there is none.
  private static func load(_ path: String) -> (name: String, plant: Plant, twin: TwinDescription) {
    let (loaded, diagnostics) = PlantLoader.load(path: path)
    for diagnostic in diagnostics { print(diagnostic) }
    guard let loaded, let twin = loaded.twin else {
      fail("\(path) is not understood, or has no twin section", status: 1)
    }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return (file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file, loaded.plant, twin)
  }

  private static func diagnose(_ text: String?) -> Never {
    guard let seed = text.map({ UInt64($0) }) ?? 1 else { fail(usage, status: 64) }
    exit(told(WellDiagnosis(seed: seed).report()))
  }

  private static func poll(_ plant: Plant, _ rounds: Int) -> Int32 {
    guard let micros = PollBench(plant: plant, rounds: rounds).microsecondsPerRequest() else {
      return 1
    }
    print("\(micros)")
    return 0
  }

  static func option(_ name: String, of arguments: [String]) -> String? {
    guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else {
      return nil
    }
    return arguments[place + 1]
  }

  private static func fail(_ message: String, status: Int32) -> Never {
    print("wellspring-bench: \(message)")
    exit(status)
  }
}
