public import Quantities

/// A set of valves that changes machines over between water circuits, as one thing.
///
/// V1–V8 and V9–V12 of the sports centre are two instances of it.
public struct ChangeOverBlock: Sendable, Equatable {
  public var name: String
  /// Every valve of the block, in the plant's order.
  public var valves: [ValveID]
  public var vessels: [Vessel]
  public var positions: [Position]
  public var modes: [BlockMode]
  /// Pairs that the drawing says are never open together; `forbiddenPairs` derives the full list.
  public var pairs: [ValvePair]
  /// The units whose water passes through it, in the plant's order.
  public var units: [UnitID]
  public var dependences: [BlockDependence]
  /// Whether each vessel has a relief valve, so that it may stay shut off for long.
  public var vesselsHaveRelief: Bool
  /// At most this many changes a day; 0 for no limit.
  public var maximumChangesPerDay: Int
  /// How long its units stand before the water is changed over.
  public var unitsOffBefore: TimeSpan
  /// How long it stays in a position before an automatic change.
  public var minimumDwell: TimeSpan

  public init(
    name: String, valves: [ValveID], vessels: [Vessel], positions: [Position],
    modes: [BlockMode], pairs: [ValvePair], units: [UnitID], dependences: [BlockDependence],
    vesselsHaveRelief: Bool, maximumChangesPerDay: Int, unitsOffBefore: TimeSpan,
    minimumDwell: TimeSpan
  ) {
    self.name = name
    self.valves = valves
    self.vessels = vessels
    self.positions = positions
    self.modes = modes
    self.pairs = pairs
    self.units = units
    self.dependences = dependences
    self.vesselsHaveRelief = vesselsHaveRelief
    self.maximumChangesPerDay = maximumChangesPerDay
    self.unitsOffBefore = unitsOffBefore
    self.minimumDwell = minimumDwell
  }
}

/// The water side of the machines of a block: an evaporator or a condenser, taken together.
public struct Vessel: Sendable, Equatable {
  /// Which side of the machines.
  public enum Side: String, CaseIterable, Sendable { case evaporator, condenser }
  public var name: String
  public var side: Side
  public var ports: [Port]

  public init(name: String, side: Side, ports: [Port]) {
    self.name = name
    self.side = side
    self.ports = ports
  }
}

/// One valve between a vessel and a circuit.
public struct Port: Sendable, Equatable {
  /// Which end of the vessel, as the water goes.
  public enum End: String, CaseIterable, Sendable { case inlet, outlet }
  public var end: End
  public var valve: ValveID
  public var circuit: CircuitID

  public init(end: End, valve: ValveID, circuit: CircuitID) {
    self.end = end
    self.valve = valve
    self.circuit = circuit
  }
}

/// A row of the position table: which valves are open; all others of the block are closed.
public struct Position: Sendable, Equatable {
  public var name: String
  public var open: [ValveID]

  public init(name: String, open: [ValveID]) {
    self.name = name
    self.open = open
  }
}

/// A way to run a block that an operator chooses by name.
public struct BlockMode: Sendable, Equatable {
  /// What a block's units do in a mode.
  public enum Service: String, CaseIterable, Sendable {
    /// The machines stand; the valves stay where they are.
    case off
    /// Main units heat the building: winter.
    case heating
    /// Main units heat the building with a lowered supply: spring and autumn.
    case transition
    /// Main units cool the building: summer.
    case cooling
    /// Units make hot water and take their heat from the ground.
    case hotWaterFromGround = "hot-water-from-ground"
    /// Units make hot water and cool the building at once: full recovery.
    case recovery
  }

  public var name: String
  public var service: Service
  /// The row it needs; nil for off.
  public var position: PositionID?

  public init(name: String, service: Service, position: PositionID?) {
    self.name = name
    self.service = service
    self.position = position
  }
}

/// Two valves that are never open together. The lower index comes first.
public struct ValvePair: Hashable, Comparable, Sendable {
  public let first: ValveID
  public let second: ValveID

  public init(_ one: ValveID, _ other: ValveID) {
    first = min(one, other)
    second = max(one, other)
  }

  public static func < (left: ValvePair, right: ValvePair) -> Bool {
    (left.first, left.second) < (right.first, right.second)
  }
}

/// What another block must be proven to do, as long as this one is in (or goes to) a position.
///
/// It binds both ways: the other block may not leave that position until this one is proven
/// elsewhere.
public struct BlockDependence: Sendable, Equatable {
  /// The position of the block that owns the dependence.
  public var position: PositionID
  public var requiredBlock: BlockID
  public var requiredPosition: PositionID
  /// The circuit through which they depend on each other.
  public var circuit: CircuitID
  /// That circuit is no warmer than this.
  public var maximumTemperature: Celsius

  public init(
    position: PositionID, requiredBlock: BlockID, requiredPosition: PositionID,
    circuit: CircuitID, maximumTemperature: Celsius
  ) {
    self.position = position
    self.requiredBlock = requiredBlock
    self.requiredPosition = requiredPosition
    self.circuit = circuit
    self.maximumTemperature = maximumTemperature
  }
}
