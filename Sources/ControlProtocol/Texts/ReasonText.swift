public import PlantModel
public import Quantities

/// A reason as it came over the wire.
public struct ReasonMessage: Sendable {
  public let rule: Rule?
  public let ruleName: String
  public let subject: String
  public let since: Instant?
  public let until: Instant?
  /// The figure that decided, in the unit of the rule.
  public let limit: Double?

  public init?(_ json: JSON?) {
    guard let json, let name = json["rule"]?.text else { return nil }
    ruleName = name
    rule = Rule(rawValue: name)
    subject = json["subject"]?.text ?? ""
    since = json["since_milliseconds"]?.instant
    limit = json["limit"]?.number
    until = json["until_milliseconds"]?.instant
  }

  /// The sentence: what, where, for how much longer, by which rule.
  public func text(at now: Instant, of owner: String = "") -> String {
    var text = words(rule?.text, of: owner)
    if rule == .waterTemperatureWindow, let limit { text += ", until it is at \(limit) °C" }
    if let until, until > now { text += ", \(Times.span(until - now)) more" }
    return text + " [\(ruleName)]"
  }

  /// The sentence of a condition that is met: what holds, where, by which rule.
  public func metText(of owner: String = "") -> String {
    words(rule?.metText, of: owner) + " [\(ruleName)]"
  }

  private func words(_ text: String?, of owner: String) -> String {
    let text = text ?? "rule \(ruleName), which this client does not know"
    return subject.isEmpty || subject == owner ? text : text + " (\(subject))"
  }
}
