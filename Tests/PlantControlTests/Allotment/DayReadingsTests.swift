import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// The last sound counter of each day, whatever the meters do.
struct DayReadingsTests {
  /// One electricity meter and one household of 80 m², looked at by the scan.
  private struct Rig {
    var bench: Bench
    var readings: DayReadings
    var kept: [DayReading] = []
    /// kWh; nil where the meter does not answer.
    var counters: [Double?] = [1000, 500]

    init() {
      var maker = PlantMaker()
      let energy: [Sensor<KilowattHours>] = [
        maker.sensor("pumps", .kilowattHours), maker.sensor("home", .kilowattHours),
      ]
      maker.plant.meters = [
        EnergyMeter(
          name: "pumps", device: DeviceID(0), use: .pumps,
          power: maker.sensor("power", .kilowatts), energy: energy[0])
      ]
      maker.plant.distributions = [
        Distribution(
          name: "homes", circuit: CircuitID(0), block: BlockID(0), farEndPressure: nil,
          farEndSetpoint: Kilopascals(40), setpointRange: Kilopascals(50)...Kilopascals(150),
          bypassCommand: nil, minimumFlow: CubicMetersPerHour(1),
          allotment: Allotment(basis: .heat, meters: [MeterID(0)]))
      ]
      maker.plant.consumers = [
        Consumer(
          name: "home", distribution: DistributionID(0), device: DeviceID(0), energy: energy[1],
          flow: maker.sensor("flow", .cubicMetersPerHour), area: 80)
      ]
      bench = Bench(maker.plant)
      readings = DayReadings(plant: maker.plant)
    }

    mutating func scan(after span: TimeSpan = .minutes(1)) {
      bench.image.now = bench.image.now + span
      for (index, meter) in bench.plant.allotmentMeters.enumerated() {
        if let counter = counters[index] {
          bench.show(Sensor<KilowattHours>(meter.point), KilowattHours(counter))
        } else {
          bench.lose(meter.point)
        }
      }
      readings.begin()
      readings.step(plant: bench.plant, image: bench.image)
      kept += readings.readings
    }

    /// Scans until the local day has changed.
    mutating func endDay() {
      let offset = bench.plant.site.utcOffset
      let day = LocalDay(of: bench.image.now, offset: offset)
      while LocalDay(of: bench.image.now, offset: offset) == day { scan() }
    }
  }

  @Test func everyLocalDayEndsWithTheLastCounterOfEachMeter() {
    var rig = Rig()
    rig.endDay()
    let day = LocalDay(of: rig.bench.image.now, offset: rig.bench.plant.site.utcOffset)
    rig.counters = [1010.5, 507.25]
    rig.endDay()
    #expect(rig.kept.count == 4)
    #expect(rig.kept.suffix(2).map(\.counter) == [1_010_500, 507_250])
    #expect(rig.kept.suffix(2).map(\.day) == [day, day])
    #expect(rig.kept.suffix(2).map(\.meter) == [0, 1])
  }

  @Test func aMeterThatDidNotAnswerAllDayHasNone() {
    var rig = Rig()
    rig.endDay()
    rig.counters[1] = nil
    // The first look of a day may be of the scan in which it begins.
    rig.endDay()
    rig.endDay()
    #expect(rig.kept.suffix(2).map(\.counter) == [1_000_000, nil])
  }

  @Test func aSingleFalseCounterIsNeverKept() {
    for odd in [0, 99_999.0, 1400, 530] {
      var rig = Rig()
      for _ in 0..<5 { rig.scan() }
      rig.counters[1] = odd
      rig.scan()
      rig.counters[1] = nil
      rig.endDay()
      #expect(rig.kept.last?.counter == 500_000, "\(odd)")
    }
  }

  @Test func aCounterThatBeganAnewIsKeptOnceItHasGoneOnForAnHour() {
    for (minutes, kept) in [(59, Int64(500_000)), (63, 500)] {
      var rig = Rig()
      for _ in 0..<5 { rig.scan() }
      rig.counters[1] = 0.5
      for _ in 0..<minutes { rig.scan() }
      rig.counters[1] = nil
      rig.endDay()
      #expect(rig.kept.last?.counter == kept, "\(minutes)")
    }
  }

  @Test func noughtsOfAGatewayThatHasJustStartedAreNotKept() {
    var rig = Rig()
    for _ in 0..<5 { rig.scan() }
    rig.counters[1] = 0
    for _ in 0..<10 { rig.scan() }
    rig.counters[1] = 500
    for _ in 0..<3 { rig.scan() }
    rig.counters[1] = nil
    rig.endDay()
    #expect(rig.kept.last?.counter == 500_000)
  }

  @Test func aRestartClosesTheDayThatIsOverWithWhatWasPutByAnHourBefore() {
    var rig = Rig()
    for _ in 0..<130 {
      rig.counters[1]! += 0.1
      rig.scan()
    }
    var writer = ArchiveWriter()
    rig.readings.persist(in: &writer, plant: rig.bench.plant)
    rig.readings = DayReadings(plant: rig.bench.plant)
    var reader = ArchiveReader(rows: writer.rows)
    rig.readings.persist(in: &reader, plant: rig.bench.plant)
    #expect(reader.unreadable.isEmpty)
    rig.scan(after: .days(1))
    #expect(rig.kept.count == 2)
    let counter = rig.kept[1].counter ?? 0
    #expect(counter > 506_000 && counter <= 513_000)
  }

  @Test func withoutAnAllotmentNothingIsKept() {
    var rig = Rig()
    rig.bench.plant.distributions[0].allotment = nil
    rig.readings = DayReadings(plant: rig.bench.plant)
    rig.endDay()
    #expect(rig.kept.isEmpty)
  }
}
