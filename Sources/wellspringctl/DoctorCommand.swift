import ControlProtocol
import DeviceDoctor
import FieldModbus
import PlantConfiguration
import PlantModel
import Quantities

/// Examines devices against their profiles, on their buses and without the daemon.
struct DoctorCommand {
  /// Exit codes, as of the daemon and the simulator.
  private enum Code {
    static let sound: Int32 = 0
    static let findings: Int32 = 1
    static let usage: Int32 = 64
    static let away: Int32 = 69
    static let refused: Int32 = 78
  }

  let words: DoctorWords

  static func run(_ arguments: Arguments) -> Int32 {
    do throws(DoctorWords.Complaint) {
      return DoctorCommand(words: try DoctorWords(arguments)).run()
    } catch {
      Program.complain("wellspringctl: \(error.text); see wellspringctl --help")
      return Code.usage
    }
  }

  private func run() -> Int32 {
    let loaded: (plant: Plant?, diagnostics: [Diagnostic])
    var wanted: [String] = []
    switch words.patients {
    case .plant(let config, let devices):
      let (plant, diagnostics) = PlantLoader.load(path: config)
      loaded = (plant?.plant, diagnostics)
      wanted = devices
    case .alone(let profile, let place, let unit):
      loaded = ProfileLoader.load(path: profile, at: place, unit: unit)
    }
    guard var plant = loaded.plant else {
      for diagnostic in loaded.diagnostics { Program.complain("\(diagnostic)") }
      return Code.refused
    }
    if let timeout = words.timeout {
      for bus in plant.buses.indices { plant.buses[bus].responseTimeout = timeout }
    }
    let names = plant.devices.map(\.name)
    if let stray = wanted.first(where: { !names.contains($0) }) {
      let meant = Suggestion.nearest(to: stray, among: names)
      let hint = meant.map { "; did you mean '\($0)'?" } ?? ""
      Program.complain("wellspringctl: there is no device '\(stray)'\(hint)")
      return Code.usage
    }
    let examined = plant.devices.indices.filter {
      // Lines of a GPIO chip have no register map to be compared with.
      (wanted.isEmpty || wanted.contains(plant.devices[$0].name))
        && !plant[plant.devices[$0].bus].isGPIO
    }.map { DeviceID($0) }
    guard !isHeld(examined, plant) else { return Code.away }
    return examine(examined, plant)
  }

  /// Whether a serial line is wanted while a daemon runs. The kernel keeps others off a line that is held, but not
  /// root: its requests would fall into the daemon's.
  private func isHeld(_ devices: [DeviceID], _ plant: Plant) -> Bool {
    let line = devices.lazy.map { plant[plant[$0].bus] }.first {
      if case .serial = $0.link { true } else { false }
    }
    guard let line, (try? LineClient(path: words.socket)) != nil else { return false }
    Program.complain(
      "wellspringctl: the daemon runs, and a serial line as \(line.place) has one master: stop it first: systemctl stop wellspringd"
    )
    return true
  }

  /// One device after the other; each is told when it is done.
  private func examine(_ devices: [DeviceID], _ plant: Plant) -> Int32 {
    var all: [Diagnosis] = []
    var probes: [BusID: BusProbe] = [:]
    for device in devices {
      let bus = plant[device].bus
      let probe = probes[bus] ?? BusProbe(plant[bus])
      probes[bus] = probe
      var examination = Examination(
        of: device, in: plant, at: BusBedside(probe: probe), writes: words.writes)
      let diagnosis = examination.diagnose()
      all.append(diagnosis)
      if !words.asJSON { print(DoctorReport.text(diagnosis, device, plant) + "\n") }
    }
    print(words.asJSON ? DoctorReport.json(all).line : DoctorReport.summary(all))
    if all.contains(where: { !$0.isReachable }) { return Code.away }
    return all.contains { !$0.findings.isEmpty } ? Code.findings : Code.sound
  }
}

/// The bus as the examination sees it.
struct BusBedside: Bedside {
  let probe: BusProbe

  mutating func read(
    _ table: Register.Table, _ addresses: Range<Int>, unit: Int, pause: Double, patience: Double
  ) -> (reply: Response, seconds: Double) {
    let (result, seconds) = probe.read(
      table, addresses, unit: unit, pause: pause, patience: patience)
    return (reply(result), seconds)
  }

  mutating func write(
    _ words: [UInt16], _ table: Register.Table, _ address: Int, unit: Int,
    by function: Device.WriteFunction, pause: Double, patience: Double
  ) -> Response {
    reply(
      probe.write(
        words, table, address, unit: unit, by: function, pause: pause, patience: patience
      ).result)
  }

  private func reply(_ result: Result<[UInt16], ModbusFailure>) -> Response {
    switch result {
    case .success(let words): return .words(words)
    case .failure(.noConnection(let why)):
      return .unreachable(
        why.contains("held by another program")
          ? why + "; the daemon lets it go with: systemctl stop wellspringd" : why)
    case .failure(.noAnswer), .failure(.notYet): return .silent
    case .failure(.nonsense(let what)): return .nonsense(what)
    case .failure(.exception(let code)): return .refused(code)
    }
  }
}
