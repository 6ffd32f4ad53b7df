import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// What the main block does with the season that the weather proposes.
@Suite struct SeasonChangeTests {
  private func service(_ plant: RunningPlant) -> BlockMode.Service {
    plant.plant[plant.block("main")].modes[plant.status("main").mode.index].service
  }

  private func proposed(_ plant: RunningPlant) -> BlockMode.Service? {
    plant.status("main").proposed.map { plant.plant[plant.block("main")].modes[$0.index].service }
  }

  /// Three cold days, and the main block in automatic since a person chose summer on the third.
  private func coldDays(_ change: Site.SeasonChange) -> RunningPlant {
    var plant = RunningPlant(isWinter: false, scan: .seconds(10)) { $0.site.seasonChange = change }
    plant.hold(outdoor: 8)
    // The third whole day ends at 16:00 UTC.
    plant.session.run(for: .hours(60))
    plant.choose("main", "summer")
    plant.choose("main", "automatic")
    return plant
  }

  @Test("MODE-05: the season is followed by itself once the last change of mode is a day old")
  func theSeasonIsFollowedAfterADay() {
    var plant = coldDays(.automatic)
    plant.session.run(for: .hours(23.9))
    #expect(proposed(plant) == .heating)
    #expect(service(plant) == .cooling)
    plant.session.run(for: .hours(0.2))
    #expect(service(plant) == .heating)
  }

  @Test("MODE-05: a season that is only proposed waits for a person")
  func aProposedSeasonWaits() {
    var plant = coldDays(.propose)
    plant.session.run(for: .hours(48))
    #expect(proposed(plant) == .heating)
    #expect(service(plant) == .cooling)
    plant.choose("main", "winter")
    #expect(service(plant) == .heating)
  }
}
