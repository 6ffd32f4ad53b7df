/// Why a line is not JSON, and where.
public struct JSONError: Error, Hashable, CustomStringConvertible {
  /// What is wrong, in words.
  public enum Kind: String, Sendable {
    case unexpected = "unexpected character"
    case unfinished = "the line ends too early"
    case tooDeep = "nested too deep"
    case badNumber = "not a number"
    case badText = "not valid UTF-8 or a bad escape"
    case trailing = "something after the value"
    case duplicateKey = "a key stands twice"
  }
  public let kind: Kind
  /// Bytes from the start of the line.
  public let offset: Int

  public var description: String { "\(kind.rawValue) at byte \(offset)" }
}

/// Reads JSON (RFC 8259) from bytes, with a bound on its depth. The caller bounds the length.
public struct JSONParser {
  public static let maximumDepth = 32

  private let bytes: [UInt8]
  private var place = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSON {
    var parser = JSONParser(bytes)
    parser.skipSpace()
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    if parser.place != bytes.count { throw parser.error(.trailing) }
    return value
  }

  private func error(_ kind: JSONError.Kind) -> JSONError { JSONError(kind: kind, offset: place) }

  private mutating func skipSpace() {
    while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
  }

  private func peek() throws(JSONError) -> UInt8 {
    guard place < bytes.count else { throw error(.unfinished) }
    return bytes[place]
  }

  private mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard try peek() == byte else { throw error(.unexpected) }
    place += 1
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSON {
    let next = try peek()
    if next == UInt8(ascii: "{") || next == UInt8(ascii: "["), depth == JSONParser.maximumDepth {
      throw error(.tooDeep)
    }
    switch next {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try list(depth)
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw error(.unexpected)
    }
  }

  private mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
    for byte in word.utf8 { try expect(byte) }
    return value
  }

  private mutating func object(_ depth: Int) throws(JSONError) -> JSON {
    try expect(UInt8(ascii: "{"))
    var members: [JSON.Member] = []
    var keys: Set<String> = []
    skipSpace()
    if try peek() == UInt8(ascii: "}") {
      place += 1
      return .object(members)
    }
    while true {
      skipSpace()
      let key = try text()
      guard keys.insert(key).inserted else { throw error(.duplicateKey) }
      skipSpace()
      try expect(UInt8(ascii: ":"))
      skipSpace()
      members.append(JSON.Member(key, try value(depth: depth + 1)))
      skipSpace()
      if try peek() == UInt8(ascii: ",") {
        place += 1
        continue
      }
      try expect(UInt8(ascii: "}"))
      return .object(members)
    }
  }

  private mutating func list(_ depth: Int) throws(JSONError) -> JSON {
    try expect(UInt8(ascii: "["))
    var items: [JSON] = []
    skipSpace()
    if try peek() == UInt8(ascii: "]") {
      place += 1
      return .list(items)
    }
    while true {
      skipSpace()
      items.append(try value(depth: depth + 1))
      skipSpace()
      if try peek() == UInt8(ascii: ",") {
        place += 1
        continue
      }
      try expect(UInt8(ascii: "]"))
      return .list(items)
    }
  }

  private mutating func number() throws(JSONError) -> Double {
    let start = place
    if bytes[place] == UInt8(ascii: "-") { place += 1 }
    let first = place
    try digits()
    if place - first > 1, bytes[first] == UInt8(ascii: "0") { throw error(.badNumber) }
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      try digits()
    }
    if place < bytes.count, [UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[place]) {
      place += 1
      if place < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[place]) {
        place += 1
      }
      try digits()
    }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    guard let number = Double(text), number.isFinite else { throw error(.badNumber) }
    return number
  }

  private mutating func digits() throws(JSONError) {
    let start = place
    while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
      place += 1
    }
    if place == start { throw error(.badNumber) }
  }

  private mutating func text() throws(JSONError) -> String {
    try expect(UInt8(ascii: "\""))
    var raw: [UInt8] = []
    while true {
      let byte = try peek()
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: raw, as: UTF8.self) else { throw error(.badText) }
        return text
      case UInt8(ascii: "\\"): try escape(&raw)
      case 0..<0x20: throw error(.badText)
      default: raw.append(byte)
      }
    }
  }

  private mutating func escape(_ raw: inout [UInt8]) throws(JSONError) {
    let byte = try peek()
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): raw.append(byte)
    case UInt8(ascii: "b"): raw.append(8)
    case UInt8(ascii: "f"): raw.append(12)
    case UInt8(ascii: "n"): raw.append(10)
    case UInt8(ascii: "r"): raw.append(13)
    case UInt8(ascii: "t"): raw.append(9)
    case UInt8(ascii: "u"):
      var code = try hex()
      if (0xD800..<0xDC00).contains(code) {
        try expect(UInt8(ascii: "\\"))
        try expect(UInt8(ascii: "u"))
        let low = try hex()
        guard (0xDC00..<0xE000).contains(low) else { throw error(.badText) }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw error(.badText) }
      raw += Array(String(Character(scalar)).utf8)
    default: throw error(.badText)
    }
  }

  private mutating func hex() throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      let byte = try peek()
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw error(.badText)
      }
      code = code << 4 | UInt32(digit)
      place += 1
    }
    return code
  }
}
