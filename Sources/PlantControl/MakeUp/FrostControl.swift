import PlantModel
import Quantities

/// Asks for circulation while the coldest place is near freezing, plant on or off. (`FROST-01`)
///
/// Without its sensor the outdoor temperature stands in; without that too it keeps what it did.
struct FrostControl: Sendable, Hashable {
  private(set) var isWanted = false
  private(set) var since: Instant

  init(now: Instant) { since = now }

  mutating func step(plant: Plant, image: InputImage, board: inout Board) {
    let parameters = plant.parameters
    let coldest =
      image.reading(plant.site.frostTemperature) ?? image.reading(plant.site.outdoorTemperature)
    guard let coldest else { return }
    let before = isWanted
    if coldest < parameters.frostOn { isWanted = true }
    if coldest > parameters.frostOff { isWanted = false }
    if isWanted != before { since = image.now }
    if isWanted {
      board.alarms.see(
        .frost, .plant,
        Reason(.frostCirculation, .plant, since: since, limit: Float(parameters.frostOn.value)))
    }
  }
}

extension FrostControl: Persistent {
  mutating func persist(in archive: inout some Archive) {
    archive.field("is_wanted", &isWanted)
    archive.field("since", &since)
  }
}
