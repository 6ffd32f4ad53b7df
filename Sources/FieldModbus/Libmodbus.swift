import CModbus

/// What every libmodbus context of ours has in common.
enum Libmodbus {
  /// It waits with select(), which cannot take this descriptor or a larger one.
  static let descriptorLimit: Int32 = 1024

  /// The whole answer must be there in time, and what then happens is decided here, not in the library.
  static func setDeadline(_ context: OpaquePointer, seconds timeout: Double) {
    let seconds = UInt32(timeout)
    modbus_set_response_timeout(
      context, seconds, UInt32((timeout - Double(seconds)) * 1_000_000))
    // With 0 the response time-out is the deadline of the whole answer.
    modbus_set_byte_timeout(context, 0, 0)
    modbus_set_error_recovery(context, MODBUS_ERROR_RECOVERY_NONE)
  }
}
