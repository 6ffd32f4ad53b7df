import PlantModel

extension Controller {
  /// How often and how long each alarm stood, and what the plant was short of meanwhile.
  public var alarmCosts: AlarmCosts { costs }

  /// The scan's alarms are settled and its energy is counted.
  mutating func countAlarmCosts(_ image: InputImage) {
    let isChanged = board.events.contains {
      switch $0.kind {
      case .alarmRaised, .alarmCleared: true
      default: false
      }
    }
    costs.step(
      alarms: board.alarms.alarms, isChanged: isChanged,
      shortfall: costs.isCounting ? shortfall(image) : Shortfall(), account: account,
      offset: plant.site.utcOffset, now: image.now)
  }
}
