public import PlantModel

/// How soon a person must act on an alarm before its consequence comes. (ISA-18.2)
public enum TimeToRespond: String, CaseIterable, Sendable {
  case atOnce = "at once"
  case withinAnHour = "within an hour"
  case today = "today"
  case thisWeek = "this week"
}

extension AlarmKind {
  /// What it leads to while nobody acts.
  public var consequence: String {
    switch self {
    case .emergencyStop: "every unit and pump is off and stays off until it is reset"
    case .valveNotProven: "the path that it belongs to does not open; its units stand"
    case .valvePositionUnknown: "its block keeps its row and cannot change over"
    case .changeOverStuck: "the block's units stand; later one port opens to the old circuit again"
    case .circuitsJoined: "water of two circuits mixes: wells, glycol and treatment are at stake"
    case .recoveryChangesUsedUp: "recovery stays on the ground until midnight; it costs energy"
    case .pumpFailedToStart: "one standby fewer"
    case .pumpTripped: "one standby fewer"
    case .pumpRunsUncommanded: "it may run against a closed path and heats up"
    case .pumpGroupShort: "too little flow: units stand for want of it"
    case .flowLost: "the unit stands; others take its share while there are any"
    case .unitFailedToStart: "the next unit takes its place"
    case .unitTripped: "the next unit takes its place; it stays off until it is reset there"
    case .unitRunsUncommanded: "it may run without water: its path is kept open and its pumps on"
    case .evaporatorFreezing: "the unit is unloaded; a little colder and it stops"
    case .evaporatorFreezeStop: "the unit stands; twice in a day and it stays off until reset"
    case .supplyTemperature: "rooms get too cold or too warm"
    case .tankCold: "hot water runs out"
    case .poolFilterFlow: "the pool is not heated; it loses about 1 K in 8 hours"
    case .poolExchangerHot: "the pool is not heated until it has cooled"
    case .pressureLow: "a little lower and the circuit's pumps stop"
    case .pressureCutOff: "the circuit's pumps and units stand"
    case .fillTooLong: "filling stopped: the pressure goes on falling"
    case .fillTankEmpty: "nothing is filled: a leak ends in the cut-off"
    case .leakSuspected: "filling has stopped for this day; the pressure falls"
    case .waterMeterDoubtful: "the step is in the ledger, its water is not: the balance is in doubt"
    case .frost: "water circulates; pipes and coils freeze if it gets colder"
    case .busLost: "all its devices run as they were set up for a lost master"
    case .deviceLost: "what it carries runs as the device was set up for a lost master"
    case .registersRefused: "what it refuses is missing; rules go on as docs/losses.md says"
    case .sensorLost: "its rules go on without it, as docs/losses.md says"
    case .outputNotTaken: "the device does something else than it is told"
    case .scanLate: "rules act late; their limits are still kept"
    case .stateNotSaved: "the plant runs on; a restart undoes what was chosen and counted since"
    case .modeUnknown:
      "the block goes on in the row that its valves hold; without one its units stand"
    case .safetyProperty: "the outputs concerned are held at their safe side"
    case .wellFailed: "the other wells give more; with too few of them it gets cold"
    case .wellDryRun: "it stands, then tries again; three times in 4 hours and it stays out"
    case .wellLockedOut: "it stays out until it is reset; the other wells give more"
    case .wellBackSpin: "it does not start for 10 minutes: a start into it would break the shaft"
    case .wellVacuum: "air enters the loop: a little lower and the well stops"
    case .wellReturnPressure: "the well stands, so that packer and ground are not broken"
    case .wellColumnLost: "the column drains; the next start draws air and is purged"
    case .wellsShort: "less heat than is asked for: rooms get cold"
    case .wellLosesWater: "water leaves the loop: the proof of reinjection has a gap"
    case .distributionCold: "a little colder and the pumps stop; rooms get cold"
    case .consumerUnitTripped: "its consumer gets no heat and no cold; the others go on"
    case .wellWorn: "it costs electricity, later heat: the weaker it gets the dearer the remedy"
    case .wellPackerLeaks: "its own cold water comes back up: the well gives less and less heat"
    case .wellColumnLeaks: "part of what it lifts never reaches the exchanger; the hole grows"
    case .wellGainsWater:
      "water of the building may enter the ground; make-up as a second witness stops the well"
    }
  }

  /// How soon a person must act.
  public var timeToRespond: TimeToRespond {
    switch self {
    case .emergencyStop, .circuitsJoined, .frost, .pressureCutOff, .safetyProperty,
      .wellGainsWater, .wellsShort, .distributionCold:
      .atOnce
    case .changeOverStuck, .evaporatorFreezeStop, .pumpGroupShort, .pressureLow, .fillTooLong,
      .fillTankEmpty, .leakSuspected, .supplyTemperature, .pumpRunsUncommanded, .busLost,
      .modeUnknown,
      .unitRunsUncommanded, .evaporatorFreezing, .wellLockedOut, .wellVacuum, .wellReturnPressure,
      .wellColumnLost:
      .withinAnHour
    case .valveNotProven, .valvePositionUnknown, .flowLost, .unitTripped, .tankCold, .deviceLost,
      .registersRefused, .outputNotTaken, .stateNotSaved, .poolFilterFlow, .poolExchangerHot,
      .wellFailed, .wellDryRun, .wellBackSpin, .wellLosesWater, .consumerUnitTripped,
      .wellPackerLeaks:
      .today
    case .recoveryChangesUsedUp, .pumpFailedToStart, .pumpTripped, .unitFailedToStart,
      .sensorLost, .scanLate, .waterMeterDoubtful, .wellWorn, .wellColumnLeaks:
      .thisWeek
    }
  }
}
