import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// VALVE-05: the wait for water is shown with its expected end.
@Suite struct WaterForecastTests {
  private let building = CircuitID(0)
  private let start = Bench.start

  /// Water at `first` that falls by `fall` kelvins a minute towards 24 °C, seen every second.
  private func forecast(
    first: Double, fall: Double, minutes: Int, of circuit: CircuitID? = nil
  ) -> WaterForecast {
    var forecast = WaterForecast()
    for second in 0...(minutes * 60) {
      forecast.step(
        WaterWait(
          circuit: circuit ?? building, bound: Celsius(24),
          temperature: Celsius(first - fall * Double(second) / 60)),
        start + .seconds(Double(second)))
    }
    return forecast
  }

  @Test func waterThatCoolsSteadilyIsExpectedWhenItComes() {
    let end = forecast(first: 45, fall: 0.1, minutes: 30).end
    #expect(abs((end - start).seconds - 210 * 60) < 1)
  }

  @Test func nothingIsExpectedBeforeATrendIsSeen() {
    #expect(forecast(first: 45, fall: 0.1, minutes: 4).end == .distantFuture)
  }

  @Test(arguments: [0, -0.1]) func waterThatDoesNotCoolIsNotExpected(fall: Double) {
    #expect(forecast(first: 45, fall: fall, minutes: 30).end == .distantFuture)
  }

  @Test func coldWaterThatWarmsIsExpectedToo() {
    var forecast = WaterForecast()
    for minute in 0...20 {
      forecast.step(
        WaterWait(
          circuit: building, bound: Celsius(13), temperature: Celsius(8 + 0.05 * Double(minute))),
        start + .minutes(Double(minute)))
    }
    #expect(abs((forecast.end - start).seconds - 100 * 60) < 1)
  }

  @Test func anotherWaterOrNoValueBeginsAnew() {
    var other = forecast(first: 45, fall: 0.1, minutes: 30)
    let now = start + .minutes(30)
    let ground = WaterWait(circuit: CircuitID(1), bound: Celsius(24), temperature: Celsius(30))
    other.step(ground, now)
    #expect(other.end == .distantFuture)
    var lost = forecast(first: 45, fall: 0.1, minutes: 30)
    lost.step(WaterWait(circuit: building, bound: Celsius(24), temperature: nil), now)
    #expect(lost.end == .distantFuture)
  }

  @Test func nothingIsWaitedForInsideTheWindow() throws {
    let rig = try ChangeOverRig()
    var image = InputImage(plant: rig.plant, now: start)
    let show = { (image: inout InputImage, name: String, degrees: Double) in
      let circuit = rig.plant.circuits.first { $0.name == name }!
      image.samples[circuit.returnTemperature.point.index] = .judged(
        degrees, in: -40...120, at: image.now)
    }
    show(&image, "ground", 15)
    show(&image, "building", 20)
    let wait = { rig.plant.waterWait(for: ChangeOverRig.summer, of: ChangeOverRig.block, $0) }
    #expect(wait(image) == nil)
    show(&image, "building", 40)
    #expect(wait(image)?.bound == Celsius(24))
    show(&image, "building", 5)
    #expect(wait(image)?.bound == Celsius(9))
    image.samples = image.samples.map { _ in .neverRead }
    #expect(wait(image) != nil)
  }
}
