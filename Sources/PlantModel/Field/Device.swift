/// One Modbus device on a bus.
public struct Device: Sendable, Equatable {
  public var name: String
  public var bus: BusID
  /// The unit identifier, 1…247.
  public var unit: Int
  /// The name of its register map.
  public var type: String
  /// The most registers that one read may ask for, by the maker's manual.
  public var maximumRead: Int
  /// The most coils or discrete inputs that one read may ask for.
  public var maximumBits: Int
  /// A hole of at most this many unwanted registers is read along with its neighbours.
  public var mergeGap: Int

  public init(
    name: String, bus: BusID, unit: Int, type: String, maximumRead: Int, maximumBits: Int = 2000,
    mergeGap: Int = 8
  ) {
    self.name = name
    self.bus = bus
    self.unit = unit
    self.type = type
    self.maximumRead = maximumRead
    self.maximumBits = maximumBits
    self.mergeGap = mergeGap
  }
}
