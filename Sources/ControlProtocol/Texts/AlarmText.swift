public import PlantModel

extension AlarmKind {
  /// What it is.
  public var cause: String {
    switch self {
    case .emergencyStop: "emergency stop"
    case .valveNotProven: "valve did not reach its end in time"
    case .valvePositionUnknown: "end switches missing or contradicting each other"
    case .changeOverStuck: "change-over stuck"
    case .circuitsJoined: "ground and building water may be joined"
    case .recoveryChangesUsedUp: "recovery changed over too often today"
    case .pumpFailedToStart: "pump did not start"
    case .pumpTripped: "drive tripped"
    case .pumpRunsUncommanded: "pump runs without being told to"
    case .pumpGroupShort: "too few pumps left"
    case .flowLost: "flow lost at a unit"
    case .unitFailedToStart: "unit did not start"
    case .unitTripped: "unit tripped"
    case .unitRunsUncommanded: "unit runs without being told to"
    case .evaporatorFreezing: "evaporator leaves too cold"
    case .evaporatorFreezeStop: "unit stopped against freezing"
    case .supplyTemperature: "supply temperature off its set-point"
    case .tankCold: "tank too cold"
    case .poolFilterFlow: "no filter flow at the pool"
    case .poolExchangerHot: "pool exchanger too hot"
    case .pressureLow: "circuit pressure low"
    case .pressureCutOff: "circuit pressure below cut-off"
    case .fillTooLong: "make-up fills for too long"
    case .fillTankEmpty: "soft-water tank empty"
    case .leakSuspected: "circuit loses water"
    case .frost: "near freezing"
    case .waterMeterDoubtful: "water meter's counter makes no sense"
    case .busLost: "nothing on the bus answers"
    case .deviceLost: "device does not answer"
    case .registersRefused: "device answers, but refuses some or all of its registers"
    case .sensorLost: "sensor without a good value"
    case .outputNotTaken: "device does not take a command"
    case .scanLate: "scans come late"
    case .stateNotSaved: "nothing can be saved"
    case .modeUnknown: "the saved mode is not known"
    case .safetyProperty: "safety monitor stepped in"
    case .wellFailed: "well pump did not start, tripped or is in local"
    case .wellDryRun: "well runs dry or unloaded"
    case .wellLockedOut: "well locked out after three trips"
    case .wellBackSpin: "standing well loses its column"
    case .wellVacuum: "pressure too low at the well loop's highest point"
    case .wellReturnPressure: "return zone pressed too high"
    case .wellColumnLost: "back-pressure valve did not shut at a stop"
    case .wellsShort: "too few wells left"
    case .wellLosesWater: "less water goes back than was taken"
    case .distributionCold: "water comes back too cold from the consumers"
    case .consumerUnitTripped: "a consumer's unit tripped"
    case .wellGainsWater: "more water goes back than was taken"
    case .wellWorn: "a part of the well has worsened"
    case .wellPackerLeaks: "water passes the well's packer"
    case .wellColumnLeaks: "water leaves the well's column below the surface"
    }
  }

  /// What to do, in the order to do it.
  public var action: String {
    switch self {
    case .emergencyStop: "find out why it was pressed; release it; then reset here"
    case .valveNotProven:
      "look at the valve: power, actuator, end switches; move it by hand with pumps off"
    case .valvePositionUnknown:
      "check the end switches' wiring; until then the valve is not moved"
    case .changeOverStuck: "mend the valve or device named beside this; then choose the mode again"
    case .circuitsJoined: "stop the pumps; shut the valve by hand; take water samples"
    case .recoveryChangesUsedUp: "nothing at once; if daily, look at the recovery limits"
    case .pumpFailedToStart: "look at the drive's display; a standby pump took over"
    case .pumpTripped: "read the drive's fault, mend it, reset the drive; a standby took over"
    case .pumpRunsUncommanded: "see whether the drive is in local or its relay sticks"
    case .pumpGroupShort: "bring a failed pump back; flow and heat are reduced"
    case .flowLost: "check strainers, isolation valves, air; the unit starts again by itself"
    case .unitFailedToStart: "look at the unit's display; it is tried again later"
    case .unitTripped: "read the unit's fault, mend it and reset the unit"
    case .unitRunsUncommanded: "see whether the unit is in local; it has water while it runs"
    case .evaporatorFreezing: "check evaporator flow and set-points"
    case .evaporatorFreezeStop: "check flow and ice before anything else; then reset here"
    case .supplyTemperature: "see which units stand and why: wellspringctl status"
    case .tankCold: "see whether the unit that charges it runs: wellspringctl status"
    case .poolFilterFlow: "start the pool's filter pump or clean its strainer"
    case .poolExchangerHot: "check the pool exchanger's flow"
    case .pressureLow: "see that make-up fills; look for leaks"
    case .pressureCutOff: "pumps are stopped: find the leak, fill, vent"
    case .fillTooLong: "look for a leak before filling by hand"
    case .fillTankEmpty: "check the softener and its supply"
    case .leakSuspected: "look for the leak; read the make-up meter morning and evening"
    case .waterMeterDoubtful:
      "read the meter by eye; if it was replaced: wellspringctl ledger replace-meter"
    case .frost: "check windows, heating and the frost sensor"
    case .busLost:
      "journalctl -u wellspringd says why; check the gateway or line, its power and cable, or the plant's power; all is taken back by itself"
    case .deviceLost:
      "journalctl -u wellspringd says why; check its power, cable and bus address; it is taken back by itself"
    case .registersRefused:
      "wait if it is starting; else check its register map; the journal names the registers"
    case .sensorLost: "check the sensor and its wiring"
    case .outputNotTaken: "check whether the device is in remote and the register writable"
    case .scanLate: "see what else runs on this machine"
    case .stateNotSaved:
      "free or mend the state folder's disk: the journal says what it wants; it saves again by itself"
    case .modeUnknown: "choose one: wellspringctl mode; the journal has the name that was saved"
    case .safetyProperty: "call the maker with the journal of this hour; then reset here"
    case .wellFailed: "read the drive's fault, mend it and reset the drive"
    case .wellDryRun: "check the well's level, screen and intake; read power against its baseline"
    case .wellLockedOut: "find out why it tripped; mend it; then reset here"
    case .wellBackSpin: "check the check valve and the column pipe for leaks"
    case .wellVacuum: "vent the highest point; see that the back-pressure valve moves"
    case .wellReturnPressure: "see whether the return zone is clogged; let it be flushed"
    case .wellColumnLost: "move the back-pressure valve by hand; check its actuator"
    case .wellsShort: "bring a failed well back; lower what is asked for meanwhile"
    case .wellLosesWater: "look for a leak between the two meters; compare them by hand"
    case .distributionCold: "see that every well or borehole gives heat; lower what is asked for"
    case .consumerUnitTripped: "read the unit's fault, mend it and reset the unit"
    case .wellWorn:
      "see which: wellspringctl health; plan the remedy that docs/well-health.md names"
    case .wellPackerLeaks:
      "compare outlet and return temperature; let the packer be pressed or reset; then reset here"
    case .wellColumnLeaks: "let the riser pipe and its joints be pulled and looked at"
    case .wellGainsWater:
      "stop the well if the building's water falls; test the exchanger for leaks; then reset here"
    }
  }
}
