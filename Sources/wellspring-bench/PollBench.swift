import CModbus
import PlantModel

#if canImport(Glibc)
  import Glibc
#endif

/// What libmodbus alone costs for the same requests: the daemon's baseline.
struct PollBench {
  let plant: Plant
  let rounds: Int

  /// Microseconds of this process's CPU for each request; nil, with the reason printed, when the
  /// plant's devices do not all answer.
  func microsecondsPerRequest() -> Double? {
    var lines: [OpaquePointer] = []
    defer { for line in lines { modbus_free(line) } }
    for bus in plant.buses {
      guard case .tcp(let host, let port) = bus.link,
        let line = modbus_new_tcp_pi(host, "\(port)")
      else { return nil }
      lines.append(line)
      guard modbus_connect(line) == 0 else {
        let why = String(cString: modbus_strerror(errno))
        print("bus \(bus.name) at \(bus.place): \(why)")
        return nil
      }
    }
    let requests = ReadPlan.requests(for: plant)
    var words = [UInt16](repeating: 0, count: 125)
    var bits = [UInt8](repeating: 0, count: 2000)
    let before = PollBench.cpuMicroseconds
    for _ in 0..<rounds {
      for request in requests {
        let device = plant[request.device]
        let line = lines[device.bus.index]
        let first = Int32(request.addresses.lowerBound)
        let count = Int32(request.addresses.count)
        modbus_set_slave(line, Int32(device.unit))
        let got =
          switch request.table {
          case .coil: modbus_read_bits(line, first, count, &bits)
          case .discrete: modbus_read_input_bits(line, first, count, &bits)
          case .holding: modbus_read_registers(line, first, count, &words)
          case .input: modbus_read_input_registers(line, first, count, &words)
          case .line, .pulses: Int32(0)
          }
        guard got == count else {
          print("\(device.name): \(String(cString: modbus_strerror(errno)))")
          return nil
        }
      }
    }
    return (PollBench.cpuMicroseconds - before) / Double(rounds * requests.count)
  }

  /// User and system time of this process so far.
  static var cpuMicroseconds: Double {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    let micros = { (time: timeval) in Double(time.tv_sec) * 1e6 + Double(time.tv_usec) }
    return micros(usage.ru_utime) + micros(usage.ru_stime)
  }
}
