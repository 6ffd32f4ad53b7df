/// A JSON value. Objects keep the order of their keys, so that a reply reads as it was written.
public enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSON])
  case object([Member])

  /// One key of an object with its value.
  public struct Member: Sendable, Hashable {
    public var key: String
    public var value: JSON
    public init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  public var text: String? { if case .text(let text) = self { text } else { nil } }
  public var number: Double? { if case .number(let number) = self { number } else { nil } }
  public var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
  public var list: [JSON]? { if case .list(let list) = self { list } else { nil } }
  public var members: [Member]? { if case .object(let members) = self { members } else { nil } }

  /// A number, or null for one that is none.
  public static func optional(_ number: Double?) -> JSON {
    guard let number, number.isFinite else { return .null }
    return .number(number)
  }

  /// A number rounded to `digits` after the point: what a screen needs, no more.
  public static func rounded(_ number: Double?, _ digits: Int) -> JSON {
    guard let number, number.isFinite else { return .null }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    return .number((number * scale).rounded() / scale)
  }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral,
  ExpressibleByIntegerLiteral
{
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
  public init(arrayLiteral elements: JSON...) { self = .list(elements) }
  public init(stringLiteral value: String) { self = .text(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
}
