import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// The season that the weather proposes.
struct SeasonTests {
  /// A watch over days of even temperature; nil is a day without the sensor.
  private func watch(_ days: [Double?], hours: Double = 24) -> (SeasonWatch, Bench) {
    var maker = PlantMaker()
    maker.plant.site.utcOffset = .zero
    var bench = Bench(maker.plant)
    var season = SeasonWatch(now: bench.now)
    let sensor = bench.plant.site.outdoorTemperature
    for day in days {
      for minute in 0..<1440 {
        if let day, Double(minute) < hours * 60 {
          bench.show(sensor, Celsius(day))
        } else {
          bench.lose(sensor.point)
        }
        bench.scan(after: .minutes(1)) { plant, image, _ in season.step(plant, image) }
      }
    }
    // The first scan of the next day closes the last one.
    bench.scan(after: .minutes(1)) { plant, image, _ in season.step(plant, image) }
    return (season, bench)
  }

  /// Three days, the service in use, and the one proposed.
  static let weathers: [([Double], BlockMode.Service, BlockMode.Service?)] = [
    ([11, 12, 12.5], .off, .heating), ([11, 12, 14], .cooling, nil),
    ([12, 12, 14], .heating, .transition), ([20, 20, 20], .off, nil),
    ([19, 20, 22], .heating, .cooling), ([-15, -15, -15], .cooling, .heating),
  ]

  @Test(
    "MODE-04: the mean of three whole days proposes heating, cooling, or what lies between",
    arguments: weathers)
  func proposes(days: [Double], current: BlockMode.Service, wanted: BlockMode.Service?) {
    let (season, bench) = watch(days)
    #expect(abs(season.mean!.value - days.reduce(0, +) / 3) < 0.01)
    #expect(season.proposal(current, bench.plant.parameters) == wanted)
  }

  @Test("MODE-04: without three days of weather nothing is proposed")
  func proposesNothing() {
    #expect(watch([5, 5]).0.mean == nil)
    #expect(watch([5, nil, 5]).0.mean == nil)
    #expect(watch([5, 5, 5], hours: 11).0.mean == nil)
    let (season, bench) = watch([5, 5])
    #expect(season.proposal(.cooling, bench.plant.parameters) == nil)
  }

  @Test("MODE-04: only the last three days count, and a gap in one is forgotten with it")
  func lastThreeDays() {
    #expect(abs(watch([40, 5, 6, 7]).0.mean!.value - 6) < 0.01)
    #expect(watch([nil, 5, 6, 7]).0.mean != nil)
  }

  @Test("The days survive a restart")
  func survives() {
    let (season, bench) = watch([5, 6, 7])
    var reader = ArchiveReader(rows: ArchiveWriter.rows(of: season))
    var next = SeasonWatch(now: bench.now)
    next.persist(in: &reader)
    #expect(next.mean == season.mean)
    #expect(next == season)
  }

  @Test(
    "MODE-04: a saved day that is no temperature counts for nothing", arguments: ["nan", "inf"])
  func nonsense(text: String) {
    var (season, _) = watch([5, 6, 7])
    var reader = ArchiveReader(rows: [(path: "mean_2_celsius", text: text)])
    season.persist(in: &reader)
    #expect(season.mean == nil)
    #expect(season.proposal(.heating, Parameters()) == nil)
  }

  @Test("A mode that a person chooses is kept, with who and when, and ends automatic choice")
  func chosen() {
    var maker = PlantMaker()
    maker.plant.blocks = [
      ChangeOverBlock(
        name: "main", valves: [], vessels: [], positions: [],
        modes: [
          BlockMode(name: "off", service: .off, position: nil),
          BlockMode(name: "winter", service: .heating, position: nil),
        ], pairs: [], units: [], dependences: [], vesselsHaveRelief: false,
        maximumChangesPerDay: 0, unitsOffBefore: .minutes(15), minimumDwell: .zero)
    ]
    let plant = maker.plant
    var mode = ModeControl(BlockID(0), plant: plant, now: Bench.start)
    #expect(mode.service(plant) == .off)
    mode.automate(by: 7)
    mode.follow(ModeID(1), at: Bench.start + .hours(1))
    #expect(mode.reason.rule == .modeAutomatic)
    #expect(mode.service(plant) == .heating)
    mode.choose(ModeID(1), by: 8, at: Bench.start + .hours(2))
    #expect(!mode.isAutomatic)
    #expect(mode.changed == Bench.start + .hours(1))
    #expect(mode.user == 8)
    mode.choose(ModeID(0), by: 8, at: Bench.start + .hours(3))
    #expect(
      mode.reason == Reason(.modeByOperator, .block(BlockID(0)), since: Bench.start + .hours(3)))
  }
}
