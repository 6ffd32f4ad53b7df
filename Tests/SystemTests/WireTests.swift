import Testing

/// tshark, which shares no code with us, decodes what really went over the wire.
struct WireTests {
  /// A read as both tell it: port, unit, function, first address, count.
  private typealias Reads = Set<[Int]>

  @Test func theRequestsOnTheWireAreThosePlanned() throws {
    let rig = Rig()
    let planned = try planned(rig)
    #expect(planned.count > 80)
    try rig.startTwin()
    let log = rig.folder.file("tshark.log")
    let captured = rig.folder.file("tshark.out")
    let shark = try Child(
      "sh", ["-c", "exec tshark \(words(rig.ports)) > \(captured)"], log: log)
    try eventually("tshark to listen") {
      guard shark.isRunning else { throw TimedOut(description: Files.text(log)) }
      return Files.text(log).contains("Capturing on")
    }
    try rig.startDaemon(at: "2026-04-10T00:00:00Z", ["--time-scale", "1", "--scan-seconds", "1"])
    #expect(try shark.exitCode(within: 60) == 0, "\(Files.text(log))")
    let seen = Reads(
      Files.text(captured).split(separator: "\n").compactMap { line in
        let fields = line.split(separator: "\t").compactMap { Int($0) }
        return fields.count == 5 && (1...4).contains(fields[2]) ? fields : nil
      })
    #expect(
      seen == planned,
      "only planned \(planned.subtracting(seen)), only seen \(seen.subtracting(planned))")
  }

  private func words(_ ports: [Int]) -> String {
    let filter = ports.map { "dst port \($0)" }.joined(separator: " or ")
    // What goes to these ports is a request.
    let places = ports.map { "\($0)" }.joined(separator: ",")
    let decode =
      "-o mbtcp.tcp.port:\(places) "
      + ports.map { "-d tcp.port==\($0),mbtcp" }.joined(separator: " ")
    return
      "-i lo -l -a duration:12 -f '\(filter)' \(decode) -Y modbus -T fields -e tcp.dstport -e mbtcp.unit_id -e modbus.func_code -e modbus.reference_num -e modbus.word_cnt -e modbus.bit_cnt"
  }

  private func planned(_ rig: Rig) throws -> Reads {
    let told = try Command.run(
      Files.program("wellspringd"), ["--check", "--requests", rig.config])
    #expect(told.code == 0, "\(told.complaint)")
    let functions = ["coil": 1, "discrete": 2, "holding": 3, "input": 4]
    let ports = ["drives": 0, "units": 1, "field": 2]
    return Reads(
      told.output.split(separator: "\n").dropFirst().compactMap { line in
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 6, let port = ports[words[0]], let function = functions[words[3]],
          let unit = Int(words[1]), let first = Int(words[4]), let count = Int(words[5])
        else { return nil }
        return [rig.ports[port], unit, function, first, count]
      })
  }
}
