import ControlProtocol
import Testing

/// What a method takes: anything else is refused by its name, with what would be right.
@Suite struct ParameterTests {
  private func refusal(_ body: () throws -> Void) -> Failure? {
    do {
      try body()
      return nil
    } catch {
      return error as? Failure
    }
  }

  private func call(_ parameters: JSON) -> Call { Call(method: "events", parameters: parameters) }

  @Test func aWholeNumberInItsRangeIsTaken() throws {
    #expect(try call(["limit": 1]).whole("limit", in: 1...1000, orElse: 50) == 1)
    #expect(try call(["limit": 1000]).whole("limit", in: 1...1000, orElse: 50) == 1000)
    #expect(try call([:]).whole("limit", in: 1...1000, orElse: 50) == 50)
  }

  @Test(
    arguments: [
      "5", 2.5, 1e300, 1001, 0, -1, .null, true, [5], ["limit": 5],
    ] as [JSON])
  func whatIsNoSuchNumberIsRefused(_ value: JSON) {
    let failure = refusal {
      _ = try call(["limit": value]).whole("limit", in: 1...1000, orElse: 50)
    }
    #expect(failure?.code == .parameters, "\(value)")
    #expect(failure?.message.contains("'limit'") == true, "\(value)")
    #expect(failure?.message.contains("from 1 to 1000") == true, "\(value)")
  }

  @Test func aTextMustBeThereAndShortEnough() throws {
    #expect(try call(["name": "V1"]).text("name", atMost: 2) == "V1")
    #expect(try call([:]).text("name", orElse: "*") == "*")
    for parameters: JSON in [[:], ["name": 7], ["name": ["V1"]], ["name": .null], ["name": "V12"]] {
      let failure = refusal { _ = try call(parameters).text("name", atMost: 2) }
      #expect(failure?.code == .parameters, "\(parameters)")
      #expect(failure?.message.contains("'name'") == true, "\(parameters)")
      #expect(failure?.message.contains("2 bytes") == true, "\(parameters)")
    }
  }

  @Test func aParameterThatTheMethodDoesNotKnowIsRefused() throws {
    try call(["limit": 5]).takes(["limit"])
    let failure = refusal { try call(["limit": 5, "lmit": 6]).takes(["limit"]) }
    #expect(failure?.code == .parameters)
    #expect(failure?.message.contains("'lmit'") == true)
    #expect(failure?.data["names"] == ["limit"])
    #expect(refusal { try call(["limit": 5]).takes([]) }?.message.hasSuffix("takes none") == true)
  }
}
