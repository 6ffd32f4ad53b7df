import Quantities

extension WellDescription {
  /// A well in gravel that collects 500 kW at 100 m³/h, as the village systems use it.
  ///
  /// Power and flow are the designers'. The ground's numbers are ours, typical of coarse gravel with
  /// a natural flow of ground water, since the designers print none.
  public static let gravel500 = WellDescription(
    nominalFlow: CubicMetersPerHour(100),
    pump: SubmersiblePumpDescription(
      shutOffHead: Kilopascals(440), nominalHead: Kilopascals(310),
      bestEfficiency: Fraction(0.74), motorEfficiency: Fraction(0.83),
      ratedFrequency: Hertz(50), rampHertzPerSecond: 30),
    aquifer: AquiferDescription(
      transmissivitySquareMetersPerDay: 1500, storativity: 2e-4, thicknessMeters: 30,
      regionalGradient: 0.005, screenDistanceMeters: 40, boreholeRadiusMeters: 0.3,
      staticLevelMeters: 6, levelSwingMeters: 1, undisturbedTemperature: Celsius(14.5),
      temperatureSwing: TemperatureDifference(0.4), driftKelvinPerYear: 0,
      heatCapacityMegajoulesPerCubicMeterKelvin: 2.6, conductivityWattsPerMeterKelvin: 2),
    extraction: ScreenDescription(
      linearLoss: Kilopascals(20), quadraticLoss: Kilopascals(10)),
    returnZone: ScreenDescription(
      linearLoss: Kilopascals(40), quadraticLoss: Kilopascals(20)),
    pipes: WellPipes(
      riserLoss: Kilopascals(30), surfaceLoss: Kilopascals(15), returnLoss: Kilopascals(20),
      highestPointMeters: 4, intakeDepthMeters: 45, columnVolume: CubicMeters(0.5),
      complianceLitersPerKilopascal: 0.05),
    exchanger: PlateExchangerDescription(
      conductance: KilowattsPerKelvin(333), nominalFlow: CubicMetersPerHour(100),
      pressureLoss: Kilopascals(40)),
    valve: BackPressureValveDescription(
      fullFlow: CubicMetersPerHour(250), rangeability: 50, stroke: .seconds(60),
      shutsWithoutPower: true),
    granules: nil)

  /// The CJXH-80 size: 80 kW at 16 m³/h from a well of 72 m. As `gravel500`, the ground is ours.
  public static let collection80 = WellDescription(
    nominalFlow: CubicMetersPerHour(16),
    pump: SubmersiblePumpDescription(
      shutOffHead: Kilopascals(440), nominalHead: Kilopascals(310),
      bestEfficiency: Fraction(0.68), motorEfficiency: Fraction(0.8),
      ratedFrequency: Hertz(50), rampHertzPerSecond: 30),
    aquifer: AquiferDescription(
      transmissivitySquareMetersPerDay: 250, storativity: 3e-4, thicknessMeters: 20,
      regionalGradient: 0.005, screenDistanceMeters: 30, boreholeRadiusMeters: 0.25,
      staticLevelMeters: 7, levelSwingMeters: 1, undisturbedTemperature: Celsius(14.5),
      temperatureSwing: TemperatureDifference(0.4), driftKelvinPerYear: 0,
      heatCapacityMegajoulesPerCubicMeterKelvin: 2.6, conductivityWattsPerMeterKelvin: 2),
    extraction: ScreenDescription(
      linearLoss: Kilopascals(20), quadraticLoss: Kilopascals(10)),
    returnZone: ScreenDescription(
      linearLoss: Kilopascals(40), quadraticLoss: Kilopascals(20)),
    pipes: WellPipes(
      riserLoss: Kilopascals(30), surfaceLoss: Kilopascals(15), returnLoss: Kilopascals(20),
      highestPointMeters: 4, intakeDepthMeters: 45, columnVolume: CubicMeters(0.12),
      complianceLitersPerKilopascal: 0.01),
    exchanger: PlateExchangerDescription(
      conductance: KilowattsPerKelvin(53), nominalFlow: CubicMetersPerHour(16),
      pressureLoss: Kilopascals(40)),
    valve: BackPressureValveDescription(
      fullFlow: CubicMetersPerHour(40), rangeability: 50, stroke: .seconds(60),
      shutsWithoutPower: true),
    granules: nil)
}

extension WellDescription {
  /// Wells that a configuration may name, to start from.
  public static let typical: [(name: String, description: WellDescription)] = [
    ("gravel-500", gravel500), ("collection-80", collection80),
  ]
}

extension GranulePack {
  /// A wider borehole filled with granules; the designers print no number.
  public static let typical = GranulePack(radiusMeters: 0.5, conductionGain: 1.2)
}
