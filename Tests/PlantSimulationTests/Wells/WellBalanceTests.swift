import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// What is taken and given back: losses, gains, and the second witness. (`WELL-21`)
@Suite struct WellBalanceTests {
  /// A plant whose meters' bias is learnt, after a day and more.
  private func learnt() throws -> Office {
    var office = Office()
    _ = try #require(office.warmUp() ? 1 : nil)
    office.session.twin.inject(.sensorJumps(office.point("well-head-1.returned-flow"), by: 0.15))
    office.session.run(for: .hours(26))
    #expect(!office.hasAlarm(.wellLosesWater))
    #expect(!office.hasAlarm(.wellGainsWater))
    return office
  }

  @Test func theMetersBiasIsNoLeak() throws {
    let office = try learnt()
    let status = office.status(1)
    let difference = try #require(status.difference)
    #expect(difference.value > 0.005)
    #expect(status.threshold.value < 0.02)
    #expect(office.status(2).extracted.value > 100)
  }

  @Test func lessReturnedIsALoss() throws {
    var office = try learnt()
    office.session.twin.inject(.sensorJumps(office.point("well-head-2.returned-flow"), by: -0.6))
    let found = office.runs(atMost: .hours(3)) { $0.hasAlarm(.wellLosesWater) }
    #expect(found)
    #expect(office.status(2).phase == .running)
    #expect(!office.hasAlarm(.wellGainsWater))
  }

  @Test func moreReturnedByTheMeterAloneIsAnAlarmAndNoStop() throws {
    var office = try learnt()
    office.session.twin.inject(.sensorJumps(office.point("well-head-2.returned-flow"), by: 0.6))
    let found = office.runs(atMost: .hours(3)) { $0.hasAlarm(.wellGainsWater) }
    #expect(found)
    office.session.run(for: .hours(2))
    #expect(office.status(2).phase == .running)
  }

  /// The exchanger leaks: the source loop loses what the well's meter finds too much.
  @Test func waterOfTheBuildingWithMakeUpAsWitnessStopsTheWell() throws {
    var office = try learnt()
    office.session.twin.inject(.wellDamage(office.well(3), .exchangerLeak, 0.3))
    let stops = office.runs(atMost: .hours(4)) { $0.status(3).phase == .failed }
    #expect(stops)
    #expect(office.status(3).reason.rule == .wellBalance)
    office.session.run(for: .hours(2))
    #expect(office.status(3).phase == .failed)
    office.session.twin.clear(.wellDamage(office.well(3), .exchangerLeak, 0))
    office.release(.wellGainsWater, office.well(3))
    let returns = office.runs(atMost: .hours(1)) { $0.status(3).phase == .running }
    #expect(returns)
  }
}
