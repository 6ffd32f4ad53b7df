public import PlantModel
import Quantities

/// Whether a running well's water goes where it should below the surface: not past the packer, not out of the
/// riser. (`WELL-28`, `WELL-29`)
///
/// Every ten minutes of steady running its draw-down and its build-up are held against what it needed for that
/// flow so far. Water past the packer goes round in the borehole: both fall, and the outlet follows the return.
/// Water out of the riser is lifted and given back without being seen at the wellhead: both rise, alike. Wear
/// is slow, and learnt; a static level that moved, or one sensor that errs, changes the two in opposite ways or
/// one of them alone.
public struct WellTightness: Sendable, Hashable {
  /// What is wrong; nil while it is tight, or nothing is known.
  public private(set) var finding: WellLeak?
  private var restIntake: Kilopascals?
  private var restReturn: Kilopascals?
  private var drawDown = LossCourse()
  private var buildUp = LossCourse()
  /// Of the last windows, without a stand between.
  private var outlet: [Double] = []
  private var window = Window()
  private var suspected: WellLeak?
  private var suspicions = 0

  /// A level that has come back after a stop.
  private static let rested = TimeSpan.minutes(30)
  private static let span = TimeSpan.minutes(10)
  /// So many windows one after the other name a leak.
  private static let lasting = 3
  /// Flow per kPa against what it was: more than this is past the packer, less than that out of the riser.
  private static let better = 1.15
  private static let worse = 0.9
  /// A riser's leak changes both by the same part, within this.
  private static let alike = 0.06
  /// The outlet has gone towards the return by so much.
  private static let followed = TemperatureDifference(0.2)

  /// - Parameters:
  ///   - standing: how long it has stood with its valve shut; nil while it runs.
  ///   - isSteady: it runs by its own loops, and has for a while.
  mutating func step(
    _ well: Well, standing: TimeSpan?, isSteady: Bool, _ dt: TimeSpan, _ image: InputImage
  ) {
    let intake = well.intakePressure.flatMap { image.reading($0) }
    let back = image.reading(well.returnPressure)
    if standing != nil { outlet = [] }
    if let standing, standing >= WellTightness.rested {
      restIntake = intake ?? restIntake
      restReturn = back ?? restReturn
    }
    guard isSteady, let intake, let back, let restIntake, let restReturn,
      let flow = image.reading(well.extractedFlow), let given = image.reading(well.returnedFlow),
      let warm = image.reading(well.outletTemperature),
      let cold = image.reading(well.returnTemperature), flow > well.designFlow * 0.1,
      given > well.designFlow * 0.1
    else {
      window = Window()
      return
    }
    window.add(
      flow / well.designFlow, given / well.designFlow,
      (restIntake - intake).value / WellTightness.thickness(warm),
      (back - restReturn).value / WellTightness.thickness(cold), warm, warm - cold, dt)
    guard window.time >= WellTightness.span else { return }
    judge(window.mean)
    window = Window()
  }

  private mutating func judge(_ found: Window.Values) {
    guard found.drawDown > 0, found.buildUp > 0 else { return }
    let capacity = drawDown.expected(at: found.flow).map { $0 * found.flow / found.drawDown }
    let injectivity = buildUp.expected(at: found.given).map { $0 * found.given / found.buildUp }
    let isBetter = isBeyond(capacity, injectivity) { $0 > WellTightness.better }
    let isWorse = isBeyond(capacity, injectivity) { $0 < WellTightness.worse }
    guard isBetter || isWorse else {
      finding = nil
      suspected = nil
      drawDown.add(found.drawDown / found.flow, at: found.flow)
      buildUp.add(found.buildUp / found.given, at: found.given)
      outlet = outlet.suffix(WellTightness.remembered - 1) + [found.outlet]
      return
    }
    // What is neither learnt nor named stays open.
    let isAlike = abs((capacity ?? 0) - (injectivity ?? 0)) < WellTightness.alike
    let leak: WellLeak? =
      isBetter ? (follows(found) ? .packer : nil) : isAlike ? .column : nil
    guard let leak else {
      suspected = nil
      return
    }
    suspicions = leak == suspected ? suspicions + 1 : 1
    suspected = leak
    if suspicions >= WellTightness.lasting { finding = leak }
  }

  private func isBeyond(_ left: Double?, _ right: Double?, _ test: (Double) -> Bool) -> Bool {
    guard let left, let right else { return false }
    return test(left) && test(right)
  }

  /// Whether the outlet has gone from where it was in the last two hours of running towards the return.
  private func follows(_ found: Window.Values) -> Bool {
    guard outlet.count >= WellTightness.remembered / 2 else { return false }
    let moved = outlet.reduce(0, +) / Double(outlet.count) - found.outlet
    return (found.difference > 0 ? moved : -moved) > WellTightness.followed.value
  }

  /// What cold water takes more than water of 10 °C: the laminar part of a loss, most of it, follows the viscosity.
  private static func thickness(_ water: Celsius) -> Double {
    1 + laminar * (WellModel.relativeViscosity(water) - 1)
  }

  private static let laminar = 0.7
  private static let remembered = 12

  /// A person has taken note of a leak, or the well is as new: what it needs is learnt anew.
  mutating func relearn() {
    let rest = (restIntake, restReturn)
    self = WellTightness()
    (restIntake, restReturn) = rest
  }
}

/// Where a well's water goes astray below the surface.
public enum WellLeak: String, Sendable, Hashable, CaseIterable {
  case packer
  case column
}

extension WellTightness {
  /// Sums of one window, weighed by time.
  struct Window: Sendable, Hashable {
    struct Values: Sendable, Hashable {
      /// Flows as parts of the design flow, losses in kPa, temperatures in °C and K.
      var flow = 0.0
      var given = 0.0
      var drawDown = 0.0
      var buildUp = 0.0
      var outlet = 0.0
      var difference = 0.0
    }

    private var sums = Values()
    private(set) var time: TimeSpan = .zero

    mutating func add(
      _ flow: Double, _ given: Double, _ drawDown: Double, _ buildUp: Double, _ outlet: Celsius,
      _ difference: TemperatureDifference, _ dt: TimeSpan
    ) {
      let seconds = dt.seconds
      time += dt
      sums.flow += flow * seconds
      sums.given += given * seconds
      sums.drawDown += drawDown * seconds
      sums.buildUp += buildUp * seconds
      sums.outlet += outlet.value * seconds
      sums.difference += difference.value * seconds
    }

    var mean: Values {
      let seconds = time.seconds
      return Values(
        flow: sums.flow / seconds, given: sums.given / seconds,
        drawDown: sums.drawDown / seconds, buildUp: sums.buildUp / seconds,
        outlet: sums.outlet / seconds, difference: sums.difference / seconds)
    }
  }

  /// What a kilopascal a flow has cost so far: a straight line through about the last week of windows, as a laminar
  /// loss costs the same at any flow and a turbulent one in proportion to it.
  struct LossCourse: Sendable, Hashable {
    private var weight = 0.0
    private var flow = 0.0
    private var loss = 0.0
    private var flowSquare = 0.0
    private var product = 0.0

    private static let kept = 1 - 1.0 / 1008
    /// Six hours of running.
    private static let least = 36.0
    /// Below this spread of flows the line is level: its slope would follow the noise.
    private static let spread = 0.01

    mutating func add(_ new: Double, at part: Double) {
      weight = weight * LossCourse.kept + 1
      flow = flow * LossCourse.kept + part
      loss = loss * LossCourse.kept + new
      flowSquare = flowSquare * LossCourse.kept + part * part
      product = product * LossCourse.kept + new * part
    }

    /// kPa for the whole design flow, as it was needed at this part of it; nil while too little is known.
    func expected(at part: Double) -> Double? {
      guard weight >= LossCourse.least * 0.98 else { return nil }
      let (middle, level) = (flow / weight, loss / weight)
      let variance = flowSquare / weight - middle * middle
      let slope = (product / weight - middle * level) / (variance + LossCourse.spread)
      return level + slope * (part - middle)
    }
  }
}

extension WellTightness: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("rest_intake_kilopascals", &restIntake)
    archive.field("rest_return_kilopascals", &restReturn)
    archive.group("draw_down", &drawDown)
    archive.group("build_up", &buildUp)
  }
}

extension WellTightness.LossCourse: Persistent {
  mutating func persist(in archive: inout some Archive) {
    archive.field("weight", &weight)
    archive.field("flow", &flow)
    archive.field("loss", &loss)
    archive.field("flow_square", &flowSquare)
    archive.field("product", &product)
  }
}
