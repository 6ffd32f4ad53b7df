import Quantities
import Testing

@Suite struct QuantityTests {
  @Test func temperaturesDifferByADifference() {
    let difference: TemperatureDifference = Celsius(12) - Celsius(7)
    #expect(difference.value == 5)
    #expect(Celsius(7) + difference == Celsius(12))
    #expect(Celsius(7) - difference == Celsius(2))
    #expect(Celsius(-5) < Celsius(3))
  }

  @Test func quantitiesOfOneUnitAddAndScale() {
    var power = Kilowatts(2) + Kilowatts(3) * 2 - 2 * Kilowatts(1)
    #expect(power == Kilowatts(6))
    power += Kilowatts(4)
    power -= Kilowatts(2)
    #expect(power / 4 == Kilowatts(2))
    #expect(power / Kilowatts(4) == 2)
    #expect(-power == Kilowatts(-8))
    #expect(Kilowatts.zero == Kilowatts(0))
    #expect(Fraction.one == Fraction(1))
  }

  @Test func clampingBringsAValueIntoItsLimits() {
    let limits = Hertz(20)...Hertz(50)
    #expect(Hertz(10).clamped(to: limits) == Hertz(20))
    #expect(Hertz(60).clamped(to: limits) == Hertz(50))
    #expect(Hertz(35).clamped(to: limits) == Hertz(35))
  }

  @Test func whatIsNoNumberIsNotFinite() {
    #expect(!Celsius(.nan).isFinite)
    #expect(!Kilopascals(.infinity).isFinite)
    #expect(Celsius(0).isFinite)
  }

  @Test func powerOverTimeIsEnergyAndFlowOverTimeIsVolume() {
    #expect(Kilowatts(90) * TimeSpan.minutes(20) == KilowattHours(30))
    #expect(CubicMetersPerHour(104) * TimeSpan.minutes(15) == CubicMeters(26))
    #expect(KilowattsPerKelvin(350) * TemperatureDifference(2) == Kilowatts(700))
  }

  /// The designers' table: 88.9 m³/h cooled from 12 to 7 °C carry 517 kW.
  @Test func waterCarriesTheHeatOfTheDesignersTable() {
    let cold = Water.heat(of: CubicMetersPerHour(88.9), over: TemperatureDifference(5))
    #expect(abs(cold.value - 517) < 0.1)
    #expect(Water.heat(of: CubicMetersPerHour(10), over: TemperatureDifference(-1)).value < 0)
    // 20 m³ from 45 to 25 °C: 465 kWh.
    let stored = Water.heat(of: CubicMeters(20), over: TemperatureDifference(20))
    #expect(abs(stored.value - 465) < 0.5)
  }
}
