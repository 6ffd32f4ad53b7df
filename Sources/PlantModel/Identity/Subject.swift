/// What a reason, an alarm or a guard speaks of.
public struct Subject: Hashable, Comparable, Sendable {
  /// The kinds of thing that have a list of their own in a plant.
  public enum Kind: UInt8, CaseIterable, Sendable {
    case plant, bus, device, point, circuit, valve, pump, pumpGroup, unit, block, tank, meter,
      waterMeter,
      well, distribution, consumer
  }

  public let kind: Kind
  public let number: UInt16

  @inlinable
  public init(_ kind: Kind, _ index: Int = 0) {
    self.kind = kind
    number = UInt16(truncatingIfNeeded: index)
  }

  public static let plant = Subject(.plant)
  @inlinable public static func bus(_ id: BusID) -> Subject { Subject(.bus, id.index) }
  @inlinable public static func device(_ id: DeviceID) -> Subject { Subject(.device, id.index) }
  @inlinable public static func point(_ id: PointID) -> Subject { Subject(.point, id.index) }
  @inlinable public static func circuit(_ id: CircuitID) -> Subject { Subject(.circuit, id.index) }
  @inlinable public static func valve(_ id: ValveID) -> Subject { Subject(.valve, id.index) }
  @inlinable public static func pump(_ id: PumpID) -> Subject { Subject(.pump, id.index) }
  @inlinable
  public static func pumpGroup(_ id: PumpGroupID) -> Subject { Subject(.pumpGroup, id.index) }
  @inlinable public static func unit(_ id: UnitID) -> Subject { Subject(.unit, id.index) }
  @inlinable public static func block(_ id: BlockID) -> Subject { Subject(.block, id.index) }
  @inlinable public static func tank(_ id: TankID) -> Subject { Subject(.tank, id.index) }
  @inlinable public static func meter(_ id: MeterID) -> Subject { Subject(.meter, id.index) }
  @inlinable
  public static func waterMeter(_ id: WaterMeterID) -> Subject { Subject(.waterMeter, id.index) }
  @inlinable public static func well(_ id: WellID) -> Subject { Subject(.well, id.index) }
  @inlinable
  public static func distribution(_ id: DistributionID) -> Subject {
    Subject(.distribution, id.index)
  }
  @inlinable
  public static func consumer(_ id: ConsumerID) -> Subject { Subject(.consumer, id.index) }

  @inlinable
  public static func < (left: Subject, right: Subject) -> Bool {
    (left.kind.rawValue, left.number) < (right.kind.rawValue, right.number)
  }
}
