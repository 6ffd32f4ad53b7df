import ControlProtocol
import Testing

@Suite struct JSONTests {
  private func parse(_ text: String) throws(JSONError) -> JSON {
    try JSONParser.parse(Array(text.utf8))
  }

  private func fault(_ text: String) -> JSONError.Kind? { fault(Array(text.utf8)) }

  private func fault(_ bytes: [UInt8]) -> JSONError.Kind? {
    do throws(JSONError) {
      _ = try JSONParser.parse(bytes)
      return nil
    } catch {
      return error.kind
    }
  }

  @Test func whatIsWrittenIsReadBackTheSame() throws {
    let value: JSON = [
      "null": .null, "true": true, "false": false, "zero": 0, "whole": -17, "part": 0.1,
      "small": 1e-300, "large": 1.7976931348623157e308, "text": "°C \"quoted\" \\ / \n\t\r\u{1}🌊",
      "list": [1, [2, []], [:]], "": "an empty key",
    ]
    #expect(try parse(value.line) == value)
    #expect(!value.line.contains("\n"))
  }

  @Test(arguments: [
    (#""a\/b""#, "a/b"), (#""\b\f\n\r\t\"\\""#, "\u{8}\u{c}\n\r\t\"\\"), (#""\u00e9""#, "é"),
    (#""\uD83C\uDF0A""#, "🌊"), (#""\u0000""#, "\0"), (#""é🌊""#, "é🌊"),
  ])
  func escapesMeanTheirCharacter(_ text: String, _ meaning: String) throws {
    #expect(try parse(text) == .text(meaning))
  }

  @Test(arguments: [
    #""\uD83C""#, #""\uD83Cx""#, #""\uD83C\n""#, #""\uD83C\u0041""#, #""\uDF0A""#, #""\x""#,
    #""\u12""#, #""\u12g4""#, "\"a\u{1}b\"", "\"tab\there\"",
  ])
  func halfSurrogatesAndBadEscapesAreRefused(_ text: String) {
    #expect([.badText, .unexpected].contains(fault(text)))
  }

  @Test func bytesThatAreNotUTF8AreRefused() {
    for bytes: [UInt8] in [
      [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
    ] {
      #expect(fault([0x22] + bytes + [0x22]) == .badText)
    }
  }

  @Test(arguments: [
    ("0", 0.0), ("-0", -0.0), ("12", 12), ("-1.5", -1.5), ("1e3", 1000), ("1E-2", 0.01),
    ("2.5e+1", 25), ("1e-400", 0),
  ])
  func numbersAreThoseOfTheGrammar(_ text: String, _ number: Double) throws {
    #expect(try parse(text) == .number(number))
  }

  @Test(arguments: ["01", "-", "1.", ".5", "+1", "1e", "1e+", "-.5", "1e400", "0x10", "NaN", "1 2"])
  func otherNumbersAreRefused(_ text: String) { #expect(fault(text) != nil) }

  @Test(arguments: [
    ("", JSONError.Kind.unfinished), ("{", .unfinished), ("[1,", .unfinished),
    ("\"a", .unfinished), ("tru", .unfinished), ("[1 2]", .unexpected), ("{a:1}", .unexpected),
    ("{\"a\" 1}", .unexpected), ("[1,]", .unexpected), ("{} {}", .trailing), ("nul!", .unexpected),
    (#"{"a":1,"a":2}"#, .duplicateKey), (#"{"a":1,"\u0061":2}"#, .duplicateKey),
  ])
  func brokenLinesSayWhatIsWrong(_ text: String, _ kind: JSONError.Kind) {
    #expect(fault(text) == kind)
  }

  @Test func nestingIsBoundedExactly() {
    let limit = JSONParser.maximumDepth
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
      let fits =
        String(repeating: open, count: limit) + "1" + String(repeating: close, count: limit)
      #expect(fault(fits) == nil)
      #expect(fault(open + fits + close) == .tooDeep)
    }
    #expect(fault(String(repeating: "[", count: 1_000_000)) == .tooDeep)
  }

  @Test func whatIsNoNumberIsWrittenAsNull() {
    for number in [Double.nan, .infinity, -.infinity] {
      #expect(JSON.number(number).line == "null")
      #expect(JSON.optional(number) == .null)
      #expect(JSON.rounded(number, 2) == .null)
    }
    #expect(JSON.number(9_007_199_254_740_991).line == "9007199254740991")
    #expect(JSON.number(-3).line == "-3")
    #expect(JSON.rounded(21.449, 1) == 21.4)
  }

  /// Mutilated lines end in a value or an error, never in a trap; values are stable under writing.
  @Test func anyMutilatedLineIsAnswered() throws {
    let seeds = [
      #"{"jsonrpc":"2.0","id":7,"method":"why","params":{"name":"V1","x":[1,-2.5e3,null,true]}}"#,
      #"["\uD83C\uDF0A\n","é",{"a":{"b":[[[]]]}},0.0001]"#,
    ].map { Array($0.utf8) }
    var random = Mutations(seed: 20)
    var values = 0
    for round in 0..<20_000 {
      var bytes = seeds[round % seeds.count]
      for _ in 0...Int(random.next() % 4) { random.mutate(&bytes) }
      do throws(JSONError) {
        let value = try JSONParser.parse(bytes)
        #expect(try JSONParser.parse(Array(value.line.utf8)) == value)
        values += 1
      } catch {
        #expect(error.offset <= bytes.count)
      }
    }
    #expect(values > 100)
  }
}

/// A seeded source of damage.
struct Mutations {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }

  mutating func mutate(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    let place = Int(next()) % bytes.count
    let telling = Array("{}[]\",:\\0e.-u".utf8)
    switch next() % 4 {
    case 0: bytes.remove(at: place)
    case 1: bytes.insert(telling[Int(next()) % telling.count], at: place)
    case 2: bytes[place] = UInt8(truncatingIfNeeded: next())
    default: bytes.removeSubrange(place...)
    }
  }
}
