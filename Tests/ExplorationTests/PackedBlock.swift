import PlantModel
import Quantities

@testable import PlantControl

/// A sequencer without its times, as the bits of a `World`.
struct PackedBlock: Hashable {
  var phase: ChangeOverPhase
  var position: Int?
  var target: Int?
  var isTroubled: Bool

  static let width: UInt64 = 9
  static let mask: UInt64 = 0x1FF
  private static let phases = ChangeOverPhase.allCases

  init(bits: UInt64) {
    phase = PackedBlock.phases[Int(bits & 15)]
    position = PackedBlock.row(bits >> 4 & 3)
    target = PackedBlock.row(bits >> 6 & 3)
    isTroubled = bits >> 8 & 1 == 1
  }

  init(_ state: ChangeOver) {
    phase = state.phase
    position = state.position?.index
    target = state.target?.index
    isTroubled = state.troubledSince != .distantFuture
  }

  private static func row(_ bits: UInt64) -> Int? { bits == 0 ? nil : Int(bits) - 1 }

  var bits: UInt64 {
    let row = { (row: Int?) -> UInt64 in row.map { UInt64($0 + 1) } ?? 0 }
    return UInt64(PackedBlock.phases.firstIndex(of: phase)!) | row(position) << 4
      | row(target) << 6 | (isTroubled ? 1 << 8 : 0)
  }

  /// The sequencer as a scan finds it: each limit has passed, or has only begun.
  func state(isStrokeOver: Bool, isStuckTooLong: Bool) -> ChangeOver {
    ChangeOver(
      phase: phase, since: isStrokeOver ? Moments.now - Moments.times.stroke : Moments.now,
      position: position.map { PositionID($0) }, target: target.map { PositionID($0) },
      turned: Moments.now,
      troubledSince: !isTroubled
        ? .distantFuture : isStuckTooLong ? Moments.now - Moments.times.stuck : Moments.now)
  }

  /// What a daemon that starts again knows: the row proven last, the goal and whether it is in
  /// trouble, or nothing when its memory is gone.
  func restarted(remembers: Bool) -> PackedBlock {
    var restarted = self
    restarted.phase = .unknown
    if !remembers {
      restarted.position = nil
      restarted.target = nil
      restarted.isTroubled = false
    }
    return restarted
  }
}

/// The one moment of every explored scan, and the limits that may have passed by then.
enum Moments {
  static let times = ChangeOverTimes(stroke: .seconds(90), stuck: .minutes(30))
  static let now = Instant(milliseconds: 0)
}
