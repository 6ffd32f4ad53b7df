import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// What becomes of the plant while a part of it does not answer, and afterwards.
@Suite struct LossTests {
  /// A part that is lost for a while, and how much of an hour's heat or cold that may cost.
  struct Loss {
    var name: String
    var faults: [Fault]
    var span = TimeSpan.minutes(5)
    var mayCost = 0.06
    /// Within how many minutes of its return everything runs as before, without an active alarm.
    var mayTake = 15.0

    /// Each device, each bus with all its devices, and the power.
    static func all(_ plant: Plant) -> [Loss] {
      var losses = plant.devices.indices.map {
        Loss(name: plant.devices[$0].name, faults: [.deviceSilent(DeviceID($0))])
      }
      for (index, bus) in plant.buses.enumerated() {
        let devices = plant.devices.indices.filter { plant.devices[$0].bus.index == index }
        losses.append(
          Loss(name: "bus " + bus.name, faults: devices.map { .deviceSilent(DeviceID($0)) }))
      }
      let boxes = plant.devices.indices.filter { plant.devices[$0].type == "valve-io" }
      losses.append(
        Loss(name: "all valve boxes", faults: boxes.map { .deviceSilent(DeviceID($0)) }))
      losses.append(
        Loss(name: "power, 3 min", faults: [.powerCut], span: .minutes(3), mayCost: 0.1))
      losses.append(
        Loss(
          name: "power, 30 min", faults: [.powerCut], span: .minutes(30), mayCost: 0.65,
          mayTake: 25))
      return losses
    }
  }

  private func suffer(_ loss: Loss, _ start: LossBench, calm: Double) -> String {
    var bench = start
    let from = bench.now
    for fault in loss.faults {
      bench.session.twin.schedule(TimedFault(fault, from: from, until: from + loss.span))
    }
    let end = from + loss.span
    var back: Double?
    var lost = 0.0
    while bench.now < from + .hours(1) || back == nil && bench.now < end + .hours(1) {
      bench.run(.seconds(10))
      if bench.now == from + .hours(1) { lost = 1 - (bench.made - start.made) / calm }
      if back == nil, bench.now > end, bench.runs(like: start) {
        back = (bench.now - end).seconds / 60
      }
    }
    let dry = bench.truth.dryUnitMinutes - start.truth.dryUnitMinutes
    let dead = bench.truth.deadHeadMinutes - start.truth.deadHeadMinutes
    #expect(bench.truth.mixedLitres == 0, "\(loss.name)")
    #expect(dry == 0, "\(loss.name): minutes that a unit was enabled without flow")
    #expect(dead == 0, "\(loss.name): minutes that a pump ran against a closed path")
    #expect(lost <= loss.mayCost, "\(loss.name): part of the heat or cold of an hour")
    #expect(back.map { $0 <= loss.mayTake } ?? false, "\(loss.name): \(back ?? .infinity) min")
    return [
      loss.name, start.season.rawValue, "\((lost * 1000).rounded() / 10) %", "\(dry)",
      back.map { "\(($0 * 10).rounded() / 10)" } ?? "never",
    ].joined(separator: "\t")
  }

  @Test(
    "Whatever falls silent: no mixing, no dry unit, the plant goes on, and all comes back",
    arguments: LossBench.Season.allCases)
  func whateverFallsSilent(season: LossBench.Season) {
    let start = LossBench(season)
    #expect(start.running("main") >= 4)
    #expect(start.running("recovery") == 1)
    #expect(start.activeAlarms.isEmpty)
    var calm = start
    calm.run(.hours(1))
    print("device\tseason\tlost\tdry min\tback min")
    for loss in Loss.all(start.plant) {
      print(suffer(loss, start, calm: calm.made - start.made))
    }
  }

  @Test(
    "Whatever falls silent during a change-over: it waits, nothing mixes, and it is finished",
    arguments: ChangeBench.Way.allCases)
  func whateverFallsSilentOnTheWay(way: ChangeBench.Way) {
    let base = ChangeBench(way, stuckAfter: .minutes(10))
    for phase in [ChangeOverPhase.stoppingUnits, .stoppingFlow, .closingOld, .openingNew] {
      var reached = base
      reached.change()
      reached.reach(phase)
      reached.session.run(for: .seconds(3))
      for (index, device) in base.plant.devices.enumerated()
      where ["valve-io", "sensors", "heat-pump-unit"].contains(device.type)
        || device.name.hasSuffix("pump-1")
      {
        var bench = reached
        let end = bench.now + .minutes(5)
        bench.session.twin.schedule(
          TimedFault(.deviceSilent(DeviceID(index)), from: bench.now, until: end))
        bench.session.run(for: .minutes(6))
        while !bench.isDone, bench.now < end + .minutes(30) { bench.session.run(for: .seconds(10)) }
        #expect(bench.isDone, "\(device.name) lost in \(phase): \(bench.status.phase)")
        #expect(bench.truth.mixedLitres == 0, "\(device.name) lost in \(phase)")
        #expect(bench.truth.dryUnitMinutes == reached.truth.dryUnitMinutes, "\(device.name)")
        #expect(bench.truth.deadHeadMinutes == reached.truth.deadHeadMinutes, "\(device.name)")
      }
    }
  }
}
