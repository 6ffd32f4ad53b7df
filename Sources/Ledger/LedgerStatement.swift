public import PlantModel
public import Quantities

/// What passed each meter in a span, what was returned of it, and all that was not plain counting.
public struct LedgerStatement: Sendable {
  /// One meter's part.
  public struct Line: Sendable, Hashable {
    public var meter: String
    public var use: WaterMeter.Use
    public var classPercent: Double
    /// Hours seen whole, in part, and not at all.
    public var hours: (good: Int, partly: Int, absent: Int) { (good, partly, absent) }
    var good = 0
    var partly = 0
    var absent = 0
    /// What was counted hour by hour, and what is known by the difference over gaps alone, in
    /// litres.
    public var counted: Int64 = 0
    public var stepped: Int64 = 0

    public var litres: Int64 { counted + stepped }
    /// By the meter's class, in litres; it is of the meter's whole figure, so it does not average
    /// out.
    public var uncertainty: Double { abs(Double(litres)) * classPercent / 100 }
  }

  public let plant: String
  public let begin: Instant
  public let end: Instant
  public private(set) var lines: [Line] = []
  /// Everything but hours, as it was recorded.
  public private(set) var events: [LedgerRecord] = []

  /// - Parameter records: those of the span, which `LedgerStatement.contains` says.
  public init(plant: String, from begin: Instant, to end: Instant, records: [LedgerRecord]) {
    self.plant = plant
    self.begin = begin
    self.end = end
    for record in records where LedgerStatement.contains(record.time, begin, end) { add(record) }
    let order = WaterMeter.Use.allCases
    lines.sort {
      (order.firstIndex(of: $0.use)!, $0.meter, $0.classPercent)
        < (order.firstIndex(of: $1.use)!, $1.meter, $1.classPercent)
    }
  }

  /// Whether a record belongs to a span: an hour that ends with the span is its last.
  public static func contains(_ time: Instant, _ begin: Instant, _ end: Instant) -> Bool {
    begin < time && time <= end
  }

  private mutating func add(_ record: LedgerRecord) {
    let place =
      lines.firstIndex {
        $0.meter == record.meter && $0.use == record.use && $0.classPercent == record.classPercent
      } ?? lines.count
    if place == lines.count {
      lines.append(
        Line(meter: record.meter, use: record.use, classPercent: record.classPercent))
    }
    if record.kind == .hour {
      lines[place].counted += record.litres
      switch record.state {
      case .good: lines[place].good += 1
      case .absent: lines[place].absent += 1
      default: lines[place].partly += 1
      }
    } else {
      lines[place].stepped += record.litres
      events.append(record)
    }
  }

  /// The full hours of the span.
  public var hours: Int { Int((end - begin).hours) }

  /// All water of a use, in litres.
  public func litres(_ use: WaterMeter.Use) -> Int64 {
    lines.reduce(0) { $0 + ($1.use == use ? $1.litres : 0) }
  }

  /// The uncertainty of all water of some uses together: meters err independently of each other, so
  /// theirs add by squares. (JCGM 100:2008, 5.1.2)
  public func uncertainty(_ uses: [WaterMeter.Use]) -> Double {
    lines.filter { uses.contains($0.use) }
      .reduce(0) { $0 + $1.uncertainty * $1.uncertainty }.squareRoot()
  }

  /// Extracted less returned, in litres: above nothing is a loss, below it water was built into the
  /// aquifer.
  public var balance: Int64 { litres(.extracted) - litres(.returned) }
  public var balanceUncertainty: Double { uncertainty([.extracted, .returned]) }

  /// The water that only a difference over a gap knows, in litres.
  public var stepped: Int64 { lines.reduce(0) { $0 + $1.stepped } }
}
