import PlantModel
import Quantities

/// Draw-down at the extraction screen and build-up at the return screen of one borehole.
///
/// Theis (1935), superposed in time over the steps of flow, and in space over the two screens: each
/// feels the other at the distance of their middles, as two wells of a doublet do. Both screens are
/// taken to reach through the aquifer.
struct AquiferPressure: Hashable, Sendable {
  /// The two flows between borehole and aquifer, m³/h.
  struct Flows: Hashable, Sendable {
    var extracted = 0.0
    var returned = 0.0
  }

  /// A part of the history ends after this many seconds, or after one longer step.
  static let partSeconds = 300.0
  /// The sums are made anew this often; between, they change by less than a hundredth.
  private static let refreshSeconds = 30.0

  /// kPa per m³/h and unit of W.
  private let kilopascalsPerFlow: Double
  /// r²S/4T of the borehole and of the other screen, seconds.
  private let ownTime: Double
  private let otherTime: Double

  private(set) var history = FlowHistory()
  private var now = 0.0
  private var partStart = 0.0
  private var volume = Flows()
  private var lastPart = Flows()
  private var summedAt = -1e9
  private var sums = Flows()
  /// W of the part that is under way, at the own and the other screen.
  private var ownNow = 0.0
  private var otherNow = 0.0

  init(_ description: WellDescription) {
    let ground = description.aquifer
    let transmissivity = ground.transmissivitySquareMetersPerDay / 86_400
    let radius = description.granules?.radiusMeters ?? ground.boreholeRadiusMeters
    let distance = ground.screenDistanceMeters
    kilopascalsPerFlow =
      WaterProperties.kilopascalsPerMeter / (3600 * 4 * 3.141_592_653_589_793 * transmissivity)
    ownTime = radius * radius * ground.storativity / (4 * transmissivity)
    otherTime = distance * distance * ground.storativity / (4 * transmissivity)
    refresh()
  }

  /// kPa of draw-down, and of build-up, per m³/h more at this moment.
  var linear: Double { kilopascalsPerFlow * ownNow }

  /// kPa of draw-down at the extraction screen if nothing were extracted now.
  func drawDownBase(returned: Double) -> Double {
    kilopascalsPerFlow
      * (sums.extracted - lastPart.extracted * ownNow
        - (returned - lastPart.returned) * otherNow)
  }

  /// kPa of build-up at the return screen if nothing were returned now.
  func buildUpBase(extracted: Double) -> Double {
    kilopascalsPerFlow
      * (sums.returned - lastPart.returned * ownNow
        - (extracted - lastPart.extracted) * otherNow)
  }

  /// Begins a step of `seconds`, so that the sums hold for its end.
  mutating func begin(_ seconds: Double) {
    now += seconds
    if now - summedAt >= AquiferPressure.refreshSeconds { refresh() }
  }

  /// Ends the step with the flows that it had.
  mutating func end(_ flows: Flows, _ seconds: Double) {
    volume.extracted += flows.extracted * seconds
    volume.returned += flows.returned * seconds
    let span = now - partStart
    guard span >= AquiferPressure.partSeconds else { return }
    lastPart = Flows(extracted: volume.extracted / span, returned: volume.returned / span)
    history.append(
      start: partStart, end: now, extracted: lastPart.extracted, returned: lastPart.returned)
    partStart = now
    volume = Flows()
    refresh()
  }

  private mutating func refresh() {
    summedAt = now
    let elapsed = max(now - partStart, AquiferPressure.refreshSeconds)
    ownNow = WellFunction.value(ownTime / elapsed)
    otherNow = WellFunction.value(otherTime / elapsed)
    sums = Flows()
    var before = Flows()
    for part in history.parts {
      let age = max(now - part.start, AquiferPressure.refreshSeconds)
      let own = WellFunction.value(ownTime / age)
      let other = WellFunction.value(otherTime / age)
      let extracted = part.extracted - before.extracted
      let returned = part.returned - before.returned
      sums.extracted += extracted * own - returned * other
      sums.returned += returned * own - extracted * other
      before = Flows(extracted: part.extracted, returned: part.returned)
    }
  }
}
