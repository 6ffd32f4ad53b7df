import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// What meters that were away leave uncertain.
struct MissedEnergyTests {
  private static let units = EnergyRig.Meter.units.rawValue

  /// Half an hour of cooling, then half an hour without the units' meter, which showed 120 kW at most.
  private func interrupted() -> EnergyRig {
    var rig = EnergyRig()
    rig.set(.main, 500)
    rig.set(.units, 120)
    rig.run(.minutes(15))
    rig.set(.units, 100)
    rig.run(.minutes(15))
    rig.away = [MissedEnergyTests.units]
    rig.run(.minutes(30))
    return rig
  }

  private func electricity(_ rig: EnergyRig) -> Double {
    rig.account.totalUncertainty(of: .coolingOnly).electricity.value
  }

  @Test(
    "LOSS-01: a meter that is away widens by its greatest power, and narrows when its counter tells"
  )
  func gapWidens() {
    var rig = interrupted()
    // 1 % of 55 kWh, and half an hour of 120 kW.
    #expect(isClose(electricity(rig), 60.55))
    let missed = 120 * rig.account.window.time.hours
    #expect(isClose(rig.account.windowUncertainty.electricity.value, missed))
    rig.away = []
    rig.run(.minutes(30))
    #expect(isClose(rig.account.total(of: .coolingOnly).units.value, 155))
    #expect(isClose(electricity(rig), 1.55))
  }

  @Test("What a false counter does not tell stays in the uncertainty")
  func lostEnergyStays() {
    var rig = interrupted()
    rig.away = []
    rig.counters[MissedEnergyTests.units] = 0
    rig.run(.minutes(30))
    #expect(isClose(rig.account.total(of: .coolingOnly).units.value, 105))
    #expect(isClose(electricity(rig), 61.05))
  }

  @Test("Where the operation changed meanwhile, nobody knows what belongs where")
  func mixedAbsenceStays() {
    var rig = interrupted()
    rig.set(.main, 0)
    rig.set(.hot, 400)
    rig.run(.minutes(30))
    rig.away = []
    rig.run(.minutes(30))
    #expect(isClose(electricity(rig), 60.55))
    let heating = rig.account.totalUncertainty(of: .heatingOnly).electricity.value
    #expect(heating > 60)
  }

  @Test(
    "LOSS-01: without any meter, or time, the operation stays, and so its energy is known in the end"
  )
  func blindScansKeepTheOperation() {
    var rig = interrupted()
    rig.scan(after: .zero)
    #expect(rig.account.operation == .coolingOnly)
    rig.away = Set(rig.powers.indices)
    rig.run(.minutes(30))
    #expect(rig.account.operation == .coolingOnly)
    rig.away = []
    rig.run(.minutes(30))
    #expect(isClose(rig.account.total(of: .coolingOnly).cold.value, 1000))
    #expect(isClose(electricity(rig), 2.05))
    #expect(rig.account.totalUncertainty(of: .idle).electricity == .zero)
  }

  @Test("A night without the meter stays in yesterday's and today's uncertainty")
  func midnightStays() {
    var rig = EnergyRig()
    rig.set(.units, 100)
    rig.run(.hours(22), every: .minutes(1))
    rig.away = [MissedEnergyTests.units]
    rig.run(.hours(2), every: .minutes(1))
    rig.away = []
    rig.run(.hours(1), every: .minutes(1))
    #expect(rig.account.yesterdayUncertainty(of: .idle).electricity.value > 99)
    #expect(rig.account.todayUncertainty(of: .idle).electricity.value > 99)
  }

  @Test("A meter that has shown nothing may have missed the most that it can show")
  func unseenMeterWidensMost() {
    var rig = EnergyRig()
    rig.away = [MissedEnergyTests.units]
    rig.run(.hours(1))
    #expect(isClose(electricity(rig), 0))
    #expect(isClose(rig.account.totalUncertainty(of: .idle).electricity.value, 4000))
  }

  @Test("Shares and greatest powers survive a restart; the time that it took is missed until told")
  func restartKeepsShares() {
    var rig = interrupted()
    rig.away = []
    rig.run(.minutes(1))
    let before = electricity(rig)
    restart(&rig, after: .hours(2)) { _ in true }
    // The units' meter alone does not answer at first.
    rig.away = [MissedEnergyTests.units]
    rig.scan()
    #expect(isClose(electricity(rig), before + 240, within: 0.1))
    rig.away = []
    rig.scan()
    rig.scan()
    #expect(isClose(electricity(rig), before + 2, within: 0.01))
  }

  @Test("State of a version without shares is read, and its energies are uncertain all the same")
  func olderStateLoads() {
    var rig = EnergyRig()
    rig.set(.main, 500)
    rig.set(.units, 100)
    rig.run(.hours(1))
    let sound = rig.account.totalUncertainty(of: .coolingOnly)
    let unreadable = restart(&rig, after: .seconds(10)) {
      !$0.hasPrefix("shares/") && !$0.hasSuffix("greatest_kilowatts")
    }
    #expect(unreadable.isEmpty)
    #expect(isClose(rig.account.totalUncertainty(of: .coolingOnly).cold.value, sound.cold.value))
    #expect(isClose(electricity(rig), sound.electricity.value))
  }

  /// Goes on with what was saved, without the rows that `isKept` refuses; gives what was unreadable.
  @discardableResult
  private func restart(
    _ rig: inout EnergyRig, after span: TimeSpan, _ isKept: (String) -> Bool
  ) -> [String] {
    let rows = ArchiveWriter.rows(of: rig.account).filter { isKept($0.path) }
    rig.pass(span)
    rig.account = EnergyAccount(plant: rig.bench.plant, now: rig.bench.now)
    var reader = ArchiveReader(rows: rows)
    rig.account.persist(in: &reader)
    return reader.unreadable
  }
}
