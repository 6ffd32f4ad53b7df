import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// Water that goes astray below the surface while a well runs. (`WELL-28`, `WELL-29`)
@Suite struct WellTightnessTests {
  /// An office whose wells have run for half a day.
  private func learnt() throws -> Office {
    var office = Office()
    office.running.choose("main", "off")
    // At rest they show the static level.
    office.session.run(for: .hours(1))
    office.running.choose("main", "winter")
    _ = try #require(office.warmUp() ? 1 : nil)
    office.session.run(for: .hours(12))
    return office
  }

  private func finding(_ office: Office, _ number: Int) -> WellLeak? {
    office.session.controller.status(of: office.well(number)).leak
  }

  private func after(_ damage: WellDamage, _ figure: Double, within span: TimeSpan) throws -> Office
  {
    var office = try learnt()
    for number in 1...4 { #expect(finding(office, number) == nil) }
    office.session.twin.inject(.wellDamage(office.well(2), damage, figure))
    _ = office.runs(atMost: span) { finding($0, 2) != nil }
    for number in [1, 3, 4] { #expect(finding(office, number) == nil) }
    return office
  }

  @Test("WELL-28: water past the packer is named within an hour, and stays until a person acts")
  func aPackerThatLeaksIsNamed() throws {
    var office = try after(.packerLeak, 4, within: .hours(1))
    #expect(finding(office, 2) == .packer)
    office.session.run(for: .seconds(5))
    #expect(office.hasAlarm(.wellPackerLeaks))
    office.session.twin.inject(.wellDamage(office.well(2), .packerLeak, 0))
    office.session.restart(
      from: ArchiveWriter.rows(of: office.session.controller), after: .seconds(20))
    office.session.run(for: .hours(2))
    #expect(finding(office, 2) == nil)
    let key = AlarmKey(.wellPackerLeaks, .well(office.well(2)))
    let kept = office.session.controller.alarms.first { $0.key == key }
    #expect(kept?.state == .latched, "over a restart too")
    office.release(.wellPackerLeaks, office.well(2))
    office.session.run(for: .hours(1))
    #expect(!office.session.controller.alarms.contains { $0.key == key })
  }

  @Test(
    "WELL-29: water out of the riser is named within an hour, and is no longer once it is mended")
  func aLeakingColumnIsNamed() throws {
    var office = try after(.columnLeak, 2, within: .hours(1))
    #expect(finding(office, 2) == .column)
    office.session.run(for: .seconds(5))
    #expect(office.hasAlarm(.wellColumnLeaks))
    office.session.twin.inject(.wellDamage(office.well(2), .columnLeak, 0))
    office.session.run(for: .hours(1))
    #expect(finding(office, 2) == nil && !office.hasAlarm(.wellColumnLeaks))
  }

  @Test("WELL-28: a person who takes note has it learnt anew; the alarm stays until it is reset")
  func takingNoteHasItLearntAnew() throws {
    var office = try after(.packerLeak, 4, within: .hours(1))
    office.session.run(for: .seconds(5))
    let key = AlarmKey(.wellPackerLeaks, .well(office.well(2)))
    office.session.ask(.acknowledge(key))
    office.session.run(for: .hours(9))
    #expect(finding(office, 2) == nil)
    #expect(office.session.controller.alarms.first { $0.key == key }?.state == .latched)
  }

  /// What a step test tells apart, or the balance, is no such leak.
  @Test(arguments: [
    (WellDamage.screenClogging, 0.6), (.returnClogging, 0.6), (.pumpWear, 0.15),
    (.exchangerFouling, 0.5), (.surfaceLeak, 0.6), (.checkValveLeak, 1),
  ])
  func otherFaultsAreNoSuchLeaks(_ damage: WellDamage, _ figure: Double) throws {
    let office = try after(damage, figure, within: .hours(4))
    #expect(finding(office, 2) == nil)
  }

  /// One sensor that errs is no leak either.
  @Test(arguments: ["intake-pressure", "return-pressure", "extracted-flow", "returned-flow"])
  func aSensorThatErrsIsNoLeak(_ name: String) throws {
    for part in [0.8, 1.25] {
      var office = try learnt()
      let point = office.point("well-head-2." + name)
      office.session.twin.inject(.sensorScales(point, by: part))
      _ = office.runs(atMost: .hours(3)) { finding($0, 2) != nil }
      #expect(finding(office, 2) == nil, "\(name) × \(part)")
    }
  }
}
