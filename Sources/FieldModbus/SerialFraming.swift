/// Frames of Modbus RTU as a device sees them. (Modbus over Serial Line 1.02, 2.5.1 and 6.2.2)
enum SerialFraming {
  /// The check sum, low byte first.
  static func checkSum(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var sum: UInt16 = 0xFFFF
    for byte in bytes {
      sum ^= UInt16(byte)
      for _ in 0..<8 { sum = sum & 1 == 0 ? sum >> 1 : sum >> 1 ^ 0xA001 }
    }
    return [UInt8(truncatingIfNeeded: sum), UInt8(truncatingIfNeeded: sum >> 8)]
  }

  /// How long a request is with its check sum, by what is there of it; nil while that cannot be told.
  static func requestLength(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 2 else { return nil }
    guard bytes[1] == 15 || bytes[1] == 16 else { return 8 }
    return bytes.count >= 7 ? 9 + Int(bytes[6]) : nil
  }
}
