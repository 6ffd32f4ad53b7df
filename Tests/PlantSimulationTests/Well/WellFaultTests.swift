import PlantModel
import Quantities
import Testing

@testable import PlantSimulation

/// What each fault does to what can be seen, and what a power cut leaves.
@Suite struct WellFaultTests {
  private func settled(_ change: (inout WellFaults) -> Void) -> WellReadings {
    var bench = WellBench(kilowatts: 430)
    change(&bench.well.faults)
    bench.run(.hours(2), step: .seconds(10))
    return bench.readings
  }

  private let sound: WellReadings

  init() {
    var bench = WellBench(kilowatts: 430)
    bench.run(.hours(2), step: .seconds(10))
    sound = bench.readings
  }

  @Test func cloggedScreenLowersTheIntake() {
    let now = settled { $0.screenClogging = 0.5 }
    #expect(now.intakePressure < sound.intakePressure - Kilopascals(8))
    #expect(now.extracted < sound.extracted)
  }

  @Test func cloggedReturnRaisesItsPressure() {
    let now = settled { $0.returnClogging = 0.5 }
    #expect(now.returnPressure > sound.returnPressure + Kilopascals(15))
    #expect(now.intakePressure > sound.intakePressure)
  }

  @Test func wornPumpMovesLessAtTheSameSpeed() {
    let now = settled { $0.pumpWear = 0.1 }
    #expect(now.extracted < sound.extracted)
    #expect(now.intakePressure > sound.intakePressure)
    let work = sound.extracted.value * (sound.supplyPressure - sound.intakePressure).value
    let worn = now.extracted.value * (now.supplyPressure - now.intakePressure).value
    #expect(worn / now.motorPower.value < 0.97 * work / sound.motorPower.value)
  }

  @Test func fouledExchangerTakesPressureAndHeat() {
    let now = settled { $0.exchangerFouling = 0.3 }
    let loss = now.exchangerPressureLoss.value / (now.extracted.value * now.extracted.value)
    let clean =
      sound.exchangerPressureLoss.value / (sound.extracted.value * sound.extracted.value)
    #expect(abs(loss / clean - 1.3) < 1e-9)
    var bench = WellBench()
    bench.input.load = .exchanger(
      secondary: CubicMetersPerHour(100), entering: Celsius(7))
    bench.run(.hours(1), step: .seconds(10))
    let before = bench.readings.heat
    bench.well.faults.foulingKelvinPerKilowatt = 0.001
    bench.run(.hours(1), step: .seconds(10))
    #expect(bench.readings.heat < before * 0.95)
  }

  /// Capacity and injectivity both seem better, and the outlet follows the return at once.
  @Test func leakingPackerShortCutsTheGround() {
    let now = settled { $0.packerLeak = CubicMetersPerHour(25) }
    #expect(now.packerFlow > CubicMetersPerHour(5))
    #expect(now.intakePressure > sound.intakePressure + Kilopascals(3))
    #expect(now.returnPressure < sound.returnPressure - Kilopascals(5))
    #expect(now.outletTemperature < sound.outletTemperature - TemperatureDifference(0.3))
  }

  /// Less arrives at the wellhead, at a lower pressure, for the same power.
  @Test func leakingColumnLosesFlowOnItsWay() {
    let now = settled { $0.columnLeak = CubicMetersPerHour(8) }
    #expect(now.columnFlow > CubicMetersPerHour(5))
    #expect(now.extracted < sound.extracted - CubicMetersPerHour(5))
    #expect(now.supplyPressure < sound.supplyPressure)
    #expect(abs(now.motorPower / sound.motorPower - 1) < 0.02)
  }

  /// The building's water enters where its pressure is higher, and returns more than was extracted.
  @Test func leakingExchangerLetsTheHigherPressureThrough() {
    var bench = WellBench()
    bench.well.faults.exchangerLeak = CubicMetersPerHour(2)
    bench.input.secondaryPressure = Kilopascals(400)
    bench.run(.hours(1))
    #expect(bench.readings.returned > bench.readings.extracted + CubicMetersPerHour(1))
    bench.input.secondaryPressure = .zero
    bench.run(.hours(1))
    #expect(bench.readings.returned < bench.readings.extracted - CubicMetersPerHour(0.5))
  }

  @Test func leakingCheckValveLetsTheColumnFallBack() {
    var bench = WellBench()
    bench.well.faults.checkValveLeak = CubicMetersPerHour(1)
    bench.run(.minutes(20))
    bench.input.valvePosition = .zero
    bench.run(.minutes(1))
    bench.input.frequency = .zero
    bench.run(.seconds(5))
    let before = bench.readings.highestPointPressure
    bench.run(.minutes(1))
    #expect(bench.readings.extracted < .zero)
    #expect(bench.readings.highestPointPressure < before - Kilopascals(1))
  }

  /// The valve shuts by itself: what falls before it is shut is a part, and then the water stands.
  @Test func powerCutHoldsTheColumnBehindAShutValve() {
    var bench = WellBench(valve: 0.6)
    bench.run(.minutes(20))
    bench.input.isPowered = false
    bench.run(.minutes(10))
    let air = bench.readings.airVolume
    #expect(air < CubicMeters(0.2))
    bench.run(.minutes(20))
    #expect(abs((bench.readings.airVolume - air).value) < 0.005)
    #expect(bench.readings.highestPointPressure > Kilopascals(-10))
    #expect(bench.readings.frequency == .zero)
    #expect(abs(bench.readings.returned.value) < 1e-6)
    #expect(bench.readings.motorPower == .zero)
  }

  /// The valve stays open: the column falls, the highest point draws air, and a restart blows it out.
  @Test func powerCutDrainsTheColumnThroughAnOpenValve() {
    var description = WellDescription.gravel500
    description.valve.shutsWithoutPower = false
    var bench = WellBench(description)
    bench.run(.minutes(20))
    bench.input.isPowered = false
    var least = Kilopascals(1000)
    for _ in 0..<30 * 60 {
      bench.run(.seconds(1))
      least = min(least, bench.readings.highestPointPressure)
    }
    #expect(least < Kilopascals(-20))
    #expect(bench.readings.airVolume > CubicMeters(0.3))
    bench.input.isPowered = true
    bench.run(.minutes(10))
    #expect(bench.readings.airVolume < CubicMeters(0.001))
    #expect(bench.readings.extracted > CubicMetersPerHour(80))
    #expect(bench.readings.highestPointPressure > Kilopascals(20))
  }

  /// Below the frequency that lifts the water over the highest point there is none.
  @Test func minimumFlowFrequencyFollowsFromTheLift() {
    var bench = WellBench(valve: 0.4)
    bench.run(.minutes(5))
    bench.input.frequency = Hertz(20)
    bench.input.valvePosition = Fraction(0.3)
    bench.run(.minutes(10))
    #expect(bench.readings.highestPointPressure < Kilopascals(5))
    bench.input.frequency = Hertz(30)
    bench.run(.minutes(10))
    #expect(bench.readings.extracted > CubicMetersPerHour(5))
  }
}
