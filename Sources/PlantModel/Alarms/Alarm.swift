/// The kinds of alarm; each has its texts (cause, consequence, what to do) in the client.
public enum AlarmKind: String, CaseIterable, Sendable, Hashable {
  case emergencyStop = "emergency-stop"
  case valveNotProven = "valve-not-proven"
  case valvePositionUnknown = "valve-position-unknown"
  case changeOverStuck = "change-over-stuck"
  case circuitsJoined = "circuits-joined"
  case recoveryChangesUsedUp = "recovery-changes-used-up"
  case pumpFailedToStart = "pump-failed-to-start"
  case pumpTripped = "pump-tripped"
  case pumpRunsUncommanded = "pump-runs-uncommanded"
  case pumpGroupShort = "pump-group-short"
  case flowLost = "flow-lost"
  case unitFailedToStart = "unit-failed-to-start"
  case unitTripped = "unit-tripped"
  case unitRunsUncommanded = "unit-runs-uncommanded"
  case evaporatorFreezing = "evaporator-freezing"
  case evaporatorFreezeStop = "evaporator-freeze-stop"
  case supplyTemperature = "supply-temperature"
  case tankCold = "tank-cold"
  case poolFilterFlow = "pool-filter-flow"
  case poolExchangerHot = "pool-exchanger-hot"
  case pressureLow = "pressure-low"
  case pressureCutOff = "pressure-cut-off"
  case fillTooLong = "fill-too-long"
  case fillTankEmpty = "fill-tank-empty"
  case leakSuspected = "leak-suspected"
  case frost = "frost"
  case waterMeterDoubtful = "water-meter-doubtful"
  case busLost = "bus-lost"
  case deviceLost = "device-lost"
  case registersRefused = "registers-refused"
  case sensorLost = "sensor-lost"
  case outputNotTaken = "output-not-taken"
  case scanLate = "scan-late"
  case stateNotSaved = "state-not-saved"
  case modeUnknown = "mode-unknown"
  case safetyProperty = "safety-property"
  case wellFailed = "well-failed"
  case wellDryRun = "well-dry-run"
  case wellLockedOut = "well-locked-out"
  case wellBackSpin = "well-back-spin"
  case wellVacuum = "well-vacuum"
  case wellReturnPressure = "well-return-pressure"
  case wellColumnLost = "well-column-lost"
  case wellsShort = "wells-short"
  case wellLosesWater = "well-loses-water"
  case wellGainsWater = "well-gains-water"
  case wellWorn = "well-worn"
  case wellPackerLeaks = "well-packer-leaks"
  case wellColumnLeaks = "well-column-leaks"
  case distributionCold = "distribution-cold"
  case consumerUnitTripped = "consumer-unit-tripped"

  /// How much is at stake, lowest first.
  public enum Priority: String, CaseIterable, Sendable { case low, medium, high }

  public var priority: Priority {
    switch self {
    case .emergencyStop, .circuitsJoined, .evaporatorFreezeStop, .pressureCutOff, .frost,
      .safetyProperty, .changeOverStuck, .wellGainsWater, .wellsShort,
      .distributionCold:
      .high
    case .valveNotProven, .valvePositionUnknown, .pumpGroupShort, .flowLost, .unitTripped,
      .evaporatorFreezing, .supplyTemperature, .tankCold, .pressureLow, .fillTooLong,
      .fillTankEmpty, .leakSuspected, .deviceLost, .busLost, .pumpRunsUncommanded, .outputNotTaken,
      .unitRunsUncommanded, .stateNotSaved, .modeUnknown, .registersRefused, .wellFailed,
      .wellDryRun, .wellLockedOut,
      .wellBackSpin, .wellVacuum, .wellReturnPressure, .wellColumnLost, .wellLosesWater,
      .wellPackerLeaks, .wellColumnLeaks:
      .medium
    case .recoveryChangesUsedUp, .pumpFailedToStart, .pumpTripped, .unitFailedToStart,
      .poolFilterFlow, .poolExchangerHot, .sensorLost, .scanLate, .waterMeterDoubtful,
      .consumerUnitTripped, .wellWorn:
      .low
    }
  }

  /// Whether it stays until a person resets it, even when its cause is gone.
  public var latches: Bool {
    switch self {
    case .emergencyStop, .circuitsJoined, .evaporatorFreezeStop, .safetyProperty, .wellLockedOut,
      .wellGainsWater, .wellPackerLeaks, .wellColumnLeaks:
      true
    default: false
    }
  }
}

/// One alarm of one thing.
public struct AlarmKey: Hashable, Comparable, Sendable {
  public let kind: AlarmKind
  public let subject: Subject

  public init(_ kind: AlarmKind, _ subject: Subject) {
    self.kind = kind
    self.subject = subject
  }

  public static func < (left: AlarmKey, right: AlarmKey) -> Bool {
    (left.subject, left.kind.rawValue) < (right.subject, right.kind.rawValue)
  }
}
