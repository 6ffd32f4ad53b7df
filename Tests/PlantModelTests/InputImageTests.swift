import PlantModel
import Quantities
import Testing

@Suite struct InputImageTests {
  private let now = Instant(milliseconds: 5_000_000)
  private let proof = Sensor<Bool>(PointID(0))
  private let temperature = Sensor<Celsius>(PointID(1))

  private func image(_ samples: [Sample]) -> InputImage {
    var image = InputImage(plant: SmallPlant.points(samples.count), now: now)
    image.samples = samples
    return image
  }

  private func sample(_ value: Double, _ quality: Quality = .good, age: Double = 0) -> Sample {
    Sample(value: value, quality: quality, doubt: .none, taken: now - .seconds(age))
  }

  @Test(arguments: [(0.0, true), (9.999, true), (10, true), (10.001, false), (60, false)])
  func aProofHoldsUntilItsAgeLimitAndNotLonger(_ age: Double, _ holds: Bool) {
    #expect(image([sample(1, age: age)]).isProven(proof, within: .seconds(10)) == holds)
  }

  @Test func onlyAGoodTrueValueIsAProof() {
    for quality in Quality.allCases {
      #expect(
        image([sample(1, quality)]).isProven(proof, within: .seconds(10)) == (quality == .good))
    }
    #expect(!image([sample(0)]).isProven(proof, within: .seconds(10)))
    #expect(!image([.neverRead]).isProven(proof, within: .days(1000)))
  }

  @Test func aReadingIsNoneWithoutAUsableValue() {
    for quality in Quality.allCases {
      let image = image([sample(1, quality), sample(12.5, quality)])
      let isUsable = quality >= .uncertain
      #expect(image.reading(temperature) == (isUsable ? Celsius(12.5) : nil))
      #expect(image.state(proof) == (isUsable ? true : nil))
    }
  }

  @Test func aNewImageKnowsNothing() {
    let image = InputImage(plant: SmallPlant.points(2), now: now)
    #expect(!image.settled && image.acts == [])
    #expect(image.reading(temperature) == nil && image.state(proof) == nil)
  }

  @Test func endSwitchesSayAPositionTogether() {
    let valve = Valve(
      name: "V", openCommand: Actuator(PointID(0)), closeCommand: Actuator(PointID(1)),
      openedSwitch: Sensor(PointID(2)), closedSwitch: Sensor(PointID(3)), strokeTime: .seconds(60))
    let position = { (opened: Sample, closed: Sample) in
      image([sample(0), sample(0), opened, closed]).position(of: valve)
    }
    #expect(position(sample(1), sample(0)) == .open)
    #expect(position(sample(0), sample(1)) == .closed)
    #expect(position(sample(0), sample(0)) == .between)
    #expect(position(sample(1), sample(1)) == .unknown)
    #expect(position(sample(1, .stale), sample(0)) == .unknown)
    #expect(position(sample(0), .neverRead) == .unknown)
    var blind = valve
    blind.closedSwitch = nil
    #expect(image([sample(0), sample(0), sample(1)]).position(of: blind) == .unknown)
  }
}
