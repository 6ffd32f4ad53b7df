/// What a profile says of a make of device beside its registers: for the check, the commissioner and the doctor.
public struct DeviceProfile: Sendable, Equatable {
  /// How far its register map may be trusted, the strongest first.
  public enum Trust: String, CaseIterable, Sendable {
    /// Read in the maker's manual.
    case manual
    /// Read in open code that works with the device.
    case code
    /// Read in another's library of profiles.
    case library
    /// To be checked against the manual.
    case unconfirmed
  }

  /// How a device leaves the factory; nil where it is not known.
  public struct Line: Sendable, Equatable {
    public var baud: Int?
    public var parity: SerialLine.Parity?
    public var stopBits: Int?
    public var unit: Int?

    public init(
      baud: Int? = nil, parity: SerialLine.Parity? = nil, stopBits: Int? = nil, unit: Int? = nil
    ) {
      self.baud = baud
      self.parity = parity
      self.stopBits = stopBits
      self.unit = unit
    }
  }

  /// A register that always holds one of a few figures, by which the device is known again.
  public struct Identity: Sendable, Equatable {
    public var table: Register.Table
    public var address: Int
    public var oneOf: [UInt16]

    public init(table: Register.Table, address: Int, oneOf: [UInt16]) {
      self.table = table
      self.address = address
      self.oneOf = oneOf
    }
  }

  public var maker: String
  public var models: [String]
  public var trust: Trust
  public var sources: [String]
  public var line: Line
  public var identity: Identity?
  /// What is to be set at the device for the loss of the bus, one setting each.
  public var onBusLoss: [String]

  public init(
    maker: String, models: [String], trust: Trust, sources: [String], line: Line = Line(),
    identity: Identity? = nil, onBusLoss: [String] = []
  ) {
    self.maker = maker
    self.models = models
    self.trust = trust
    self.sources = sources
    self.line = line
    self.identity = identity
    self.onBusLoss = onBusLoss
  }
}
