import ControlProtocol
import Glibc
import Quantities
import Testing

/// What an operator's hands are on: the programs' answers and exit codes.
struct CommandTests {
  @Test func everyProgramExplainsItselfAndTellsItsVersion() throws {
    for name in ["wellspringd", "wellspringctl", "wellspring-sim"] {
      let help = try Command.run(Files.program(name), ["--help"])
      #expect(help.code == 0)
      #expect(help.output.hasPrefix("usage: \(name)"), "\(name)")
      #expect(help.output.contains("exit codes: 0 "), "\(name)")
      let version = try Command.run(Files.program(name), ["--version"])
      #expect(version.output == "\(name) 0.1.0\n")
    }
  }

  @Test func theExitCodeTellsDoneRefusedMistypedAndUnreachable() throws {
    let rig = Rig()
    try rig.start()
    #expect(try rig.ctl(["status"]).code == 0)
    #expect(try rig.ctl(["mode", "main", "winter"]).code == 0)
    let refused = try rig.ctl(["mode", "recovery", "cooling-circuit"])
    #expect(refused.code == 1)
    #expect(refused.complaint.contains("a rule stands against it"))
    let unknown = try rig.ctl(["why", "main-unit-22"])
    #expect(unknown.code == 1)
    #expect(unknown.complaint.contains("did you mean 'main-unit-2'"))
    let far = try rig.ctl(["why", "bogus"])
    #expect(far.code == 1)
    #expect(far.complaint.contains("'wellspringctl points' show the names"))
    let none = try rig.ctl(["points", "zzz*"])
    #expect(none.code == 1)
    #expect(none.output == "")
    #expect(none.complaint == "wellspringctl: no point matches 'zzz*'\n")
    rig.daemon?.send(SIGSTOP)
    let silent = try rig.ctl(["status"])
    #expect(silent.code == 3)
    #expect(silent.complaint.contains("does not answer within 10 s"))
    #expect(silent.complaint.contains("journalctl -u wellspringd"))
    rig.killDaemon()
    let unreachable = try rig.ctl(["status"])
    #expect(unreachable.code == 3)
    #expect(unreachable.complaint.contains("is wellspringd running?"))
  }

  @Test(arguments: [
    ["stauts"], ["mode"], ["mode", "main"], ["--wrong"], ["why"], ["why", "a", "b"],
    ["status", "extra"], ["points", "a", "b"], ["ack", "frost"], ["events", "many"],
    ["events", "0"], ["events", "1001"], ["events", "2.5"], ["events", "-1"],
    ["events", "--", "-1"], ["status", "--cost"], ["alarms", "--csv"],
  ])
  func wordsAreCheckedBeforeTheDaemonIsAsked(_ words: [String]) throws {
    let mistyped = try Command.run(
      Files.program("wellspringctl"), ["--socket", "/tmp/nobody-listens-here"] + words)
    #expect(mistyped.code == 2)
    #expect(mistyped.output == "")
    #expect(mistyped.complaint.hasSuffix("; see wellspringctl --help\n"))
  }

  @Test func withoutACommandItsUsageIsAComplaint() throws {
    for words in [[], ["--json"]] {
      let bare = try Command.run(Files.program("wellspringctl"), words)
      #expect(bare.code == 2)
      #expect(bare.output == "")
      #expect(bare.complaint.hasPrefix("usage: wellspringctl"))
    }
  }

  @Test(arguments: [
    ["--check", "a.yaml", "b.yaml"], ["--schema", "a.yaml"], ["--config", "a.yaml", "b.yaml"],
    ["--config", "a.yaml", "--check", "b.yaml"], ["a.yaml"], ["--schema", "--bogus"],
    ["--expanded"], ["--requests"], ["--expanded", "--config", "a.yaml"],
  ])
  func theDaemonRefusesWordsThatNothingTakes(_ words: [String]) throws {
    let refused = try Command.run(Files.program("wellspringd"), words)
    #expect(refused.code == 64)
    #expect(refused.output == "")
    #expect(refused.complaint.hasSuffix("; see wellspringd --help\n"))
  }

  @Test func theExpandedPlantPassesTheSameCheck() throws {
    let daemon = Files.program("wellspringd")
    let folder = TemporaryFolder()
    let shipped = Files.root + "/config/sports-centre.yaml"
    Files.write("include: [\(shipped)]\nplant: { name: Other }\n", to: folder.file("plant.yaml"))
    let whole = try Command.run(daemon, ["--check", "--expanded", folder.file("plant.yaml")])
    #expect(whole.code == 0)
    Files.write(whole.output, to: folder.file("whole.yaml"))
    let checked = try Command.run(daemon, ["--check", folder.file("plant.yaml")])
    let again = try Command.run(daemon, ["--check", folder.file("whole.yaml")])
    #expect(again.code == 0)
    #expect(again.output.hasPrefix("Other\n"))
    #expect(checked.output.hasPrefix(again.output))
    #expect(checked.output.contains("plant.name: Other ("))
    Files.write("include: [nowhere.yaml]\n", to: folder.file("plant.yaml"))
    let refused = try Command.run(daemon, ["--check", "--expanded", folder.file("plant.yaml")])
    #expect(refused.code == 1)
    #expect(refused.output == "")
    #expect(refused.complaint.contains("'nowhere.yaml' cannot be read"))
  }

  @Test func peopleReadLocalTimeWithItsOffsetAndProgramsUTC() throws {
    let rig = Rig()
    try rig.start()
    try rig.tell(["fault", "device-silent", "heat-meter-hot"])
    try eventually("the device to be lost") {
      try rig.ctl(["--json", "alarms"]).json.list?.isEmpty == false
    }
    #expect(try rig.ctl(["mode", "main", "winter"]).code == 0)
    for words in [["status"], ["alarms"], ["events", "1"], ["why", "sensors-1.outdoor"]] {
      let head = try rig.ctl(words).output.split(separator: "\n").first ?? ""
      #expect(head.contains("+08:00"), "\(words)")
    }
    let told = try rig.ctl(["--json", "events", "1"]).json.list?.first
    let time = try #require(told?["time_milliseconds"]?.instant)
    let shown = try rig.ctl(["events", "1000"]).output
    #expect(shown.contains("\n" + Times.local(time, offset: .hours(8)) + "  "), "\(shown)")
  }

  @Test func whyOfAnInputOrADeviceSaysWhatItShowsAndSinceWhen() throws {
    let rig = Rig()
    try rig.start()
    let stop = try rig.ctl(["why", "sensors-1.emergency-stop"]).output
    #expect(stop.hasPrefix("sensors-1.emergency-stop: 0, good since 2026-"), "\(stop)")
    let outdoor = try rig.ctl(["--json", "why", "sensors-1.outdoor"]).json
    #expect(outdoor["reason"] == .null)
    #expect(outdoor["input"]?["quality"] == "good")
    let since = try #require(outdoor["input"]?["since_milliseconds"]?.number)
    #expect(since <= outdoor["now_milliseconds"]?.number ?? 0)
    let device = try rig.ctl(["why", "sensors-1"]).output
    #expect(device.hasPrefix("sensors-1: it answers since 2026-"), "\(device)")
    try rig.tell(["fault", "device-silent", "sensors-1"])
    try eventually("the device to be silent") {
      try rig.ctl(["why", "sensors-1"]).output.hasPrefix("sensors-1: it has not answered since ")
    }
    try eventually("its value to be bad") {
      try rig.ctl(["why", "sensors-1.outdoor"]).output.hasPrefix("sensors-1.outdoor: – °C, bad (")
    }
    let later = try rig.ctl(["--json", "why", "sensors-1.outdoor"]).json["input"]
    #expect(later?["since_milliseconds"]?.number ?? 0 > since)
    let lost = try rig.ctl(["why", "sensors-1.outdoor"]).output
    #expect(lost.contains("the device does not answer (sensors-1) [LOSS-02]"), "\(lost)")
    #expect(try rig.ctl(["why", "Sports centre"]).output.contains("no rule decides over it"))
  }

  @Test func theStatusIsJSONForAnotherReader() throws {
    let rig = Rig()
    try rig.start()
    for words in [
      ["status"], ["points"], ["alarms"], ["alarms", "--cost"], ["energy"], ["devices"],
      ["events", "1000"],
    ] {
      let answer = try rig.ctl(["--json"] + words)
      let read = try Command.run("python3", ["-m", "json.tool"], input: answer.output)
      #expect(read.code == 0, "\(words): \(read.complaint)")
      #expect(read.output.count > 2)
    }
  }

  @Test func whyTellsWhyAUnitStandsAndHowLongYet() throws {
    let rig = Rig()
    try rig.start(["outdoor=-5", "building=40"])
    #expect(try rig.ctl(["mode", "main", "winter"]).code == 0)
    try eventually("main-unit-2 to wait for a time") {
      try rig.ctl(["why", "main-unit-2"]).output.contains(" more")
    }
    let answer = try rig.ctl(["why", "main-unit-2"])
    #expect(answer.output.hasPrefix("main-unit-2: "))
    let met = answer.output.split(separator: "\n").filter { $0.hasPrefix("  ok      ") }
    #expect(met.count > 3)
    for line in met { #expect(line.contains(" [") && line.hasSuffix("]"), "\(line)") }
    let asJSON = try rig.ctl(["--json", "why", "main-unit-2"]).json
    #expect(asJSON["reason"]?["rule"]?.text?.isEmpty == false)
    #expect(asJSON["guards"]?.list?.isEmpty == false)
  }

  @Test func theScreenAndWhyNameADeviceThatWasLostBeforeTheStart() throws {
    let rig = Rig()
    try rig.startTwin()
    try rig.tell(["fault", "device-silent", "valve-io-1"])
    try rig.startDaemon()
    try rig.takeOver()
    #expect(try rig.ctl(["mode", "main", "winter"]).code == 0)
    try eventually("the screen to name the device") {
      try rig.ctl(["status"]).output.split(separator: "\n").dropFirst().first
        == "no answer from valve-io-1"
    }
    for name in ["main", "main-unit-1", "V1"] {
      let answer = try rig.ctl(["why", name]).output
      #expect(answer.hasPrefix("\(name): the device does not answer (valve-io-1) [LOSS-02]"))
    }
    #expect(try rig.ctl(["why", "valve-io-1"]).output.contains("does not answer [LOSS-02]"))
  }
}
