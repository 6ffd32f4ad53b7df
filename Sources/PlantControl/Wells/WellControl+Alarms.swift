import PlantModel
import Quantities

extension WellControl {
  /// What a person should know of the well, by the scan.
  func raise(
    _ well: Well, _ parameters: Parameters, _ image: InputImage, _ board: inout Board
  ) {
    let subject = Subject.well(id)
    if phase == .failed {
      switch reason.rule {
      case .wellDryRun, .wellIntakeLow, .wellFlowNotProven:
        board.alarms.see(.wellDryRun, subject, reason)
      case .wellVacuum: board.alarms.see(.wellVacuum, subject, reason)
      case .wellReturnPressure: board.alarms.see(.wellReturnPressure, subject, reason)
      // Its own alarm stands, latched.
      case .wellBalance: break
      default: board.alarms.see(.wellFailed, subject, reason)
      }
    }
    switch tightness.finding {
    case .packer:
      board.alarms.see(
        .wellPackerLeaks, subject, Reason(.wellPackerLeaks, subject, since: image.now))
    case .column:
      board.alarms.see(
        .wellColumnLeaks, subject, Reason(.wellColumnLeaks, subject, since: image.now))
    case nil: break
    }
    if health.isWorn {
      board.alarms.see(.wellWorn, subject, Reason(.wellWorn, subject, since: image.now))
    }
    if watch.isNearVacuum {
      board.see(
        .wellVacuum, subject,
        Reason(
          .wellVacuum, subject, since: image.now, limit: Float(parameters.wellVacuumAlarm.value)),
        by: [well.highestPressure.point])
    }
    if image.now < column.until {
      board.alarms.see(
        .wellBackSpin, subject,
        Reason(.wellBackSpin, subject, since: column.seen, until: column.until))
    }
    let isOpen = image.reading(well.valvePosition).map { $0.value > 0.05 } ?? false
    if phase == .stopped, isOpen, image.now - stoppedAt > parameters.strokeLimit {
      board.alarms.see(
        .wellColumnLost, subject, Reason(.wellColumnHeld, subject, since: image.now))
    }
  }
}
