import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// The record of a well's step tests: which make the commissioning, which count, what is kept.
@Suite struct WellRecordTests {
  private let sound = AlgebraicWell()

  private func plan(
    _ positions: [Double] = [0.55, 0.65, 0.75],
    _ instruments: WellInstruments = AlgebraicWell.instruments
  ) -> WellStepPlan {
    WellStepPlan(
      speeds: [Hertz(40), Hertz(47)], positions: positions.map { Fraction($0) },
      design: AlgebraicWell.design, instruments: instruments, supplyPressure: nil,
      exchangerPressureLoss: nil, secondaryEntering: nil, secondaryLeaving: nil,
      secondaryFlow: nil)
  }

  private func reread(_ health: WellHealth, _ plan: WellStepPlan) -> WellHealth {
    var reader = ArchiveReader(rows: ArchiveWriter.rows(of: health))
    var other = WellHealth(plan)
    other.persist(in: &reader)
    #expect(reader.unreadable == [])
    return other
  }

  @Test func aTestReadsBackFromItsLine() throws {
    var test = sound.test(day: 3)
    test.sensors = [.flow, .power]
    test.opensBaseline = true
    #expect(StepTest(line: test.line) == test)
    for broken in ["", "1 new", test.line + " 1", test.line.replacing("new", with: "old")] {
      #expect(StepTest(line: broken) == nil, "\(broken.prefix(20))")
    }
  }

  @Test func moreThanTheLatestAreNotKept() {
    var health = WellHealth(plan())
    for day in 0..<(WellHealth.commissioning + WellHealth.kept + 5) {
      health.add(sound.test(day: Double(day)))
    }
    #expect(health.tests.count == WellHealth.commissioning + WellHealth.kept)
    #expect(health.tests[0] == sound.test(day: 0))
    #expect(reread(health, plan()).report == health.report)
  }

  /// The commissioning is made of what follows the plan; the rest is kept and does not count.
  @Test func testsByAnotherPlanDoNotCount() {
    var health = WellHealth(plan())
    for day in 0..<2 { health.add(sound.test(day: Double(day))) }
    var odd = sound.test(day: 2)
    for index in odd.readings.indices where odd.readings[index].valvePosition == Fraction(0.75) {
      odd.readings[index].valvePosition = Fraction(0.8)
    }
    health.add(odd)
    #expect(health.report == nil && health.unfit == 1)
    for day in 3..<7 { health.add(sound.test(day: Double(day))) }
    #expect(health.unfit == 1 && health.report?.isFounded == true)
    #expect(health.report?.suspects == [])
  }

  /// A sensor that is fitted later says nothing of the time before: it is not held against noughts.
  @Test func aSensorFittedLaterWaitsForANewBaseline() {
    let all = AlgebraicWell.instruments
    var health = WellHealth(plan([0.55, 0.65, 0.75], all.without(.exchangerPressureLoss)))
    for day in 0..<3 {
      var test = sound.test(day: Double(day))
      test.sensors.removeAll { $0 == .exchangerPressureLoss }
      for index in test.readings.indices { test.readings[index].exchangerPressureLoss = .zero }
      health.add(test)
    }
    var later = reread(health, plan())
    for day in 3..<7 { later.add(sound.test(day: Double(day))) }
    #expect(later.unfit == 0)
    #expect(later.report?.suspects == [])
    // One that the commissioning had and a test has not is missing in it.
    var less = WellHealth(plan())
    for day in 0..<3 { less.add(sound.test(day: Double(day))) }
    var test = sound.test(day: 3)
    test.sensors.removeAll { $0 == .power }
    less.add(test)
    #expect(less.unfit == 1 && less.report == nil)
  }

  /// A measured speed is never quite the same: it must not fall apart at a half.
  @Test func speedsNearAHalfAreOneSpeed() {
    var test = sound.test(day: 1)
    for (index, error) in zip(test.readings.indices, [0.51, 0.49, 0.5, 0.51, 0.49, 0.5]) {
      test.readings[index].frequency =
        Hertz(test.readings[index].frequency.value.rounded() + error)
    }
    #expect(test.isComplete)
  }
}
