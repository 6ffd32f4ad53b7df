import ControlProtocol
import Foundation
import Testing

/// What owners read: what alarms cost, and by how much energies may be wrong.
@Suite struct ReportTests {
  @Test func anAlarmsCostGoesOnOverADaemonThatIsKilled() throws {
    let rig = Rig()
    try rig.start()
    #expect(try rig.ctl(["alarms", "--cost"]).output == "no alarm stood this year\n")
    try rig.tell(["fault", "device-silent", "heat-meter-hot"])
    try eventually("the alarm to stand") { try hours(rig) > 0 }
    let before = try hours(rig)
    rig.killDaemon()
    try rig.startDaemon()
    try rig.takeOver()
    try eventually("the alarm to be seen again") { try rig.hasAlarm("device-lost") }
    let cost = try cost(rig)
    #expect(cost["stands"]?.bool == true)
    #expect(cost["this_month"]?["times"]?.number == 1)
    #expect(cost["this_month"]?["beyond_kilowatt_hours"] == .null)
    #expect(try hours(rig) > before)
    let text = try rig.ctl(["alarms", "--cost"]).output
    #expect(text.contains("not to be added up"))
    #expect(text.contains("* device-lost heat-meter-hot"), "\(text)")
    #expect(text.contains("beyond: not known"))
  }

  @Test func eachEnergyHasItsUncertaintyBelow() throws {
    let rig = Rig()
    try rig.start()
    let lines = try rig.ctl(["energy"]).output.split(separator: "\n")
    let window = try #require(lines.firstIndex { $0.hasPrefix("last 10 minutes") })
    #expect(lines[window + 1].hasPrefix("                       ±"))
    #expect(lines.allSatisfy { $0.hasPrefix("last") == false || $0.count == lines[0].count })
  }

  private func cost(_ rig: Rig) throws -> JSON {
    let costs = try rig.ctl(["--json", "alarms", "--cost"]).json["costs"]?.list ?? []
    return costs.first { $0["subject"]?.text == "heat-meter-hot" } ?? .null
  }

  private func hours(_ rig: Rig) throws -> Double {
    try cost(rig)["today"]?["stood_hours"]?.number ?? 0
  }
}
