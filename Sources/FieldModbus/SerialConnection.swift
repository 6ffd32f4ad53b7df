import CModbus
import Glibc
import PlantModel

/// One serial line of a libmodbus context, in Modbus RTU.
///
/// An answer over a serial line carries no number: one that comes late to an earlier request of the same unit,
/// function and length cannot be told from the answer to this one. So a unit that was not answered in time is
/// asked nothing until its answer can hardly come any more, and what came meanwhile is thrown away. A command waits for
/// none of this: its echo cannot be taken for a value.
final class SerialConnection: Connection {
  private let context: OpaquePointer
  private let line: SerialLine
  private let timeout: Double
  private let pause: Double
  private var isOpen = false
  /// When the last byte went over the line, as far as we know.
  private var lastByte = 0.0
  /// Units that owe an answer, and until when it may still come.
  private var owing: [UInt8: Double] = [:]
  private var buffer = [UInt8](repeating: 0, count: Int(MODBUS_RTU_MAX_ADU_LENGTH))

  /// What no unit's answer begins with: the first byte is no unit.
  private static let untouched: [UInt8] = [0xFF, 0xA5, 0x5A, 0xFF]

  /// An answer may come so many time-outs late.
  private static let lateness = 4.0

  /// - Parameters:
  ///   - timeout: seconds that a device may take to answer; its longest answer's own time comes on top.
  ///   - pause: seconds of silence before every request; never less than part two frames.
  init(_ line: SerialLine, timeout: Double, pause: Double) throws(ModbusFailure) {
    guard
      let context = modbus_new_rtu(
        line.path, Int32(line.baud), CChar(line.parity.letter.asciiValue!), 8, Int32(line.stopBits))
    else { throw .noConnection("'\(line.path)' cannot be set up: \(SerialConnection.reason())") }
    self.context = context
    self.line = line
    self.pause = max(pause, line.silenceSeconds)
    // A frame of the longest kind takes its time on a slow line.
    self.timeout = max(timeout, 0.001) + line.characterSeconds * 256
    Libmodbus.setDeadline(context, seconds: self.timeout)
  }

  deinit {
    close()
    modbus_free(context)
  }

  func nextTransaction() -> UInt16 { 0 }

  func open() throws(ModbusFailure) {
    guard !isOpen else { return }
    guard modbus_connect(context) == 0 else { throw .noConnection(advice(errno)) }
    isOpen = true
    let descriptor = modbus_get_socket(context)
    guard descriptor < Libmodbus.descriptorLimit else {
      close()
      throw .noConnection("too many open files")
    }
    // Nobody else is to speak on this line while we do.
    _ = ioctl(descriptor, UInt(TIOCEXCL))
    guard line.switchesDirection else { return }
    if modbus_rtu_set_serial_mode(context, MODBUS_RTU_RS485) != 0 {
      let why = SerialConnection.reason()
      close()
      throw .noConnection(
        "'\(line.path)' does not switch its direction (\(why)): leave rs485_direction out")
    }
  }

  private func close() {
    guard isOpen else { return }
    modbus_close(context)
    isOpen = false
  }

  func exchange(_ frame: Frame) throws(ModbusFailure) -> [UInt16] {
    try open()
    var request = frame.serial
    let unit = request[0]
    if frame.isRead, let until = owing[unit] {
      guard Monotonic.seconds >= until else { throw .notYet }
      owing[unit] = nil
    }
    let idle = Monotonic.seconds - lastByte
    if idle < pause { usleep(useconds_t((pause - idle) * 1_000_000)) }
    modbus_set_slave(context, Int32(unit))
    // What stands in the buffer belongs to no request of ours.
    guard modbus_flush(context) >= 0 else { throw gone() }
    let sent = modbus_send_raw_request(context, &request, Int32(request.count))
    guard sent == request.count + 2 else { throw gone() }
    let deadline = Monotonic.seconds + timeout
    buffer.replaceSubrange(0..<SerialConnection.untouched.count, with: SerialConnection.untouched)
    let length = Int(modbus_receive_confirmation(context, &buffer))
    let failed = length > 3 ? nil : failure(length)
    lastByte = Monotonic.seconds
    do throws(ModbusFailure) {
      if let failed { throw failed }
      return try frame.words(ofSerial: buffer[..<(length - 2)])
    } catch {
      switch error {
      // A refusal is an answer.
      case .exception: break
      case .noConnection: close()
      case .noAnswer, .notYet: owe(unit)
      case .nonsense:
        // More of it, or the true answer, may follow.
        listen(until: deadline)
        owe(unit)
      }
      throw error
    }
  }

  private func owe(_ unit: UInt8) {
    owing[unit] = Monotonic.seconds + timeout * SerialConnection.lateness
  }

  /// Takes what comes until then, and until the line has been silent for as long as parts two frames.
  private func listen(until end: Double) {
    let descriptor = modbus_get_socket(context)
    let silence = max(line.silenceSeconds, 0.002)
    let limit = end + timeout
    while isOpen, Monotonic.seconds < max(end, lastByte + silence), Monotonic.seconds < limit {
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let left = max(end, lastByte + silence) - Monotonic.seconds
      guard poll(&polled, 1, Int32((left * 1000).rounded(.up))) > 0 else { continue }
      guard Glibc.read(descriptor, &buffer, buffer.count) > 0 else { return }
      lastByte = Monotonic.seconds
    }
  }

  private func failure(_ length: Int) -> ModbusFailure {
    // libmodbus gives nothing for a frame of another unit.
    guard length < 0 else { return .nonsense("an answer of another unit") }
    let code = errno
    if code == ETIMEDOUT {
      // libmodbus waits for the rest of what began, and does not say that anything did.
      return buffer.starts(with: SerialConnection.untouched)
        ? .noAnswer("no answer in time") : .nonsense("an answer that does not end")
    }
    if [EIO, ENODEV, EBADF, ENXIO, ECONNRESET].contains(code) {
      return .noConnection("'\(line.path)' is gone: \(SerialConnection.reason())")
    }
    return .nonsense("what is no frame: \(SerialConnection.reason())")
  }

  /// The adapter was pulled: its file is opened anew once it is there again.
  private func gone() -> ModbusFailure {
    let why = SerialConnection.reason()
    close()
    return .noConnection("'\(line.path)' is gone: \(why)")
  }

  private func advice(_ code: Int32) -> String {
    let why = String(cString: modbus_strerror(code))
    switch code {
    case EACCES, EPERM:
      return
        "'\(line.path)': \(why); its group may open it, usually dialout: usermod -aG dialout wellspring (or whoever runs this), and start it anew"
    case EBUSY: return "'\(line.path)' is held by another program: fuser -v \(line.path)"
    case ENOENT, ENODEV, ENXIO:
      return "'\(line.path)' is not there; ls /dev/serial/by-id shows what is"
    default: return "'\(line.path)' cannot be opened: \(why)"
    }
  }

  private static func reason() -> String { String(cString: modbus_strerror(errno)) }
}
