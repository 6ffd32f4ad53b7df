import ControlProtocol
import Testing

/// Clients that do harm: it costs them their connection, and nobody else anything.
struct BadClientTests {
  /// Kilobytes; far above what the daemon needs, far below what an unbounded client could cost.
  private static let memoryLimit = 60_000

  @Test func aLineThatIsNeverFinishedHoldsNobodyUp() throws {
    let rig = Rig()
    try rig.start()
    let hanging = try RawSocket(connectingTo: rig.socket)
    hanging.send(#"{"jsonrpc":"2.0","id":1,"meth"#)
    try servesOthers(rig)
    #expect(!hanging.hasClosed())
    hanging.send(#"od":"version"}"# + "\n")
    #expect(try hanging.line()?.contains("0.1.0") == true)
  }

  @Test func aLineOfTenMegabytesIsRefusedAndCutOff() throws {
    let rig = Rig()
    try rig.start()
    let client = try RawSocket(connectingTo: rig.socket)
    let isSent = try client.sendAll(Array(repeating: UInt8(ascii: "x"), count: 10_000_000))
    #expect(!isSent)
    #expect(try client.line()?.contains("-32600") == true)
    try eventually("the connection to be closed") { client.hasClosed() }
    try servesOthers(rig)
  }

  @Test func bytesThatAreNoTextAreAnsweredWithAnError() throws {
    let rig = Rig()
    try rig.start()
    let client = try RawSocket(connectingTo: rig.socket)
    var lines: [[UInt8]] = [
      [0xFF, 0xFE, 0x00, 0x80], Array("{\"jsonrpc\":\"2.0\",\"id\":\"".utf8) + [0xC3, 0x28, 0x22],
      Array(repeating: UInt8(ascii: "["), count: 60_000), [UInt8](repeating: 0, count: 1000),
      Array(String(repeating: "{\"a\":", count: 10_000).utf8),
      Array(#"{"jsonrpc":"2.0","id":"\ud800","method":"status"}"#.utf8),
      Array("{\"a\":1e999}".utf8), Array("{\"a\":1,\"a\":2}".utf8),
    ]
    lines.append(Array("{".utf8) + (0..<6000).flatMap { "\"\($0)\":1,".utf8 } + "}".utf8)
    for line in lines {
      #expect(try client.sendAll(line + [10]))
      let answer = try JSONParser.parse(Array(try #require(try client.line()).utf8))
      #expect(answer["error"]?["code"]?.number == -32700, "\(answer.line)")
    }
    try servesOthers(rig)
  }

  @Test func aThousandConnectionsShutNobodyOut() throws {
    let rig = Rig()
    try rig.start()
    let before = try rig.scans()
    let honest = try Child(
      Files.program("wellspringctl"), ["--socket", rig.socket, "--json", "watch"],
      log: rig.folder.file("watch.log"))
    var crowd: [RawSocket] = []
    for number in 0..<1000 {
      var client: RawSocket?
      // The kernel's own queue of callers may be full for a moment.
      try eventually("a connection") {
        client = try? RawSocket(connectingTo: rig.socket)
        return client != nil
      }
      client?.send("{")
      if let client { crowd.append(client) }
      if number.isMultiple(of: 100) { #expect(try rig.ctl(["status"]).code == 0) }
    }
    let log = rig.folder.file("watch.log")
    let told = Files.text(log).split(separator: "\n").count
    try eventually("the watcher to be told on") {
      Files.text(log).split(separator: "\n").count > told + 1
    }
    #expect(honest.isRunning)
    let left = crowd.count { !$0.hasClosed() }
    #expect(left < 64)
    try servesOthers(rig, since: before)
  }

  @Test func aWatcherThatNeverReadsIsCutOff() throws {
    let rig = Rig()
    try rig.start()
    let before = try rig.scans()
    let deaf = try RawSocket(connectingTo: rig.socket)
    deaf.send(#"{"jsonrpc":"2.0","id":1,"method":"watch"}"# + "\n")
    // Long answers, so that it is behind soon.
    for _ in 0..<20 {
      deaf.send(#"{"jsonrpc":"2.0","id":2,"method":"points"}"# + "\n")
    }
    try eventually("the daemon to give it up", within: 60) {
      deaf.send("\n")
      return deaf.isClosed
    }
    try servesOthers(rig, since: before)
  }

  @Test func aFloodOfCallsDelaysNoScan() throws {
    let rig = Rig()
    try rig.start()
    let before = try rig.scans()
    let missed = try rig.status()["missed_scans"]?.number ?? 0
    let flood = (0..<8).compactMap { _ in try? RawSocket(connectingTo: rig.socket) }
    let calls = Array(
      String(repeating: #"{"jsonrpc":"2.0","id":2,"method":"points"}"# + "\n", count: 200).utf8)
    for client in flood { client.send(calls) }
    var answered = 0
    try eventually("the flood to be answered") {
      for client in flood {
        if try client.line() != nil { answered += 1 }
      }
      return answered >= 400
    }
    let scanned = try rig.scans() - before
    let late = (try rig.status()["missed_scans"]?.number ?? 0) - missed
    #expect(scanned > 0)
    // Other work of this machine may cost a scan here and there.
    #expect(late <= scanned / 5 + 5, "\(late) of \(scanned) scans were missed")
    try servesOthers(rig)
  }

  @Test func aPatternThatIsTooLongIsRefused() throws {
    let rig = Rig()
    try rig.start()
    for (length, code) in [(200, nil), (201, -32602), (60_000, -32602)] as [(Int, Int?)] {
      let client = try RawSocket(connectingTo: rig.socket)
      let pattern = String(repeating: "*", count: length)
      let call = #"{"jsonrpc":"2.0","id":1,"method":"points","params":{"name":"\#(pattern)"}}"#
      #expect(try client.sendAll(Array((call + "\n").utf8)))
      let answer = try JSONParser.parse(Array(try #require(try client.line()).utf8))
      #expect(answer["error"]?["code"]?.number == code.map(Double.init), "\(length)")
    }
    try servesOthers(rig)
  }

  @Test func linesWithNothingInThemCostNoTimeThatGrows() throws {
    let rig = Rig()
    try rig.start()
    let client = try RawSocket(connectingTo: rig.socket)
    #expect(try client.sendAll(Array(repeating: 10, count: 4_000_000)))
    client.send(#"{"jsonrpc":"2.0","id":1,"method":"version"}"# + "\n")
    #expect(try client.line()?.contains("0.1.0") == true)
    try servesOthers(rig)
  }

  /// Scans go on, another client is served, and memory is bounded.
  private func servesOthers(_ rig: Rig, since scans: Double? = nil) throws {
    let before = try scans ?? rig.scans()
    try eventually("scans to go on") { try rig.scans() >= before + 5 }
    #expect(try rig.ctl(["status"]).code == 0)
    #expect(rig.daemon?.isRunning == true, "\(rig.journal)")
    let memory = rig.daemon?.residentKilobytes ?? .max
    #expect(memory < BadClientTests.memoryLimit, "the daemon holds \(memory) kB")
  }
}
