import ControlProtocol
import Testing

/// The control socket as another program meets it: JSON-RPC 2.0, one object a line.
struct SocketTests {
  @Test func socatIsAnsweredByTheRulesOfJSONRPC() throws {
    let rig = Rig()
    try rig.start()
    let calls = [
      #"{"jsonrpc":"2.0","id":7,"method":"version"}"#,
      #"{"jsonrpc":"2.0","id":"a b","method":"why","params":{"name":"main"}}"#,
      #"{"jsonrpc":"2.0","id":null,"method":"version"}"#,
      // A notification: it is done, and gets no answer.
      #"{"jsonrpc":"2.0","method":"mode.set","params":{"block":"main","mode":"summer"}}"#,
      #"{"jsonrpc":"2.0","method":"no-such-method"}"#,
      #"{"jsonrpc":"2.0","id":8,"method":"no-such-method"}"#,
      #"{"jsonrpc":"2.0","id":9,"method":"why","params":{"name":"nobody"}}"#,
      #"{"jsonrpc":"2.0","id":10,"method":"mode.set","params":{"block":"main","mode":"warm"}}"#,
      #"{"jsonrpc":"2.0","id":11,"method":"why","params":["main"]}"#,
      #"{"jsonrpc":"1.0","id":12,"method":"version"}"#,
      #"{"jsonrpc":"2.0","id":13}"#,
      #"{"jsonrpc":"2.0","id":14,"method":5}"#,
      #"{"jsonrpc":"2.0","id":{},"method":"version"}"#,
      #"{"jsonrpc":"2.0","id":1e300,"method":"version"}"#,
      #"{"jsonrpc":"2.0","id":0.5,"method":"version"}"#,
      #"[{"jsonrpc":"2.0","id":15,"method":"version"}]"#,
      #"{"jsonrpc":"2.0","id":16,"method""#,
      "hello",
      #"{"jsonrpc":"2.0","id":9007199254740993,"method":"version"}"#,
      #"{"jsonrpc":"2.0","id":9007199254740991,"method":"events","params":{"limit":1000}}"#,
      #"{"jsonrpc":"2.0","id":17,"method":"events","params":{"limit":"5"}}"#,
      #"{"jsonrpc":"2.0","id":18,"method":"events","params":{"limit":1e300}}"#,
      #"{"jsonrpc":"2.0","id":19,"method":"version","params":{"limit":5}}"#,
      #"{"jsonrpc":"2.0","id":20,"method":"mode.set","params":{"block":["main"],"mode":"off"}}"#,
      #"{"jsonrpc":"2.0","id":21,"method":"mode.set","params":{"block":"main"}}"#,
      #"{"jsonrpc":"2.0","id":22,"method":"points","params":{"name":7}}"#,
      #"{"jsonrpc":"2.0","id":23,"method":"reset","params":{"kind":"frost"}}"#,
    ]
    let answers = try socat(rig, calls.joined(separator: "\n") + "\n")
    let expected: [(JSON, Int?)] = [
      (7, nil), ("a b", nil), (.null, nil), (8, -32601), (9, -32602), (10, -32602),
      (11, -32600), (12, -32600), (13, -32600), (14, -32600), (.null, -32600),
      (.null, -32600), (.null, -32600), (.null, -32600), (.null, -32700), (.null, -32700),
      (.null, -32600), (9_007_199_254_740_991, nil), (17, -32602), (18, -32602), (19, -32602),
      (20, -32602), (21, -32602), (22, -32602), (23, -32602),
    ]
    try #require(answers.count == expected.count, "\(answers.map(\.line))")
    for (answer, (id, code)) in zip(answers, expected) {
      #expect(answer["jsonrpc"] == "2.0")
      #expect(answer["id"] == id, "\(answer.line)")
      #expect(answer["error"]?["code"]?.number == code.map(Double.init), "\(answer.line)")
      // Either a result or an error, never both.
      #expect((answer["result"] == nil) == (answer["error"] != nil), "\(answer.line)")
    }
    try eventually("the notification to be done") {
      try rig.block("main")["mode"]?.text == "summer"
    }
  }

  @Test func aLastLineWithoutItsEndIsRefusedNotPassedOver() throws {
    let rig = Rig()
    try rig.start()
    let answers = try socat(
      rig,
      #"{"jsonrpc":"2.0","id":1,"method":"version"}"# + "\n" + #"{"jsonrpc":"2.0","id":2,"method":"#
    )
    #expect(answers.map { $0["id"] } == [1, .null])
    #expect(answers.last?["error"]?["code"] == -32600)
  }

  @Test func callsOfOneClientAreAnsweredInTheirOrder() throws {
    let rig = Rig()
    try rig.start()
    let modes = (0..<20).map { $0.isMultiple(of: 2) ? "summer" : "winter" }
    let calls = modes.enumerated().map { number, mode in
      #"{"jsonrpc":"2.0","id":\#(number),"method":"mode.set","params":{"block":"main","mode":"\#(mode)"}}"#
    }
    let answers = try socat(rig, calls.joined(separator: "\n") + "\n")
    #expect(answers.map { $0["id"]?.number } == (0..<20).map(Double.init))
    #expect(answers.allSatisfy { $0["result"]?["accepted"] == true })
    #expect(try rig.block("main")["mode"]?.text == "winter")
  }

  @Test func aWatcherIsToldTheStatusWithoutAskingAgain() throws {
    let rig = Rig()
    try rig.start()
    let client = try RawSocket(connectingTo: rig.socket)
    client.send(#"{"jsonrpc":"2.0","id":1,"method":"watch"}"# + "\n")
    let first = try JSONParser.parse(Array(try #require(try client.line()).utf8))
    #expect(first["id"] == 1)
    var scans = try #require(first["result"]?["scans"]?.number)
    for _ in 0..<2 {
      let told = try JSONParser.parse(Array(try #require(try client.line()).utf8))
      #expect(told["method"] == "status")
      #expect(told["id"] == nil)
      let count = try #require(told["params"]?["scans"]?.number)
      #expect(count > scans)
      scans = count
    }
  }

  @Test func whoIsInNoGroupIsForbidden() throws {
    let rig = Rig()
    try rig.start()
    for (method, words) in [("status", ["status"]), ("mode.set", ["mode", "main", "summer"])] {
      let stranger = try Command.run(
        "setpriv",
        [
          "--reuid=65534", "--regid=65534", "--clear-groups", try copyOfClient(rig), "--socket",
          rig.socket, "--json",
        ] + words)
      #expect(stranger.code == 1, "needs root to become somebody else: \(stranger.complaint)")
      #expect(stranger.output.contains("-32001"), "\(stranger.output)")
      #expect(stranger.complaint.contains("'\(method)' needs the role"))
    }
    #expect(try rig.block("main")["mode"]?.text == "off")
  }

  /// Where anybody may run it, whatever folder this was built in.
  private func copyOfClient(_ rig: Rig) throws -> String {
    let copy = rig.folder.file("client")
    let copied = try Command.run("cp", [Files.program("wellspringctl"), copy])
    #expect(copied.code == 0)
    return copy
  }

  private func socat(_ rig: Rig, _ lines: String) throws -> [JSON] {
    let result = try Command.run(
      "socat", ["-t", "30", "-", "UNIX-CONNECT:\(rig.socket)"], input: lines)
    #expect(result.code == 0, "\(result.complaint)")
    return try result.output.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }
  }
}
