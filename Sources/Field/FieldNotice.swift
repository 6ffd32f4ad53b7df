/// Something about a device that an operator should know.
public struct FieldNotice: Sendable, Hashable {
  /// What the log is told of.
  public enum Kind: String, Sendable {
    case deviceAway, deviceBack, registerRefused, registerBack, writeRefused, writeNotKept
    case changedByOthers, writeBudgetSpent, edgesLost

    /// Something that was lost is there again.
    public var isGood: Bool { self == .deviceBack || self == .registerBack }
  }
  public let kind: Kind
  public let device: String
  public let text: String

  public init(_ kind: Kind, device: String, text: String) {
    self.kind = kind
    self.device = device
    self.text = text
  }
}
