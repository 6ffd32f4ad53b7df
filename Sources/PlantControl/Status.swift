public import PlantModel
public import Quantities

/// What a block's change-over does now.
public struct BlockStatus: Sendable, Hashable {
  public var mode: ModeID
  public var automatic: Bool
  /// The mode that the rules would choose; the operator disposes.
  public var proposed: ModeID?
  /// The position that is proven; nil on the way and when unknown.
  public var position: PositionID?
  public var target: PositionID?
  public var phase: ChangeOverPhase
  public var since: Instant
  /// When this phase ends, by estimate or by time-out.
  public var until: Instant
  public var reason: Reason
}

/// The steps of a change-over, in order.
public enum ChangeOverPhase: String, Sendable, Hashable, CaseIterable {
  /// No row is proven and none is wanted.
  case unknown
  /// A row is proven and kept.
  case held
  case stoppingUnits = "stopping-units"
  /// The water that the new row would bring is not in its window yet.
  case waitingForWater = "waiting-for-water"
  case stoppingFlow = "stopping-flow"
  case closingOld = "closing-old"
  case openingNew = "opening-new"
  /// A valve did not prove itself; nothing opens.
  case stuck
  /// One port is re-opened to the proven old circuit.
  case goingBack = "going-back"
}

/// What a heat-pump unit does now.
public struct UnitStatus: Sendable, Hashable {
  public var phase: UnitPhase
  public var since: Instant
  public var until: Instant
  public var reason: Reason
  public var load: Fraction
  public var runTime: TimeSpan
  public var starts: Int
}

/// The steps of a unit's start and stop, in order.
public enum UnitPhase: String, Sendable, Hashable, CaseIterable {
  case stopped
  case openingPath = "opening-path"
  case waitingForFlow = "waiting-for-flow"
  case starting
  case running
  case stopping
  case runOn = "run-on"
  /// It did not start, tripped or is away: tried again later or after a reset.
  case failed

  /// Enabled: it runs or is to run.
  var isOn: Bool { self == .starting || self == .running }
}

/// What a pump group does now.
public struct PumpGroupStatus: Sendable, Hashable {
  public var running: Int
  public var speed: Hertz
  public var setpoint: Kilopascals
  public var lead: PumpID
  public var reason: Reason
}

/// What a pump does now.
public struct PumpStatus: Sendable, Hashable {
  public var commanded: Bool
  public var proven: Bool
  public var failed: Bool
  public var reason: Reason
  public var runTime: TimeSpan
  public var starts: Int
}

/// The steps of a well's start and stop, in order.
public enum WellPhase: String, Sendable, Hashable, CaseIterable {
  case stopped
  /// At the speed from which water comes, until it does.
  case starting
  /// Minimum flow, until the air is out.
  case purging
  case running
  /// Down to minimum flow before the pump goes off.
  case stopping
  /// The pump is off; the back-pressure valve shuts and holds the column.
  case holdingColumn = "holding-column"
  /// It tripped, did not start or is away: tried again later or after a reset.
  case failed
}

/// What a well does now.
public struct WellStatus: Sendable, Hashable {
  public var phase: WellPhase
  public var since: Instant
  public var reason: Reason
  public var speed: Hertz
  /// How far its back-pressure valve is told to open.
  public var opening: Fraction
  public var runTime: TimeSpan
  public var starts: Int
  /// Returned less extracted in the last whole hour, as part of extracted.
  public var difference: Fraction?
  /// The difference beyond which that is an alarm, once the meters' bias is taken off.
  public var threshold: Fraction
  /// What it took from the ground, and gave back, since it is counted.
  public var extracted: CubicMeters
  public var returned: CubicMeters
  /// What its meters say of its water, and how much of it there is: part of the flow for a meter, m³/h
  /// for a leak.
  public var finding: WellWaterFinding
  public var amount: Double?
  /// What the meters differ by when all is well, as learnt.
  public var bias: Fraction
  public var books: WellBooks
  /// Where its water goes astray below the surface; nil where it does not.
  public var leak: WellLeak?
  /// The stage of a flushing under way, by name.
  public var flushStage: String?
  /// The last flushing; it began in the distant past when there was none.
  public var flush: FlushRecord
}

/// What a distribution does now.
public struct DistributionStatus: Sendable, Hashable {
  public var isOn: Bool
  public var setpoint: Kilopascals
  /// How far its bypass is told to open.
  public var bypass: Fraction
  public var reason: Reason
}

/// The answer to "why": what decided, and what the next step waits for.
public struct Explanation: Sendable, Hashable {
  /// Nil for what no rule decides over: an input with a value, a device that answers.
  public var reason: Reason?
  public var guards: [Guard]

  public init(reason: Reason?, guards: [Guard] = []) {
    self.reason = reason
    self.guards = guards
  }
}

/// What the step tests of a well say, and how the one under way goes.
public struct WellHealthStatus: Sendable {
  public var health: WellHealth
  /// Which hold a test is at, from 1; 0 while it rests, nil when none is under way.
  public var hold: Int?
  /// The last test; it began in the distant past when there was none.
  public var record: StepTestRecord
}
