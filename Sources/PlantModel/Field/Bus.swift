public import Quantities

/// One Modbus line or gateway, served by one queue.
public struct Bus: Sendable, Equatable {
  public var name: String
  public var host: String
  public var port: Int
  /// How long a device may take to answer.
  public var responseTimeout: TimeSpan
  /// The pause between two requests that the slowest device needs.
  public var guardTime: TimeSpan

  public init(
    name: String, host: String, port: Int, responseTimeout: TimeSpan, guardTime: TimeSpan
  ) {
    self.name = name
    self.host = host
    self.port = port
    self.responseTimeout = responseTimeout
    self.guardTime = guardTime
  }
}
