import PlantModel
import Quantities
import Testing

@testable import PlantSimulation

/// The whole well: laws of its pump, balances of mass and energy, its designed duty.
@Suite struct SingleWellTests {
  /// Flow with the speed, head with its square, power with its cube, also of a worn pump.
  @Test(arguments: [0.0, 0.1]) func pumpFollowsTheAffinityLaws(wear: Double) {
    let pump = SubmersiblePump(.gravel500)
    for speed in [0.6, 0.8, 1.1] {
      for flow in [0.0, 40, 90] {
        let head = pump.head(flow: flow, speed: 1, wear: wear)
        let moved = pump.head(flow: flow * speed, speed: speed, wear: wear)
        #expect(abs(moved / (head * speed * speed) - 1) < 1e-12)
        let power = pump.shaftPower(flow: flow, speed: 1, wear: wear)
        let turned = pump.shaftPower(flow: flow * speed, speed: speed, wear: wear)
        #expect(abs(turned / (power * speed * speed * speed) - 1) < 1e-12)
      }
    }
    #expect(abs(pump.efficiency(flow: 100, speed: 1, wear: 0) - 0.74) < 1e-12)
  }

  /// Pressures at rest stand as the heights do, and each loss is where it belongs.
  @Test func pressuresAddUpAroundTheLoop() {
    var bench = WellBench()
    bench.run(.minutes(30))
    let now = bench.readings
    let flow = now.extracted.value
    #expect(flow > 80 && flow < 110)
    let square = flow * flow / 10_000
    let intake = now.intakePressure.value - 45 * 9.804
    let head = 440 * 0.92 * 0.92 - 130 * square
    #expect(abs(intake + head - 30 * square - now.supplyPressure.value) < 1e-6)
    let top = now.supplyPressure.value - 55 * square - 4 * 9.804
    #expect(abs(top - now.highestPointPressure.value) < 1e-6)
    let valve = 100 * flow * flow / (250 * 250 * Numerics.power(50, -0.5))
    #expect(abs(top + 4 * 9.804 - valve - now.returnPressure.value) < 0.01)
    #expect(now.highestPointPressure > Kilopascals(20))
    #expect(abs(now.exchangerPressureLoss.value - 40 * square) < 1e-9)
  }

  /// What is extracted is returned, in a steady hour, through starts and with every leak.
  @Test(arguments: [0.0, 8]) func waterIsConserved(leak: Double) {
    var bench = WellBench()
    bench.well.faults.packerLeak = CubicMetersPerHour(leak)
    bench.well.faults.columnLeak = CubicMetersPerHour(leak)
    bench.well.faults.exchangerLeak = CubicMetersPerHour(leak)
    bench.run(.minutes(20))
    var extracted = 0.0
    var returned = 0.0
    for _ in 0..<3600 {
      bench.run(.seconds(1))
      extracted += bench.readings.extracted.value
      returned += bench.readings.returned.value + bench.readings.exchangerFlow.value
    }
    #expect(extracted > 250_000)
    #expect(abs(returned / extracted - 1) < 1e-3)
  }

  /// Heat out of the water, heat out of the ground: over a season, with the pump's losses.
  @Test func energyIsConserved() {
    var bench = WellBench(WellDescription.gravel500.steady(), kilowatts: 450)
    bench.run(.hours(1))
    let stored = bench.well.ground.stored
    let conducted = bench.well.ground.conducted
    var taken = 0.0
    var natural = 0.0
    var lost = 0.0
    for _ in 0..<24 * 60 {
      let before = bench.readings
      let ground = bench.well.ground
      bench.run(.hours(1), step: .hours(1))
      let now = bench.readings
      let flow = now.extracted.value * 1.163
      taken += now.heat.value
      lost += (now.outletTemperature.value - ground.arriving) * flow
      // The part that goes with the natural flow leaves at the return's temperature and comes anew
      // from the undisturbed ground.
      let part = bench.well.ground.returningPart
      natural += (1 - part) * flow * (14.5 - now.returnTemperature.value)
      natural += flow * (ground.arriving - bench.well.ground.arriving)
      #expect(before.frequency == now.frequency)
    }
    let fall =
      stored - bench.well.ground.stored + bench.well.ground.conducted - conducted
    #expect(taken == 450 * 24 * 60)
    #expect(abs(fall + natural + lost - taken) < 1e-3 * taken)
  }

  /// The designers' duties after a winter's 120 days without a pause: the unit's water leaves above
  /// 4 °C.
  @Test(arguments: [(WellDescription.gravel500, 500.0, 100.0), (.collection80, 80, 16)])
  func dutyHoldsAfterAWinter(description: WellDescription, kilowatts: Double, flow: Double) {
    var bench = WellBench(description, hertz: 47, valve: 0.75, kilowatts: kilowatts)
    bench.run(.minutes(10))
    for _ in 0..<24 * 120 {
      bench.input.frequency += Hertz((flow - bench.readings.extracted.value) / flow * 10)
      bench.run(.hours(1), step: .hours(1))
    }
    let now = bench.readings
    #expect(abs(now.extracted.value / flow - 1) < 1e-3)
    #expect(now.outletTemperature.value < 13.5)
    #expect(now.outletTemperature.value > 9)
    #expect(abs((now.outletTemperature - now.returnTemperature).value - 4.3) < 0.02)
    #expect(now.returnTemperature > Celsius(4))
  }

  /// Behind the plate heat exchanger too, whose area leaves 1.3 to 1.7 K.
  @Test func exchangerLeavesTheBuildingWarmEnough() {
    var bench = WellBench(kilowatts: 0)
    bench.run(.minutes(10))
    for _ in 0..<24 * 120 {
      let entering = bench.readings.secondaryLeaving - TemperatureDifference(4.3)
      bench.input.load = .exchanger(secondary: CubicMetersPerHour(100), entering: entering)
      bench.input.frequency += Hertz((100 - bench.readings.extracted.value) * 0.1)
      bench.run(.hours(1), step: .hours(1))
    }
    let now = bench.readings
    #expect(abs(now.heat.value - 500) < 5)
    let approach = now.outletTemperature - now.secondaryLeaving
    #expect(approach.value > 1.3 && approach.value < 1.7)
    #expect(now.secondaryLeaving - TemperatureDifference(4.3) > Celsius(4))
  }

  @Test func coldWaterRaisesTheBuildUp() {
    var warm = WellBench()
    var cold = WellBench(kilowatts: 500)
    warm.run(.hours(3), step: .minutes(1))
    cold.run(.hours(3), step: .minutes(1))
    #expect(cold.readings.returnPressure > warm.readings.returnPressure + Kilopascals(3))
    #expect(cold.readings.extracted < warm.readings.extracted)
  }

  @Test func levelFollowsTheYear() {
    var levels: [Double] = []
    var bench = WellBench()
    for _ in 0..<365 {
      bench.run(.days(1), step: .days(1))
      levels.append(bench.readings.staticLevelMeters)
    }
    #expect(abs(levels.max()! - 7) < 0.01)
    #expect(abs(levels.min()! - 5) < 0.01)
  }

  @Test func equalWellsGiveEqualBits() {
    var first = WellBench(kilowatts: 300)
    first.well.faults.packerLeak = CubicMetersPerHour(3)
    var second = first
    first.run(.hours(2))
    second.run(.hours(2))
    #expect(first.well == second.well)
    #expect(first.readings.extracted.isFinite)
  }
}
