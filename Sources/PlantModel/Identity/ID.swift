/// The place of one thing in the plant's list of its kind: cheap to copy, compare and hash.
///
/// Lists are sorted by name, so that the order never depends on how a file was written.
public struct ID<Kind>: Hashable, Comparable, Sendable {
  public let index: Int
  @inlinable public init(_ index: Int) { self.index = index }
  @inlinable
  public static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

public typealias BusID = ID<Bus>
public typealias DeviceID = ID<Device>
public typealias PointID = ID<Point>
public typealias CircuitID = ID<Circuit>
public typealias ValveID = ID<Valve>
public typealias PumpID = ID<Pump>
public typealias PumpGroupID = ID<PumpGroup>
public typealias UnitID = ID<HeatPumpUnit>
public typealias BlockID = ID<ChangeOverBlock>
public typealias TankID = ID<Tank>
public typealias MeterID = ID<EnergyMeter>
public typealias WaterMeterID = ID<WaterMeter>
public typealias WellID = ID<Well>
public typealias DistributionID = ID<Distribution>
public typealias ConsumerID = ID<Consumer>
/// The place of a position in its own block's list.
public typealias PositionID = ID<Position>
/// The place of a mode in its own block's list.
public typealias ModeID = ID<BlockMode>
/// The place of a vessel in its own block's list.
public typealias VesselID = ID<Vessel>

/// A point that carries a quantity, so that a pressure cannot be read as a temperature.
public struct Sensor<Value>: Hashable, Sendable {
  public let point: PointID
  @inlinable public init(_ point: PointID) { self.point = point }
}

/// A point that takes a command in a quantity.
public struct Actuator<Value>: Hashable, Sendable {
  public let point: PointID
  @inlinable public init(_ point: PointID) { self.point = point }
}
