import PlantModel
import Quantities
import Testing

@testable import PlantSimulation

/// The aquifer's pressure against Theis, and its memory.
@Suite struct AquiferTests {
  private let ground = WellDescription.gravel500

  /// kPa per m³/h: ρg/(4πT).
  private var perFlow: Double {
    9.804 / (3600 * 4 * 3.141_592_653_589_793 * 1500 / 86_400)
  }

  private func own(_ seconds: Double) -> Double {
    WellFunction.value(0.09 * 2e-4 / (4 * 1500 / 86_400 * seconds))
  }

  private func other(_ seconds: Double) -> Double {
    WellFunction.value(1600 * 2e-4 / (4 * 1500 / 86_400 * seconds))
  }

  private func drawDown(_ aquifer: AquiferPressure, _ flows: AquiferPressure.Flows) -> Double {
    aquifer.drawDownBase(returned: flows.returned) + aquifer.linear * flows.extracted
  }

  @Test func constantPumpingFollowsTheis() {
    var aquifer = AquiferPressure(ground)
    let flows = AquiferPressure.Flows(extracted: 80, returned: 0)
    var seconds = 0.0
    while seconds < 400 * 86_400 {
      aquifer.begin(3600)
      aquifer.end(flows, 3600)
      seconds += 3600
      if seconds == 3600 || seconds == 86_400 * 10 || seconds == 86_400 * 400 {
        #expect(abs(drawDown(aquifer, flows) / (perFlow * 80 * own(seconds)) - 1) < 1e-9)
      }
    }
    #expect(aquifer.history.parts.count <= 12 * FlowHistory.partsPerLevel)
  }

  @Test func doubletComesToRestAtTheLogarithmOfItsDistance() {
    var aquifer = AquiferPressure(ground)
    let flows = AquiferPressure.Flows(extracted: 100, returned: 100)
    for _ in 0..<24 * 30 {
      aquifer.begin(3600)
      aquifer.end(flows, 3600)
    }
    let expected = perFlow * 100 * 2 * Numerics.logarithm(40 / 0.3)
    #expect(abs(drawDown(aquifer, flows) / expected - 1) < 1e-3)
    let buildUp = aquifer.buildUpBase(extracted: 100) + aquifer.linear * 100
    #expect(abs(buildUp / expected - 1) < 1e-3)
  }

  @Test func recoveryFollowsTwoStepsOfTheis() {
    var aquifer = AquiferPressure(ground)
    let hour = 3600.0
    for index in 0..<72 {
      let flow = index < 24 ? 90.0 : 0
      aquifer.begin(hour)
      aquifer.end(AquiferPressure.Flows(extracted: flow, returned: 0), hour)
    }
    let expected = perFlow * 90 * (own(72 * hour) - own(48 * hour))
    let seen = drawDown(aquifer, AquiferPressure.Flows())
    #expect(abs(seen - expected) < 0.002 * perFlow * 90 * own(72 * hour))
  }

  /// The bounded memory against the sum over every hour, for a year of changing flows.
  @Test func boundedMemoryAgreesWithEveryHour() {
    var aquifer = AquiferPressure(ground)
    var generator = SeededGenerator(seed: 4)
    var flows: [Double] = []
    let hours = 24 * 200
    for hour in 0..<hours {
      let day = 60 + 30 * Numerics.sine(turns: Double(hour) / 24)
      let flow = max(day + 20 * generator.signed(), 0)
      flows.append(flow)
      aquifer.begin(3600)
      aquifer.end(AquiferPressure.Flows(extracted: flow, returned: flow), 3600)
    }
    var expected = 0.0
    var before = 0.0
    for (hour, flow) in flows.enumerated() {
      let age = Double(hours - hour) * 3600
      expected += (flow - before) * (own(age) - other(age))
      before = flow
    }
    let last = AquiferPressure.Flows(extracted: flows[hours - 1], returned: flows[hours - 1])
    #expect(abs(drawDown(aquifer, last) / (perFlow * expected) - 1) < 1e-3)
  }

  @Test func memoryLosesNoWater() {
    var history = FlowHistory()
    var volume = 0.0
    for index in 0..<5000 {
      let flow = Double(index % 37)
      history.append(
        start: Double(index) * 300, end: Double(index + 1) * 300, extracted: flow, returned: 0)
      volume += flow * 300
    }
    let kept = history.parts.reduce(0) { $0 + $1.extracted * ($1.end - $1.start) }
    #expect(abs(kept / volume - 1) < 1e-12)
    #expect(history.parts.count < 80)
    for (earlier, later) in zip(history.parts, history.parts.dropFirst()) {
      #expect(earlier.end == later.start)
    }
  }
}
