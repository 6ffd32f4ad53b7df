public import PlantModel
import Quantities

/// Holds a circuit's pressure: fills from the low end of its band to the high end (`MAKEUP-01`,
/// `MAKEUP-02`).
///
/// Without the pressure, the level, or water in the soft-water tank nothing is filled (`MAKEUP-04`,
/// `MAKEUP-05`). A fill that lasts too long, or a day that has taken more than a sound circuit loses,
/// is a leak: filling stops, heating goes on (`MAKEUP-03`). The first ends once the pressure is back
/// in its band, which takes a person; the second with the day.
public struct MakeUpControl: Sendable, Hashable {
  public let index: Int
  public private(set) var isFilling = false
  /// The circulation pumps of the circuit are to stand. (`PUMP-11`)
  public private(set) var isTooLow = false
  private(set) var leak = LeakWatch()
  /// When it was last seen that more water went than a sound circuit loses.
  private var lastLoss: Instant = .distantPast
  /// When it was last seen to gain water.
  private var lastGain: Instant = .distantPast
  private var since: Instant
  private var isLocked = false
  private var reason: Reason

  init(_ index: Int, plant: Plant, now: Instant) {
    self.index = index
    since = now
    reason = Reason(.fillPressureReached, .circuit(plant.makeUps[index].circuit), since: now)
  }

  mutating func step(plant: Plant, image: InputImage, board: inout Board) {
    let makeUp = plant.makeUps[index]
    let now = image.now
    let subject = Subject.circuit(makeUp.circuit)
    let pressure = image.reading(plant[makeUp.circuit].pressure)
    watch(pressure, makeUp, subject, now, &board)
    let wasUsedUp = leak.isUsedUp
    leak.step(makeUp, plant: plant, image: image)
    let rule = decide(pressure, image.state(makeUp.tankLevel), makeUp)
    let fills = rule == .fillPressureLow
    if rule != reason.rule {
      if fills { since = now }
      reason = Reason(rule, subject, since: now, limit: Float(makeUp.band.upperBound.value))
      if fills { reason.until = now + plant.parameters.fillLimit }
    }
    isFilling = fills
    if isFilling, now - since > plant.parameters.fillLimit {
      isLocked = true
      lastLoss = now
    }
    if leak.isUsedUp, !wasUsedUp || isFilling { lastLoss = now }
    if leak.isGaining { lastGain = now }
    if let pressure, pressure >= makeUp.band.lowerBound { isLocked = false }
    raise(rule, makeUp, subject, plant.parameters, now, &board)
    board.outputs.decide(makeUp.fillCommand, isFilling, reason)
  }

  /// Water was seen to go within the last day. A fill that was locked long ago, or a pressure that nobody
  /// has brought back since, says nothing of now.
  func losesWater(at now: Instant) -> Bool { now - lastLoss < .days(1) }

  /// Water that nobody filled was seen to come within the last day.
  func gainsWater(at now: Instant) -> Bool { now - lastGain < .days(1) }

  /// What is filled for, or what stands against it.
  private func decide(_ pressure: Kilopascals?, _ hasWater: Bool?, _ makeUp: MakeUp) -> Rule {
    guard let pressure, let hasWater else { return .fillSensorLost }
    if !hasWater { return .fillTankEmpty }
    let goesOn = isFilling && pressure < makeUp.band.upperBound
    guard pressure < makeUp.band.lowerBound || goesOn else { return .fillPressureReached }
    return isLocked || leak.isUsedUp ? .fillTooLong : .fillPressureLow
  }

  private func raise(
    _ rule: Rule, _ makeUp: MakeUp, _ subject: Subject, _ parameters: Parameters, _ now: Instant,
    _ board: inout Board
  ) {
    if isLocked {
      board.alarms.see(.fillTooLong, subject, Reason(.fillTooLong, subject, since: since))
    }
    if rule == .fillTankEmpty {
      board.alarms.see(.fillTankEmpty, subject, Reason(.fillTankEmpty, subject, since: now))
    }
    if leak.isSuspected {
      board.alarms.see(
        .leakSuspected, subject,
        Reason(
          .fillTooLong, subject, since: leak.began, until: leak.began + .days(1),
          limit: Float(leak.loss.value)))
    }
  }

  private mutating func watch(
    _ pressure: Kilopascals?, _ makeUp: MakeUp, _ subject: Subject, _ now: Instant,
    _ board: inout Board
  ) {
    guard let pressure else { return }
    if pressure < makeUp.cutOffPressure {
      if !isTooLow { lastLoss = now }
      isTooLow = true
    }
    if pressure > makeUp.alarmPressure { isTooLow = false }
    if pressure < makeUp.alarmPressure {
      board.alarms.see(
        .pressureLow, subject,
        Reason(.fillPressureLow, subject, since: now, limit: Float(makeUp.alarmPressure.value)))
    }
    if isTooLow {
      board.alarms.see(
        .pressureCutOff, subject,
        Reason(.lowCircuitPressure, subject, since: now, limit: Float(makeUp.cutOffPressure.value)))
    }
  }
}

extension MakeUpControl: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("is_locked", &isLocked)
    archive.field("is_too_low", &isTooLow)
    archive.field("last_loss", &lastLoss)
    archive.field("last_gain", &lastGain)
    archive.group("leak", &leak)
  }
}
