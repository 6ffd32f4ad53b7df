public import PlantModel
public import Quantities

/// One pump of a group: told to run or not, proven or failed, its hours and starts.
public struct PumpControl: Sendable, Hashable {
  public let id: PumpID
  public internal(set) var isCommanded = false
  public internal(set) var isProven = false
  public internal(set) var reason: Reason
  /// Why it is passed over; nil while it is sound.
  public internal(set) var failedReason: Reason?
  public internal(set) var runTime: TimeSpan = .zero
  public internal(set) var starts = 0
  private var since: Instant
  private var uncommandedSince: Instant = .distantFuture

  init(_ id: PumpID, now: Instant) {
    self.id = id
    since = now
    reason = Reason(.noFlowWanted, .pump(id), since: now)
  }

  /// Looks at the drive, counts hours, and raises what is wrong with it.
  mutating func observe(
    _ dt: TimeSpan, _ plant: Plant, _ image: InputImage, _ board: inout Board
  ) {
    let now = image.now
    isProven = image.isProven(plant[id].running, within: plant.parameters.proofMaximumAge)
    if isProven { runTime += dt }
    if isProven, reason.rule == .driveGoesOn {
      reason = Reason(.leadPump, .pump(id), since: now)
    }
    if isProven, !isCommanded {
      uncommandedSince = min(uncommandedSince, now)
      if now - uncommandedSince > plant.parameters.uncommandedLimit {
        board.alarms.see(
          .pumpRunsUncommanded, .pump(id), Reason(.pumpFailed, .pump(id), since: uncommandedSince))
      }
    } else {
      uncommandedSince = .distantFuture
    }
    if image.state(plant[id].tripped) == true {
      board.alarms.see(.pumpTripped, .pump(id), Reason(.pumpFailed, .pump(id), since: now))
    }
    if let why = failedReason, now >= why.until, image.state(plant[id].tripped) == false,
      image.state(plant[id].remote) == true
    {
      failedReason = nil
    }
    if let why = failedReason, why.rule == .proofOfRunning {
      board.alarms.see(.pumpFailedToStart, .pump(id), why)
    }
  }

  /// What is wrong with a pump that is told to run; nil while it is well.
  func failure(_ plant: Plant, _ image: InputImage) -> Reason? {
    let now = image.now
    if image.state(plant[id].tripped) == true {
      return Reason(.pumpFailed, .pump(id), since: now)
    }
    if image.state(plant[id].remote) == false { return Reason(.pumpLocal, .pump(id), since: now) }
    if isProven { return nil }
    let isLate = now - since > plant.parameters.proofOfRunning
    guard isLate else { return nil }
    return image.state(plant[id].running) == nil
      ? Reason(.deviceLost, .device(plant[id].device), since: now)
      : Reason(
        .proofOfRunning, .pump(id), since: now, until: now + plant.parameters.pumpRetry)
  }

  /// Whether its drive is there, takes our commands and is not tripped.
  func mayStart(_ plant: Plant, _ image: InputImage) -> Bool {
    failedReason == nil && image.state(plant[id].tripped) == false
      && image.state(plant[id].remote) == true && image.state(plant[id].running) != nil
  }

  mutating func start(_ why: Reason, _ now: Instant, _ board: inout Board) {
    isCommanded = true
    since = now
    starts += 1
    reason = why
    board.tell(.pumpStarted, .pump(id), why, at: now)
  }

  mutating func stop(_ why: Reason, _ now: Instant, _ board: inout Board) {
    isCommanded = false
    since = now
    reason = why
    board.tell(.pumpStopped, .pump(id), why, at: now)
  }

  /// Passed over until `why` says, or for `retry`.
  mutating func fail(_ why: Reason, retry: TimeSpan, _ now: Instant, _ board: inout Board) {
    stop(why, now, &board)
    failedReason = why
    failedReason?.until = why.until == .distantFuture ? now + retry : why.until
  }

  /// Its drive is away and nothing can stand in for it. (`PUMP-16`)
  mutating func goOn(_ now: Instant) {
    guard reason.rule != .driveGoesOn else { return }
    reason = Reason(.driveGoesOn, .pump(id), since: now)
  }

  mutating func takeOver(_ now: Instant) {
    isCommanded = true
    isProven = true
    since = now
    reason = Reason(.leadPump, .pump(id), since: now)
  }
}

extension PumpControl: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("run_time_milliseconds", &runTime)
    archive.field("starts", &starts)
  }
}
