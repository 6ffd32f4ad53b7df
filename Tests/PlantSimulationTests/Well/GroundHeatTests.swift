import PlantModel
import Quantities
import Testing

@testable import PlantSimulation

/// Heat between the screens against the doublet's closed forms.
@Suite struct GroundHeatTests {
  private func description(gradient: Double, conductivity: Double = 0) -> WellDescription {
    var result = WellDescription.gravel500.steady()
    result.aquifer.regionalGradient = gradient
    result.aquifer.conductivityWattsPerMeterKelvin = conductivity
    return result
  }

  /// F by Milnes and Perrochet: nought at X = 1, a half of the way at 5.6, all without natural flow.
  @Test(arguments: [(0.5, 0.0), (1.0, 0.0), (2.0, 0.1817), (4.0, 0.3910), (1e8, 0.99987)])
  func returningPartMeetsItsClosedForm(threshold: Double, expected: Double) {
    #expect(abs(GroundHeat.returningPart(threshold: threshold) - expected) < 2e-4)
  }

  /// 3(1 − φ·cot φ)/sin²φ: 1 on the straight line, 3 at a right angle.
  @Test func delayMeetsItsClosedForm() {
    #expect(abs(GroundHeat.delay(0.02) - 1) < 1e-3)
    #expect(abs(GroundHeat.delay(0.009) - GroundHeat.delay(0.011)) < 1e-4)
    #expect(abs(GroundHeat.delay(1.570_796_326_794_896_6) - 3) < 1e-9)
    #expect(abs(GroundHeat.delay(2.356_194_490_192_345) - 20.137_166_941) < 1e-6)
  }

  /// Without natural flow and conduction: nothing before the breakthrough of Gringarten and Sauty,
  /// and after it the part of the tubes that have broken through.
  @Test func breakthroughMeetsGringartenAndSauty() {
    let description = description(gradient: 1e-9)
    let breakthrough = 3.141_592_653_589_793 / 3 * (2.6 / 4.1868) * 30 * 1600 / 100
    var ground = GroundHeat(description, celsius: 14)
    var hours = 0.0
    func cold() -> Double { (14 - ground.arriving) / 5 }
    while hours < breakthrough * 0.4 {
      ground.step(flow: 100, returned: 9, undisturbed: 14, seconds: 3600)
      hours += 1
    }
    #expect(cold() < 0.01)
    // The stream line of a right angle has arrived at three times, that of 3π/4 at 20.1 times.
    while hours < breakthrough * 3 {
      ground.step(flow: 100, returned: 9, undisturbed: 14, seconds: 3600)
      hours += 1
    }
    #expect(abs(cold() - 0.5) < 0.06)
    while hours < breakthrough * 20.1 {
      ground.step(flow: 100, returned: 9, undisturbed: 14, seconds: 3600)
      hours += 1
    }
    #expect(abs(cold() - 0.75) < 0.06)
  }

  /// In a natural flow the outlet comes to rest at T₀ − F/(1 − F)·ΔT.
  @Test func longRunMeetsMilnesAndPerrochet() {
    var ground = GroundHeat(description(gradient: 0.005), celsius: 14)
    for _ in 0..<24 * 365 * 3 {
      ground.step(flow: 100, returned: ground.arriving - 4.3, undisturbed: 14, seconds: 3600)
    }
    let part = ground.returningPart
    #expect(abs(ground.arriving - (14 - part / (1 - part) * 4.3)) < 0.01)
    #expect(part > 0.4 && part < 0.5)
  }

  /// What goes in is stored, comes out or is conducted, to 0.1 %.
  @Test func heatIsConserved() {
    let description = description(gradient: 0.005, conductivity: 2)
    var ground = GroundHeat(description, celsius: 14)
    let before = ground.stored
    var given = 0.0
    for hour in 0..<24 * 120 {
      let flow = 60 + 40 * Numerics.sine(turns: Double(hour) / 24)
      let returned = ground.arriving - 4.3
      ground.step(flow: flow, returned: returned, undisturbed: 14, seconds: 3600)
      let part = ground.returningPart
      let tubes = (ground.arriving - (1 - part) * 14) / part
      given += part * flow * 1.163 * (returned - tubes)
    }
    let residual = ground.stored - before - given - ground.conducted
    #expect(abs(residual) < 1e-3 * abs(given))
    #expect(ground.conducted > 0)
  }

  @Test func conductionAndGranulesKeepTheWaterWarmer() {
    func outlet(_ description: WellDescription) -> Double {
      var ground = GroundHeat(description, celsius: 14)
      for _ in 0..<24 * 120 {
        ground.step(flow: 100, returned: ground.arriving - 4.3, undisturbed: 14, seconds: 3600)
      }
      return ground.arriving
    }
    let without = outlet(description(gradient: 0.002))
    let conducting = outlet(description(gradient: 0.002, conductivity: 2))
    var packed = description(gradient: 0.002, conductivity: 2)
    packed.granules = GranulePack(radiusMeters: 0.6, conductionGain: 2)
    #expect(conducting > without + 0.02)
    #expect(outlet(packed) > conducting + 0.02)
  }
}
