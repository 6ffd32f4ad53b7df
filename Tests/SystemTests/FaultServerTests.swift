import Testing

/// The fault server as a tool, and our field against it, over the wire and with new seeds each time.
@Suite(.serialized) struct FaultServerTests {
  @Test func itProducesEveryFaultAndSeesWhoBelievesThem() throws {
    let selftest = try Command.run("python3", [Files.root + "/tools/faults/selftest.py"])
    #expect(selftest.code == 0, "\(selftest.output)\(selftest.complaint)")
    #expect(selftest.output.contains("well"))
  }

  @Test func nothingFalseIsDeliveredByTheField() throws {
    let bench = Files.program("wellspring-bench")
    let run = try Command.run(
      "python3",
      [
        Files.root + "/tools/faults/compare.py", "--only", "none", "--own", "\(bench) faults",
        "--exchanges", "10000",
      ], within: 200)
    #expect(run.code == 0, "\(run.output)\(run.complaint)")
    let rows = run.output.split(separator: "\n").filter { $0.hasPrefix("| ours") }
      .map { $0.split(separator: "|").map { $0.filter { $0 != " " } } }
    #expect(rows.map { $0[1] } == ["tcp", "rtu"])
    for row in rows {
      #expect(Int(row[3]) ?? 0 >= (row[1] == "tcp" ? 10_000 : 1000), "\(row)")
      #expect(Int(row[4]) ?? 0 > 1000 && row[5] == "0", "\(row)")
    }
  }
}
