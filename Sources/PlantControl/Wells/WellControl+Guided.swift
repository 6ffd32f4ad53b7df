import PlantModel
import Quantities

extension WellControl {
  /// A person has it flushed or tested: it is not its circuit's meanwhile.
  var isGuided: Bool { flushing.isOn || testing.isOn }

  /// Ends what a person asked for, by its own way back.
  mutating func abandonGuided(_ now: Instant) {
    if testing.isOn, !testing.wantsPump { owesStart = true }
    flushing.abandon(now)
    testing.end(.stopped, now)
  }

  /// What a flushing or a step test under way makes of a wish.
  mutating func guided(
    _ wish: Wish, _ well: Well, _ dt: TimeSpan, _ parameters: Parameters, _ image: InputImage
  ) -> Wish {
    if isOn || !wish.isWanted { owesStart = false }
    let isLost = phase == .failed || wish.mustStop != nil
    var own = wish
    if flushing.isOn {
      flushing.step(
        well, runs: phase == .running, isLost: isLost, isDriveAway: isDriveAway, dt, parameters,
        image)
      guard flushing.isOn else { return wish }
      own.isWanted = true
      own.share = flushing.share(image.now)
      own.reason = Reason(.wellFlushing, .well(id), since: flushing.since)
    } else if testing.isOn, let plan = well.stepPlan {
      let highest = image.reading(well.highestPressure)
      let situation = WellStepTesting.Situation(
        phase: phase, rested: rested(image.now), isLost: isLost || isDriveAway,
        isLimited: limit != nil,
        isNearVacuum: highest.map { $0 < parameters.wellVacuumAlarm } ?? true,
        isAtVacuum: highest.map { $0 < parameters.wellVacuumStop } ?? false)
      testing.step(well, plan, situation, image)
      if let test = testing.result {
        health.add(test)
        if test.opensBaseline { tightness.relearn() }
      }
      guard testing.isOn else { return wish }
      own.isWanted = testing.wantsPump
      own.share = testing.share(well, plan)
      own.reason = Reason(.wellStepTest, .well(id), since: testing.record.began)
    }
    return own
  }
}
