public import Quantities

/// The physics of one single well with all its water returned into the same borehole.
///
/// From bottom to top: extraction screen, packer, return screen. A submersible pump lifts the water
/// through riser, pipes and plate heat exchanger over the highest point of the loop; a back-pressure
/// valve and the return column lead it into the return zone. Every pressure loss is given at
/// `nominalFlow`.
public struct WellDescription: Hashable, Sendable {
  /// The flow at which the losses, the pump and the exchanger are given.
  public var nominalFlow: CubicMetersPerHour
  public var pump: SubmersiblePumpDescription
  public var aquifer: AquiferDescription
  /// What the extraction screen takes besides the aquifer.
  public var extraction: ScreenDescription
  /// What the return screen takes besides the aquifer.
  public var returnZone: ScreenDescription
  public var pipes: WellPipes
  public var exchanger: PlateExchangerDescription
  public var valve: BackPressureValveDescription
  /// Heat-exchange granules around the screens; nil is the construction without.
  public var granules: GranulePack?

  public init(
    nominalFlow: CubicMetersPerHour, pump: SubmersiblePumpDescription,
    aquifer: AquiferDescription, extraction: ScreenDescription, returnZone: ScreenDescription,
    pipes: WellPipes, exchanger: PlateExchangerDescription, valve: BackPressureValveDescription,
    granules: GranulePack?
  ) {
    self.nominalFlow = nominalFlow
    self.pump = pump
    self.aquifer = aquifer
    self.extraction = extraction
    self.returnZone = returnZone
    self.pipes = pipes
    self.exchanger = exchanger
    self.valve = valve
    self.granules = granules
  }
}

/// A submersible pump as its maker prints it at its rated frequency.
public struct SubmersiblePumpDescription: Hashable, Sendable {
  /// At no flow.
  public var shutOffHead: Kilopascals
  /// At the well's nominal flow.
  public var nominalHead: Kilopascals
  /// Of the pump alone, at the nominal flow, which is its best.
  public var bestEfficiency: Fraction
  /// Of motor, cable and drive together.
  public var motorEfficiency: Fraction
  public var ratedFrequency: Hertz
  /// How fast the drive may change its output, in hertz a second.
  public var rampHertzPerSecond: Double

  public init(
    shutOffHead: Kilopascals, nominalHead: Kilopascals, bestEfficiency: Fraction,
    motorEfficiency: Fraction, ratedFrequency: Hertz, rampHertzPerSecond: Double
  ) {
    self.shutOffHead = shutOffHead
    self.nominalHead = nominalHead
    self.bestEfficiency = bestEfficiency
    self.motorEfficiency = motorEfficiency
    self.ratedFrequency = ratedFrequency
    self.rampHertzPerSecond = rampHertzPerSecond
  }
}

/// The ground that a well stands in.
public struct AquiferDescription: Hashable, Sendable {
  public var transmissivitySquareMetersPerDay: Double
  /// Storativity of the confined aquifer, without unit.
  public var storativity: Double
  public var thicknessMeters: Double
  /// Fall of the ground-water table along its natural flow, metres a metre.
  public var regionalGradient: Double
  /// Between the middles of the extraction and the return screen.
  public var screenDistanceMeters: Double
  public var boreholeRadiusMeters: Double
  /// Depth of the static level below the wellhead, on the year's average.
  public var staticLevelMeters: Double
  /// The static level stands this much higher in spring, and lower in autumn.
  public var levelSwingMeters: Double
  public var undisturbedTemperature: Celsius
  /// Undisturbed water is this much warmer in autumn, and colder in spring.
  public var temperatureSwing: TemperatureDifference
  /// Slow change of the undisturbed temperature.
  public var driftKelvinPerYear: Double
  /// Heat stored by a cubic metre of aquifer, water and grains together.
  public var heatCapacityMegajoulesPerCubicMeterKelvin: Double
  /// Heat conduction of the layers above and below.
  public var conductivityWattsPerMeterKelvin: Double

  public init(
    transmissivitySquareMetersPerDay: Double, storativity: Double, thicknessMeters: Double,
    regionalGradient: Double, screenDistanceMeters: Double, boreholeRadiusMeters: Double,
    staticLevelMeters: Double, levelSwingMeters: Double, undisturbedTemperature: Celsius,
    temperatureSwing: TemperatureDifference, driftKelvinPerYear: Double,
    heatCapacityMegajoulesPerCubicMeterKelvin: Double, conductivityWattsPerMeterKelvin: Double
  ) {
    self.transmissivitySquareMetersPerDay = transmissivitySquareMetersPerDay
    self.storativity = storativity
    self.thicknessMeters = thicknessMeters
    self.regionalGradient = regionalGradient
    self.screenDistanceMeters = screenDistanceMeters
    self.boreholeRadiusMeters = boreholeRadiusMeters
    self.staticLevelMeters = staticLevelMeters
    self.levelSwingMeters = levelSwingMeters
    self.undisturbedTemperature = undisturbedTemperature
    self.temperatureSwing = temperatureSwing
    self.driftKelvinPerYear = driftKelvinPerYear
    self.heatCapacityMegajoulesPerCubicMeterKelvin = heatCapacityMegajoulesPerCubicMeterKelvin
    self.conductivityWattsPerMeterKelvin = conductivityWattsPerMeterKelvin
  }
}

/// The losses of a screen and its gravel pack at the nominal flow.
public struct ScreenDescription: Hashable, Sendable {
  /// Laminar part, with water of 10 °C; it goes with flow and viscosity.
  public var linearLoss: Kilopascals
  /// Turbulent part; it goes with the flow's square.
  public var quadraticLoss: Kilopascals

  public init(linearLoss: Kilopascals, quadraticLoss: Kilopascals) {
    self.linearLoss = linearLoss
    self.quadraticLoss = quadraticLoss
  }
}

/// Pipes and columns of a well, with their turbulent losses at the nominal flow.
public struct WellPipes: Hashable, Sendable {
  /// From the pump to the wellhead, with the check valve.
  public var riserLoss: Kilopascals
  /// From the wellhead to the exchanger and on to the highest point, without the exchanger.
  public var surfaceLoss: Kilopascals
  /// From the back-pressure valve down to the return screen.
  public var returnLoss: Kilopascals
  /// The loop's highest point above the wellhead; it lies between exchanger and back-pressure valve.
  public var highestPointMeters: Double
  /// Depth of the intake, where its pressure sensor hangs, below the wellhead.
  public var intakeDepthMeters: Double
  /// Water above the static level on the return side, which can drain.
  public var columnVolume: CubicMeters
  /// Water that a kilopascal more brings into the full loop.
  public var complianceLitersPerKilopascal: Double

  public init(
    riserLoss: Kilopascals, surfaceLoss: Kilopascals, returnLoss: Kilopascals,
    highestPointMeters: Double, intakeDepthMeters: Double, columnVolume: CubicMeters,
    complianceLitersPerKilopascal: Double
  ) {
    self.riserLoss = riserLoss
    self.surfaceLoss = surfaceLoss
    self.returnLoss = returnLoss
    self.highestPointMeters = highestPointMeters
    self.intakeDepthMeters = intakeDepthMeters
    self.columnVolume = columnVolume
    self.complianceLitersPerKilopascal = complianceLitersPerKilopascal
  }
}

/// A plate heat exchanger in counter-flow.
public struct PlateExchangerDescription: Hashable, Sendable {
  /// Heat per kelvin of mean difference, clean, with the nominal flow on both sides.
  public var conductance: KilowattsPerKelvin
  /// The flow on either side at which `conductance` and `pressureLoss` hold.
  public var nominalFlow: CubicMetersPerHour
  /// Clean, on the well's side.
  public var pressureLoss: Kilopascals
  /// Each side's film follows its flow to this power; 0.7 for plates.
  public var flowExponent: Double

  public init(
    conductance: KilowattsPerKelvin, nominalFlow: CubicMetersPerHour, pressureLoss: Kilopascals,
    flowExponent: Double = 0.7
  ) {
    self.conductance = conductance
    self.nominalFlow = nominalFlow
    self.pressureLoss = pressureLoss
    self.flowExponent = flowExponent
  }
}

/// A back-pressure valve with an equal-percentage characteristic.
public struct BackPressureValveDescription: Hashable, Sendable {
  /// Flow at 100 kPa when fully open (Kvs).
  public var fullFlow: CubicMetersPerHour
  /// Ratio of the largest to the smallest controllable flow.
  public var rangeability: Double
  /// From shut to fully open; 30 s or more, so that water is not slammed.
  public var stroke: TimeSpan
  /// Whether it shuts by itself when power is cut; otherwise it stays where it stands.
  public var shutsWithoutPower: Bool

  public init(
    fullFlow: CubicMetersPerHour, rangeability: Double, stroke: TimeSpan, shutsWithoutPower: Bool
  ) {
    self.fullFlow = fullFlow
    self.rangeability = rangeability
    self.stroke = stroke
    self.shutsWithoutPower = shutsWithoutPower
  }
}

/// Heat-exchange granules around the screens.
///
/// They widen the borehole for the water, and spread what is returned over more of the ground. The
/// designers give no number for either.
public struct GranulePack: Hashable, Sendable {
  /// The radius at which the aquifer begins.
  public var radiusMeters: Double
  /// Heat conduction to the ground against that without granules, 1 or more.
  public var conductionGain: Double

  public init(radiusMeters: Double, conductionGain: Double) {
    self.radiusMeters = radiusMeters
    self.conductionGain = conductionGain
  }
}
