import PlantModel
import Quantities

/// Water that is not fit yet to be let into a row: whose, and what it must come to. (`VALVE-05`)
struct WaterWait: Hashable {
  var circuit: CircuitID
  /// The end of its window that it is beyond.
  var bound: Celsius
  /// Nil while nobody knows it.
  var temperature: Celsius?
}

extension Plant {
  /// The window of the water that a vessel may be given, with the margin that a change asks for.
  func window(of side: Vessel.Side) -> ClosedRange<Celsius> {
    let margin = parameters.windowMargin
    switch side {
    case .evaporator:
      return parameters.evaporatorWindowLow + margin...parameters.evaporatorWindowHigh - margin
    case .condenser:
      return parameters.condenserWindowLow + margin...parameters.condenserWindowHigh - margin
    }
  }

  /// The first water that keeps `row` of `block` from opening; nil when all of it is in its window.
  func waterWait(for row: PositionID, of block: BlockID, _ image: InputImage) -> WaterWait? {
    for (place, vessel) in self[block].vessels.enumerated() {
      guard let circuit = self[block].circuit(of: VesselID(place), in: row) else { continue }
      let wait = wait(of: circuit, outside: window(of: vessel.side), image)
      if let wait { return wait }
    }
    for dependence in self[block].dependences where dependence.position == row {
      let cold = Celsius(-273.15)...dependence.maximumTemperature
      if let wait = wait(of: dependence.circuit, outside: cold, image) { return wait }
    }
    return nil
  }

  private func wait(
    of circuit: CircuitID, outside window: ClosedRange<Celsius>, _ image: InputImage
  ) -> WaterWait? {
    guard let temperature = image.reading(self[circuit].returnTemperature) else {
      return WaterWait(circuit: circuit, bound: window.upperBound, temperature: nil)
    }
    guard !window.contains(temperature) else { return nil }
    let bound = temperature > window.upperBound ? window.upperBound : window.lowerBound
    return WaterWait(circuit: circuit, bound: bound, temperature: temperature)
  }
}

/// When water that is waited for will be in its window, if it goes on as in the last minutes.
///
/// A straight line through the last `span`: water that nears its surroundings takes longer, so the
/// expectation moves away slowly as it comes true.
struct WaterForecast: Sendable, Hashable {
  private static let span = TimeSpan.minutes(5)
  /// The distant future while nothing can be said.
  private(set) var end: Instant = .distantFuture
  private var circuit: CircuitID?
  private var from: Celsius = .init(0)
  private var since: Instant = .distantPast

  /// - Parameter wait: nil when nothing is waited for.
  mutating func step(_ wait: WaterWait?, _ now: Instant) {
    guard let wait, let temperature = wait.temperature else {
      self = WaterForecast()
      return
    }
    guard wait.circuit == circuit else {
      self = WaterForecast()
      begin(wait.circuit, temperature, now)
      return
    }
    let passed = now - since
    guard passed >= WaterForecast.span else { return }
    let spans = (wait.bound - temperature) / (temperature - from)
    end = spans.isFinite && spans >= 0 ? now + passed * min(spans, 1000) : .distantFuture
    begin(wait.circuit, temperature, now)
  }

  private mutating func begin(_ circuit: CircuitID, _ temperature: Celsius, _ now: Instant) {
    self.circuit = circuit
    from = temperature
    since = now
  }
}
