import DeviceActing
import PlantModel
import Testing

@testable import DeviceDoctor

/// A healthy device is never called wrong, whatever its make.
@Suite struct HealthyTests {
  @Test(arguments: Practice.profiles, [false, true])
  func nothingIsFoundAtAHealthyDevice(_ profile: String, _ isRunning: Bool) throws {
    for serial in [false, true] {
      let diagnosis = try Practice.diagnose(
        profile, isRunning: isRunning, writes: true, serial: serial)
      #expect(diagnosis.isReachable)
      #expect(diagnosis.findings == [], "\(profile): \(diagnosis.findings.map(\.text))")
      #expect(diagnosis.checks.contains { $0.subject == .reads && $0.outcome == .sound })
    }
  }

  /// What looks strange and is no fault: a DC link without mains, phases that are not connected, a small power
  /// factor, a counter that is new, cold water.
  @Test(arguments: [
    ("danfoss-vlt", ["factor=0.01:bus-voltage"]), ("delta-c2000", ["factor=0.04:bus-voltage"]),
    (
      "eastron-sdm630",
      ["factor=0.004:voltage-2", "factor=0.02:voltage-3", "factor=0.3:power"]
    ),
    ("eastron-sdm630", ["factor=0.15:power"]),
    ("abb-b23", ["factor=0.25:voltage*", "factor=0.25:power"]),
    ("siemens-pac2200", ["factor=0.000001:energy*"]), ("nibe-f1345", ["factor=0.1"]),
    ("tuf-2000m", ["factor=0.6:power"]), ("stiebel-wpm", ["factor=0.05:condenser*"]),
  ])
  func whatIsOddAndSoundIsNotCalledWrong(_ profile: String, _ oddities: [String]) throws {
    let mistakes = try oddities.map { try #require(Mistake($0)) }
    let diagnosis = try Practice.diagnose(profile, mistakes)
    #expect(diagnosis.findings == [], "\(profile): \(diagnosis.findings.map(\.text))")
  }

  @Test func whatCannotBeJudgedIsSaidByName() throws {
    let diagnosis = try Practice.diagnose("kamstrup-multical")
    let open = diagnosis.checks.filter { $0.outcome == .notJudged }.map(\.text).joined()
    for signal in ["flow", "inlet", "outlet"] { #expect(open.contains(signal), "\(open)") }
    #expect(!open.contains("power"))
  }

  /// Examining reads alone.
  @Test func nothingIsWrittenUnlessThatIsAskedFor() throws {
    let plant = try Practice.plant("waveshare-relay-8")
    for writes in [false, true] {
      var examination = Examination(
        of: DeviceID(0), in: plant, at: ActedBedside(ActedDevice(DeviceID(0), in: plant)),
        writes: writes)
      _ = examination.diagnose()
      #expect(examination.line.written == (writes ? 8 : 0))
    }
  }

  @Test(arguments: [
    (0.0, "0"), (0.000_01, "0.00001"), (-0.25, "-0.25"), (231.4, "231.4"), (35.000_6, "35.0006"),
    (0.0025, "0.0025"), (50_000.0, "50000"), (0.1 + 0.2, "0.3"), (-1.05, "-1.05"),
    (1_234_567.8, "1234568"), (9.999_999_9, "10"),
  ])
  func figuresAreWrittenAsAFileTakesThem(_ number: Double, _ text: String) {
    #expect(Figure.text(number) == text)
  }

  /// The acted device obeys by its status, as `Writing` steps it through.
  @Test(arguments: Practice.profiles)
  func anActedMachineStartsAndStopsByTheWordsOfItsProfile(_ profile: String) throws {
    let plant = try Practice.plant(profile)
    let points = plant.points
    guard let run = points.first(where: { $0.name.hasSuffix(".run-command") }),
      let running = points.first(where: { $0.name.hasSuffix(".running") })
    else { return }
    var bedside = ActedBedside(ActedDevice(DeviceID(0), in: plant))
    for wish in [1.0, 0, 1] {
      for _ in 0..<6 {
        var word = try #require(run.register.encode(wish))
        if wish == 1, let status = run.writing.status {
          let seen = read(plant[status].register, &bedside)
          if let step = run.writing.word(at: seen[0]) { word = [step] }
        }
        let reply = bedside.write(
          word, run.register.table, run.register.address, unit: 1,
          by: plant.devices[0].writeFunction, pause: 1, patience: 1)
        #expect(reply == .words([]), "\(profile)")
      }
      #expect(running.register.decode(read(running.register, &bedside)) == wish, "\(profile)")
    }
  }

  private func read(_ register: Register, _ bedside: inout ActedBedside) -> [UInt16] {
    let reply = bedside.read(
      register.table, register.addresses, unit: 1, pause: 1, patience: 1)
    guard case .words(let words) = reply.reply else { return [0] }
    return words
  }
}
