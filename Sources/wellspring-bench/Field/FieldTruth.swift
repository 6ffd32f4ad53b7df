import Quantities

#if canImport(Glibc)
  import Glibc
#endif

/// What the registers of the fault server hold: a function of unit, address and the millisecond.
/// (`tools/faults/README.md`)
enum FieldTruth {
  /// Milliseconds of the machine's monotonic clock, as every client and the server count them.
  static var tick: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
  }

  /// The same as an instant.
  static var now: Instant { Instant(milliseconds: Int64(tick)) }

  /// From this address on two registers hold one number.
  static let pairsBegin = 1000

  static func value(unit: Int, address: Int, tick: UInt64) -> UInt16 {
    guard address >= pairsBegin else {
      return UInt16(truncatingIfNeeded: mix(key(unit, address, tick)))
    }
    let pair = mix(key(unit, address & 0xFFFE, tick))
    return UInt16(truncatingIfNeeded: address.isMultiple(of: 2) ? pair >> 16 : pair)
  }

  /// The number of two registers, the high word first.
  static func pair(unit: Int, address: Int, tick: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: mix(key(unit, address & 0xFFFE, tick)))
  }

  private static func key(_ unit: Int, _ address: Int, _ tick: UInt64) -> UInt64 {
    UInt64(unit) << 56 | UInt64(address) << 40 | (tick & 0xFF_FFFF_FFFF)
  }

  private static func mix(_ key: UInt64) -> UInt64 {
    var number = key &+ 0x9E37_79B9_7F4A_7C15
    number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
    number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
    return number ^ (number >> 31)
  }
}
