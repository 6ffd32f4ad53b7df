import Quantities

/// One line of the parameter table.
public struct ParameterEntry: Sendable {
  /// The key in the configuration; its last word is the unit.
  public let key: String
  public let unit: MeasurementUnit
  /// The default, in the unit of the key; nil where only the site can say.
  public let standard: Double?
  public let range: ClosedRange<Double>
  public let rule: Rule
  public let group: String
  public let summary: String
  public let source: String
  private let read: @Sendable (Parameters) -> Double
  private let write: @Sendable (inout Parameters, Double) -> Void

  public func get(_ parameters: Parameters) -> Double { read(parameters) }
  public func set(_ parameters: inout Parameters, _ value: Double) { write(&parameters, value) }

  init<Value: Quantity>(
    _ key: String, _ path: any WritableKeyPath<Parameters, Value> & Sendable,
    _ unit: MeasurementUnit, standard: Double?, range: ClosedRange<Double>, rule: Rule,
    group: String, summary: String, source: String
  ) {
    self.key = key
    self.unit = unit
    self.standard = standard
    self.range = range
    self.rule = rule
    self.group = group
    self.summary = summary
    self.source = source
    read = { $0[keyPath: path].value }
    write = { $0[keyPath: path] = Value($1) }
  }

  init(
    _ key: String, _ path: any WritableKeyPath<Parameters, TimeSpan> & Sendable,
    _ unit: MeasurementUnit, standard: Double?, range: ClosedRange<Double>, rule: Rule,
    group: String, summary: String, source: String
  ) {
    self.key = key
    self.unit = unit
    self.standard = standard
    self.range = range
    self.rule = rule
    self.group = group
    self.summary = summary
    self.source = source
    let seconds: Double =
      switch unit {
      case .minutes: 60
      case .hours: 3600
      default: 1
      }
    read = { $0[keyPath: path].seconds / seconds }
    write = { $0[keyPath: path] = .seconds($1 * seconds) }
  }
}
