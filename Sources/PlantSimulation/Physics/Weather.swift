public import Quantities

/// A year like Beijing's: seasons, days and nights, and spells of a few days, from a seed.
public struct Weather: Sendable, Hashable {
  private var generator: SeededGenerator
  private var day: Int64 = .min
  private var spell = 0.0
  private var nextSpell = 0.0
  private var cloud = 0.5
  public private(set) var outdoor: Celsius = Celsius(0)
  /// Sunshine as part of a clear summer noon's.
  public private(set) var sun: Fraction = .zero

  public init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// Hours of the local day, 0…24.
  static func hour(_ local: Instant) -> Double {
    let length: Int64 = 86_400_000
    return Double(((local.milliseconds % length) + length) % length) / 3_600_000
  }

  /// Advances to `local` time.
  public mutating func step(_ local: Instant) {
    let length: Int64 = 86_400_000
    let today = Int64((Double(local.milliseconds) / Double(length)).rounded(.down))
    if today != day {
      if day == .min { nextSpell = generator.bell() * 3 }
      day = today
      spell = nextSpell
      nextSpell = 0.75 * spell + 2 * generator.bell()
      cloud = (generator.signed() + 1) / 2
    }
    let hour = Weather.hour(local)
    // 1970-01-01 is day 0; the coldest day is in the middle of January.
    let year = (Double(today) + hour / 24 - 15) / 365.2425
    let season = -Numerics.cosine(turns: year)
    let mean = 12.3 + 15.5 * season
    let swing = (4.5 + 1.5 * (1 - cloud)) * Numerics.cosine(turns: (hour - 15) / 24)
    let mixed = spell + (nextSpell - spell) * hour / 24
    outdoor = Celsius(mean + swing + mixed)
    let height = Numerics.cosine(turns: (hour - 12.5) / 24) + 0.12 * season
    sun = Fraction(max(height, 0) * (0.65 + 0.35 * season) * (1 - 0.7 * cloud))
  }

  /// Jumps to the outdoor temperature of a test bench.
  mutating func hold(_ temperature: Celsius) { outdoor = temperature }
}
