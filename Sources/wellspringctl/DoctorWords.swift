import PlantConfiguration
import PlantModel
import Quantities

/// What stands behind `wellspringctl doctor`, understood before anything is asked.
struct DoctorWords {
  /// What is examined.
  enum Patients {
    /// Devices of a plant, all of it when none is named.
    case plant(config: String, devices: [String])
    /// One device that is in no plant yet.
    case alone(profile: String, place: ProfileLoader.Place, unit: Int?)
  }

  let patients: Patients
  /// Where a daemon would answer, which would hold the serial lines.
  let socket: String
  let timeout: TimeSpan?
  let writes: Bool
  let asJSON: Bool

  /// Why the words make no sense.
  struct Complaint: Error { let text: String }

  static let options = [
    "--config", "--profile", "--bus", "--unit", "--baud", "--parity", "--stop-bits", "--timeout",
  ]

  init(_ arguments: Arguments) throws(Complaint) {
    let given = arguments.options
    let known = DoctorWords.options + ["--write"]
    if let option = given.keys.sorted().first(where: { !known.contains($0) }) {
      throw Complaint(text: "doctor takes no \(option)")
    }
    asJSON = arguments.isJSON
    socket = arguments.socket
    writes = given["--write"] != nil
    timeout = try DoctorWords.seconds(given["--timeout"])
    let devices = Array(arguments.words.dropFirst())
    guard let bus = given["--bus"] else {
      guard let config = given["--config"] else {
        throw Complaint(text: "doctor needs --config FILE, or --bus and --profile for one device")
      }
      let stray = ["--profile", "--unit", "--baud", "--parity", "--stop-bits"]
      if let option = stray.first(where: { given[$0] != nil }) {
        throw Complaint(text: "\(option) goes with --bus: a plant's file says it of its devices")
      }
      patients = .plant(config: config, devices: devices)
      return
    }
    guard let profile = given["--profile"], given["--config"] == nil, devices.isEmpty else {
      throw Complaint(text: "--bus goes with --profile FILE, without --config and names of devices")
    }
    let unit = try DoctorWords.whole("--unit", given, 1...247)
    patients = .alone(profile: profile, place: try DoctorWords.place(bus, given), unit: unit)
  }

  private static func seconds(_ text: String?) throws(Complaint) -> TimeSpan? {
    guard let text else { return nil }
    guard let seconds = Double(text), (0.02...10).contains(seconds) else {
      throw Complaint(text: "--timeout is from 0.02 to 10 seconds")
    }
    return .seconds(seconds)
  }

  private static func whole(
    _ name: String, _ given: [String: String], _ range: ClosedRange<Int>
  ) throws(Complaint) -> Int? {
    guard let text = given[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw Complaint(text: "\(name) is from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private static func place(_ bus: String, _ given: [String: String]) throws(Complaint)
    -> ProfileLoader.Place
  {
    if bus.hasPrefix("/") {
      let baud = try whole("--baud", given, 1200...115_200)
      if let baud, !SerialLine.bauds.contains(baud) {
        let known = SerialLine.bauds.map { "\($0)" }.joined(separator: ", ")
        throw Complaint(text: "--baud is one of \(known)")
      }
      let parity = given["--parity"].map { SerialLine.Parity(rawValue: $0) }
      if case .some(nil) = parity { throw Complaint(text: "--parity is none, even or odd") }
      return .serial(
        path: bus, baud: baud, parity: parity ?? nil,
        stopBits: try whole("--stop-bits", given, 1...2))
    }
    if let option = ["--baud", "--parity", "--stop-bits"].first(where: { given[$0] != nil }) {
      throw Complaint(text: "\(option) belongs to a serial line, as --bus /dev/ttyUSB0")
    }
    guard let colon = bus.lastIndex(of: ":"), colon != bus.startIndex,
      let port = Int(bus[bus.index(after: colon)...]), (1...65_535).contains(port)
    else {
      throw Complaint(text: "--bus is HOST:PORT, as 192.0.2.10:502, or a line, as /dev/ttyUSB0")
    }
    return .tcp(host: String(bus[..<colon]), port: port)
  }
}
