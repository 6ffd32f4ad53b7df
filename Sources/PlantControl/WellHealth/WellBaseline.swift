public import PlantModel
import Quantities

/// What a well was at its commissioning, from one step test or several, and what later tests are held
/// against.
public struct WellBaseline: Sendable {
  private typealias Place = WellModel.Place

  let design: WellDesign
  let instruments: WellInstruments
  /// All parameters, with no change.
  private var values: [Double]
  /// What the commissioning says of the well and its valve positions.
  private let places: [Int]
  private var covariance: SymmetricMatrix
  private let positions: [Fraction]
  private let readings: Int

  /// Standard deviations before anything is measured: parts of the design's numbers, kPa for the
  /// static level.
  private enum Prior {
    static let loss = 0.5
    static let head = 0.1
    static let slope = 0.3
    static let power = 0.3
    static let share = 0.15
    static let exchanger = 0.3
    static let valve = 0.5
    static let level = 30.0
    /// The temperature near the screen is not quite that of the water.
    static let viscosity = 0.02
    static let unseenViscosity = 0.06
    static let unseenSpeed = 0.02
    /// Later changes: so wide that the readings decide alone.
    static let change = 0.4
    static let pumpChange = 0.2
    static let powerChange = 0.05
    /// The same set-point finds the same opening to this.
    static let valveRepeats = 0.02
  }

  /// From the commissioning tests, of equal positions; nil where there is none, one is not complete or
  /// makes no sense, or they differ.
  public init?(design: WellDesign, instruments: WellInstruments, tests: [StepTest]) {
    guard let first = tests.first,
      tests.allSatisfy({
        $0.isComplete && $0.positions == first.positions
          && $0.readings.count == first.readings.count
      })
    else { return nil }
    self.design = design
    self.instruments = instruments
    positions = first.positions
    readings = first.readings.count
    let model = WellModel(design: design, instruments: instruments, test: first)
    values = model.designed
    let valves = (0..<model.valves).map { Place.firstValve + $0 }
    places = Array(Place.commissioned) + valves
    let deviations = places.map { WellBaseline.designed($0) }
    covariance = SymmetricMatrix(diagonal: deviations.map { $0 * $0 })
    for test in tests { guard add(test) else { return nil } }
  }

  /// How well a number of the design is known before the first test.
  private static func designed(_ place: Int) -> Double {
    switch place {
    case Place.screenLinear...Place.returnQuadratic: Prior.loss
    case Place.exchangerLoss, Place.exchangerHeat: Prior.exchanger
    case Place.shutOffHead: Prior.head
    case Place.headSlope: Prior.slope
    case Place.powerAtRest...Place.powerBend: Prior.power
    case Place.screenShare, Place.returnShare: Prior.share
    default: Prior.valve
    }
  }

  /// Narrows the baseline by a test; what belongs to that day alone is estimated beside it and left.
  private mutating func add(_ test: StepTest) -> Bool {
    let model = WellModel(design: design, instruments: instruments, test: test)
    guard let fit = fit(model, changes: []) else { return false }
    covariance = fit.covariance.part(Array(places.indices))
    for place in places { values[place] = fit.values[place] }
    return true
  }

  /// The most probable well, valve positions, day and `changes`, each with its prior.
  private func fit(_ model: WellModel, changes: [Int]) -> WellEstimate? {
    let (daily, deviations) = daily(model)
    guard let information = known(values).inverse() else { return nil }
    var whole = SymmetricMatrix(order: places.count + changes.count + daily.count)
    for row in places.indices {
      for column in places.indices { whole[row, column] = information[row, column] }
    }
    let others = changes.map { WellBaseline.changing($0) } + deviations
    for (index, deviation) in others.enumerated() {
      let place = places.count + index
      whole[place, place] = 1 / (deviation * deviation)
    }
    return WellEstimate.fit(
      model, start: values, places: places + changes + daily, information: whole)
  }

  /// What the commissioning knows, with the valve positions as well as they are found again.
  private func known(_ values: [Double]) -> SymmetricMatrix {
    var result = covariance
    for (index, place) in places.enumerated() where place >= Place.firstValve {
      let repeats = Prior.valveRepeats * values[place]
      result[index, index] += repeats * repeats
    }
    return result
  }

  private static func changing(_ place: Int) -> Double {
    switch place {
    case Place.pumpHead...Place.pumpSlope: Prior.pumpChange
    case Place.pumpPower: Prior.powerChange
    default: Prior.change
    }
  }

  /// Static level, viscosities and speeds, with their priors.
  private func daily(_ model: WellModel) -> (places: [Int], deviations: [Double]) {
    func viscosity(_ isSeen: Bool) -> Double {
      isSeen ? Prior.viscosity : Prior.unseenViscosity
    }
    let speeds = model.test.readings.indices.map { index in
      instruments.deviation(.frequency).map { $0 / model.test.readings[index].frequency.value }
        ?? Prior.unseenSpeed
    }
    return (
      [Place.level, Place.screenViscosity, Place.returnViscosity]
        + model.test.readings.indices.map(model.speedPlace),
      [Prior.level, viscosity(model.seesOutlet), viscosity(model.seesReturn)] + speeds
    )
  }

  /// The condition that a later test shows; nil where it is not complete, its positions are others or
  /// its readings make no sense.
  public func condition(_ test: StepTest) -> WellCondition? {
    guard test.isComplete, test.positions == positions, test.readings.count == readings else {
      return nil
    }
    let model = WellModel(design: design, instruments: instruments, test: test)
    return fit(model, changes: Array(Place.changes)).flatMap { condition(at: test.at, $0) }
  }

  private func condition(at: Instant, _ fit: WellEstimate) -> WellCondition? {
    let found = WellIndex.allCases.map { change($0, fit.values) }
    let gradients = WellIndex.allCases.map { index in
      fit.places.map { place -> Double in
        let step = 1e-4 * max(abs(fit.values[place]), 1)
        var moved = fit.values
        moved[place] += step
        return (change(index, moved) - found[index.rawValue]) / step
      }
    }
    // What the commissioning left open pulls the estimate by covariance × information.
    let pulled = gradients.map { gradient in
      Array(fit.covariance.times(gradient).prefix(places.count))
    }
    guard let inherited = known(values).inverse() else { return nil }
    var covariance = SymmetricMatrix(order: found.count)
    var lasting = SymmetricMatrix(order: found.count)
    for row in gradients.indices {
      for column in gradients.indices {
        covariance[row, column] = fit.covariance.form(gradients[row], gradients[column])
        lasting[row, column] = inherited.form(pulled[row], pulled[column])
      }
    }
    return WellCondition(at: at, values: found, covariance: covariance, lasting: lasting)
  }

  /// Part of the head at nominal flow and rated frequency that the pump has lost.
  private func lostHead(_ values: [Double]) -> Double {
    let shutOff = design.shutOffHead.value * values[Place.shutOffHead]
    let slope = (design.shutOffHead - design.nominalHead).value * values[Place.headSlope]
    let lost = values[Place.pumpHead] + values[Place.pumpSlip] + values[Place.pumpSlope]
    return shutOff * lost / (shutOff - slope)
  }

  /// Change of a figure since the commissioning.
  private func change(_ index: WellIndex, _ values: [Double]) -> Double {
    switch index {
    case .specificCapacity:
      return WellBaseline.fall(
        values, (Place.screenLinear, design.drawDownLinear),
        (Place.screenQuadratic, design.drawDownQuadratic))
    case .specificInjectivity:
      return WellBaseline.fall(
        values, (Place.returnLinear, design.buildUpLinear),
        (Place.returnQuadratic, design.buildUpQuadratic))
    case .pumpHead:
      return -lostHead(values)
    case .pumpEfficiency:
      return (1 - lostHead(values)) / (1 + values[Place.pumpPower]) - 1
    case .exchangerPassage:
      let more = max(1 + values[Place.firstChange + Place.exchangerLoss], 0.25)
      return 1 / more.squareRoot() - 1
    case .exchangerHeat:
      return values[Place.firstChange + Place.exchangerHeat]
    }
  }

  /// Change of the flow per kPa of two losses at nominal flow; what halves them is no longer
  /// believed.
  private static func fall(
    _ values: [Double], _ linear: (place: Int, design: Kilopascals),
    _ quadratic: (place: Int, design: Kilopascals)
  ) -> Double {
    let before =
      linear.design.value * values[linear.place]
      + quadratic.design.value * values[quadratic.place]
    let now =
      linear.design.value * WellModel.now(linear.place, values)
      + quadratic.design.value * WellModel.now(quadratic.place, values)
    return before / max(now, 0.5 * before) - 1
  }
}
