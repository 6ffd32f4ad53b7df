public import PlantModel

/// The designers' numbers against the twin's own: what `wellspring-sim rated` prints.
///
/// Every figure of the twin comes out of the types that run its plants: `SingleWell`, `PlateExchanger`,
/// `HeatPumpMap`, `Water` and the controller's `EnergyFigures`.
public struct Rating: Sendable {
  let table: MakersTable
  /// The twin's wells of the CJXH-80 size and of the villages.
  let collectionWell: WellDescription
  let villageWell: WellDescription

  public init(
    _ table: MakersTable = MakersTable(), collectionWell: WellDescription = .collection80,
    villageWell: WellDescription = .gravel500
  ) {
    self.table = table
    self.collectionWell = collectionWell
    self.villageWell = villageWell
  }

  /// All lines, in the order of the systems; five winters of wells, in less than a second.
  public func lines() -> [RatedLine] {
    wells(table.collection) + wells(table.office) + table.villages.flatMap(village)
      + table.households.flatMap(household) + [season()] + sportsCentre()
  }
}
