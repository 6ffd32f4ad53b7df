import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// When water circulates so that it does not freeze.
struct FrostTests {
  private struct Rig {
    var bench: Bench
    var control: FrostControl

    init() {
      let maker = PlantMaker()
      bench = Bench(maker.plant)
      control = FrostControl(now: bench.now)
    }

    mutating func scan() {
      bench.scan { plant, image, board in
        control.step(plant: plant, image: image, board: &board)
      }
    }
  }

  @Test("FROST-01: circulation from below 4 °C until above 6 °C, with an alarm")
  func circulatesThroughItsBand() {
    var rig = Rig()
    let cycles: [(temperature: Double, isWanted: Bool)] = [
      (5, false), (4, false), (3.9, true), (5, true), (6, true), (6.1, false), (5, false),
    ]
    for cycle in cycles {
      rig.bench.show(rig.bench.plant.site.frostTemperature, Celsius(cycle.temperature))
      rig.scan()
      #expect(rig.control.isWanted == cycle.isWanted, "at \(cycle.temperature) °C")
      #expect(rig.bench.hasAlarm(.frost, .plant) == cycle.isWanted)
    }
  }

  @Test("FROST-01: without its sensor the outdoor temperature stands in; without that it goes on")
  func outdoorTemperatureStandsIn() {
    var rig = Rig()
    rig.bench.show(rig.bench.plant.site.outdoorTemperature, Celsius(-10))
    rig.bench.show(rig.bench.plant.site.frostTemperature, Celsius(8))
    rig.scan()
    #expect(!rig.control.isWanted)
    rig.bench.lose(rig.bench.plant.site.frostTemperature.point)
    rig.scan()
    #expect(rig.control.isWanted)
    rig.bench.lose(rig.bench.plant.site.outdoorTemperature.point)
    rig.scan()
    #expect(rig.control.isWanted)
  }

  @Test("FROST-01: a restart inside the band goes on circulating")
  func restartGoesOnCirculating() {
    var rig = Rig()
    rig.bench.show(rig.bench.plant.site.frostTemperature, Celsius(3))
    rig.scan()
    var reader = ArchiveReader(rows: ArchiveWriter.rows(of: rig.control))
    rig.control = FrostControl(now: rig.bench.now)
    rig.control.persist(in: &reader)
    rig.bench.show(rig.bench.plant.site.frostTemperature, Celsius(5))
    rig.scan()
    #expect(rig.control.isWanted)
  }
}
