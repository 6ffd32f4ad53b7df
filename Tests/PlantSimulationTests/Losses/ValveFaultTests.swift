import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// Valves that stick, leak, run on or lie, at rest and on the way, both ways, in both blocks.
@Suite struct ValveFaultTests {
  enum Kind: String, CaseIterable {
    case sticks, leaks, runsOn, closedLies, openedLies

    func fault(_ valve: ValveID) -> Fault {
      switch self {
      case .sticks: .valveSticks(valve)
      case .leaks: .valveLeaks(valve, Fraction(0.02))
      case .runsOn: .valveRunsOn(valve)
      case .closedLies: .closedSwitchLies(valve)
      case .openedLies: .openedSwitchLies(valve)
      }
    }
  }

  /// Eight minutes with the fault, then without.
  private func suffer(_ kind: Kind, _ valve: ValveID, _ start: ChangeBench, _ name: String) {
    var bench = start
    let name = "\(name), \(kind) \(bench.plant[valve].name)"
    let before = bench.truth
    bench.session.twin.inject(kind.fault(valve))
    let from = bench.now
    var joinedFor = 0.0
    while bench.now < from + .minutes(8) {
      bench.session.step()
      if bench.isJoinedAlarm, !bench.pumpsStand { joinedFor += 1 }
    }
    let isExplained = bench.isDone || !bench.session.controller.alarms.isEmpty
    #expect(isExplained, "\(name): nothing says why the row is not held")
    bench.session.twin.clear(kind.fault(valve))
    let mended = bench.now
    bench.session.run(for: .minutes(3))
    if !bench.isDone { bench.change() }
    while bench.now < mended + .minutes(30), !bench.isDone { bench.session.run(for: .seconds(10)) }
    #expect(bench.isDone, "\(name): \(bench.status.phase) half an hour after mending")
    let mixed = bench.truth.mixedLitres - before.mixedLitres
    #expect(kind == .runsOn || mixed == 0, "\(name): \(mixed) l mixed")
    #expect(joinedFor == 0, "\(name): seconds that pumps were told to run with circuits joined")
    // One scan passes before a pump stops whose path closed by itself.
    let dead = (bench.truth.deadHeadMinutes - before.deadHeadMinutes) * 60
    #expect(dead <= 4, "\(name): seconds that a pump ran against a closed path")
    let dry = bench.truth.dryUnitMinutes - before.dryUnitMinutes
    #expect(dry == 0, "\(name): minutes that a unit was enabled without flow")
  }

  /// A valve that runs open whatever it is told joins circuits: that nobody can hinder. Pumps and
  /// units of both are told to stand in the scan that sees it.
  @Test(
    "A valve that fails mixes nothing unless it runs on by itself, and is mended without a trace",
    arguments: ChangeBench.Way.allCases)
  func aValveFails(way: ChangeBench.Way) {
    let base = ChangeBench(way)
    var closing = base
    closing.change()
    closing.reach(.closingOld)
    closing.session.run(for: .seconds(15))
    var opening = closing
    opening.reach(.openingNew)
    opening.session.run(for: .seconds(15))
    for (start, name) in [(base, "at rest"), (closing, "closing"), (opening, "opening")] {
      for kind in Kind.allCases {
        for valve in base.block.valves { suffer(kind, valve, start, "\(way) \(name)") }
      }
    }
  }

  @Test(
    "An isolation valve that fails costs one unit at most, which another replaces",
    arguments: LossBench.Season.allCases, Kind.allCases)
  func anIsolationValveFails(season: LossBench.Season, kind: Kind) {
    let start = LossBench(season)
    for (index, valve) in start.plant.valves.enumerated()
    where valve.name.hasPrefix("main-unit") {
      var bench = start
      bench.session.twin.inject(kind.fault(ValveID(index)))
      bench.run(.minutes(20))
      #expect(bench.running("main") >= start.running("main"), "\(kind) \(valve.name)")
      #expect(bench.truth.mixedLitres == 0)
      #expect(bench.truth.deadHeadMinutes == 0, "\(kind) \(valve.name)")
      // Its flow switch and the scan take a second to see that the water is gone.
      #expect(bench.truth.dryUnitMinutes <= 1.01 / 60, "\(kind) \(valve.name)")
    }
  }
}
