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

/// What survives a restart. State, events and ledger entries of one call go together. Saving goes
/// on by itself; `Operation.committed` is called when it is done.
public protocol StorePort {
  mutating func save(
    _ rows: [(path: String, text: String)], _ events: [Event], _ entries: [LedgerEntry],
    ticket: UInt64)
}

/// Who wants to know how we are.
public protocol NotifierPort {
  mutating func ready()
  mutating func healthyScan()
  mutating func status(_ text: String)
}
