import ControlProtocol
import Testing

@Suite struct MessageTests {
  private func parse(_ text: String) -> Result<Call, BadCall> {
    do throws(BadCall) {
      return .success(try Call.parse(Array(text.utf8)))
    } catch {
      return .failure(error)
    }
  }

  @Test func aCallReadsBackAsItWasWritten() throws {
    let call = Call(method: "why", parameters: ["name": "V1"], id: "seven")
    let read = try parse(call.line).get()
    #expect(read.method == "why")
    #expect(read.parameters == ["name": "V1"])
    #expect(read.id == "seven")
  }

  @Test func parametersAndIdentifierMayBeLeftOut() throws {
    let call = try parse(#"{"jsonrpc":"2.0","method":"status"}"#).get()
    #expect(call.parameters == [:])
    #expect(call.id == nil)
  }

  @Test(arguments: [
    ("{", Failure.Code.parse), ("\u{1}", .parse), ("[]", .invalid), ("7", .invalid),
    (#"{"method":"status"}"#, .invalid), (#"{"jsonrpc":"1.0","method":"status"}"#, .invalid),
    (#"{"jsonrpc":2.0,"method":"status"}"#, .invalid), (#"{"jsonrpc":"2.0"}"#, .invalid),
    (#"{"jsonrpc":"2.0","method":7}"#, .invalid),
    (#"[{"jsonrpc":"2.0","method":"status","id":1}]"#, .invalid),
  ])
  func whatIsNoCallIsRefusedWithItsCode(_ text: String, _ code: Failure.Code) {
    guard case .failure(let bad) = parse(text) else {
      Issue.record("\(text) was taken for a call")
      return
    }
    #expect(bad.failure.code == code)
    #expect(!bad.failure.message.isEmpty)
  }

  @Test(
    arguments: [
      (#"{"jsonrpc":"1.0","id":12,"method":"status"}"#, 12), (#"{"jsonrpc":"2.0","id":"x"}"#, "x"),
      (#"{"jsonrpc":"2.0","id":13,"method":5}"#, 13),
      (#"{"jsonrpc":"2.0","id":14,"method":"why","params":["main"]}"#, 14),
      (#"{"jsonrpc":"2.0","id":[1],"method":5}"#, .null), (#"{"jsonrpc":"2.0"}"#, .null),
      ("[]", .null), ("{", .null),
    ] as [(String, JSON)])
  func anIdentifierThatCouldBeReadIsKept(_ text: String, _ id: JSON) {
    guard case .failure(let bad) = parse(text) else {
      Issue.record("\(text) was taken for a call")
      return
    }
    #expect(bad.id == id)
  }

  @Test(arguments: [
    ("9007199254740991", true), ("-9007199254740991", true), ("9007199254740992", false),
    ("9007199254740993", false), ("0.5", false), ("1e300", false),
  ])
  func aNumberThatComesBackAsItWasSentIsAnIdentifier(_ number: String, _ isTaken: Bool) {
    let call = parse(#"{"jsonrpc":"2.0","id":\#(number),"method":"status"}"#)
    #expect(((try? call.get()) != nil) == isTaken)
    if let id = (try? call.get())?.id { #expect(id.line == number) }
  }

  @Test func repliesCarryTheIdentifierOfTheirCall() throws {
    let result = try JSONParser.parse(Array(Reply.result([1], id: "x").utf8))
    #expect(result["id"] == "x" && result["result"] == [1] && result["error"] == nil)
    let failure = Failure(.refused, "no", data: ["reason": "VALVE-11"])
    let error = try JSONParser.parse(Array(Reply.failure(failure, id: 4).utf8))
    #expect(error["id"] == 4 && error["result"] == nil)
    #expect(error["error"]?["code"] == -32002)
    #expect(error["error"]?["data"]?["reason"] == "VALVE-11")
    let told = try JSONParser.parse(Array(Reply.notification("status", [:]).utf8))
    #expect(told["id"] == nil && told["method"] == "status")
  }

  @Test(arguments: [
    ("sumer", "summer"), ("statsu", "status"), ("wy", "why"), ("main-unit2", "main-unit-2"),
  ])
  func aMistypedWordIsGuessed(_ word: String, _ meant: String) {
    let known = ["main-unit-1", "main-unit-2", "status", "summer", "transition", "why", "winter"]
    #expect(Suggestion.nearest(to: word, among: known) == meant)
  }

  @Test func whereNoneIsNearThoseWithTheWordInThemAreNamed() {
    let known = ["ground-pump-1", "ground-pump-2", "main-unit-2", "winter"]
    #expect(Suggestion.near(to: "wintr", among: known) == ["winter"])
    #expect(Suggestion.near(to: "Pump", among: known) == ["ground-pump-1", "ground-pump-2"])
    #expect(Suggestion.near(to: "bogus", among: known) == [])
  }

  @Test func aFarWordIsNotGuessed() {
    #expect(Suggestion.nearest(to: "pump", among: ["winter", "summer"]) == nil)
    #expect(Suggestion.nearest(to: "", among: ["winter"]) == nil)
    #expect(Suggestion.nearest(to: "V3", among: []) == nil)
    // Of two that are as near, the first by the alphabet, whatever their order.
    #expect(Suggestion.nearest(to: "V0", among: ["V2", "V1"]) == "V1")
  }
}
