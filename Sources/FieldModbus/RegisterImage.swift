import CModbus
import Glibc
public import PlantModel
import Synchronization

/// The registers of every device of a plant, as a server shows them.
///
/// Measurements go in, commands come out. `@unchecked Sendable`: libmodbus' mappings are touched
/// only inside `lock`.
public final class RegisterImage: @unchecked Sendable {
  private let plant: Plant
  private let lock = Mutex(())
  private var maps: [UnsafeMutablePointer<modbus_mapping_t>]
  private var silent: [Bool]
  private var shared: [SharedRegister]
  /// By point: whether a shared register shows it.
  private let isShared: [Bool]

  public init?(plant: Plant) {
    self.plant = plant
    let shared = SharedRegister.all(in: plant)
    self.shared = shared
    isShared = plant.points.map { point in shared.contains { $0.isPlace(of: point) } }
    maps = []
    silent = plant.devices.map { _ in false }
    for device in plant.devices.indices {
      guard let map = RegisterImage.mapping(of: DeviceID(device), plant) else { return nil }
      maps.append(map)
    }
    for index in plant.points.indices where plant.points[index].direction == .output {
      store(plant.points[index].safeValue, PointID(index))
    }
  }

  deinit {
    for map in maps { modbus_mapping_free(map) }
  }

  /// Room for every address up to the highest that a point uses, in each table.
  private static func mapping(of device: DeviceID, _ plant: Plant)
    -> UnsafeMutablePointer<modbus_mapping_t>?
  {
    let size = { (table: Register.Table) -> Int32 in
      Int32(
        plant.points.filter { $0.device == device && $0.register.table == table }
          .map(\.register.addresses.upperBound).max() ?? 0)
    }
    return modbus_mapping_new(
      size(.coil), size(.discrete), size(.holding), size(.input))
  }

  /// Shows the measured values of all inputs; a device whose values are no numbers falls silent.
  public func show(_ values: [Double]) {
    lock.withLock { _ in
      for device in silent.indices { silent[device] = false }
      for index in plant.points.indices where plant.points[index].direction == .input {
        if values[index].isNaN {
          silent[plant.points[index].device.index] = true
        } else if !isShared[index] {
          store(values[index], PointID(index))
        }
      }
      for place in shared.indices {
        guard let word = shared[place].word(values, plant) else { continue }
        let map = maps[shared[place].device.index].pointee
        let table = shared[place].table == .input ? map.tab_input_registers : map.tab_registers
        table![shared[place].address] = word
      }
    }
  }

  /// The commands that clients have written, at the places of their points.
  public func commands(into commands: inout [Double]) {
    var found = commands
    lock.withLock { _ in
      for index in plant.points.indices where plant.points[index].direction == .output {
        found[index] = plant.points[index].register.decode(words(of: PointID(index))) ?? 0
      }
    }
    commands = found
  }

  /// Answers one request of a client; nothing for a silent device, "no such device" for unknown.
  func answer(_ context: OpaquePointer, _ query: [UInt8], _ length: Int32, bus: BusID) -> Bool {
    let unit = Int(query[6])
    let found = plant.devices.firstIndex { $0.bus == bus && $0.unit == unit }
    guard let device = found else {
      return modbus_reply_exception(context, query, 0x0B) >= 0
    }
    return lock.withLock { _ in
      if silent[device] { return true }
      return modbus_reply(context, query, length, maps[device]) >= 0
    }
  }

  /// The answer to one request on a serial line, unit and body; nil from a silent device and from one that is
  /// not there.
  func reply(to request: [UInt8], bus: BusID) -> [UInt8]? {
    guard let unit = request.first,
      plant.devices.contains(where: { $0.bus == bus && $0.unit == unit }),
      let context = modbus_new_tcp("127.0.0.1", 502)
    else { return nil }
    defer { modbus_free(context) }
    // libmodbus answers into a socket: here into our own.
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { return nil }
    defer { for end in ends { close(end) } }
    modbus_set_socket(context, ends[0])
    let header: [UInt8] = [0, 0, 0, 0, 0, UInt8(request.count)]
    let query = header + request
    guard answer(context, query, Int32(query.count), bus: bus) else { return nil }
    var reply = [UInt8](repeating: 0, count: Int(MODBUS_TCP_MAX_ADU_LENGTH))
    let count = recv(ends[1], &reply, reply.count, Int32(MSG_DONTWAIT))
    return count > header.count ? Array(reply[header.count..<count]) : nil
  }

  private func words(of point: PointID) -> [UInt16] {
    let spec = plant[point]
    let map = maps[spec.device.index].pointee
    return spec.register.addresses.map { address in
      switch spec.register.table {
      case .coil: UInt16(map.tab_bits[address])
      case .discrete: UInt16(map.tab_input_bits[address])
      case .holding: map.tab_registers[address]
      case .input: map.tab_input_registers[address]
      case .line, .pulses: 0
      }
    }
  }

  private func store(_ value: Double, _ point: PointID) {
    let spec = plant[point]
    let map = maps[spec.device.index].pointee
    let address = spec.register.address
    if case .bit(let bit) = spec.register.part {
      let table: UnsafeMutablePointer<UInt16> =
        spec.register.table == .input ? map.tab_input_registers : map.tab_registers
      let mask = UInt16(1) << UInt16(bit)
      table[address] = value >= 0.5 ? table[address] | mask : table[address] & ~mask
      return
    }
    guard let words = spec.register.encode(value) else { return }
    for (offset, word) in words.enumerated() {
      switch spec.register.table {
      case .coil: map.tab_bits[address + offset] = UInt8(word)
      case .discrete: map.tab_input_bits[address + offset] = UInt8(word)
      case .holding: map.tab_registers[address + offset] = word
      case .input: map.tab_input_registers[address + offset] = word
      case .line, .pulses: break
      }
    }
  }
}
