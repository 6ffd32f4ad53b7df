public import PlantModel
public import Quantities

/// What a well took from the ground and gave back, hour by hour of running. (`WELL-21`)
///
/// The two meters never agree: what they differ by in the first sound hours is learnt as their bias
/// (within what their class allows). An hour whose difference is beyond `2·√(u₁² + u₂²)`, and beyond
/// `well_balance_fraction`, is a loss or, worse, water of the building on its way into the ground. A
/// meter alone is an alarm, and which of both it is the hours tell (`WaterFit`); only a circuit that is seen to
/// lose water is a second witness that stops the well, and then ten minutes are enough to judge.
public struct WellBalance: Sendable, Hashable {
  public let id: WellID
  /// Returned less extracted, as part of extracted, in the last whole hour; nil before the first.
  public private(set) var difference: Fraction?
  /// What the meters differ by when all is well, as learnt.
  public private(set) var bias = Fraction.zero
  /// The difference beyond which an hour is no longer equal.
  public private(set) var threshold = Fraction.zero
  /// What the hours since it broke say of it.
  public private(set) var finding = WellWaterFinding.learning
  public private(set) var extracted: CubicMeters = .zero
  public private(set) var returned: CubicMeters = .zero
  /// Building water that enters, as two witnesses say: the well must stand.
  private(set) var isWitnessed = false
  /// A person has looked, so that the well may run again.
  var isReleased = true {
    didSet {
      if !isReleased {
        isWitnessed = false
        fault = nil
      }
    }
  }
  private var learnt = 0
  private var hourExtracted: CubicMeters = .zero
  private var hourReturned: CubicMeters = .zero
  private var hourTime: TimeSpan = .zero
  private var fault: Rule?
  private var isLoss = false
  private var fit = WaterFit()
  /// Sound hours since the last that was not; a broken balance is fitted until there are some.
  private var soundHours = WellBalance.settled

  init(_ id: WellID, now: Instant) { self.id = id }

  /// How many sound hours teach the bias.
  private static let lessons = 24
  /// How many sound hours end what was named.
  private static let settled = 3
  private static let shortHour = TimeSpan.minutes(10)

  mutating func step(
    _ well: Well, isSteady: Bool, circuitLoses: Bool, circuitGains: Bool, _ dt: TimeSpan,
    _ parameters: Parameters,
    _ image: InputImage, _ board: inout Board
  ) {
    if let out = image.reading(well.extractedFlow), let back = image.reading(well.returnedFlow) {
      extracted += max(out, .zero) * dt
      returned += max(back, .zero) * dt
      if isSteady {
        hourExtracted += out * dt
        hourReturned += back * dt
        hourTime += dt
      }
    }
    let enough = circuitLoses ? WellBalance.shortHour : .hours(1)
    if hourTime >= enough { close(well, circuitLoses, circuitGains, parameters) }
    raise(image.now, &board)
  }

  private mutating func close(
    _ well: Well, _ circuitLoses: Bool, _ circuitGains: Bool, _ parameters: Parameters
  ) {
    defer {
      hourExtracted = .zero
      hourReturned = .zero
      hourTime = .zero
    }
    let flow = CubicMetersPerHour(hourExtracted.value / hourTime.hours)
    // Hardly any water, or a meter that runs backwards, says nothing of the balance.
    guard flow > well.designFlow * 0.1 else { return }
    let found = (hourReturned - hourExtracted) / hourExtracted
    // 1σ of each meter is half of its class; of the difference of two √2 times that.
    let deviation = well.meterUncertainty.value / 2 * 1.414_213_562_373_095_1
    if learnt < WellBalance.lessons, !circuitLoses, abs(found) <= 2 * deviation {
      bias = Fraction((bias.value * Double(learnt) + found) / Double(learnt + 1))
      learnt += 1
    }
    // Once learnt, what is left is how well a meter repeats itself: a quarter of its class.
    let repeats = learnt >= WellBalance.lessons ? 0.25 : 1
    threshold = Fraction(max(2 * deviation * repeats, parameters.wellBalanceLeast.value))
    let rest = found - bias.value
    difference = Fraction(found)
    isLoss = rest < -threshold.value
    let isGain = rest > threshold.value
    fault = isLoss || isGain ? .wellBalance : nil
    // A meter that is known to err is no witness, but for what goes beyond its error.
    let isBroken = soundHours < WellBalance.settled
    let known = isBroken && fit.finding(well.designFlow) == .meterBias ? fit.bias.value : 0
    isWitnessed = circuitLoses && rest - known > threshold.value
    explain(rest, flow, well)
    // Water that leaves one side and comes to the other passes the exchanger.
    if isWitnessed || finding == .leakIn && circuitLoses { finding = .exchangerIn }
    if finding == .leakOut, circuitGains { finding = .exchangerOut }
  }

  /// Takes an hour whose difference without the bias is `rest`, as part of what was extracted.
  private mutating func explain(_ rest: Double, _ flow: CubicMetersPerHour, _ well: Well) {
    if fault != nil {
      if soundHours >= WellBalance.settled { fit = WaterFit() }
      soundHours = 0
    } else {
      soundHours = min(soundHours + 1, WellBalance.settled)
    }
    guard soundHours < WellBalance.settled else {
      finding = learnt < WellBalance.lessons ? .learning : .sound
      return
    }
    fit.add(flow: flow.value, difference: rest * flow.value)
    finding = fit.finding(well.designFlow)
  }

  /// How much of it there is: part of the flow for a meter, m³/h for a leak; nil while it is not named.
  public var amount: Double? {
    switch finding {
    case .meterBias: fit.bias.value
    case .leakIn, .leakOut, .exchangerIn, .exchangerOut: fit.leak.value
    case .learning, .sound, .undecided: nil
    }
  }

  /// Another meter is in: what the two differ by is learnt anew.
  mutating func relearn() {
    learnt = 0
    bias = .zero
    fault = nil
    fit = WaterFit()
    soundHours = WellBalance.settled
    finding = .learning
  }

  private func raise(_ now: Instant, _ board: inout Board) {
    guard let fault else { return }
    let reason = Reason(
      fault, .well(id), since: now, limit: Float((difference ?? .zero).value))
    if isLoss {
      board.alarms.see(.wellLosesWater, .well(id), reason)
    } else {
      board.alarms.see(.wellGainsWater, .well(id), reason)
    }
  }
}

extension WellBalance: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("bias_fraction", &bias)
    archive.field("learnt_hours", &learnt)
    var released = isReleased
    archive.field("is_released", &released)
    if released != isReleased { isReleased = released }
    archive.field("sound_hours", &soundHours)
    archive.field("finding", &finding)
    archive.group("fit", &fit)
    archive.field("extracted_cubic_meters", &extracted)
    archive.field("returned_cubic_meters", &returned)
  }
}
