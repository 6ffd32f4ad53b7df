public import Quantities

/// What really happened in the twin, whatever anyone believes.
public struct TwinTruth: Sendable, Hashable {
  /// Litres that passed between circuits through valves standing open together or through a vessel.
  public var mixedLitres = 0.0
  /// Litres that change-overs carried over inside the vessels.
  public var carriedLitres = 0.0
  /// Litres through the seats of closed valves.
  public var seepedLitres = 0.0
  /// Minutes that a pump ran against a closed path.
  public var deadHeadMinutes = 0.0
  /// Minutes that a well moved water with less than the air's pressure at its highest point.
  public var wellVacuumMinutes = 0.0
  public var wellStarts = 0
  /// What all wells took from the ground and gave back.
  public var wellExtracted: CubicMeters = .zero
  public var wellReturned: CubicMeters = .zero
  /// Minutes that a unit was enabled without flow.
  public var dryUnitMinutes = 0.0
  /// Heat given to the rooms, and to the tanks.
  public var buildingHeat: KilowattHours = .zero
  public var hotWaterHeat: KilowattHours = .zero
  /// Cold given to the rooms.
  public var cold: KilowattHours = .zero
  /// Heat drawn from the ground less heat given to it.
  public var groundHeat: KilowattHours = .zero
  public var unitElectricity: KilowattHours = .zero
  public var pumpElectricity: KilowattHours = .zero
  public var unitHours = 0.0
  public var unitStarts = 0
  /// Times that a vessel was turned to another circuit than before.
  public var changeOvers = 0
  public var madeUp: CubicMeters = .zero
  public var leaked: CubicMeters = .zero
  public var coldestRoom = Celsius(99)
  public var warmestRoom = Celsius(-99)
  /// Of what comes out of the hot-water tanks' tops.
  public var coldestTank = Celsius(99)
  public var warmestTank = Celsius(-99)
  public var coldestPool = Celsius(99)
  public var warmestPool = Celsius(-99)

  public init() {}

  /// Heat given to rooms and tanks.
  public var heat: KilowattHours { buildingHeat + hotWaterHeat }

  /// Takes up what happened in another run.
  public mutating func add(_ other: TwinTruth) {
    mixedLitres += other.mixedLitres
    carriedLitres += other.carriedLitres
    seepedLitres += other.seepedLitres
    deadHeadMinutes += other.deadHeadMinutes
    dryUnitMinutes += other.dryUnitMinutes
    wellVacuumMinutes += other.wellVacuumMinutes
    wellStarts += other.wellStarts
    wellExtracted += other.wellExtracted
    wellReturned += other.wellReturned
    buildingHeat += other.buildingHeat
    hotWaterHeat += other.hotWaterHeat
    cold += other.cold
    groundHeat += other.groundHeat
    unitElectricity += other.unitElectricity
    pumpElectricity += other.pumpElectricity
    unitHours += other.unitHours
    unitStarts += other.unitStarts
    changeOvers += other.changeOvers
    madeUp += other.madeUp
    leaked += other.leaked
    coldestRoom = min(coldestRoom, other.coldestRoom)
    warmestRoom = max(warmestRoom, other.warmestRoom)
    coldestTank = min(coldestTank, other.coldestTank)
    warmestTank = max(warmestTank, other.warmestTank)
    coldestPool = min(coldestPool, other.coldestPool)
    warmestPool = max(warmestPool, other.warmestPool)
  }

  public var isFinite: Bool {
    mixedLitres.isFinite && carriedLitres.isFinite && seepedLitres.isFinite
      && heat.isFinite && cold.isFinite && groundHeat.isFinite && unitElectricity.isFinite
      && pumpElectricity.isFinite && unitHours.isFinite && madeUp.isFinite && leaked.isFinite
      && wellExtracted.isFinite && wellReturned.isFinite
  }

  mutating func seeRoom(_ temperature: Double) {
    coldestRoom = min(coldestRoom, Celsius(temperature))
    warmestRoom = max(warmestRoom, Celsius(temperature))
  }

  mutating func seeTank(_ temperature: Double) {
    coldestTank = min(coldestTank, Celsius(temperature))
    warmestTank = max(warmestTank, Celsius(temperature))
  }

  mutating func seePool(_ temperature: Double) {
    coldestPool = min(coldestPool, Celsius(temperature))
    warmestPool = max(warmestPool, Celsius(temperature))
  }
}
