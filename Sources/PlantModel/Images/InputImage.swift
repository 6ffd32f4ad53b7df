public import Quantities

/// Everything a scan sees, frozen once: the time, every point's sample, and what people asked for.
public struct InputImage: Sendable, Equatable {
  public var now: Instant
  /// One for each point of the plant, in the plant's order.
  public var samples: [Sample]
  public var acts: [Act]
  /// True once every device has been read, or given up, since the daemon started.
  public var settled: Bool
  /// False while nothing can be saved.
  public var isStateSaved = true

  public init(plant: Plant, now: Instant) {
    self.now = now
    samples = Array(repeating: .neverRead, count: plant.points.count)
    acts = []
    settled = false
  }

  @inlinable
  public func sample(_ point: PointID) -> Sample { samples[point.index] }

  /// The quantity a sensor shows, or nil when it is not to be trusted.
  @inlinable
  public func reading<Value: Quantity>(_ sensor: Sensor<Value>) -> Value? {
    let sample = samples[sensor.point.index]
    return sample.isUsable ? Value(sample.value) : nil
  }

  /// The state a two-state sensor shows, or nil when it is not to be trusted.
  @inlinable
  public func state(_ sensor: Sensor<Bool>) -> Bool? {
    let sample = samples[sensor.point.index]
    return sample.isUsable ? sample.value >= 0.5 : nil
  }

  /// Whether a proof is there: shown, true, and fresh. Anything else is no proof.
  @inlinable
  public func isProven(_ sensor: Sensor<Bool>, within age: TimeSpan) -> Bool {
    let sample = samples[sensor.point.index]
    return sample.quality == .good && sample.value >= 0.5 && now - sample.taken <= age
  }

  /// What a valve's end switches say together.
  @inlinable
  public func position(of valve: Valve) -> ValvePosition {
    guard let openedSwitch = valve.openedSwitch, let closedSwitch = valve.closedSwitch,
      let opened = state(openedSwitch), let closed = state(closedSwitch)
    else { return .unknown }
    return switch (opened, closed) {
    case (true, false): .open
    case (false, true): .closed
    case (false, false): .between
    case (true, true): .unknown
    }
  }
}
