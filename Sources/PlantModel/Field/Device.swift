public import Quantities

/// One Modbus device on a bus, or some lines of a GPIO chip.
public struct Device: Sendable, Equatable {
  public var name: String
  public var bus: BusID
  /// The unit identifier, 1…247; means nothing on a GPIO chip.
  public var unit: Int
  /// The name of its register map.
  public var type: String
  /// The most registers that one read may ask for, by the maker's manual.
  public var maximumRead: Int
  /// The most coils or discrete inputs that one read may ask for.
  public var maximumBits: Int
  /// A hole of at most this many unwanted registers is read along with its neighbours.
  public var mergeGap: Int
  /// Addresses at which a new block begins: no read goes across one.
  public var blockStarts: [Int]
  public var writeFunction: WriteFunction
  /// The silence that it needs between its answer and the next request to it.
  public var pause: TimeSpan
  /// What its profile says of it; nil for a type that a plant wrote for itself.
  public var profile: DeviceProfile?

  /// The Modbus functions by which a device is written.
  public enum WriteFunction: String, CaseIterable, Sendable {
    /// 5 and 6 for one coil or register, 16 for more.
    case shortest
    /// 5 and 6 alone.
    case single
    /// 15 and 16 alone.
    case multiple
  }

  public init(
    name: String, bus: BusID, unit: Int, type: String, maximumRead: Int, maximumBits: Int = 2000,
    mergeGap: Int = 8, blockStarts: [Int] = [], writeFunction: WriteFunction = .shortest,
    pause: TimeSpan = .zero,
    profile: DeviceProfile? = nil
  ) {
    self.name = name
    self.bus = bus
    self.unit = unit
    self.type = type
    self.maximumRead = maximumRead
    self.maximumBits = maximumBits
    self.mergeGap = mergeGap
    self.blockStarts = blockStarts
    self.writeFunction = writeFunction
    self.pause = pause
    self.profile = profile
  }
}
