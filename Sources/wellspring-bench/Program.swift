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
    + "       wellspring-bench poll [--rounds N] [--plant FILE]\n"
    + "       wellspring-bench well-diagnosis [--seed N]"

  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let command = arguments.isEmpty ? "" : arguments.removeFirst()
    if command == "plants", !arguments.isEmpty { exit(plants(arguments)) }
    let days = option("--days", of: arguments).map { Int($0) ?? 0 } ?? 365
    let from = option("--from", of: arguments).map { Int($0) ?? -1 } ?? 0
    let path = option("--plant", of: arguments) ?? "config/sports-centre.yaml"
    let rounds = option("--rounds", of: arguments).map { Int($0) ?? 0 } ?? 200
    if command == "well-diagnosis" { diagnose(option("--seed", of: arguments)) }
    guard ["year", "poll"].contains(command), days > 0, rounds > 0, (0..<365).contains(from) else {
      fail(usage, status: 64)
    }
    let (loaded, diagnostics) = PlantLoader.load(path: path)
    for diagnostic in diagnostics { print(diagnostic) }
    guard let loaded else { fail("\(path) is not understood", status: 1) }
    if command == "poll" { exit(poll(loaded.plant, rounds)) }
    guard let twin = loaded.twin else {
      fail("\(path) has no twin section — describe its physics there", status: 1)
    }
    var bench = YearBench(plant: loaded.plant, twin: twin, days: days, from: from)
    bench.run()
    let faults = bench.report()
    for fault in faults { print("FAILED: \(fault)") }
    exit(faults.isEmpty ? 0 : 1)
  }

  /// One row for each plant; 1 when one of them broke a limit.
  private static func plants(_ paths: [String]) -> Int32 {
    var isSound = true
    print(PlantTable.head)
    for path in paths {
      let (loaded, diagnostics) = PlantLoader.load(path: path)
      for diagnostic in diagnostics { print(diagnostic) }
      guard let loaded, let twin = loaded.twin else {
        fail("\(path) is not understood, or has no twin section", status: 1)
      }
      let file = path.split(separator: "/").last.map(String.init) ?? path
      let name = file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file
      var table = PlantTable(name: name, plant: loaded.plant, twin: twin)
      let row = table.run()
      print(row.text)
      for fault in row.faults { print("FAILED: \(name): \(fault)") }
      fflush(nil)
      isSound = isSound && row.faults.isEmpty
    }
    print(PlantTable.limits)
    return isSound ? 0 : 1
  }

  private static func diagnose(_ text: String?) -> Never {
    guard let seed = text.map({ UInt64($0) }) ?? 1 else { fail(usage, status: 64) }
    let faults = WellDiagnosis(seed: seed).report()
    for fault in faults { print("FAILED: \(fault)") }
    exit(faults.isEmpty ? 0 : 1)
  }

  private static func poll(_ plant: Plant, _ rounds: Int) -> Int32 {
    guard let micros = PollBench(plant: plant, rounds: rounds).microsecondsPerRequest() else {
      return 1
    }
    print("\(micros)")
    return 0
  }

  private static func option(_ name: String, of arguments: [String]) -> String? {
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
