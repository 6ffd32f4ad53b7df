public import Quantities

/// A body of water that must not meet any other: the ground, the building, the hot-water side.
public struct Circuit: Sendable, Equatable {
  /// What the water is for, and so what may never enter it.
  public enum Kind: String, CaseIterable, Sendable {
    /// A closed buried loop: its water belongs to the plant.
    case buriedLoop = "buried-loop"
    /// Ground water itself; nothing but ground water may ever enter.
    case openWell = "open-well"
    /// A closed loop that the exchangers of wells warm or cool: no ground water enters it.
    case sourceLoop = "source-loop"
    /// The building's heating and cooling water.
    case building
    /// The water that carries heat to the domestic hot water and the pool.
    case hotWater = "hot-water"

    public var isGround: Bool { self == .buriedLoop || self == .openWell || self == .sourceLoop }
  }

  public var name: String
  public var kind: Kind
  public var volume: CubicMeters
  /// The water on its way to the machines: from the ground, or back from the building.
  public var returnTemperature: Sensor<Celsius>
  /// The water as it leaves the machines.
  public var supplyTemperature: Sensor<Celsius>
  /// The pressure at the pumps' suction, where make-up holds it.
  public var pressure: Sensor<Kilopascals>
  public var differentialPressure: Sensor<Kilopascals>
  public var flow: Sensor<CubicMetersPerHour>

  public init(
    name: String, kind: Kind, volume: CubicMeters, returnTemperature: Sensor<Celsius>,
    supplyTemperature: Sensor<Celsius>, pressure: Sensor<Kilopascals>,
    differentialPressure: Sensor<Kilopascals>, flow: Sensor<CubicMetersPerHour>
  ) {
    self.name = name
    self.kind = kind
    self.volume = volume
    self.returnTemperature = returnTemperature
    self.supplyTemperature = supplyTemperature
    self.pressure = pressure
    self.differentialPressure = differentialPressure
    self.flow = flow
  }
}
