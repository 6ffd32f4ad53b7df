public import PlantModel
public import Quantities

/// A loop whose consumers switch as they like: its pumps run while it is on, their set-point follows
/// what the last consumer gets, and a bypass keeps their least flow.
///
/// Every `far_end_interval_seconds` the set-point is moved by what the far end is off, within its range
/// (`DIST-02`). Without the far end's sensor it goes to the top of its range: pressure costs a little, a
/// cold house much (`DIST-03`). Water that comes back too cold from consumers who heat, with a source that
/// is cold too, stops the pumps before anything freezes; after a wait they try again, since wells give
/// heat only to water that moves (`DIST-05`).
public struct DistributionControl: Sendable, Hashable {
  public let id: DistributionID
  /// Its consumers may take heat or cold.
  public private(set) var isOn = false
  public private(set) var setpoint: Kilopascals
  public private(set) var opening = Fraction.zero
  public private(set) var reason: Reason
  /// Too cold to be moved any further.
  public private(set) var isTooCold = false
  private var loop = PILoop()
  private var lastReset: Instant
  private var coldSince: Instant = .distantFuture
  /// The next try, and until when that is not judged.
  private var coldUntil: Instant = .distantPast
  private var graceUntil: Instant = .distantPast
  private var farEndSeen: Instant
  private var lastStep: Instant

  init(_ id: DistributionID, plant: Plant, now: Instant) {
    self.id = id
    setpoint = plant[id].setpointRange.upperBound
    lastReset = now
    lastStep = now
    farEndSeen = now
    reason = Reason(.modeOff, .distribution(id), since: now)
  }

  /// - Parameter service: of the block that switches it; nil while that is off.
  mutating func step(
    _ service: BlockMode.Service?, isRunning: Bool, plant: Plant, image: InputImage,
    board: inout Board
  ) {
    let distribution = plant[id]
    let now = image.now
    let dt = max(now - lastStep, .zero)
    lastStep = now
    isOn = service != nil
    watchCold(service, distribution, plant, image, &board)
    reset(distribution, isRunning: isRunning, plant.parameters, image)
    let rule: Rule = !isOn ? .modeOff : isTooCold ? .distributionTooCold : .distributionOn
    if rule != reason.rule { reason = Reason(rule, .distribution(id), since: now) }
    driveBypass(distribution, isRunning: isRunning, dt, plant, image, &board)
  }

  private mutating func watchCold(
    _ service: BlockMode.Service?, _ distribution: Distribution, _ plant: Plant,
    _ image: InputImage, _ board: inout Board
  ) {
    let now = image.now
    let parameters = plant.parameters
    let back = image.reading(plant[distribution.circuit].supplyTemperature)
    let source = image.reading(plant[distribution.circuit].returnTemperature)
    // Two sensors must say so: a village does not freeze for one that is wrong.
    let isCold =
      service == .heating && (back.map { $0 < parameters.distributionColdStop } ?? false)
      && (source.map { $0 < parameters.distributionColdEnd } ?? true)
    coldSince = isCold && now >= graceUntil ? min(coldSince, now) : .distantFuture
    if !isTooCold, coldSince <= now, now - coldSince >= parameters.distributionColdTime {
      isTooCold = true
      coldUntil = now + parameters.distributionColdWait
    }
    if isTooCold, service != .heating || now >= coldUntil {
      isTooCold = false
      graceUntil = now + DistributionControl.grace
    }
    let isAlarm = back.map { $0 < parameters.distributionColdAlarm } ?? false
    if isTooCold || service == .heating && isAlarm {
      board.see(
        .distributionCold, .distribution(id),
        Reason(
          .distributionTooCold, .distribution(id), since: now,
          limit: Float(parameters.distributionColdAlarm.value)),
        by: [plant[distribution.circuit].supplyTemperature.point])
    }
  }

  private mutating func reset(
    _ distribution: Distribution, isRunning: Bool, _ parameters: Parameters, _ image: InputImage
  ) {
    let now = image.now
    let range = distribution.setpointRange
    guard let sensor = distribution.farEndPressure, let found = image.reading(sensor) else {
      if distribution.farEndPressure == nil || now - farEndSeen > parameters.sensorHold {
        setpoint = range.upperBound
      }
      return
    }
    farEndSeen = now
    guard isRunning else {
      lastReset = now
      return
    }
    guard now - lastReset >= parameters.farEndInterval else { return }
    lastReset = now
    // More at once, less by half: the last house before economy.
    let off = distribution.farEndSetpoint - found
    setpoint = (setpoint + off * (off > .zero ? 1 : 0.5)).clamped(to: range)
  }

  private mutating func driveBypass(
    _ distribution: Distribution, isRunning: Bool, _ dt: TimeSpan, _ plant: Plant,
    _ image: InputImage, _ board: inout Board
  ) {
    guard let bypass = distribution.bypassCommand else { return }
    let flow = image.reading(plant[distribution.circuit].flow)
    if let flow, isRunning {
      let error = (distribution.minimumFlow - flow) / distribution.minimumFlow
      opening = Fraction(
        loop.step(
          error: error, gain: DistributionControl.gain,
          integralTime: DistributionControl.integralTime, dt: dt, range: 0...1))
    } else {
      // Unseen, or before the start: open, so that no pump meets a closed way.
      opening = .one
      loop.preset(to: 1)
    }
    board.outputs.decide(
      bypass, opening, Reason(.minimumFlowBypass, .distribution(id), since: reason.since))
  }

  /// A well that starts, is purged and takes load needs this long to warm the loop.
  private static let grace = TimeSpan.minutes(10)
  private static let gain = Fraction(0.3)
  private static let integralTime = TimeSpan.seconds(30)
}
