import Field
import PlantModel
import Quantities
import Testing

/// What the scan sees of states that change faster than it.
@Suite struct BoardTests {
  /// Publishes states one after the other, `|` is a scan; what the scans see.
  private func seen(_ course: String) -> String {
    let nowhere = PointID(0)
    let plant = Plant(
      name: "one point",
      site: Site(
        utcOffset: .zero, outdoorTemperature: Sensor(nowhere), frostTemperature: Sensor(nowhere),
        emergencyStop: Sensor(nowhere), stopState: .stop, seasonChange: .propose),
      scanPeriod: .seconds(1), parameters: Parameters(), buses: [],
      devices: [Device(name: "d", bus: BusID(0), unit: 1, type: "x", maximumRead: 1)],
      points: [
        Point(
          name: "d.p", device: DeviceID(0), direction: .input, unit: .digital,
          register: Register(table: .line, address: 0, format: .bit), range: 0...1,
          maximumAge: .seconds(10))
      ], circuits: [], valves: [], pumps: [], pumpGroups: [], units: [], blocks: [], tanks: [],
      makeUps: [], meters: [])
    let board = SampleBoard(plant: plant)
    let now = Instant(milliseconds: 0)
    var image = InputImage(plant: plant, now: now)
    var seen = ""
    for step in course {
      if step == "|" {
        board.freeze(into: &image)
        seen += image.samples[0].value == 1 ? "1" : "0"
      } else {
        let state = Sample(
          value: step == "1" ? 1 : 0, quality: .good, doubt: .none, taken: now)
        board.with { $0.publish(state: state, nowhere) }
      }
    }
    return seen
  }

  @Test(arguments: [
    ("0|1|0|", "010"), ("0|10||", "010"), ("0|1010||", "010"), ("0|101||", "011"),
    ("1|0||", "100"), ("1|01|||", "1011"), ("0|00001|", "01"), ("0|10|1||", "0101"),
    ("|", "0"),
  ])
  func aStateThatIsUndoneIsSeenAllTheSame(_ course: String, _ scans: String) {
    #expect(seen(course) == scans)
  }
}
