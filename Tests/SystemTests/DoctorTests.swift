import ControlProtocol
import Glibc
import Testing

/// `wellspringctl doctor` against devices that `wellspring-sim act` plays, over the wire.
@Suite(.serialized) struct DoctorTests {
  /// Thirty makes, each in service or standing.
  private static let healthy = [
    "abb-acs550", "abb-acs580", "abb-b23", "advantech-adam-4017", "advantech-adam-4024",
    "advantech-adam-4055", "carlo-gavazzi-em24", "carrier-30wi", "carrier-30xw", "chint-dtsu666",
    "danfoss-fc51", "danfoss-vlt", "delta-c2000", "eastron-sdm230", "eastron-sdm630",
    "fuji-frenic", "grundfos-cim200", "grundfos-magna3", "idm-navigator", "inovance-md500",
    "invertek-e3", "invt-gd200a", "kamstrup-multical", "nibe-f1345", "schneider-atv630",
    "siemens-pac2200", "stiebel-wpm", "tuf-2000m", "wago-750", "waterfurnace-aurora",
  ]

  /// A planted mistake, and how it must be named.
  private struct Planted {
    var profile: String
    var mistake: String
    var check: String
    var key: String
    var to: String
    var options: [String] = []
  }

  private static let planted = [
    Planted(
      profile: "thermia-mega", mistake: "off-by-one=1", check: "address", key: "address",
      to: "each +1"),
    Planted(
      profile: "invt-gd200a", mistake: "off-by-one=-1", check: "address", key: "address",
      to: "each -1"),
    Planted(
      profile: "eastron-sdm630", mistake: "swapped-words", check: "word-order", key: "word_order",
      to: "CDAB"),
    Planted(
      profile: "idm-navigator", mistake: "swapped-words", check: "word-order", key: "word_order",
      to: "ABCD"),
    Planted(
      profile: "abb-b23", mistake: "swapped-bytes", check: "word-order", key: "word_order",
      to: "BADC"),
    Planted(
      profile: "carlo-gavazzi-em24", mistake: "factor=10:voltage*", check: "scale", key: "scale",
      to: "0.01"),
    Planted(
      profile: "abb-acs580", mistake: "factor=0.1:frequency", check: "scale", key: "scale",
      to: "0.025"),
    Planted(
      profile: "kamstrup-multical", mistake: "factor=100:power", check: "scale", key: "scale",
      to: "0.01"),
    Planted(
      profile: "chint-dtsu666", mistake: "wrong-unit=7", check: "unit", key: "unit", to: "7",
      options: ["--timeout", "0.1"]),
    Planted(
      profile: "grundfos-magna3", mistake: "read-limit=16", check: "read-limit",
      key: "maximum_read_registers", to: "16"),
    Planted(
      profile: "stiebel-wpm", mistake: "read-limit=5", check: "read-limit",
      key: "maximum_read_registers", to: "5"),
    Planted(
      profile: "danfoss-fc51", mistake: "too-fast=15", check: "pause", key: "pause_seconds",
      to: "0.02", options: ["--timeout", "0.2"]),
    Planted(
      profile: "wago-750", mistake: "slow=300", check: "answer-time",
      key: "response_timeout_seconds", to: "", options: ["--timeout", "0.1"]),
    Planted(
      profile: "schneider-atv320", mistake: "read-only-command", check: "writes", key: "", to: "",
      options: ["--write"]),
    Planted(
      profile: "waveshare-analog-8", mistake: "wrong-table", check: "table", key: "table",
      to: "holding"),
    Planted(
      profile: "danfoss-fc51", mistake: "signed-as-unsigned:power", check: "format",
      key: "format", to: "i16"),
    Planted(
      profile: "nibe-f1345", mistake: "no-value:outdoor", check: "no-value", key: "", to: ""),
    Planted(
      profile: "invt-gd200a", mistake: "wrong-identity", check: "identity",
      key: "identity: one_of", to: ""),
    Planted(
      profile: "inepro-pro380", mistake: "undefined=20484", check: "registers", key: "address",
      to: "?"),
    Planted(profile: "siemens-pac2200", mistake: "zeros", check: "values", key: "", to: ""),
  ]

  @Test func twentyPlantedMistakesAreNamedAndNoneOfThirtyHealthyDevicesIs() throws {
    var wrong: [String] = []
    for (place, profile) in DoctorTests.healthy.enumerated() {
      let acted = try Acted(profile, place % 2 == 0 ? ["--running"] : [])
      let answer = try acted.doctor(["--write"])
      if answer.code != 0 { wrong.append("\(profile): \(answer.output)\(answer.complaint)") }
    }
    var missed: [String] = []
    for each in DoctorTests.planted {
      let acted = try Acted(each.profile, ["--running", "--mistake", each.mistake])
      let answer = try acted.doctor(each.options)
      if !isNamed(each, answer) {
        missed.append("\(each.profile) \(each.mistake): \(answer.output)\(answer.complaint)")
      }
    }
    #expect(wrong == [])
    #expect(missed == [])
    let found = DoctorTests.planted.count - missed.count
    print(
      "found \(found) of \(DoctorTests.planted.count), false \(wrong.count) of \(DoctorTests.healthy.count)"
    )
  }

  /// Whether the finding, and no other, is the mistake, with what to write.
  private func isNamed(_ planted: Planted, _ answer: Command.Result) -> Bool {
    let checks = answer.json["devices"]?.list?.first?["checks"]?.list ?? []
    let findings = checks.filter { $0["result"] == "finding" }
    let changes = findings.flatMap { $0["changes"]?.list ?? [] }
    let isRight =
      planted.key.isEmpty
      || changes.contains {
        $0["key"]?.text == planted.key && (planted.to.isEmpty || $0["to"]?.text == planted.to)
      }
    return answer.code == 1 && !findings.isEmpty && isRight
      && findings.allSatisfy { $0["check"]?.text == planted.check }
  }

  @Test func aSerialLineIsExaminedLikeAGateway() throws {
    let folder = TemporaryFolder()
    let line = folder.file("meter")
    let acted = try Acted("eastron-sdm72", ["--serial", line])
    let sound = try acted.doctor([])
    #expect(sound.code == 0, "\(sound.output)\(sound.complaint)")
    let noise = try Acted("eastron-sdm72", ["--serial", line + "2", "--mistake", "wrong-baud"])
    let told = try noise.doctor([])
    #expect(told.code == 69)
    #expect(told.output.contains("parity"), "\(told.output)\(told.complaint)")
  }

  @Test func aSerialLineIsLeftAloneWhileADaemonRuns() throws {
    let folder = TemporaryFolder()
    let acted = try Acted("eastron-sdm72", ["--serial", folder.file("meter")])
    let socket = folder.file("control.sock")
    let daemon = try Child(
      "socat", ["UNIX-LISTEN:\(socket),fork", "EXEC:cat"], log: folder.file("socat.log"))
    try eventually("socat to listen") { access(socket, F_OK) == 0 }
    let answer = try acted.doctor(["--socket", socket])
    #expect(answer.code == 69 && answer.output == "", "\(answer.output)")
    #expect(answer.complaint.contains("systemctl stop wellspringd"), "\(answer.complaint)")
    daemon.kill()
    #expect(try acted.doctor(["--socket", socket]).code == 0)
  }

  @Test func devicesOfAPlantAreExaminedByTheirNames() throws {
    let meter = try Acted("eastron-sdm72", [])
    let drive = try Acted("danfoss-vlt", ["--mistake", "factor=10:bus-voltage"])
    let folder = TemporaryFolder()
    let config = folder.file("plant.yaml")
    Files.write(
      """
      include: [\(Files.root)/config/sports-centre.yaml, \(Files.root)/config/devices/eastron-sdm72.yaml, \(Files.root)/config/devices/danfoss-vlt.yaml]
      buses:
        extra-1: { host: 127.0.0.1, port: \(meter.port) }
        extra-2: { host: 127.0.0.1, port: \(drive.port) }
      devices:
        extra-meter: { type: eastron-sdm72, bus: extra-1, unit: 1 }
        extra-drive: { type: danfoss-vlt, bus: extra-2, unit: 1 }

      """, to: config)
    let ctl = Files.program("wellspringctl")
    let both = try Command.run(ctl, ["doctor", "--config", config, "extra-meter", "extra-drive"])
    #expect(both.code == 1, "\(both.output)\(both.complaint)")
    #expect(both.output.hasSuffix("2 devices: 1 sound, 1 with 1 finding\n"), "\(both.output)")
    #expect(both.output.contains("→ bus-voltage: scale: 1 → 0.1"), "\(both.output)")
    let one = try Command.run(ctl, ["doctor", "extra-meter", "--config", config])
    #expect(one.code == 0 && one.output.hasSuffix("1 device: 1 sound\n"), "\(one.output)")
    // Nobody serves the plant's own devices.
    let away = try Command.run(ctl, ["doctor", "sensors-1", "--config", config])
    #expect(away.code == 69 && away.output.contains("cannot connect"), "\(away.output)")
    let stray = try Command.run(ctl, ["doctor", "extra-metre", "--config", config])
    #expect(stray.code == 64 && stray.complaint.contains("did you mean 'extra-meter'?"))
    let refused = try Command.run(ctl, ["doctor", "--config", folder.file("none.yaml")])
    #expect(refused.code == 78 && refused.complaint.contains("none.yaml"))
  }

  @Test(arguments: [
    (["doctor"], "--config FILE"), (["doctor", "--config"], "--config needs a value"),
    (["doctor", "--bus", "x:1"], "--profile FILE"),
    (["doctor", "--bus", "nowhere", "--profile", "x"], "HOST:PORT"),
    (["doctor", "--bus", "x:1", "--profile", "x", "--unit", "0"], "--unit is from 1 to 247"),
    (["doctor", "--bus", "x:1", "--profile", "x", "--baud", "9600"], "belongs to a serial line"),
    (["doctor", "--config", "x", "--unit", "3"], "--unit goes with --bus"),
    (["doctor", "--config", "x", "--csv"], "doctor takes no --csv"),
  ])
  func wordsThatMakeNoSenseAreRefused(_ words: [String], _ told: String) throws {
    let answer = try Command.run(Files.program("wellspringctl"), words)
    #expect(answer.code == 64)
    #expect(answer.complaint.contains(told), "\(answer.complaint)")
  }
}

/// A device that `wellspring-sim act` plays on a free port, until the test is over.
final class Acted {
  let place: String
  var port: Int { Int(place.split(separator: ":").last ?? "") ?? 0 }
  private let profile: String
  private let child: Child
  private let folder = TemporaryFolder()

  init(_ name: String, _ options: [String]) throws {
    profile = Files.root + "/config/devices/\(name).yaml"
    let log = folder.file("act.log")
    child = try Child(Files.program("wellspring-sim"), ["act", profile] + options, log: log)
    try eventually("\(name) to be acted") { Files.text(log).contains(" at ") }
    let words = Files.text(log).split(whereSeparator: \.isWhitespace)
    place = words.last.map(String.init) ?? ""
  }

  /// Its examination, as JSON.
  func doctor(_ options: [String]) throws -> Command.Result {
    try Command.run(
      Files.program("wellspringctl"),
      ["doctor", "--json", "--bus", place, "--profile", profile] + options)
  }
}
