import DeviceActing
import Dispatch
import FieldModbus
import Glibc
import PlantConfiguration
import PlantModel
import PlantRuntime
import Synchronization

/// `wellspring-sim act`: one device of a profile, for a master to try itself on.
struct ActCommand {
  /// Why the words make no sense, or nothing can be served.
  struct Complaint: Error {
    let code: Int32
    let text: String
  }

  private let profile: String
  private let place: ProfileLoader.Place
  private let unit: Int?
  private let mistakes: [Mistake]
  private let isRunning: Bool

  init(_ arguments: [String]) throws(Complaint) {
    // An option that may be given more than once.
    var rest: [String] = []
    var mistakes: [Mistake] = []
    var words = arguments[...]
    while let word = words.popFirst() {
      let isJoined = word.hasPrefix("--mistake=")
      guard word == "--mistake" || isJoined else {
        rest.append(word)
        continue
      }
      let text = isJoined ? String(word.dropFirst(10)) : words.popFirst() ?? ""
      guard let mistake = Mistake(text) else {
        throw Complaint(
          code: 64,
          text: "'\(text)' is no mistake: \(Mistake.catalogue.joined(separator: ", "))")
      }
      mistakes.append(mistake)
    }
    let options = CommandLineOptions(
      rest, valued: ["--listen", "--serial", "--unit"], plain: ["--running"])
    if let complaint = options.complaint { throw Complaint(code: 64, text: complaint) }
    guard options.words.count == 1, let profile = options.words.first else {
      throw Complaint(
        code: 64, text: "act needs one profile, as config/devices/eastron-sdm630.yaml")
    }
    self.profile = profile
    self.mistakes = mistakes
    isRunning = options.flags.contains("--running")
    unit = try ActCommand.unit(options.values["--unit"])
    place = try ActCommand.place(options.values["--listen"], options.values["--serial"])
  }

  private static func unit(_ text: String?) throws(Complaint) -> Int? {
    guard let text else { return nil }
    guard let unit = Int(text), (1...247).contains(unit) else {
      throw Complaint(code: 64, text: "--unit is from 1 to 247")
    }
    return unit
  }

  private static func place(_ listen: String?, _ serial: String?) throws(Complaint)
    -> ProfileLoader.Place
  {
    if let serial {
      guard listen == nil else {
        throw Complaint(code: 64, text: "act serves either --listen or --serial")
      }
      guard serial.hasPrefix("/") else {
        throw Complaint(code: 64, text: "--serial is a whole path, as /tmp/meter")
      }
      return .serial(path: serial)
    }
    let parts = (listen ?? "127.0.0.1:0").split(separator: ":").map(String.init)
    guard parts.count == 2, let port = Int(parts[1]), (0...65_535).contains(port) else {
      throw Complaint(code: 64, text: "--listen is HOST:PORT, as 127.0.0.1:1502; port 0 takes any")
    }
    return .tcp(host: parts[0], port: port)
  }

  /// Serves until a signal ends it.
  func run() throws(Complaint) -> Never {
    // The port 0 is none of a configuration.
    var loading = place
    if case .tcp(let host, 0) = place { loading = .tcp(host: host, port: 502) }
    let (plant, diagnostics) = ProfileLoader.load(path: profile, at: loading, unit: unit)
    guard let plant else {
      throw Complaint(
        code: 78, text: diagnostics.map(\.description).joined(separator: "\n"))
    }
    if let vain = mistakes.first(where: { !ActedDevice.concerns($0, plant) }) {
      throw Complaint(
        code: 64,
        text: "the profile has no signal '\(vain.pattern ?? "")': that mistake would change nothing"
      )
    }
    var link = plant.buses[0].link
    if case .tcp(let host, let port) = place { link = .tcp(host: host, port: port) }
    let acted = Mutex(
      ActedDevice(DeviceID(0), in: plant, mistakes: mistakes, isRunning: isRunning))
    let begun = DispatchTime.now().uptimeNanoseconds
    let server: FrameServer
    do throws(ServerFailure) {
      server = try FrameServer(link) { request, unit in
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - begun) / 1e9
        switch acted.withLock({ $0.answer(request, unit: unit, at: seconds) }) {
        case .reply(let body, let delay): return .reply(body, after: delay)
        case .silence: return .silence
        case .garbage(let bytes): return .garbage(bytes)
        }
      }
    } catch {
      throw Complaint(code: 69, text: error.description)
    }
    server.start()
    print(
      "wellspring-sim: acting \(plant.devices[0].type), unit \(plant.devices[0].unit), at \(server.place)"
    )
    fflush(nil)
    dispatchMain()
  }
}
