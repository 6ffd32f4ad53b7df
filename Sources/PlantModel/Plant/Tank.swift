public import Quantities

/// A consumer of the hot-water side that stores heat: the domestic hot-water tank or the pool.
public struct Tank: Sendable, Equatable {
  /// What the tank is for.
  public enum Use: String, CaseIterable, Sendable {
    case domesticHotWater = "domestic-hot-water"
    case pool
  }

  public var name: String
  public var use: Use
  public var circuit: CircuitID
  public var volume: CubicMeters
  /// Lets hot water through the tank's coil or exchanger.
  public var chargeValve: ValveID
  /// The top of the tank, or the pool's water before its exchanger.
  public var temperature: Sensor<Celsius>
  /// The middle of the tank: charged once it is warm too. Nil for a pool.
  public var middleTemperature: Sensor<Celsius>?
  /// The pool water behind its exchanger. Nil for a tank.
  public var exchangerOutlet: Sensor<Celsius>?
  /// The filter's flow, without which a pool is not heated. Nil for a tank.
  public var filterFlow: Sensor<Bool>?
  public var setpoint: Celsius
  /// Heating starts this far below the set-point.
  public var band: TemperatureDifference
  /// Below this the tank is short of heat and recovery may go to the ground for it.
  public var minimum: Celsius
  /// The most heat it can take.
  public var designHeat: Kilowatts

  public init(
    name: String, use: Use, circuit: CircuitID, volume: CubicMeters, chargeValve: ValveID,
    temperature: Sensor<Celsius>, middleTemperature: Sensor<Celsius>?,
    exchangerOutlet: Sensor<Celsius>?, filterFlow: Sensor<Bool>?, setpoint: Celsius,
    band: TemperatureDifference, minimum: Celsius, designHeat: Kilowatts
  ) {
    self.name = name
    self.use = use
    self.circuit = circuit
    self.volume = volume
    self.chargeValve = chargeValve
    self.temperature = temperature
    self.middleTemperature = middleTemperature
    self.exchangerOutlet = exchangerOutlet
    self.filterFlow = filterFlow
    self.setpoint = setpoint
    self.band = band
    self.minimum = minimum
    self.designHeat = designHeat
  }
}
