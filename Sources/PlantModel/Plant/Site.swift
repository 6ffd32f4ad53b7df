public import Quantities

/// What only the site can decide; a configuration that leaves one of these out is refused.
public struct Site: Sendable, Equatable {
  /// What an ordered stop of the daemon leaves behind.
  public enum StopState: String, CaseIterable, Sendable {
    /// Everything runs down in order and stands.
    case stop
    /// Devices are left as they are, to their own set-up for a lost master.
    case handOver = "hand-over"
  }

  /// How a change of season comes about.
  public enum SeasonChange: String, CaseIterable, Sendable { case propose, automatic }

  /// Local time minus UTC, for schedules and the "day" of energy figures.
  public var utcOffset: TimeSpan
  public var outdoorTemperature: Sensor<Celsius>
  /// The plant room's or the coldest pipe's temperature, for frost protection.
  public var frostTemperature: Sensor<Celsius>
  public var emergencyStop: Sensor<Bool>
  public var stopState: StopState
  public var seasonChange: SeasonChange
  /// Nil where no such relay is wired.
  public var failSafeRelay: FailSafeRelay?

  public init(
    utcOffset: TimeSpan, outdoorTemperature: Sensor<Celsius>, frostTemperature: Sensor<Celsius>,
    emergencyStop: Sensor<Bool>, stopState: StopState, seasonChange: SeasonChange,
    failSafeRelay: FailSafeRelay? = nil
  ) {
    self.utcOffset = utcOffset
    self.outdoorTemperature = outdoorTemperature
    self.frostTemperature = frostTemperature
    self.emergencyStop = emergencyStop
    self.stopState = stopState
    self.seasonChange = seasonChange
    self.failSafeRelay = failSafeRelay
  }
}

/// An output that every healthy scan toggles: what the site wires behind it sees when that ends. (`SAFE-06`)
public struct FailSafeRelay: Sendable, Equatable {
  public var output: Actuator<Bool>
  /// What its fall does at the plant, in the site's own words.
  public var fall: String

  public init(output: Actuator<Bool>, fall: String) {
    self.output = output
    self.fall = fall
  }
}
