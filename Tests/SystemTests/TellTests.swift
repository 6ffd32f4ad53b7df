import ControlProtocol
import Testing

/// What a person tells the twin: nonsense is refused, with what would be right.
struct TellTests {
  @Test func nonsenseIsRefusedWithWhatWouldBeRight() throws {
    let rig = Rig()
    try rig.startTwin()
    let refused: [([String], String)] = [
      (["fault", "sensor-jumps", "sensors-1.outdoor", "nan"], "write -"),
      (["fault", "sensor-jumps", "sensors-1.outdoor", "1e308"], "write -"),
      (["fault", "sensor-jumps", "sensors-1.outdoor", "--", "-1e9"], "write -"),
      (["fault", "sensor-drifts", "sensors-1.outdoor", "inf"], "°C an hour"),
      (["fault", "sensor-jumps", "sensors-1.outdoor"], "fault sensor-jumps NAME FIGURE"),
      (["fault", "sensor-jumps", "sensors-1.outdoor", "5", "6"], "sensor-jumps NAME FIGURE"),
      (["fault", "sensor-jumps", "valve-io-1.open-1", "1"], "is no sensor"),
      (["clear", "sensor-jumps", "sensors-1.outdoor", "5"], "clear sensor-jumps NAME"),
      (["fault", "valve-leaks", "V1"], "fault valve-leaks NAME FIGURE"),
      (["fault", "valve-leaks", "V1", "1e30"], "write 0 to 1"),
      (["fault", "valve-leaks", "V1", "-0.1"], "write 0 to 1"),
      (["fault", "valve-sticks", "V1", "1"], "fault valve-sticks NAME"),
      (["fault", "valve-sticks"], "fault valve-sticks NAME"),
      (["fault", "leak", "ground", "1000"], "write 0 to 100 m³/h"),
      (["fault", "power-cut", "x"], "fault power-cut"), (["fault"], "name a fault"),
      (["fault", "unit-trips", "main-unit-22"], "known: main-unit-2"),
      (["hold", "ground=1e9"], "from -50 to 100 °C"), (["hold", "ground=nan"], "building=12"),
      (["hold", "ground="], "building=12"), (["hold", "=5"], "cannot be held"),
      (["status", "x"], "takes no words"), (["quit", "x"], "takes no words"),
    ]
    for (words, right) in refused {
      let answer = try rig.twinAnswers(words)
      #expect(answer.code == 1, "\(words): \(answer.output)\(answer.complaint)")
      #expect(answer.complaint.contains(right), "\(words): \(answer.complaint)")
    }
  }

  @Test func aNegativeFigureIsAFigure() throws {
    let rig = Rig()
    try rig.start(["outdoor=0"])
    try rig.tell(["fault", "sensor-jumps", "sensors-1.outdoor", "-10"])
    try eventually("the sensor to have jumped") {
      try rig.point("sensors-1.outdoor")["value"]?.number ?? 0 < -5
    }
    try rig.tell(["fault", "--", "sensor-jumps", "sensors-1.outdoor", "-30"])
    try eventually("the sensor to have jumped further") {
      try rig.point("sensors-1.outdoor")["value"]?.number ?? 0 < -25
    }
    try rig.tell(["clear", "sensor-jumps", "sensors-1.outdoor"])
  }
}
