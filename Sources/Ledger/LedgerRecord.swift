import ControlProtocol
public import PlantModel
public import Quantities

/// One record of the ledger, as figures: what a line says before its hash.
///
///     17 2026-01-15T13:00:00Z hour supply-1 extracted class=2 good from=2026-01-15T12:00:00Z first=81200 last=97200 litres=16000
public struct LedgerRecord: Sendable, Hashable {
  /// Counts up from 1; 0 is the head.
  public var number: Int64
  public var time: Instant
  public var kind: LedgerEntry.Kind
  public var meter: String
  public var use: WaterMeter.Use
  /// The meter's accuracy class in per cent, when the record was made.
  public var classPercent: Double
  public var state: LedgerEntry.State
  public var since: Instant
  /// The counter at the beginning and the end, and what passed, in litres.
  public var first: Int64
  public var last: Int64
  public var litres: Int64

  public init(_ entry: LedgerEntry, number: Int64, of plant: Plant) {
    let meter = plant[entry.meter]
    self.number = number
    time = entry.time
    kind = entry.kind
    self.meter = meter.name
    use = meter.use
    classPercent = meter.classPercent
    state = entry.state
    since = entry.since
    first = entry.first
    last = entry.last
    litres = entry.litres
  }

  /// The line without its hash.
  public var body: String {
    "\(number) \(Times.iso(time)) \(kind.rawValue) \(meter) \(use.rawValue) class=\(JSON.number(classPercent).line) \(state.rawValue) from=\(Times.iso(since)) first=\(first) last=\(last) litres=\(litres)"
  }

  /// The record that a line's words tell of; nil for the head and for what makes no sense.
  public init?(body: String) {
    let words = body.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard words.count == 11, let number = Int64(words[0]), let time = Times.parse(words[1]),
      let kind = LedgerEntry.Kind(rawValue: words[2]), let use = WaterMeter.Use(rawValue: words[4]),
      let classPercent = words[5].value(of: "class").flatMap(Double.init),
      let state = LedgerEntry.State(rawValue: words[6]),
      let since = words[7].value(of: "from").flatMap(Times.parse),
      let first = words[8].value(of: "first").flatMap(Int64.init),
      let last = words[9].value(of: "last").flatMap(Int64.init),
      let litres = words[10].value(of: "litres").flatMap(Int64.init)
    else { return nil }
    self.number = number
    self.time = time
    self.kind = kind
    meter = words[3]
    self.use = use
    self.classPercent = classPercent
    self.state = state
    self.since = since
    self.first = first
    self.last = last
    self.litres = litres
  }
}

extension String {
  /// What stands behind `name=`.
  func value(of name: String) -> String? {
    hasPrefix(name + "=") ? String(dropFirst(name.utf8.count + 1)) : nil
  }
}
