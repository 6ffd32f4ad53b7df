import PlantModel
import Quantities

@testable import PlantControl

/// Water meters on the bench: what really passed, what their counters show, and what is recorded of
/// it.
struct WaterRig {
  var bench: Bench
  var account: WaterAccount
  /// What flows, and what each counter shows, by meter: 0 extracts, 1 returns.
  var flows: [Double] = [16, 16]
  var counters: [Double] = [1000, 2000]
  /// What has passed each meter since the rig began, in m³.
  var passed: [Double] = [0, 0]
  /// Meters that do not answer; they count on.
  var away: Set<Int> = []
  var entries: [LedgerEntry] = []
  /// What is on disk: as of the last entry or the last full minute, as the operation saves.
  private var saved: WaterAccount
  private var lastSave: Instant

  init(rollOver: CubicMeters? = nil, pulse: Double? = nil) {
    var maker = PlantMaker()
    for (name, use) in [("supply", WaterMeter.Use.extracted), ("back", .returned)] {
      maker.plant.waterMeters.append(
        WaterMeter(
          name: name, volume: maker.sensor(name, .cubicMeters), use: use, classPercent: 2,
          maximumFlow: CubicMetersPerHour(40), rollOver: rollOver, litresPerPulse: pulse))
    }
    bench = Bench(maker.plant)
    account = WaterAccount(plant: maker.plant)
    saved = account
    lastSave = bench.now
  }

  /// Time goes on and water flows; nobody looks.
  mutating func pass(_ span: TimeSpan) {
    for index in flows.indices {
      passed[index] += flows[index] * span.hours
      counters[index] += flows[index] * span.hours
      if let rollOver = bench.plant.waterMeters[index].rollOver?.value, counters[index] >= rollOver
      {
        counters[index] -= rollOver
      }
    }
    bench.image.now = bench.image.now + span
  }

  /// One scan at a time that is set.
  mutating func scan() {
    for index in flows.indices {
      let sensor = bench.plant.waterMeters[index].volume
      if away.contains(index) {
        bench.lose(sensor.point)
      } else {
        let step = (bench.plant.waterMeters[index].litresPerPulse ?? 0) / 1000
        let shown = step > 0 ? (counters[index] / step).rounded(.down) * step : counters[index]
        bench.show(sensor, CubicMeters(shown))
      }
    }
    account.begin()
    bench.scan(after: .zero) { account.step(plant: $0, image: $1, board: &$2) }
    entries += account.entries
    guard !account.entries.isEmpty || bench.now - lastSave >= .seconds(60) else { return }
    saved = account
    lastSave = bench.now
  }

  mutating func run(_ span: TimeSpan, every period: TimeSpan = .seconds(10)) {
    let end = bench.now + span
    while bench.now < end {
      pass(period)
      scan()
    }
  }

  /// The daemon is killed and begins again, with what was saved last.
  mutating func restart(after span: TimeSpan) {
    pass(span)
    account = WaterAccount(plant: bench.plant)
    var writer = ArchiveWriter()
    var copy = saved
    copy.persist(in: &writer, plant: bench.plant)
    var reader = ArchiveReader(rows: writer.rows)
    account.persist(in: &reader, plant: bench.plant)
    precondition(reader.unreadable.isEmpty)
  }

  mutating func replace(_ meter: Int, reading: Double, old: Double? = nil) -> Bool {
    account.begin()
    let done = account.replace(
      WaterMeterID(meter), reading: CubicMeters(reading), old: old.map { CubicMeters($0) },
      bench.plant, bench.now)
    entries += account.entries
    return done
  }

  func entries(_ kind: LedgerEntry.Kind, of meter: Int = 0) -> [LedgerEntry] {
    entries.filter { $0.kind == kind && $0.meter.index == meter }
  }

  /// What a meter's entries add up to, in litres.
  func recorded(_ meter: Int = 0) -> Int64 {
    entries.filter { $0.meter.index == meter }.reduce(0) { $0 + $1.litres }
  }

  /// Whether hours join: each begins where the last one ended, and holds what the counter went on
  /// less what events stepped over.
  func joins(_ meter: Int = 0) -> Bool {
    var end: Int64?
    var stepped: Int64 = 0
    for entry in entries where entry.meter.index == meter {
      switch entry.kind {
      case .began: end = entry.last
      case .hour:
        if let end, entry.first != end { return false }
        if entry.last - entry.first != entry.litres + stepped { return false }
        end = entry.last
        stepped = 0
      default: stepped += entry.last - entry.first
      }
    }
    return true
  }
}
