import PlantModel
import Quantities

@testable import PlantControl

/// One row of the transition table, driven on the bench.
struct TransitionRow: Sendable {
  /// A guard in the table's words, and how to break it alone.
  struct Guarded: Sendable {
    var words: String
    /// The phases in which it binds; nil for all of the row.
    var phases: [ChangeOverPhase]?
    var breakIt: @Sendable (inout ChangeOverRig) -> Void

    init(
      _ words: String, in phases: [ChangeOverPhase]? = nil,
      _ breakIt: @escaping @Sendable (inout ChangeOverRig) -> Void
    ) {
      self.words = words
      self.phases = phases
      self.breakIt = breakIt
    }
  }

  var transition: ChangeOverTransition
  /// Makes every guard hold, in the phase given.
  var setUp: @Sendable (inout ChangeOverRig, ChangeOverPhase) -> Void
  var guards: [Guarded]
  /// Which valves it tells to open and to close.
  var opens = ""
  var closes = ""
  /// How long after the set-up the scan comes.
  var after = TimeSpan.seconds(1)

  /// The shipped plant's block, all guards met, in `phase`.
  func rig(in phase: ChangeOverPhase) throws -> ChangeOverRig {
    var rig = try ChangeOverRig()
    setUp(&rig, phase)
    return rig
  }
}

extension TransitionRow.Guarded {
  /// The guards of every opening, by the table's words.
  static let opening: [TransitionRow.Guarded] = [
    .init("all valves of other rows proven closed (VALVE-01)") { $0.set("V1", .unknown) },
    .init("no water moves (VALVE-04)") { $0.inputs.flowStopped = false },
    .init("other blocks do their part (VALVE-11)") { $0.around.mayEnter = RowSet() },
    .init("other blocks have let go (VALVE-12)") { $0.around.mayOpen = RowSet() },
  ]
  static let pressure = TransitionRow.Guarded("pressures close (VALVE-06)") {
    $0.inputs.pressureReady = false
  }
}
