import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// Sensors that drift, freeze or jump, each in turn, in both seasons.
@Suite struct SensorFaultTests {
  /// How far off a sensor is thrown, or drifts in an hour; nil for what is no measurement.
  private func size(_ unit: MeasurementUnit) -> Double? {
    switch unit {
    case .celsius: 6
    case .kilopascals: 80
    case .cubicMetersPerHour: 100
    case .hertz: 10
    case .kilowatts: 300
    default: nil
    }
  }

  @Test(
    "A sensor that lies mixes nothing, dries no unit, and costs a third of the heat at most",
    arguments: LossBench.Season.allCases)
  func aSensorLies(season: LossBench.Season) {
    let start = LossBench(season)
    var calm = start
    calm.run(.hours(1))
    for (index, point) in start.plant.points.enumerated()
    where point.direction == .input && point.name.hasPrefix("sensors-1")
      || point.name.hasPrefix("main-unit-5") || point.name.hasPrefix("recovery-unit")
      || point.name.hasPrefix("heat-meter")
    {
      guard let size = size(point.unit) else { continue }
      let id = PointID(index)
      let faults: [Fault] = [
        .sensorJumps(id, by: size), .sensorJumps(id, by: -size), .sensorFreezes(id),
        .sensorDrifts(id, perHour: size), .sensorJumps(id, by: .nan),
        .sensorJumps(id, by: 1e5),
      ]
      for fault in faults {
        var bench = start
        bench.session.twin.inject(fault)
        bench.run(.hours(1))
        let lost = 1 - (bench.made - start.made) / (calm.made - start.made)
        #expect(lost < 0.33, "\(point.name) \(fault)")
        #expect(bench.session.twin.isFinite)
        #expect(bench.truth.mixedLitres == 0, "\(point.name) \(fault)")
        #expect(bench.truth.deadHeadMinutes == 0, "\(point.name) \(fault)")
        // A pump that is led too slow by a sensor: its units' flow switches end it within a scan.
        #expect(bench.truth.dryUnitMinutes <= 1.01 / 60, "\(point.name) \(fault)")
      }
    }
  }

  @Test("What is not a number or out of its range never counts as a reading")
  func nonsenseIsNoReading() {
    for wrong in [Double.nan, .infinity, -.infinity, 1e5] {
      var bench = LossBench(.winter)
      let point = PointID(bench.plant.points.firstIndex { $0.name == "sensors-1.building-supply" }!)
      bench.session.twin.inject(.sensorJumps(point, by: wrong))
      bench.run(.seconds(30))
      #expect(!bench.session.image.sample(point).isUsable)
      let alarm = bench.session.controller.board.alarms[AlarmKey(.sensorLost, .point(point))]
      #expect(alarm?.isActive == true)
      #expect(bench.running("main") >= 4)
    }
  }
}
