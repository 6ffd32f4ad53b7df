import PlantModel
import PlantOperation
import Quantities
import Testing

/// One scan's order, its counts, and what is saved of it.
struct ScanTests {
  @Test func aScanReadsTheClockOnceThenFreezesAppliesSavesAndTells() {
    var rig = OperationRig()
    rig.field.isSettled = true
    _ = rig.operation.ask(.setAutomatic(BlockID(0)), user: 0)
    rig.scan()
    #expect(rig.calls == ["clock", "freeze", "apply", "save", "ready", "healthy"])
    let before = rig.calls.count
    rig.scan()
    #expect(Array(rig.calls[before...].prefix(3)) == ["clock", "freeze", "apply"])
    #expect(rig.calls.last == "healthy")
    #expect(rig.calls.count { $0 == "ready" } == 1)
  }

  @Test func nothingIsWrittenUntilThePlantWasRead() {
    var rig = OperationRig()
    for _ in 0..<3 { rig.scan() }
    #expect(rig.field.wrote == [false, false, false])
    rig.field.isSettled = true
    rig.scan()
    #expect(rig.field.wrote.last == true)
    rig.field.isSettled = false
    rig.scan()
    #expect(rig.field.wrote.last == false)
  }

  @Test func missedAndLateScansAreCounted() {
    var rig = OperationRig()
    rig.scan()
    rig.scan(missed: 2)
    rig.scan(after: .seconds(7), missed: 6)
    rig.scan(missed: -1)
    #expect(rig.operation.scans == 4)
    #expect(rig.operation.missedScans == 8)
    #expect(rig.operation.longestScan == .seconds(7))
  }

  @Test func timeDoesNotFollowAClockThatGoesBack() {
    var rig = OperationRig()
    rig.scan()
    let seen = rig.operation.image.now
    rig.scan(after: .hours(-1))
    #expect(rig.operation.image.now == seen)
  }

  @Test func countersAreSavedOnceAMinuteAndTheTimeWithThem() throws {
    var rig = OperationRig()
    for _ in 0..<59 { rig.scan() }
    let before = rig.store.saves.count { $0.events.isEmpty }
    #expect(before == 0)
    rig.scan()
    let last = try #require(rig.store.saves.last)
    #expect(last.events.isEmpty)
    #expect(Operation.savedTime(in: last.rows) == rig.operation.image.now)
    for _ in 0..<59 { rig.scan() }
    #expect(rig.store.saves.count { $0.events.isEmpty } == 1)
  }

  @Test(arguments: ["", "soon", "9223372036854775807", "-9223372036854775808"])
  func aSavedTimeThatIsNoneIsLeftOut(_ text: String) {
    #expect(Operation.savedTime(in: [("clock/now", text)]) == nil)
  }

  @Test func anAlarmStandsForAsLongAsNothingCanBeSavedAndItIsTriedAgainEachMinute() throws {
    for isSaving in [true, false] {
      var rig = OperationRig(isSaving: isSaving)
      rig.scan()
      #expect(rig.hasAlarm(.stateNotSaved) == !isSaving)
      _ = rig.operation.committed(upTo: .max, isSaved: false)
      for _ in 0..<3 {
        let before = rig.store.saves.count
        for _ in 0..<60 { rig.scan() }
        #expect(rig.store.saves.count > before)
        #expect(rig.hasAlarm(.stateNotSaved))
      }
      _ = rig.operation.committed(upTo: .max)
      rig.scan()
      #expect(!rig.hasAlarm(.stateNotSaved))
    }
  }

  @Test func theLastSaveHasTheTimeAndATicketOfItsOwn() {
    var rig = OperationRig()
    _ = rig.operation.ask(.setAutomatic(BlockID(0)), user: 0)
    rig.scan()
    rig.operation.saveLast(&rig.store)
    let tickets = rig.store.saves.map(\.ticket)
    #expect(tickets == [1, 2])
    #expect(Operation.savedTime(in: rig.store.saves[1].rows) == rig.operation.image.now)
  }

  @Test func whatTheLedgerGainsIsSavedInTheSameScanWithTheCounters() throws {
    var rig = OperationRig()
    rig.field.readings = [("sensors-1.ground-make-up", 12.5)]
    rig.scan()
    let save = try #require(rig.store.saves.last { !$0.entries.isEmpty })
    #expect(rig.store.saves.count { !$0.entries.isEmpty } == 1)
    #expect(save.entries.map(\.kind) == [.began])
    #expect(save.rows.contains { $0 == ("water/meter/ground-water/counter_litres", "12500") })
    rig.scan()
    #expect(rig.store.saves.count { !$0.entries.isEmpty } == 1)
  }
}
