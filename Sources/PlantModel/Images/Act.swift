public import Quantities

/// What a person asked for: an entry of the input image like any sample.
public struct Act: Hashable, Sendable {
  /// What can be asked for.
  public enum Request: Hashable, Sendable {
    /// Run a block in one of its modes, until told otherwise.
    case setMode(BlockID, ModeID)
    /// Let a block's mode follow its rules.
    case setAutomatic(BlockID)
    /// Take note of an alarm.
    case acknowledge(AlarmKey)
    /// Release what is latched and no longer there.
    case reset(AlarmKey)
    /// Another water meter, or another counter in it, goes on from `reading`; the old one had come
    /// to `old`, where that is known.
    case replaceMeter(WaterMeterID, reading: CubicMeters, old: CubicMeters?)
    /// Flush a well, or have its flushing end.
    case flush(WellID, begins: Bool)
    /// Step-test a well, or have its test end.
    case stepTest(WellID, StepTestWish)
    /// Bring the plant to its configured stop state; the daemon is about to end.
    case prepareToStop
  }

  /// Unique since the daemon started; the reply goes to whoever waits for it.
  public var number: UInt64
  /// The numeric user identifier, as the kernel told it.
  public var user: UInt32
  public var time: Instant
  public var request: Request

  public init(number: UInt64, user: UInt32, time: Instant, request: Request) {
    self.number = number
    self.user = user
    self.time = time
    self.request = request
  }
}

/// What became of an act.
public struct ActOutcome: Hashable, Sendable {
  public var number: UInt64
  public var accepted: Bool
  /// The rule that refused it, or that now has it in hand.
  public var reason: Reason

  public init(number: UInt64, accepted: Bool, reason: Reason) {
    self.number = number
    self.accepted = accepted
    self.reason = reason
  }
}

/// What a person wants of a well's step test.
public enum StepTestWish: String, Sendable, Hashable, CaseIterable {
  case begin
  /// The first test of a well that is as new: what was measured before no longer counts.
  case beginAnew = "begin-anew"
  case end
}
