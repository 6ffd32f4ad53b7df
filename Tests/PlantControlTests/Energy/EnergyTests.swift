import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// Energy by the definitions of the coefficients.
struct EnergyTests {
  @Test("EER_sys: the designers' figures of one unit that cools give 4.27")
  func coolingOnlyGivesItsCoefficient() {
    var rig = EnergyRig()
    rig.set(.main, 517)
    rig.set(.units, 91.1)
    rig.set(.pumps, 30)
    rig.run(.hours(1))
    let figures = rig.account.total(of: .coolingOnly)
    #expect(rig.account.operation == .coolingOnly)
    #expect(isClose(figures.cold.value, 517))
    #expect(figures.heat == .zero)
    #expect(isClose(figures.coefficient, 517 / 121.1))
    #expect(figures.time == .hours(1))
  }

  @Test(
    "COP_sys: heat over electricity, pumps included",
    arguments: [
      BlockMode.Service.heating, .transition,
    ])
  func heatingOnlyGivesItsCoefficient(_ service: BlockMode.Service) {
    var rig = EnergyRig()
    rig.services[0] = service
    rig.set(.main, 648.2)
    rig.set(.units, 160.3)
    rig.set(.pumps, 22.5)
    rig.run(.hours(1))
    #expect(isClose(rig.account.total(of: .heatingOnly).coefficient, 648.2 / 182.8))
    #expect(rig.account.total(of: .coolingOnly).time == .zero)
  }

  @Test("COP_sys(h+c): recovery counts heat and useful cold together, 6.21")
  func recoveryCountsBoth() {
    var rig = EnergyRig()
    rig.services[1] = .recovery
    rig.set(.recovery, 487.9)
    rig.set(.hot, 648.2)
    rig.set(.units, 160.3)
    rig.set(.pumps, 22.5)
    rig.run(.hours(1))
    #expect(isClose(rig.account.total(of: .simultaneous).coefficient, 1136.1 / 182.8))
  }

  @Test("RECOVERY-10: cold that nobody wants is counted apart and is no benefit")
  func surplusColdIsCountedApart() {
    var rig = EnergyRig()
    rig.services[1] = .recovery
    rig.isColdWanted = false
    rig.set(.recovery, 487.9)
    rig.set(.hot, 648.2)
    rig.set(.units, 160.3)
    rig.run(.hours(1))
    let figures = rig.account.total(of: .heatingOnly)
    #expect(isClose(figures.surplusCold.value, 487.9))
    #expect(figures.cold == .zero)
    #expect(isClose(figures.coefficient, 648.2 / 160.3))
    #expect(isClose(rig.account.lastSurplus.value, 487.9 / 360))
  }

  @Test("What the evaporators draw from the ground is not cold")
  func heatFromTheGroundIsNotCold() {
    var rig = EnergyRig()
    rig.set(.recovery, 487.9)
    rig.set(.hot, 648.2)
    rig.set(.units, 160.3)
    rig.run(.hours(1))
    #expect(rig.account.operation == .heatingOnly)
    #expect(rig.account.total(of: .heatingOnly).cold == .zero)
  }

  @Test("Run-on and circulation belong to the operation that they follow")
  func runOnBelongsToWhatItFollows() {
    var rig = EnergyRig()
    rig.set(.pumps, 30)
    rig.run(.minutes(10))
    #expect(rig.account.operation == .idle)
    rig.set(.main, 517)
    rig.set(.units, 91.1)
    rig.run(.minutes(50))
    rig.set(.main, 0)
    rig.set(.units, 0)
    rig.run(.minutes(10))
    #expect(rig.account.operation == .coolingOnly)
    #expect(isClose(rig.account.total(of: .coolingOnly).pumps.value, 30))
    #expect(isClose(rig.account.total(of: .idle).pumps.value, 5))
    rig.set(.pumps, 0)
    rig.scan()
    #expect(rig.account.operation == .idle)
  }

  @Test("The window knows the last ten minutes and nothing older")
  func windowForgets() {
    var rig = EnergyRig()
    rig.set(.units, 120)
    rig.run(.minutes(30))
    #expect(rig.account.window.units.value > 17.9)
    #expect(rig.account.window.units.value <= 20.01)
    rig.set(.units, 0)
    rig.run(.minutes(10.2))
    #expect(rig.account.window.units == .zero)
    #expect(isClose(rig.account.total(of: .idle).units.value, 60))
  }

  @Test("The day ends at local midnight: today becomes yesterday")
  func dayEndsAtLocalMidnight() {
    var rig = EnergyRig()
    rig.set(.units, 100)
    rig.run(.hours(23) - .seconds(10))
    #expect(rig.account.yesterday(of: .idle).units == .zero)
    #expect(isClose(rig.account.today(of: .idle).units.value, 2300 - 100.0 / 360))
    rig.run(.hours(1))
    #expect(rig.account.yesterday(of: .idle).units.value > 2299)
    #expect(rig.account.today(of: .idle).units.value < 101)
    rig.run(.hours(24))
    #expect(isClose(rig.account.yesterday(of: .idle).units.value, 2400))
  }
}
