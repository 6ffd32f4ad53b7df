public import Quantities

/// One fact about one water meter, as the ledger keeps it: made by a scan, recorded by the shell.
///
/// Readings and volumes are whole litres, so that sums are exact. What a meter counted in all is
/// the sum of `litres` over its entries, and of any stretch of entries: last reading less first
/// reading is their `litres` plus what events between them stepped over without counting.
public struct LedgerEntry: Hashable, Sendable {
  /// What kind of fact it is.
  public enum Kind: String, CaseIterable, Sendable {
    /// The meter was read for the first time: its counter begins here.
    case began
    /// A full hour (UTC) has ended. `litres` is what the counter went on while it was seen.
    case hour
    /// The counter was not seen going on: `litres` is the difference over the gap, in no hour.
    case gap
    /// The counter began again at nothing; `litres` is what it went on meanwhile.
    case rollOver = "roll-over"
    /// The counter went back. What it had counted until then stays; what came between is not known.
    case reset
    /// The counter jumped further than the meter can measure: the jump is not counted.
    case implausible
    /// A person put another meter in its place, or another counter: it goes on from `last`.
    case replaced
    /// Entries that could not be kept while nothing could be saved, added up.
    case lost
  }

  /// How much of the fact was seen.
  public enum State: String, CaseIterable, Sendable {
    /// The whole hour.
    case good
    /// Part of the hour.
    case partly
    /// None of the hour.
    case absent
    /// The meter gave no value.
    case silent
    /// The daemon did not run.
    case stopped
    /// The counter did not go on as one does.
    case unsteady
    /// A person said so.
    case byHand = "by-hand"
    /// The state disk took nothing for too long.
    case unsaved
  }

  public var kind: Kind
  public var state: State
  /// When the entry was made; those of a plant never go back.
  public var time: Instant
  /// The beginning of what it tells of.
  public var since: Instant
  public var meter: WaterMeterID
  /// The counter at the beginning and at the end, in litres.
  public var first: Int64
  public var last: Int64
  /// What passed, in litres.
  public var litres: Int64

  public init(
    _ kind: Kind, _ state: State, at time: Instant, since: Instant, _ meter: WaterMeterID,
    first: Int64, last: Int64, litres: Int64
  ) {
    self.kind = kind
    self.state = state
    self.time = time
    self.since = since
    self.meter = meter
    self.first = first
    self.last = last
    self.litres = litres
  }
}
