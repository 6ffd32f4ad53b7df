public import Quantities

/// The consumers of a distribution, drawn around one typical consumer from the twin's seed.
public struct PopulationDescription: Sendable, Equatable {
  /// Of one consumer, to outdoors.
  public var loss: KilowattsPerKelvin
  /// Rooms and walls of one consumer.
  public var capacity: KilowattHoursPerKelvin
  /// Heat of its units at 10 °C entering.
  public var unitHeat: Kilowatts
  /// Through its units while one runs, and the pressure that takes.
  public var flow: CubicMetersPerHour
  public var unitLoss: Kilopascals
  /// In the mains to the far end and back, with all consumers on.
  public var mainLoss: Kilopascals
  /// How many heat all day; the others mornings and evenings.
  public var homeShare: Fraction
  /// From people and lights of one consumer while somebody is there; a third while nobody is.
  public var gain: Kilowatts
  /// From the sun on one consumer, at noon of a clear summer day.
  public var sun: Kilowatts

  public init(
    loss: KilowattsPerKelvin, capacity: KilowattHoursPerKelvin, unitHeat: Kilowatts,
    flow: CubicMetersPerHour, unitLoss: Kilopascals, mainLoss: Kilopascals, homeShare: Fraction,
    gain: Kilowatts = Kilowatts(0.3), sun: Kilowatts = Kilowatts(0.8)
  ) {
    self.loss = loss
    self.capacity = capacity
    self.unitHeat = unitHeat
    self.flow = flow
    self.unitLoss = unitLoss
    self.mainLoss = mainLoss
    self.homeShare = homeShare
    self.gain = gain
    self.sun = sun
  }
}
