public import Quantities

/// One value that the daemon reads from or writes to a device.
public struct Point: Sendable, Equatable {
  /// Whether it is read or written.
  public enum Direction: String, Sendable { case input, output }

  /// `device.signal`, unique in the plant; the list of points is sorted by it.
  public var name: String
  public var device: DeviceID
  public var direction: Direction
  public var unit: MeasurementUnit
  public var register: Register
  /// A value outside is bad: it never reaches a rule. For an output, what may be commanded.
  public var range: ClosedRange<Double>
  /// Older than this, the value is stale; older than twice this, bad.
  public var maximumAge: TimeSpan
  /// The value of an output that nobody has decided, and what it falls back to.
  public var safeValue: Double
  /// Whether a proof rests on it, so that its device is never left alone for more than 5 s.
  public var carriesProof: Bool
  /// An output moves only when its command differs by more than this; 0 writes every change.
  public var deadBand: Double
  /// It is read no more often; zero for every round.
  public var every: TimeSpan
  /// The value counts only while this input shows 1.
  public var validWhen: PointID?
  public var writing: Writing
  public var description: String

  public init(
    name: String, device: DeviceID, direction: Direction, unit: MeasurementUnit,
    register: Register, range: ClosedRange<Double>, maximumAge: TimeSpan, safeValue: Double = 0,
    carriesProof: Bool = false, deadBand: Double = 0, every: TimeSpan = .zero,
    validWhen: PointID? = nil, writing: Writing = .plain, description: String = ""
  ) {
    self.name = name
    self.device = device
    self.direction = direction
    self.unit = unit
    self.register = register
    self.range = range
    self.maximumAge = maximumAge
    self.safeValue = safeValue
    self.carriesProof = carriesProof
    self.deadBand = deadBand
    self.every = every
    self.validWhen = validWhen
    self.writing = writing
    self.description = description
  }
}
