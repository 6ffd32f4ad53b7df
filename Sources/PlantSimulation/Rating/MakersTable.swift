public import Quantities

/// The numbers that the designers print for their systems, and those that follow from them alone.
///
/// Data, never results: the twin's figures are computed beside them by `Rating`.
public struct MakersTable: Hashable, Sendable {
  /// Wells alike, each with this heat at this flow.
  public struct Wells: Hashable, Sendable {
    public var system: String
    public var count: Int
    public var heat: Kilowatts
    public var flow: CubicMetersPerHour
    /// Heat of all of them.
    public var together: Kilowatts
    public var difference: TemperatureDifference
  }

  /// One size of the village system.
  public struct Village: Hashable, Sendable {
    /// Collected, and printed as the houses' heat too.
    public var heat: Kilowatts
    public var secondaryFlow: CubicMetersPerHour
    public var exchangerSquareMeters: Double
    public var wells: Int
    /// What the rooms get for the collected heat, at `MakersTable.villageCoefficient`.
    public var delivered: Kilowatts
  }

  /// One size of the household system.
  public struct Household: Hashable, Sendable {
    public var size: String
    public var heat: Kilowatts
    public var power: Kilowatts
    public var coefficient: Double
    public var boreholes: String
    /// What the boreholes are called after.
    public var boreholeHeat: Kilowatts
    /// The name promises less than the unit takes from the ground.
    public var isShortOfBoreholes = false
  }

  /// Every well of the designers: limits of its water, °C, and of its highest point.
  public var outlet = Celsius(10)...Celsius(16)
  public var leastLeaving = Celsius(4)
  public var leastHighestPoint = Kilopascals(20)

  public var collection = Wells(
    system: "CJXH-80, one well", count: 1, heat: Kilowatts(80), flow: CubicMetersPerHour(16),
    together: Kilowatts(80), difference: TemperatureDifference(4.30))
  public var office = Wells(
    system: "Office, four wells CJXH-80", count: 4, heat: Kilowatts(80),
    flow: CubicMetersPerHour(16), together: Kilowatts(320),
    difference: TemperatureDifference(4.30))

  public var villages = [
    Village(
      heat: Kilowatts(500), secondaryFlow: CubicMetersPerHour(100), exchangerSquareMeters: 100,
      wells: 1, delivered: Kilowatts(667)),
    Village(
      heat: Kilowatts(1000), secondaryFlow: CubicMetersPerHour(200), exchangerSquareMeters: 200,
      wells: 2, delivered: Kilowatts(1333)),
    Village(
      heat: Kilowatts(2000), secondaryFlow: CubicMetersPerHour(400), exchangerSquareMeters: 400,
      wells: 4, delivered: Kilowatts(2667)),
  ]
  public var villageDifference = TemperatureDifference(4.30)
  public var villageCoefficient = 4.0
  /// Mean difference over the exchanger that its area leaves.
  public var exchangerDifference = TemperatureDifference(1.3)...TemperatureDifference(1.7)

  /// What such a difference asks of its plates, kW/(m²·K).
  public var exchangerTransfer = 2.94...3.85

  public var households = [
    Household(
      size: "5.6", heat: Kilowatts(5.6), power: Kilowatts(1.5), coefficient: 3.73,
      boreholes: "SK-4, one of 4 kW",
      boreholeHeat: Kilowatts(4), isShortOfBoreholes: true),
    Household(
      size: "7.4", heat: Kilowatts(7.4), power: Kilowatts(2), coefficient: 3.70,
      boreholes: "SK-6/2, 6 kW in two",
      boreholeHeat: Kilowatts(6)),
    Household(
      size: "7.6", heat: Kilowatts(7.6), power: Kilowatts(2), coefficient: 3.80,
      boreholes: "SK-6/2, 6 kW in two",
      boreholeHeat: Kilowatts(6)),
    Household(
      size: "30", heat: Kilowatts(30), power: Kilowatts(9), coefficient: 3.33,
      boreholes: "SK-4*6, six of 4 kW",
      boreholeHeat: Kilowatts(24)),
  ]
  public var seasonalCoefficient = 5.25

  public var sportsCentre = SportsCentreTable()

  public init() {}
}

/// What the designers print for the sports centre, its energy table at one unit.
public struct SportsCentreTable: Hashable, Sendable {
  public var evaporatorLeaving = Celsius(7)
  public var condenserLeavingCooling = Celsius(35)
  public var condenserLeavingHeating = Celsius(50)
  /// 12 → 7, 30 → 35 and 45 → 50 °C.
  public var difference = TemperatureDifference(5)

  public var cold = Kilowatts(517)
  public var coolingPower = Kilowatts(91.1)
  public var heat = Kilowatts(648.2)
  public var heatingPower = Kilowatts(160.3)
  /// Cold while heating, by table 1 and by table 2.
  public var recoveredColdOfTableOne = Kilowatts(442.7)
  public var recoveredCold = Kilowatts(487.9)

  public var groundPump = Kilowatts(15)
  public var endUsePump = Kilowatts(15)
  public var hotWaterPump = Kilowatts(7.5)

  public var coolingCoefficient = 4.27
  public var heatingCoefficient = 4.04
  public var simultaneousCoefficient = 6.21
  /// The same with table 1's cold.
  public var simultaneousCoefficientOfTableOne = 5.97
  /// Heat and cold together.
  public var simultaneousSum = Kilowatts(1030.8)

  public var evaporatorFlowCooling = CubicMetersPerHour(88.9)
  public var evaporatorFlowHeating = CubicMetersPerHour(83.9)
  public var condenserFlowCooling = CubicMetersPerHour(104.6)
  public var condenserFlowHeating = CubicMetersPerHour(111.5)

  public var coolingLoad = Kilowatts(3007)
  public var heatingLoad = Kilowatts(2579)
  public var recoveryHeat = Kilowatts(550)
  public var mainUnits = 6
  public var mainUnitsCold = Kilowatts(3102)
  public var unitsForHeating = 4

  public var loopVolume = CubicMeters(20)
  public var loopFall = TemperatureDifference(20)
  public var loopHeat = KilowattHours(465)
  public var tankHeat = KilowattHours(200)
  public var tankRise = TemperatureDifference(40)
  public var tankVolume = CubicMeters(4.3)
  public var poolVolume = CubicMeters(2500)
  public var poolHeating = Kilowatts(350)
  public var poolTime = TimeSpan.hours(8)
  /// Printed with one figure.
  public var poolRise = TemperatureDifference(1)

  public init() {}
}
