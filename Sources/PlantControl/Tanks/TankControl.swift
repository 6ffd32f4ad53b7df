public import PlantModel
import Quantities

/// Whether one tank takes heat, and why it does or does not.
///
/// It wants heat from a band below its set-point up to it (`TANK-01`, `TANK-02`); in the evening of a
/// day with cooling a tank is topped up and a pool goes a little higher (`RECOVERY-01`). A pool needs
/// its filter's flow (`TANK-04`) and stays below its limits (`TANK-05`). Without one of its
/// temperatures it goes on as it is for `sensor_hold_seconds`; then it is not charged and says so
/// (`TANK-07`).
public struct TankControl: Sendable, Hashable {
  public let id: TankID
  public private(set) var isCharging = false
  public private(set) var reason: Reason
  /// It is below its goal, whether it may be charged or not.
  private(set) var wantsHeat = false
  /// What stands against charging it.
  private(set) var obstacle: Rule?
  private var isHot = false
  private var seen: Instant
  private var shortSince: Instant = .distantFuture

  init(_ id: TankID, now: Instant) {
    self.id = id
    seen = now
    reason = Reason(.tankSatisfied, .tank(id), since: now)
  }

  /// Below its minimum: short of heat.
  func isShort(_ plant: Plant, _ image: InputImage) -> Bool {
    image.reading(plant[id].temperature).map { $0 < plant[id].minimum } ?? false
  }

  /// Warm enough at its top, and at least half charged. (`RECOVERY-05`)
  func mayCoast(_ plant: Plant, _ image: InputImage) -> Bool {
    let tank = plant[id]
    guard let top = image.reading(tank.temperature), top >= plant.parameters.coastAbove else {
      return false
    }
    guard let sensor = tank.middleTemperature else { return true }
    return image.reading(sensor).map { $0 >= tank.minimum } ?? false
  }

  /// Judges the tank for itself; `settle` then says whether it takes heat.
  ///
  /// - Parameter evening: store what the building's cooling yields, for the night.
  mutating func step(evening: Bool, plant: Plant, image: InputImage, board: inout Board) {
    let tank = plant[id]
    let parameters = plant.parameters
    let temperature = image.reading(tank.temperature)
    let outlet = tank.exchangerOutlet.map { image.reading($0) }
    let isComplete = temperature != nil && outlet != .some(nil)
    if isComplete { seen = image.now }
    let isLost = !isComplete && image.now - seen > parameters.sensorHold
    if let temperature {
      aim(temperature, evening: evening, tank, parameters, image)
      watchCold(temperature, tank, parameters, image.now, &board)
    }
    watchHeat(temperature, outlet ?? nil, tank, parameters)
    let hasFlow = tank.filterFlow.map {
      image.isProven($0, within: parameters.proofMaximumAge)
    }
    obstacle =
      isLost
      ? .tankSensorLost
      : isHot ? .poolExchangerLimit : hasFlow == false ? .poolFilterFlow : nil
    raise(isLost: isLost, tank, image.now, &board)
  }

  /// The last word: charged unless something stands against it.
  ///
  /// - Parameter wait: what the tank has to wait for, if it would take heat; nil for nothing.
  mutating func settle(wait: Rule?, plant: Plant, now: Instant) {
    let rule: Rule =
      obstacle == .tankSensorLost
      ? .tankSensorLost : wantsHeat ? obstacle ?? wait ?? .tankCharging : .tankSatisfied
    isCharging = rule == .tankCharging
    guard rule != reason.rule else { return }
    reason = Reason(rule, .tank(id), since: now, limit: Float(plant[id].setpoint.value))
  }

  private mutating func aim(
    _ temperature: Celsius, evening: Bool, _ tank: Tank, _ parameters: Parameters,
    _ image: InputImage
  ) {
    let isPool = tank.use == .pool
    let goal = tank.setpoint + (evening && isPool ? parameters.eveningExtra : .zero)
    let band = evening && !isPool ? tank.band / 2 : tank.band
    let middle = tank.middleTemperature.flatMap { image.reading($0) } ?? temperature
    if temperature < goal - band { wantsHeat = true }
    if temperature >= goal, middle >= goal - tank.band { wantsHeat = false }
  }

  /// Hot is above a limit, and on until it is clearly below again.
  private mutating func watchHeat(
    _ temperature: Celsius?, _ outlet: Celsius?, _ tank: Tank, _ parameters: Parameters
  ) {
    guard tank.use == .pool else { return }
    let isWaterHot = temperature.map { $0 > parameters.poolLimit }
    let isOutletHot = outlet.map { $0 > parameters.exchangerLimit }
    if isWaterHot == true || isOutletHot == true { isHot = true }
    let isWaterCool = temperature.map { $0 <= parameters.poolLimit - tank.band } ?? false
    let isOutletCool =
      tank.exchangerOutlet == nil
      || outlet.map { $0 <= parameters.exchangerLimit - parameters.exchangerBand } ?? false
    if isWaterCool, isOutletCool { isHot = false }
  }

  private mutating func watchCold(
    _ temperature: Celsius, _ tank: Tank, _ parameters: Parameters, _ now: Instant,
    _ board: inout Board
  ) {
    let subject = Subject.tank(id)
    shortSince = temperature < tank.minimum ? min(shortSince, now) : .distantFuture
    if shortSince <= now, now - shortSince >= parameters.tankColdAfter {
      board.alarms.see(
        .tankCold, subject,
        Reason(.tankCharging, subject, since: shortSince, limit: Float(tank.minimum.value)))
    }
  }

  /// A filter that stands is an alarm only while the pool wants heat.
  private func raise(isLost: Bool, _ tank: Tank, _ now: Instant, _ board: inout Board) {
    let subject = Subject.tank(id)
    if isLost {
      board.see(
        .sensorLost, subject, Reason(.tankSensorLost, subject, since: seen),
        by: [tank.temperature, tank.exchangerOutlet].compactMap { $0?.point })
    }
    if isHot {
      board.alarms.see(.poolExchangerHot, subject, Reason(.poolExchangerLimit, subject, since: now))
    }
    if wantsHeat, obstacle == .poolFilterFlow {
      board.see(
        .poolFilterFlow, subject, Reason(.poolFilterFlow, subject, since: now),
        by: [tank.filterFlow].compactMap { $0?.point })
    }
  }
}

extension TankControl: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("wants_heat", &wantsHeat)
    archive.field("is_hot", &isHot)
  }
}
