import PlantModel
import Quantities

/// What a step test should read, for a set of parameters: the technician's algebra of a well, laminar
/// and turbulent losses with one number each.
///
/// Parameters are relative to the design (1 as designed), pressures in kPa, so that one list serves
/// the commissioning and the later tests.
struct WellModel {
  /// Places in the list of parameters.
  enum Place {
    // What the well was at its commissioning, against the design.
    static let screenLinear = 0
    static let screenQuadratic = 1
    static let returnLinear = 2
    static let returnQuadratic = 3
    static let exchangerLoss = 4
    static let exchangerHeat = 5
    static let shutOffHead = 6
    static let headSlope = 7
    static let powerAtRest = 8
    static let powerRise = 9
    static let powerBend = 10
    /// The part of the laminar losses that follows the water's viscosity; the rest belongs to ground
    /// that keeps its own temperature.
    static let screenShare = 11
    static let returnShare = 12
    // What has changed since, as parts of what was; nought at the commissioning.
    /// From here on in the order of the six places from `screenLinear`.
    static let firstChange = 13
    /// Lost head that goes with speed², with speed × flow, and with flow².
    static let pumpHead = 19
    static let pumpSlip = 20
    static let pumpSlope = 21
    /// More power at the same flow and speed.
    static let pumpPower = 22
    // What belongs to one day.
    /// Static level as a pressure at the wellhead, kPa.
    static let level = 23
    /// What the temperatures leave unsaid of the viscosity.
    static let screenViscosity = 24
    static let returnViscosity = 25
    /// One for each valve position, then one for each reading's speed.
    static let firstValve = 26

    static let commissioned = 0..<firstChange
    static let changes = firstChange..<level
  }

  static let kilopascalsPerMeter = 9.81
  /// The viscosity's reference.
  private static let ownTemperature = 10.0

  let design: WellDesign
  let instruments: WellInstruments
  let test: StepTest
  private let positions: [Fraction]
  /// For each reading, its place among the positions and the valve's loss by design.
  private let valve: [(place: Int, loss: Double)]
  private let secondaryIsKnown: Bool
  /// Temperatures of each reading, the one that is not fitted from the others' heat.
  private let ends: [ExchangerEnds]
  /// Heat per kelvin of mean difference against the design's, with its relative deviation.
  let conductances: [(value: Double, deviation: Double)?]

  init(design: WellDesign, instruments: WellInstruments, test: StepTest) {
    self.design = design
    self.instruments = instruments
    self.test = test
    let positions = test.positions
    self.positions = positions
    valve = test.readings.map { reading in
      (
        Place.firstValve + positions.firstIndex(of: reading.valvePosition)!,
        WellModel.valveLoss(design, reading.valvePosition)
      )
    }
    secondaryIsKnown = instruments.has(.secondaryFlow)
    ends = test.readings.map { ExchangerEnds($0, instruments) }
    conductances = ends.map { $0.conductance(of: design.exchangerConductance) }
  }

  /// Whether the water's temperature at the screens is known.
  var seesOutlet: Bool { ends.allSatisfy { $0.outlet != nil } }
  var seesReturn: Bool { ends.allSatisfy { $0.back != nil } }

  var valves: Int { positions.count }
  var count: Int { Place.firstValve + positions.count + test.readings.count }
  func speedPlace(_ index: Int) -> Int { Place.firstValve + positions.count + index }

  /// As designed, with the static level of the drawings.
  var designed: [Double] {
    var result = [Double](repeating: 1, count: count)
    for place in Place.changes { result[place] = 0 }
    result[Place.screenShare] = 0.85
    result[Place.returnShare] = 0.85
    result[Place.level] = -design.staticLevelMeters * WellModel.kilopascalsPerMeter
    return result
  }

  /// Water's viscosity against 10 °C, to 1 % between 2 and 25 °C, from Poiseuille's polynomial of the
  /// fluidity, 1 + 0.0337·ϑ + 0.000221·ϑ² in °C.
  static func relativeViscosity(_ temperature: Celsius) -> Double {
    func fluidity(_ celsius: Double) -> Double {
      1 + 0.0337 * celsius + 0.000_221 * celsius * celsius
    }
    return fluidity(ownTemperature) / fluidity(temperature.value)
  }

  /// A loss or a conductance as it is now: what it was, with its change.
  static func now(_ place: Int, _ values: [Double]) -> Double {
    values[place] * (1 + values[Place.firstChange + place])
  }

  /// What one position should show.
  struct Prediction {
    var flow: Double
    var power: Double
    var intake: Double
    var supply: Double
    var back: Double
    var exchangerLoss: Double
    /// Heat per kelvin against the design's.
    var conductance: Double
  }

  func predict(_ values: [Double], _ index: Int) -> Prediction {
    let reading = test.readings[index]
    let nominal = design.nominalFlow.value
    let speed = reading.frequency.value / design.ratedFrequency.value * values[speedPlace(index)]
    let shutOff = design.shutOffHead.value * values[Place.shutOffHead]
    let slope = (design.shutOffHead - design.nominalHead).value * values[Place.headSlope]
    let drawLinear =
      design.drawDownLinear.value * WellModel.now(Place.screenLinear, values)
      * values[Place.screenViscosity]
      * viscosity(ends[index].outlet, values[Place.screenShare])
    let drawQuadratic =
      design.drawDownQuadratic.value * WellModel.now(Place.screenQuadratic, values)
    let backLinear =
      design.buildUpLinear.value * WellModel.now(Place.returnLinear, values)
      * values[Place.returnViscosity]
      * viscosity(ends[index].back, values[Place.returnShare])
    let backQuadratic =
      design.buildUpQuadratic.value * WellModel.now(Place.returnQuadratic, values)
      + design.returnColumnLoss.value
    let exchanger = design.exchangerLoss.value * WellModel.now(Place.exchangerLoss, values)
    // In parts of the nominal flow: (all turbulent)·q² + (all laminar)·q = head at no flow.
    let head = shutOff * (1 - values[Place.pumpHead]) * speed * speed
    let slip = shutOff * values[Place.pumpSlip] * speed
    let bend = shutOff * values[Place.pumpSlope]
    let turbulent =
      slope + bend + design.riserLoss.value + drawQuadratic + backQuadratic + exchanger
      + valve[index].loss * values[valve[index].place]
    let laminar = drawLinear + backLinear + slip
    let part =
      2 * head / (laminar + max(laminar * laminar + 4 * turbulent * head, 0).squareRoot())
    let drawDown = drawLinear * part + drawQuadratic * part * part
    let lift = head - slip * part - (slope + bend + design.riserLoss.value) * part * part
    let load = part / speed
    let power =
      design.nominalPower.value * speed * speed * speed * (1 + values[Place.pumpPower])
      * (0.55 * values[Place.powerAtRest] + 0.45 * load * values[Place.powerRise]
        + 0.3 * load * (load - 1) * (values[Place.powerBend] - 1))
    return Prediction(
      flow: part * nominal, power: power,
      intake: values[Place.level] - drawDown
        + design.intakeDepthMeters * WellModel.kilopascalsPerMeter,
      supply: values[Place.level] - drawDown + lift,
      back: values[Place.level] + backLinear * part + backQuadratic * part * part,
      exchangerLoss: exchanger * part * part,
      conductance: WellModel.now(Place.exchangerHeat, values) * films(part, reading))
  }

  private func viscosity(_ celsius: Double?, _ share: Double) -> Double {
    guard let celsius else { return 1 }
    return 1 + share * (WellModel.relativeViscosity(Celsius(celsius)) - 1)
  }

  /// kPa at nominal flow through the back-pressure valve; the pipes beside it are found with it. An
  /// equal-percentage valve loses the square of its rangeability over its stroke.
  private static func valveLoss(_ design: WellDesign, _ position: Fraction) -> Double {
    let open = design.nominalFlow / design.valveFullFlow
    let square = design.valveRangeability * design.valveRangeability
    var root = square
    // The 128th root by seven square roots, and its power by multiplying.
    for _ in 0..<7 { root = root.squareRoot() }
    let steps = Int(((1 - min(max(position.value, 0), 1)) * 128).rounded())
    var loss = 100 * open * open
    for _ in 0..<steps { loss *= root }
    return loss
  }

  /// Both films of the exchanger against nominal flow, each with its flow to the power of ¾.
  private func films(_ part: Double, _ reading: StepReading) -> Double {
    func power(_ x: Double) -> Double { x.squareRoot() * x.squareRoot().squareRoot() }
    let other = secondaryIsKnown ? reading.secondaryFlow / design.nominalFlow : 1
    return 2 / (1 / power(max(part, 0.01)) + 1 / power(max(other, 0.01)))
  }
}
