public import Quantities

/// A water-to-water heat-pump unit whose water is switched outside of it.
public struct HeatPumpUnit: Sendable, Equatable {
  /// Where a side of the unit gets its water from.
  public enum Water: Hashable, Sendable {
    /// From whatever circuit the block's vessel is turned to.
    case vessel(VesselID)
    /// Always from one circuit.
    case circuit(CircuitID)
  }

  /// The evaporator or the condenser of the unit: its water, its valve, its sensors.
  public struct Side: Sendable, Equatable {
    public var water: Water
    /// Shuts the side off while the unit stands; nil where nothing does.
    public var isolation: ValveID?
    /// The unit's own flow switch on that side.
    public var flowProof: Sensor<Bool>
    public var entering: Sensor<Celsius>
    public var leaving: Sensor<Celsius>
    public var designFlow: CubicMetersPerHour

    public init(
      water: Water, isolation: ValveID?, flowProof: Sensor<Bool>, entering: Sensor<Celsius>,
      leaving: Sensor<Celsius>, designFlow: CubicMetersPerHour
    ) {
      self.water = water
      self.isolation = isolation
      self.flowProof = flowProof
      self.entering = entering
      self.leaving = leaving
      self.designFlow = designFlow
    }
  }

  public var name: String
  public var device: DeviceID
  public var block: BlockID
  public var evaporator: Side
  public var condenser: Side
  public var enableCommand: Actuator<Bool>
  /// How much of its compressor capacity the unit may use, 0…1.
  public var loadCommand: Actuator<Fraction>
  public var running: Sensor<Bool>
  public var tripped: Sensor<Bool>
  public var remote: Sensor<Bool>
  public var load: Sensor<Fraction>
  public var power: Sensor<Kilowatts>
  public var ratedHeating: Kilowatts
  public var ratedCooling: Kilowatts
  /// The smallest load at which the compressor runs.
  public var minimumLoad: Fraction
  /// The maker's limit.
  public var maximumStartsPerHour: Int
  /// What warms hot water beside the condenser; nil for most units.
  public var recovery: HeatRecovery?

  public init(
    name: String, device: DeviceID, block: BlockID, evaporator: Side, condenser: Side,
    enableCommand: Actuator<Bool>, loadCommand: Actuator<Fraction>, running: Sensor<Bool>,
    tripped: Sensor<Bool>, remote: Sensor<Bool>, load: Sensor<Fraction>,
    power: Sensor<Kilowatts>, ratedHeating: Kilowatts, ratedCooling: Kilowatts,
    minimumLoad: Fraction, maximumStartsPerHour: Int, recovery: HeatRecovery? = nil
  ) {
    self.name = name
    self.device = device
    self.block = block
    self.evaporator = evaporator
    self.condenser = condenser
    self.enableCommand = enableCommand
    self.loadCommand = loadCommand
    self.running = running
    self.tripped = tripped
    self.remote = remote
    self.load = load
    self.power = power
    self.ratedHeating = ratedHeating
    self.ratedCooling = ratedCooling
    self.minimumLoad = minimumLoad
    self.maximumStartsPerHour = maximumStartsPerHour
    self.recovery = recovery
  }
}
