import Testing

/// Meters that err, leaks both ways, a power cut and a flushing, planted in the office's wells.
struct BalanceTests {
  @Test func eachIsNamedAndNothingHealthyIs() throws {
    let found = try Command.run(
      Files.program("wellspring-bench"),
      ["balance", "--short", "--plant", Files.root + "/config/office.yaml"], within: 300)
    #expect(found.code == 0, "\(found.output)")
    for text in [
      "too little on day 2.5: meter-bias, named after", "surface on day 2.5: leak-out, named after",
      "exchanger on day 2.5: exchanger-in, named after",
      "too little on day 6.5: meter-bias, named after", "flushing done",
    ] {
      #expect(found.output.contains(text), "\(text)")
    }
  }
}
