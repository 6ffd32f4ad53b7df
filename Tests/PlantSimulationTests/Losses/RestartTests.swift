import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// The controller killed at every step of a change-over, and begun again from what it had archived.
@Suite struct RestartTests {
  /// A run that is not disturbed, at moments 10 s apart from the order until the row is held.
  private func moments(_ way: ChangeBench.Way) -> [ChangeBench] {
    var bench = ChangeBench(way)
    bench.session.ask(.setMode(bench.blockID, bench.wanted))
    bench.session.step()
    var moments: [ChangeBench] = []
    while !bench.isDone, moments.count < 200 {
      moments.append(bench)
      bench.session.run(for: .seconds(10))
    }
    return moments
  }

  @Test(
    "A controller that is killed during a change-over finishes it",
    arguments: ChangeBench.Way.allCases)
  func restartAnywhere(way: ChangeBench.Way) {
    let moments = moments(way)
    let phases = Set(moments.map(\.status.phase))
    #expect(phases.isSuperset(of: [.stoppingUnits, .closingOld, .openingNew]))
    for (place, moment) in moments.enumerated() {
      // What was archived may be older by up to a minute than what the plant does.
      let older = moments[max(place - 5, 0)]
      let rows = ArchiveWriter.rows(of: older.session.controller)
      var bench = moment
      bench.session.restart(from: rows, after: .seconds(7))
      #expect(bench.status.mode == bench.wanted)
      let after = ArchiveWriter.rows(of: bench.session.controller)
      #expect(after.count == rows.count)
      // The energy account goes on from the moment of its new beginning.
      let changed = zip(after, rows).filter { $0 != $1 }.map(\.0.path)
        .filter { $0 != "energy/last_step" }
      #expect(changed == [])
      let killed = bench.now
      while !bench.isDone, bench.now < killed + .minutes(30) {
        bench.session.run(for: .seconds(10))
      }
      #expect(
        bench.isDone, "\(way), killed \(place * 10) s after the order in \(moment.status.phase)")
      #expect(bench.truth.mixedLitres == 0)
      #expect(bench.truth.deadHeadMinutes == moment.truth.deadHeadMinutes)
      #expect(bench.truth.dryUnitMinutes == moment.truth.dryUnitMinutes)
      let alarms = bench.session.controller.alarms.filter(\.isActive)
      #expect(alarms.isEmpty, "\(alarms.map(\.key.kind))")
    }
  }

  @Test("A controller that is killed while units run goes on without stopping one")
  func restartAtRest() {
    for season in LossBench.Season.allCases {
      let start = LossBench(season)
      var bench = start
      bench.session.restart(
        from: ArchiveWriter.rows(of: bench.session.controller), after: .seconds(7))
      bench.run(.minutes(10))
      #expect(bench.running("main") == start.running("main"))
      #expect(bench.running("recovery") == start.running("recovery"))
      #expect(bench.truth.unitStarts == start.truth.unitStarts)
      #expect(bench.truth.dryUnitMinutes == start.truth.dryUnitMinutes)
      #expect(bench.activeAlarms.isEmpty)
      for index in bench.plant.units.indices {
        let id = UnitID(index)
        let was = start.session.controller.status(of: id)
        let now = bench.session.controller.status(of: id)
        #expect(now.starts == was.starts)
        #expect(now.runTime >= was.runTime)
      }
      var calm = start
      calm.run(.minutes(10))
      #expect(abs(bench.made / calm.made - 1) < 0.04)
      let energy = { (bench: LossBench) in
        bench.session.controller.energy.total(of: season == .winter ? .heatingOnly : .simultaneous)
          .units.value
      }
      #expect(abs(energy(bench) / energy(calm) - 1) < 0.01)
    }
  }

  @Test("Equal runs with the same kill are equal to the last bit")
  func equalRuns() {
    let start = ChangeBench(.toSummer)
    let digests = (0..<2).map { _ in
      var bench = start
      bench.change()
      bench.reach(.closingOld)
      bench.session.restart(
        from: ArchiveWriter.rows(of: bench.session.controller), after: .seconds(3))
      bench.session.run(for: .minutes(20))
      return bench.session.twin.digest
    }
    #expect(digests[0] == digests[1])
  }
}
