import PlantModel
import Quantities

extension RecoveryControl {
  /// What stands around the units in one scan.
  struct Situation {
    /// The service of the mode in use, and whether its row is held.
    var service: BlockMode.Service
    var isHeld: Bool
    var isAutomatic: Bool
    /// The block that cools the building holds its row and is to go on doing so.
    var isCoolingActive: Bool
    /// That block is about to leave its row: recovery must let go of it.
    var mustLetGo: Bool
    /// What the building takes, by all units together; nil while a meter is away.
    var coolingLoad: Kilowatts?
    var hotWanted: Bool
    /// What the tanks that want heat can take.
    var heatDemand: Kilowatts
    var hotShort: Bool
    /// The hot-water tank is warm enough to coast.
    var mayCoast: Bool
    var hotSupply: Celsius?
    /// Chilled water leaving and coming back.
    var chilledLeaving: Celsius?
    var chilledReturn: Celsius?
    var groundReturn: Celsius?
    var unit: HeatPumpUnit
    var isUnitRunning: Bool
    /// Until when it stays where it is. (`RECOVERY-07`)
    var dwellUntil: Instant
    var changesLeft: Bool

    var isOnCold: Bool { service == .recovery && isHeld }
  }
}
