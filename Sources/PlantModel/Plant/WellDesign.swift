public import Quantities

/// What is known of a well before its first step test, from its drawings; 20 to 30 % are enough, as
/// the commissioning tests correct it.
public struct WellDesign: Hashable, Sendable {
  /// The flow at which everything below holds.
  public var nominalFlow: CubicMetersPerHour
  public var ratedFrequency: Hertz
  public var shutOffHead: Kilopascals
  public var nominalHead: Kilopascals
  /// Electrical.
  public var nominalPower: Kilowatts
  public var riserLoss: Kilopascals
  public var returnColumnLoss: Kilopascals
  /// Laminar and turbulent part of the draw-down, with its aquifer.
  public var drawDownLinear: Kilopascals
  public var drawDownQuadratic: Kilopascals
  /// The same of the build-up.
  public var buildUpLinear: Kilopascals
  public var buildUpQuadratic: Kilopascals
  public var exchangerLoss: Kilopascals
  public var exchangerConductance: KilowattsPerKelvin
  /// Flow of the back-pressure valve at 100 kPa, open, and its rangeability.
  public var valveFullFlow: CubicMetersPerHour
  public var valveRangeability: Double
  public var intakeDepthMeters: Double
  public var staticLevelMeters: Double

  public init(
    nominalFlow: CubicMetersPerHour, ratedFrequency: Hertz, shutOffHead: Kilopascals,
    nominalHead: Kilopascals, nominalPower: Kilowatts, riserLoss: Kilopascals,
    returnColumnLoss: Kilopascals, drawDownLinear: Kilopascals, drawDownQuadratic: Kilopascals,
    buildUpLinear: Kilopascals, buildUpQuadratic: Kilopascals, exchangerLoss: Kilopascals,
    exchangerConductance: KilowattsPerKelvin, valveFullFlow: CubicMetersPerHour,
    valveRangeability: Double, intakeDepthMeters: Double, staticLevelMeters: Double
  ) {
    self.nominalFlow = nominalFlow
    self.ratedFrequency = ratedFrequency
    self.shutOffHead = shutOffHead
    self.nominalHead = nominalHead
    self.nominalPower = nominalPower
    self.riserLoss = riserLoss
    self.returnColumnLoss = returnColumnLoss
    self.drawDownLinear = drawDownLinear
    self.drawDownQuadratic = drawDownQuadratic
    self.buildUpLinear = buildUpLinear
    self.buildUpQuadratic = buildUpQuadratic
    self.exchangerLoss = exchangerLoss
    self.exchangerConductance = exchangerConductance
    self.valveFullFlow = valveFullFlow
    self.valveRangeability = valveRangeability
    self.intakeDepthMeters = intakeDepthMeters
    self.staticLevelMeters = staticLevelMeters
  }
}
