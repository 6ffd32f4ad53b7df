/// Every rule that can decide something, by the identifier that the docs and the tests share.
///
/// `docs/rules.md` says each in full, with its source.
public enum Rule: String, CaseIterable, Sendable, Hashable {
  // Nobody has decided.
  case safeDefault = "SAFE-01"
  case restartSettling = "SAFE-02"
  case emergencyStop = "SAFE-03"
  case safetyMonitor = "SAFE-04"
  case orderedStop = "SAFE-05"

  // Modes and seasons.
  case modeOff = "MODE-01"
  case modeByOperator = "MODE-02"
  case modeAutomatic = "MODE-03"
  case seasonProposed = "MODE-04"
  case seasonDwell = "MODE-05"
  case modeUnknown = "MODE-06"

  // Change-over of valves.
  case oneCircuitPerVessel = "VALVE-01"
  case positionHeld = "VALVE-02"
  case unitsStoppedBeforeChange = "VALVE-03"
  case pumpsStoppedBeforeChange = "VALVE-04"
  case waterTemperatureWindow = "VALVE-05"
  case pressureAcrossValve = "VALVE-06"
  case closingOldPosition = "VALVE-07"
  case openingNewPosition = "VALVE-08"
  case valveNotProven = "VALVE-09"
  case wayBackToOldCircuit = "VALVE-10"
  case otherBlockRequired = "VALVE-11"
  case otherBlockDepends = "VALVE-12"
  case changesPerDay = "VALVE-13"
  case positionUnknown = "VALVE-14"
  case valveFollowsPath = "VALVE-15"
  case dwellInPosition = "VALVE-16"

  // Pumps.
  case pathNotProven = "PUMP-01"
  case noFlowWanted = "PUMP-02"
  case leadPump = "PUMP-03"
  case stagedPump = "PUMP-04"
  case standbyPump = "PUMP-05"
  case proofOfRunning = "PUMP-06"
  case pumpFailed = "PUMP-07"
  case runOn = "PUMP-08"
  case pressureLoop = "PUMP-09"
  case pumpLocal = "PUMP-10"
  case lowCircuitPressure = "PUMP-11"
  case holdSpeed = "PUMP-13"
  case circulateForWindow = "PUMP-14"
  case scheduledSwap = "PUMP-15"
  case driveGoesOn = "PUMP-16"

  // Units.
  case flowNotProven = "UNIT-01"
  case unitNotWanted = "UNIT-02"
  case minimumOffTime = "UNIT-03"
  case minimumOnTime = "UNIT-04"
  case startsPerHour = "UNIT-05"
  case unitTripped = "UNIT-06"
  case unitAway = "UNIT-07"
  case unitLocal = "UNIT-08"
  case freezeUnload = "UNIT-09"
  case freezeStop = "UNIT-10"
  case freezeLatched = "UNIT-11"
  case coldCondenser = "UNIT-12"
  case unitRunning = "UNIT-13"
  case crankcaseHeating = "UNIT-14"
  case blockNotInPosition = "UNIT-15"
  case unitNotProven = "UNIT-16"
  case unitUncommanded = "UNIT-18"

  // Staging.
  case stageUp = "STAGE-01"
  case stageDown = "STAGE-02"
  case stageFailsafe = "STAGE-03"
  case stageHold = "STAGE-04"
  case stageUnavailable = "STAGE-05"
  case plantDisabled = "STAGE-06"
  case outdoorLockOut = "STAGE-07"
  case rotation = "STAGE-08"
  case supplyLoop = "STAGE-09"
  case powerReturnStagger = "STAGE-10"

  // Heat recovery.
  case recoveryEnter = "RECOVERY-01"
  case recoveryFirst = "RECOVERY-02"
  case coldLimiter = "RECOVERY-03"
  case recoveryDropPool = "RECOVERY-04"
  case recoveryCoast = "RECOVERY-05"
  case recoveryToGround = "RECOVERY-06"
  case recoveryChange = "RECOVERY-07"
  case recoveryBack = "RECOVERY-08"
  case recoveryUnproven = "RECOVERY-09"
  case recoveryRecord = "RECOVERY-10"

  // Tanks.
  case tankCharging = "TANK-01"
  case tankSatisfied = "TANK-02"
  case hotWaterFirst = "TANK-03"
  case poolFilterFlow = "TANK-04"
  case poolExchangerLimit = "TANK-05"
  case loadFollowsDemand = "TANK-06"
  case tankSensorLost = "TANK-07"
  case hotPathKeptOpen = "TANK-08"

  // Make-up, frost.
  case fillPressureLow = "MAKEUP-01"
  case fillPressureReached = "MAKEUP-02"
  case fillTooLong = "MAKEUP-03"
  case fillTankEmpty = "MAKEUP-04"
  case fillSensorLost = "MAKEUP-05"
  case frostCirculation = "FROST-01"

  // The reinjection ledger.
  case counterBroken = "LEDGER-01"
  case meterReplaced = "LEDGER-02"

  // Lost values and devices.
  case sensorLost = "LOSS-01"
  case deviceLost = "LOSS-02"
  case stateNotSaved = "LOSS-03"
  case registersRefused = "LOSS-04"
}
