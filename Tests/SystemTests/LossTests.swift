import ControlProtocol
import Testing

/// A device that falls silent, and comes back.
struct LossTests {
  @Test(arguments: ["sensors-1", "heat-meter-main", "main-unit-4"])
  func aSilentDeviceIsShownAsLostAndReturnsByItself(_ device: String) throws {
    let rig = Rig()
    try rig.start()
    func isLost() throws -> Bool {
      try rig.points("\(device).*").allSatisfy { $0["quality"]?.text != "good" }
    }
    func alarm() throws -> JSON? {
      try rig.ctl(["--json", "alarms"]).json.list?.first {
        $0["kind"] == "device-lost" && $0["subject"]?.text == device
      }
    }
    #expect(try !isLost())
    try rig.tell(["fault", "device-silent", device])
    try eventually("\(device) to be lost") { try isLost() }
    #expect(try rig.points("\(device).*").allSatisfy { $0["doubt"] != "none" })
    try eventually("the alarm") { try alarm()?["state"] == "unacknowledged" }
    #expect(try rig.ctl(["alarms"]).output.contains(device))
    // Other devices are read as before.
    #expect(try rig.points("electricity-units.*").allSatisfy { $0["quality"] == "good" })
    try rig.tell(["clear", "device-silent", device])
    try eventually("\(device) to be back", within: 60) {
      try rig.points("\(device).*").allSatisfy { $0["quality"] == "good" }
    }
    try eventually("the alarm to go") { try alarm()?["state"] != "unacknowledged" }
  }
}
