public import PlantModel
public import Quantities

/// Plant time; read once a scan.
public protocol PlantClock {
  var now: Instant { get }
}

/// The devices: samples in, commands out.
public protocol FieldPort {
  /// Puts the latest samples, aged at `image.now`, into the image.
  mutating func freeze(into image: inout InputImage)
  /// Hands the outputs on; nil while nothing may be written.
  mutating func apply(_ outputs: OutputImage?)
}

/// What is to be on disk together: the state, and what is added to the history.
public struct Save: Sendable {
  public var state: [(path: String, text: String)]
  public var events: [Event] = []
  public var ledger: [LedgerEntry] = []
  public var dayMeters: [DayReading] = []

  public init(state: [(path: String, text: String)]) { self.state = state }
}

/// What survives a restart. Saving goes on by itself; `Operation.committed` is called when it is done.
public protocol StorePort {
  mutating func save(_ save: Save, ticket: UInt64)
}

/// Who wants to know how we are.
public protocol NotifierPort {
  mutating func ready()
  mutating func healthyScan()
  mutating func status(_ text: String)
}
