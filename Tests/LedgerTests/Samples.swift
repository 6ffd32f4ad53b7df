import ControlProtocol
import PlantModel
import Quantities

@testable import Ledger

/// A ledger of two meters, as long as wanted, and its export.
enum Samples {
  static let start = Instant(milliseconds: 1_767_571_200_000)

  static let plant: Plant = {
    let nowhere = PointID(0)
    let meter = { (name: String, use: WaterMeter.Use) in
      WaterMeter(
        name: name, volume: Sensor(nowhere), use: use, classPercent: 2,
        maximumFlow: CubicMetersPerHour(100))
    }
    return Plant(
      name: "Two wells",
      site: Site(
        utcOffset: .zero, outdoorTemperature: Sensor(nowhere), frostTemperature: Sensor(nowhere),
        emergencyStop: Sensor(nowhere), stopState: .stop, seasonChange: .propose),
      scanPeriod: .seconds(1), parameters: Parameters(), buses: [], devices: [], points: [],
      circuits: [], valves: [], pumps: [], pumpGroups: [], units: [], blocks: [], tanks: [],
      makeUps: [], meters: [],
      waterMeters: [meter("back-1", .returned), meter("supply-1", .extracted)])
  }()

  /// Hour after hour of both meters.
  static func entries(hours: Int, from first: Int64 = 1000, litres: Int64 = 16_000) -> [LedgerEntry]
  {
    (0..<hours).flatMap { hour in
      (0..<2).map { meter in
        let begin = start + .hours(Double(hour))
        let counter = first + Int64(hour) * litres
        return LedgerEntry(
          .hour, .good, at: begin + .hours(1), since: begin, WaterMeterID(meter),
          first: counter, last: counter + litres, litres: litres)
      }
    }
  }

  /// The records of a ledger, the head first.
  static func lines(_ entries: [LedgerEntry]) -> [String] {
    var chain = LedgerChain()
    return chain.lines(of: entries, plant).map(\.line)
  }

  /// A whole export.
  static func export(_ lines: [String]) -> [UInt8] {
    let closing = LedgerExport.closing(
      records: Int64(lines.count), last: LedgerLine(lines.last!)!.number!,
      after: LedgerLine(lines.last!)!.hash)
    return Array(((lines + [closing]).joined(separator: "\n") + "\n").utf8)
  }

  static func export(hours: Int) -> [UInt8] { export(lines(entries(hours: hours))) }
}

/// Numbers that are the same in every run. (SplitMix64)
struct Seeded {
  var state: UInt64
  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }
}
