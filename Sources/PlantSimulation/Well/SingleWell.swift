public import PlantModel
public import Quantities

/// One single well with its loop: aquifer, screens, packer, pump, riser, exchanger, back-pressure
/// valve and return, under the faults that it is given.
///
/// A value closed in itself: equal wells with equal inputs give equal readings, bit for bit. Nothing
/// is allocated in a step. Models: Theis for the aquifer's pressure (`AquiferPressure`), a doublet's
/// stream tubes for its heat (`GroundHeat`), effectiveness and transfer units for the exchanger
/// (`PlateExchanger`), affinity laws for the pump.
public struct SingleWell: Hashable, Sendable {
  public let description: WellDescription
  public var faults = WellFaults()
  public private(set) var readings = WellReadings()
  public private(set) var now: Instant

  var loop: LoopState
  var aquifer: AquiferPressure
  var ground: GroundHeat
  private let pump: SubmersiblePump
  private var exchanger: PlateExchanger
  private var speed = 0.0
  private var valve = 0.0
  /// °C of the ground around the return screen, which sets the viscosity there.
  private var returnGround: Double
  private let start: Instant

  /// A well at rest, full, in undisturbed ground.
  public init(_ description: WellDescription, at now: Instant) {
    self.description = description
    self.now = now
    start = now
    pump = SubmersiblePump(description)
    exchanger = PlateExchanger(description.exchanger)
    aquifer = AquiferPressure(description)
    let celsius = SingleWell.undisturbed(description.aquifer, at: now, since: now)
    ground = GroundHeat(description, celsius: celsius)
    returnGround = celsius
    loop = LoopState(pressure: 20)
    readings.outletTemperature = Celsius(celsius)
    readings.returnTemperature = Celsius(celsius)
    readings.secondaryLeaving = Celsius(celsius)
  }

  /// Advances by `span`, longer than nought; a second while things move, up to an hour while they
  /// are steady.
  public mutating func step(_ input: WellInput, over span: TimeSpan) {
    let seconds = span.seconds
    precondition(seconds > 0, "a step takes time")
    now = now + span
    drive(input, seconds)
    aquifer.begin(seconds)
    let coefficients = coefficients(input, seconds)
    loop.solve(coefficients, pump: pump)
    aquifer.end(
      AquiferPressure.Flows(
        extracted: loop.pumped - loop.packer,
        returned: loop.returned + loop.column - loop.packer), seconds)
    warm(input, seconds)
    flush(seconds)
    read(coefficients)
  }

  /// The drain's flow at 100 kPa, as part of the nominal one: throttled, so that the highest point keeps its
  /// pressure at minimum flow.
  private static let drainPart = 0.5
  /// Water to waste that carries two thirds of what clogs a screen with it, m³ for each m³/h of nominal
  /// flow: half an hour's pumping. An order of magnitude from practice, not a published model.
  private static let flushing = 0.5

  /// Water pumped to waste carries out what has settled in the extraction screen.
  private mutating func flush(_ seconds: Double) {
    guard loop.drained > 0, faults.screenClogging > 0 else { return }
    let volume = loop.drained * seconds / 3600
    faults.screenClogging *= Numerics.exponential(
      -volume / (SingleWell.flushing * description.nominalFlow.value))
  }

  private mutating func drive(_ input: WellInput, _ seconds: Double) {
    let rated = description.pump.ratedFrequency.value
    let most = description.pump.rampHertzPerSecond / rated * seconds
    let wanted = max(input.frequency.value / rated, 0)
    speed = input.isPowered ? speed + min(max(wanted - speed, -most), most) : 0
    let stroke = seconds / description.valve.stroke.seconds
    let unpowered = description.valve.shutsWithoutPower ? 0 : valve
    let position = input.isPowered ? min(max(input.valvePosition.value, 0), 1) : unpowered
    valve += min(max(position - valve, -stroke), stroke)
  }

  private func coefficients(_ input: WellInput, _ seconds: Double) -> LoopCoefficients {
    let flow = description.nominalFlow.value
    let square = flow * flow
    let pipes = description.pipes
    let fouled =
      description.exchanger.pressureLoss.value * (1 + faults.exchangerFouling)
      / (description.exchanger.nominalFlow.value * description.exchanger.nominalFlow.value)
    var result = LoopCoefficients(
      seconds: seconds, speed: speed, wear: faults.pumpWear,
      riser: pipes.riserLoss.value / square,
      surface: pipes.surfaceLoss.value / square + fouled,
      returnColumn: pipes.returnLoss.value / square, valve: valveResistance,
      height: pipes.highestPointMeters * WaterProperties.kilopascalsPerMeter,
      compliance: pipes.complianceLitersPerKilopascal / 1000,
      columnVolume: pipes.columnVolume.value,
      checkLeak: faults.checkValveLeak.value / 10,
      packerLeak: faults.packerLeak.value / 10,
      columnLeak: faults.columnLeak.value / 10,
      exchangerLeak: faults.exchangerLeak.value / 10,
      surfaceLeak: faults.surfaceLeak.value / 10,
      drain: input.isDraining ? flow * SingleWell.drainPart / 10 : 0,
      secondaryPressure: input.secondaryPressure.value)
    let level = -staticLevel * WaterProperties.kilopascalsPerMeter
    let drawn = loop.pumped - loop.packer
    let given = loop.returned + loop.column - loop.packer
    result.extractionBase = level - aquifer.drawDownBase(returned: given)
    result.returnBase = level + aquifer.buildUpBase(extracted: drawn)
    screens(&result, flow)
    return result
  }

  private func screens(_ result: inout LoopCoefficients, _ flow: Double) {
    let arriving = WaterProperties.relativeViscosity(celsius: ground.arriving)
    let given = WaterProperties.relativeViscosity(celsius: returnGround)
    let extraction = description.extraction
    let clogged = 1 + faults.screenClogging
    result.extractionLinear =
      aquifer.linear + extraction.linearLoss.value / flow * clogged * arriving
    result.extractionQuadratic =
      extraction.quadraticLoss.value / (flow * flow) * clogged * clogged
    let zone = description.returnZone
    let blocked = 1 + faults.returnClogging
    result.returnLinear =
      aquifer.linear + zone.linearLoss.value / flow * blocked * given
      + coldZone(given)
    result.returnQuadratic = zone.quadraticLoss.value / (flow * flow) * blocked * blocked
  }

  /// What the aquifer near the return screen takes more, or less, for the viscosity of the returned
  /// water: a skin of another permeability, Q/(2πT)·(k/k′ − 1)·ln(r′/r) (Hawkins 1956), out to a
  /// quarter of the screens' distance.
  private func coldZone(_ relative: Double) -> Double {
    let data = description.aquifer
    let radius = description.granules?.radiusMeters ?? data.boreholeRadiusMeters
    let natural = WaterProperties.relativeViscosity(celsius: data.undisturbedTemperature.value)
    let perFlow =
      WaterProperties.kilopascalsPerMeter * 24
      / (6.283_185_307_179_586 * data.transmissivitySquareMetersPerDay)
    return perFlow * (relative / natural - 1)
      * Numerics.logarithm(max(data.screenDistanceMeters / 4 / radius, 1))
  }

  /// kPa per square of m³/h; infinite when shut.
  private var valveResistance: Double {
    guard valve >= 0.005 else { return .infinity }
    let data = description.valve
    let flow =
      data.fullFlow.value
      * Numerics.exponential((valve - 1) * Numerics.logarithm(data.rangeability))
    return 100 / (flow * flow)
  }

  private mutating func warm(_ input: WellInput, _ seconds: Double) {
    let undisturbed = SingleWell.undisturbed(description.aquifer, at: now, since: start)
    let returned = readings.returnTemperature.value
    let flow = max(loop.pumped, 0)
    let past = max(min(loop.packer, flow), 0)
    readings.motorPower = Kilowatts(
      pump.motorPower(flow: loop.pumped, speed: speed, wear: faults.pumpWear))
    if flow > 0.01 {
      let mixed = ((flow - past) * ground.arriving + past * returned) / flow
      let hydraulic =
        flow * pump.head(flow: flow, speed: speed, wear: faults.pumpWear) / 3600
      let lost = max(readings.motorPower.value - hydraulic, 0)
      let capacity = flow * Water.kilowattHoursPerCubicMeterKelvin
      readings.outletTemperature = Celsius(mixed + lost / capacity)
    }
    exchange(input)
    let given = max(loop.returned + loop.column - loop.packer, 0)
    ground.step(
      flow: given, returned: readings.returnTemperature.value, undisturbed: undisturbed,
      seconds: seconds)
    // The ground within a metre or two follows some twenty cubic metres.
    returnGround +=
      (readings.returnTemperature.value - returnGround)
      * (1 - Numerics.exponential(-given * seconds / 3600 / 20))
  }

  private mutating func exchange(_ input: WellInput) {
    let flow = CubicMetersPerHour(max(loop.pumped - loop.column, 0))
    let outlet = readings.outletTemperature
    switch input.load {
    case .heat(let wanted):
      let heat = flow.value > 0.01 && input.isPowered ? wanted : .zero
      readings.heat = heat
      if flow.value > 0.01 {
        readings.returnTemperature =
          outlet
          - TemperatureDifference(
            heat.value / (flow.value * Water.kilowattHoursPerCubicMeterKelvin))
      }
      readings.secondaryLeaving = readings.returnTemperature
    case .exchanger(let secondary, let entering):
      exchanger.foulingKelvinPerKilowatt = faults.foulingKelvinPerKilowatt
      let other = input.isPowered ? secondary : .zero
      let output = exchanger.exchange(flow, entering: outlet, other, entering: entering)
      readings.heat = output.heat
      if flow.value > 0.01 { readings.returnTemperature = output.firstLeaving }
      readings.secondaryLeaving = output.secondLeaving
    }
  }

  private mutating func read(_ with: LoopCoefficients) {
    let surface = loop.pumped - loop.column
    readings.frequency = Hertz(speed * description.pump.ratedFrequency.value)
    readings.valvePosition = Fraction(valve)
    readings.extracted = CubicMetersPerHour(surface)
    readings.returned = CubicMetersPerHour(loop.returned)
    readings.drained = CubicMetersPerHour(loop.drained)
    let depth = description.pipes.intakeDepthMeters * WaterProperties.kilopascalsPerMeter
    readings.intakePressure = Kilopascals(loop.intake(loop.pumped, with) + depth)
    readings.highestPointPressure = Kilopascals(loop.pressure)
    readings.supplyPressure = Kilopascals(
      loop.pressure + with.height + with.surface * surface * abs(surface))
    readings.returnPressure = Kilopascals(
      loop.returnZone(loop.returned, with)
        + with.returnColumn * loop.returned * abs(loop.returned))
    let nominal = description.exchanger.nominalFlow.value
    readings.exchangerPressureLoss = Kilopascals(
      description.exchanger.pressureLoss.value * (1 + faults.exchangerFouling)
        * surface * abs(surface) / (nominal * nominal))
    readings.packerFlow = CubicMetersPerHour(loop.packer)
    readings.columnFlow = CubicMetersPerHour(loop.column)
    readings.exchangerFlow = CubicMetersPerHour(loop.exchanger)
    readings.airVolume = CubicMeters(loop.cavity)
    readings.staticLevelMeters = staticLevel
  }

  /// Metres below the wellhead at this time of the year; highest in April.
  private var staticLevel: Double {
    description.aquifer.staticLevelMeters
      - description.aquifer.levelSwingMeters * Numerics.cosine(turns: SingleWell.year(now) - 0.28)
  }

  /// °C far from the well at this time of the year, warmest in October, with its slow drift.
  static func undisturbed(_ ground: AquiferDescription, at now: Instant, since start: Instant)
    -> Double
  {
    ground.undisturbedTemperature.value
      + ground.temperatureSwing.value * Numerics.cosine(turns: year(now) - 0.8)
      + ground.driftKelvinPerYear * (now - start).hours / 8766
  }

  /// Years since 1970, by the sun's year.
  private static func year(_ now: Instant) -> Double {
    Double(now.milliseconds) / 31_556_952_000
  }
}
