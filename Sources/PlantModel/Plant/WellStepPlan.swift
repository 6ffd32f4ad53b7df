public import Quantities

/// How a well is step-tested: at which speeds and valve positions, with what sensors, and what its drawings
/// say of it.
public struct WellStepPlan: Sendable, Equatable {
  /// Two or more, slowest first, within the well's range.
  public var speeds: [Hertz]
  /// Three or more positions of the back-pressure valve, rising.
  public var positions: [Fraction]
  public var design: WellDesign
  /// What is fitted, and how finely it reads.
  public var instruments: WellInstruments
  /// At the wellhead on the pump's side; nil where it is not fitted, as with those that follow.
  public var supplyPressure: Sensor<Kilopascals>?
  public var exchangerPressureLoss: Sensor<Kilopascals>?
  /// The building's water before and behind this well's exchanger.
  public var secondaryEntering: Sensor<Celsius>?
  public var secondaryLeaving: Sensor<Celsius>?
  public var secondaryFlow: Sensor<CubicMetersPerHour>?

  public init(
    speeds: [Hertz], positions: [Fraction], design: WellDesign, instruments: WellInstruments,
    supplyPressure: Sensor<Kilopascals>?, exchangerPressureLoss: Sensor<Kilopascals>?,
    secondaryEntering: Sensor<Celsius>?, secondaryLeaving: Sensor<Celsius>?,
    secondaryFlow: Sensor<CubicMetersPerHour>?
  ) {
    self.speeds = speeds
    self.positions = positions
    self.design = design
    self.instruments = instruments
    self.supplyPressure = supplyPressure
    self.exchangerPressureLoss = exchangerPressureLoss
    self.secondaryEntering = secondaryEntering
    self.secondaryLeaving = secondaryLeaving
    self.secondaryFlow = secondaryFlow
  }

  /// How many holds a test has: every position at every speed.
  public var holds: Int { speeds.count * positions.count }
  public func speed(of hold: Int) -> Hertz { speeds[hold / positions.count] }
  public func position(of hold: Int) -> Fraction { positions[hold % positions.count] }
}
