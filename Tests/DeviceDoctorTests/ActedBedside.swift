import DeviceActing
import Foundation
import PlantConfiguration
import PlantModel
import Testing

@testable import DeviceDoctor

/// An acted device without a wire, in a time that passes by the requests alone.
struct ActedBedside: Bedside {
  var device: ActedDevice
  private var now = 0.0
  /// Writes so far.
  private(set) var written = 0

  init(_ device: ActedDevice) { self.device = device }

  mutating func read(
    _ table: Register.Table, _ addresses: Range<Int>, unit: Int, pause: Double, patience: Double
  ) -> (reply: Response, seconds: Double) {
    let function: UInt8 =
      switch table {
      case .coil: 1
      case .discrete: 2
      case .holding: 3
      case .input: 4
      case .line, .pulses: 0
      }
    let begun = now + pause
    let reply = exchange(
      [function] + pair(addresses.lowerBound) + pair(addresses.count), unit, pause, patience)
    guard case .words(let bytes) = reply else { return (reply, now - begun) }
    let content = bytes.dropFirst(2).map { $0 }
    let words = (0..<addresses.count).map { place -> UInt16 in
      if table.isBit { return content[place / 8] >> UInt16(place % 8) & 1 }
      return content[2 * place] << 8 | content[2 * place + 1]
    }
    return (.words(words), now - begun)
  }

  mutating func write(
    _ words: [UInt16], _ table: Register.Table, _ address: Int, unit: Int,
    by function: Device.WriteFunction, pause: Double, patience: Double
  ) -> Response {
    written += 1
    let isSingle = function != .multiple && words.count == 1
    let request: [UInt8]
    switch (table, isSingle) {
    case (.coil, true): request = [5] + pair(address) + (words[0] == 0 ? [0, 0] : [0xFF, 0])
    case (.coil, false): request = [15] + pair(address) + [0, 1, 1, UInt8(words[0])]
    case (_, true): request = [6] + pair(address) + pair(Int(words[0]))
    case (_, false):
      request =
        [16] + pair(address) + pair(words.count) + [UInt8(2 * words.count)]
        + words.flatMap { pair(Int($0)) }
    }
    let reply = exchange(request, unit, pause, patience)
    if case .words = reply { return .words([]) }
    return reply
  }

  private mutating func exchange(
    _ request: [UInt8], _ unit: Int, _ pause: Double, _ patience: Double
  ) -> Response {
    now += pause
    switch device.answer(request, unit: unit, at: now) {
    case .reply(let bytes, let delay):
      now += min(delay, patience) + 0.001
      if delay > patience { return .silent }
      return bytes[0] & 0x80 == 0 ? .words(bytes.map { UInt16($0) }) : .refused(Int(bytes[1]))
    case .silence:
      now += patience
      return .silent
    case .garbage: return .nonsense("what is no frame")
    }
  }

  private func pair(_ number: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
  }
}

/// The shipped profiles, and examinations of devices that act them.
enum Practice {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let profiles: [String] = {
    let folder = root.appendingPathComponent("config/devices").path
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }()

  static func plant(_ profile: String, serial: Bool = false) throws -> Plant {
    let path = root.appendingPathComponent("config/devices/\(profile).yaml").path
    let place: ProfileLoader.Place =
      serial ? .serial(path: "/dev/ttyUSB0") : .tcp(host: "192.0.2.1", port: 502)
    let (plant, diagnostics) = ProfileLoader.load(path: path, at: place)
    return try #require(plant, "\(diagnostics)")
  }

  static func diagnose(
    _ profile: String, _ mistakes: [Mistake] = [], isRunning: Bool = false, writes: Bool = false,
    serial: Bool = false
  ) throws -> Diagnosis {
    let plant = try plant(profile, serial: serial)
    let acted = ActedDevice(DeviceID(0), in: plant, mistakes: mistakes, isRunning: isRunning)
    var examination = Examination(
      of: DeviceID(0), in: plant, at: ActedBedside(acted), writes: writes)
    return examination.diagnose()
  }
}
