import DeviceActing
import PlantModel
import Testing

@testable import DeviceDoctor

/// What is planted is found, named rightly, and nothing else beside it.
@Suite struct MistakeTests {
  /// A mistake, and the only finding that it may lead to.
  struct Case: CustomTestStringConvertible, Sendable {
    let profile: String
    let mistake: String
    let subject: Check.Subject
    /// What a change to be made must say; nil where nothing is to be written.
    let change: String?
    var writes = false
    var testDescription: String { "\(profile) \(mistake)" }
  }

  static let cases: [Case] = [
    Case(
      profile: "thermia-mega", mistake: "off-by-one=1", subject: .address,
      change: "address: each +1"),
    Case(
      profile: "eastron-sdm630", mistake: "off-by-one=-1", subject: .address,
      change: "address: each -1"),
    Case(
      profile: "eastron-sdm630", mistake: "off-by-one=1", subject: .address,
      change: "address: each +1"),
    Case(
      profile: "invt-gd200a", mistake: "off-by-one=1", subject: .address, change: "address: each +1"
    ),
    Case(
      profile: "idm-navigator", mistake: "off-by-one=-1", subject: .address,
      change: "address: each -1"),
    Case(
      profile: "eastron-sdm630", mistake: "swapped-words", subject: .wordOrder,
      change: "ABCD → CDAB"),
    Case(
      profile: "idm-navigator", mistake: "swapped-words", subject: .wordOrder,
      change: "CDAB → ABCD"),
    Case(
      profile: "abb-b23", mistake: "swapped-bytes", subject: .wordOrder, change: "ABCD → BADC"),
    Case(
      profile: "tuf-2000m", mistake: "swapped-bytes", subject: .wordOrder, change: "CDAB → DCBA"),
    Case(
      profile: "abb-b23", mistake: "factor=10:voltage*", subject: .scale,
      change: "scale: 0.1 → 0.01"),
    Case(
      profile: "abb-b23", mistake: "factor=0.1:voltage*", subject: .scale,
      change: "scale: 0.1 → 1"),
    Case(
      profile: "carlo-gavazzi-em24", mistake: "factor=0.1:mains-frequency", subject: .scale,
      change: "mains-frequency: scale: 0.1 → 1"),
    Case(
      profile: "kamstrup-multical", mistake: "factor=10:power", subject: .scale,
      change: "power: scale: 1 → 0.1"),
    Case(
      profile: "thermia-mega", mistake: "factor=10:evaporator*", subject: .scale,
      change: "evaporator-entering, evaporator-leaving: scale: 0.01 → 0.001"),
    Case(
      profile: "abb-acs580", mistake: "factor=0.1:frequency", subject: .scale,
      change: "frequency: scale: 0.0025 → 0.025"),
    Case(
      profile: "siemens-pac2200", mistake: "factor=100:power", subject: .scale,
      change: "power: scale: 0.001 → 0.00001"),
    Case(
      profile: "delta-c2000", mistake: "factor=10:bus-voltage", subject: .scale,
      change: "bus-voltage: scale: 0.1 → 0.01"),
    Case(profile: "chint-dtsu666", mistake: "wrong-unit=7", subject: .unit, change: "unit: 1 → 7"),
    Case(
      profile: "grundfos-magna3", mistake: "read-limit=16", subject: .readLimit,
      change: "maximum_read_registers: 60 → 16"),
    Case(
      profile: "stiebel-wpm", mistake: "read-limit=5", subject: .readLimit,
      change: "maximum_read_registers: 47 → 5"),
    Case(
      profile: "danfoss-fc51", mistake: "too-fast=15", subject: .pause,
      change: "pause_seconds: 0.005 → 0.02"),
    Case(
      profile: "wago-750", mistake: "slow=700", subject: .answerTime,
      change: "response_timeout_seconds: 0.5 → 1.5"),
    Case(
      profile: "schneider-atv320", mistake: "read-only-command", subject: .writes, change: nil,
      writes: true),
    Case(
      profile: "waveshare-relay-8", mistake: "write-function=multiple", subject: .writes,
      change: "write_function: single → multiple", writes: true),
    Case(
      profile: "waveshare-analog-8", mistake: "wrong-table", subject: .table,
      change: "table: input → holding"),
    Case(
      profile: "carrier-30wi", mistake: "wrong-table", subject: .table,
      change: "table: discrete → coil"),
    Case(
      profile: "danfoss-fc51", mistake: "signed-as-unsigned:power", subject: .format,
      change: "power: format: u16 → i16"),
    Case(profile: "nibe-f1345", mistake: "no-value:outdoor", subject: .noValue, change: nil),
    Case(
      profile: "thermia-mega", mistake: "no-value=32767:outdoor", subject: .noValue,
      change: "outdoor: no_value: [32767]"),
    Case(profile: "invt-gd200a", mistake: "wrong-identity", subject: .identity, change: "one_of"),
    Case(
      profile: "inepro-pro380", mistake: "undefined=20484", subject: .registers,
      change: "voltage-2: address: 20484"),
    Case(
      profile: "grundfos-magna3", mistake: "undefined=306", subject: .reads,
      change: "merge_gap_registers: 8 → 0"),
    Case(
      profile: "grundfos-magna3", mistake: "block-start=310", subject: .reads,
      change: "no_read_across: [310]"),
    Case(profile: "siemens-pac2200", mistake: "zeros", subject: .values, change: nil),
  ]

  @Test(arguments: cases)
  func aPlantedMistakeIsFoundAndNothingElse(_ planted: Case) throws {
    let mistake = try #require(Mistake(planted.mistake))
    let diagnosis = try Practice.diagnose(
      planted.profile, [mistake], isRunning: true, writes: planted.writes)
    let findings = diagnosis.findings
    let told = findings.map { "\($0.subject): \($0.text) \($0.changes)" }
    #expect(!findings.isEmpty)
    #expect(findings.allSatisfy { $0.subject == planted.subject }, "\(told)")
    guard let change = planted.change else { return }
    let changes = findings.flatMap { $0.changes.map(\.description) }
    #expect(changes.contains { $0.contains(change) }, "\(told)")
  }

  @Test func aLineAtAnotherSpeedIsTold() throws {
    let diagnosis = try Practice.diagnose("eastron-sdm630", [.wrongBaud], serial: true)
    #expect(!diagnosis.isReachable)
    #expect(diagnosis.findings.map(\.subject) == [.contact])
    #expect(diagnosis.findings[0].changes.map(\.key) == ["baud", "parity"])
  }

  @Test func whereNobodyAnswersEveryUnitIsAskedOnce() throws {
    let diagnosis = try Practice.diagnose("eastron-sdm630", [.wrongUnit(99)])
    #expect(!diagnosis.isReachable)
    #expect(diagnosis.findings.map(\.subject) == [.contact])
  }

  @Test(arguments: [
    "off-by-one=2", "off-by-one", "factor=0", "factor=x:power", "wrong-unit=300", "slow=0",
    "zeros=1", "no-value", "sickness", "", "swapped-words:power",
  ])
  func whatIsNoMistakeIsNone(_ text: String) { #expect(Mistake(text) == nil) }
}
