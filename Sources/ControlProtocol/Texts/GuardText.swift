public import PlantModel

extension Rule {
  /// What holds once the condition that the rule asks for is met. A rule that asks for none, as one
  /// by which a unit is wanted, says it in its own text.
  public var metText: String {
    switch self {
    case .positionHeld: "another row than the proven one is wanted"
    case .otherBlockRequired: "no other block stands against the new row"
    case .otherBlockDepends: "no other block relies on the old row"
    case .unitsStoppedBeforeChange: "the block's units have stood long enough"
    case .waterTemperatureWindow: "the water that the new row brings is in its window"
    case .pumpsStoppedBeforeChange: "no water moves through its valves"
    case .pressureAcrossValve: "the circuits' pressures are close enough"
    case .unitAway: "it answers, is switched to remote and has not tripped"
    case .freezeLatched: "no freeze stop waits for a reset"
    case .blockNotInPosition: "its valves hold a row"
    case .minimumOffTime: "it has stood for its least off time"
    case .startsPerHour: "a start is left in this hour"
    case .crankcaseHeating: "its crankcase is warm"
    case .restartSettling: "the plant has settled since the start"
    case .unitNotProven: "no failed start holds it back"
    default: text
    }
  }
}
