import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// By how much energies and coefficients may be wrong; every figure here was calculated by hand.
struct UncertaintyTests {
  /// An hour of heating with both kinds of heat meter, units and pumps.
  private func heated() -> EnergyRig {
    var rig = EnergyRig()
    rig.services[0] = .heating
    rig.set(.main, 300)
    rig.set(.hot, 400)
    rig.set(.units, 160)
    rig.set(.pumps, 40)
    rig.run(.hours(1))
    return rig
  }

  @Test("Meters add as the root of squares, and so do numerator and denominator")
  func metersAddBySquares() {
    let account = heated().account
    let found = account.totalUncertainty(of: .heatingOnly)
    // 5.5 % of 300 and 400 are 16.5 and 22: 27.5. 1 % of 160 and 40: √(1.6² + 0.4²).
    #expect(isClose(found.heat.value, 27.5))
    #expect(found.cold == .zero)
    #expect(isClose(found.electricity.value, 1.649_242_250_247_064_2))
    // 3.5 × √((27.5 / 700)² + (1.649 / 200)²)
    #expect(isClose(found.coefficient, 0.140_496_441_236_1))
    #expect(account.todayUncertainty(of: .heatingOnly) == found)
    #expect(account.totalUncertainty(of: .idle).coefficient == nil)
  }

  @Test("The window has the uncertainty of its own ten minutes")
  func windowHasItsOwn() {
    let account = heated().account
    let window = account.window
    #expect(isClose(account.windowUncertainty.heat.value, window.heat.value * 27.5 / 700))
    #expect(window.heat.value > 100 && window.heat.value < 117)
  }

  @Test("A meter's own permissible error counts")
  func ownErrorCounts() {
    var rig = EnergyRig()
    rig.bench.plant.meters[EnergyRig.Meter.units.rawValue].permissibleError = Fraction(0.02)
    rig.account = EnergyAccount(plant: rig.bench.plant, now: rig.bench.now)
    rig.set(.units, 100)
    rig.run(.hours(1))
    #expect(isClose(rig.account.totalUncertainty(of: .idle).electricity.value, 2))
  }

  @Test("A meter that counted heat and cold errs in both alike")
  func oneMeterErrsAlike() {
    var rig = EnergyRig()
    rig.set(.main, 100)
    rig.set(.hot, 50)
    rig.set(.units, 50)
    rig.run(.hours(1))
    rig.services[0] = .heating
    rig.set(.hot, 0)
    rig.run(.hours(1))
    let cooled = rig.account.totalUncertainty(of: .simultaneous)
    // √(5.5² + 2.75²) / 50 with the electricity's 3 × 0.5 / 50
    #expect(isClose(cooled.coefficient, 0.126_589_889_011_7))
    var share = MeterShare()
    share.add(.init(counted: KilowattHours(100)), .heat)
    share.add(.init(counted: KilowattHours(100)), .cold)
    var figures = EnergyFigures()
    figures.heat = KilowattHours(100)
    figures.cold = KilowattHours(100)
    figures.units = KilowattHours(50)
    var used = MeterShare()
    used.add(.init(counted: KilowattHours(50)), .electricity)
    let both = EnergyUncertainty(
      of: figures, shares: [share, used], limits: [Fraction(0.05), .zero])
    #expect(isClose(both.coefficient, 0.2))
  }

  @Test("What no meter gave that is there now counts as one meter's of the usual class")
  func unknownMetersCount() {
    var figures = EnergyFigures()
    figures.heat = KilowattHours(1000)
    figures.units = KilowattHours(200)
    let found = EnergyUncertainty(of: figures, shares: [], limits: [])
    #expect(isClose(found.heat.value, 55))
    #expect(isClose(found.electricity.value, 2))
    // 5 × √(5.5² + 1²) %
    #expect(isClose(found.coefficient, 0.279_508_497_187_5))
  }
}
