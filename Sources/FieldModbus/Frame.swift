import PlantModel

/// One request as it goes over the wire, and the judgement of what comes back. Pure.
///
/// libmodbus checks neither the unit of a reply nor, in 3.1.6, what a write's reply echoes: here an
/// answer counts only when transaction, protocol, length, unit, function and echo are all those of
/// the request.
struct Frame {
  /// The bytes to send: the MBAP header and the request.
  let bytes: [UInt8]
  private let table: Register.Table
  /// How many registers or bits are asked for; 0 for a write.
  private let count: Int

  /// Transaction, protocol, length and unit.
  static let headerLength = 7
  private static let senselessHeader = "an answer whose header makes no sense"
  /// A frame on TCP is no longer than this.
  static let longest = 260
  private static let exceptionFlag: UInt8 = 0x80

  init(reading request: ReadRequest, unit: Int, transaction: UInt16) {
    let function: UInt8 =
      switch request.table {
      case .coil: 1
      case .discrete: 2
      case .holding: 3
      case .input: 4
      case .line, .pulses: preconditionFailure("a GPIO line is in no request")
      }
    table = request.table
    count = request.addresses.count
    let number = Int(transaction)
    let first = request.addresses.lowerBound
    bytes = [
      Frame.high(number), Frame.low(number), 0, 0, 0, 6, Frame.low(unit), function,
      Frame.high(first), Frame.low(first), Frame.high(count), Frame.low(count),
    ]
  }

  /// - Parameter words: one for a coil (0 or 1) or a register, more for a wider value.
  init(
    writing words: [UInt16], table: Register.Table, address: Int, unit: Int, transaction: UInt16,
    by function: Device.WriteFunction = .shortest
  ) {
    self.table = table
    count = 0
    let place = Frame.pair(address)
    let body: [UInt8]
    let isSingle = function != .multiple
    if table == .coil {
      body =
        isSingle
        ? [5] + place + (words[0] == 0 ? [0, 0] : [0xFF, 0])
        : [15] + place + [0, 1, 1, words[0] == 0 ? 0 : 1]
    } else if words.count == 1, isSingle {
      body = [6] + place + Frame.pair(Int(words[0]))
    } else {
      let values = words.flatMap { Frame.pair(Int($0)) }
      body = [16] + place + Frame.pair(words.count) + [UInt8(values.count)] + values
    }
    bytes = Frame.packed(unit, transaction, body)
  }

  /// The words that an answer brings, none for a write; coils and inputs come as 0 and 1.
  func words(of answer: some RandomAccessCollection<UInt8>) throws(ModbusFailure) -> [UInt16] {
    let reply = Array(answer)
    let least = Frame.headerLength + 2
    guard reply.count >= least else { throw .nonsense("a short answer") }
    guard reply[0..<2] == bytes[0..<2] else {
      throw .nonsense("an answer to another request")
    }
    guard reply[2] == 0, reply[3] == 0, Frame.number(reply, 4) == reply.count - 6 else {
      throw .nonsense(Frame.senselessHeader)
    }
    guard reply[6] == bytes[6] else { throw .nonsense("an answer of unit \(reply[6])") }
    if reply[7] == bytes[7] | Frame.exceptionFlag, reply.count == least {
      throw .exception(Int(reply[8]))
    }
    guard reply[7] == bytes[7] else { throw .nonsense("an answer to function \(reply[7])") }
    return count > 0 ? try values(reply) : try echo(reply)
  }

  /// How long the frame is that begins here; nil while too little of it has come to know.
  static func length(of bytes: ArraySlice<UInt8>) throws(ModbusFailure) -> Int? {
    guard bytes.count >= headerLength else { return nil }
    let start = bytes.startIndex
    let length = 6 + (Int(bytes[start + 4]) << 8 | Int(bytes[start + 5]))
    guard bytes[start + 2] == 0, bytes[start + 3] == 0, (headerLength + 2...longest) ~= length
    else { throw .nonsense(senselessHeader) }
    return length
  }

  /// Whether it asks for values; else it is a command.
  var isRead: Bool { count > 0 }

  /// Unit and request, as they go over a serial line before the check sum.
  var serial: [UInt8] { Array(bytes[6...]) }

  /// The words that an answer on a serial line brings: unit and reply without the check sum, which is good.
  func words(ofSerial reply: some Collection<UInt8>) throws(ModbusFailure) -> [UInt16] {
    try words(of: bytes[..<4] + Frame.pair(reply.count) + reply)
  }

  private func values(_ reply: [UInt8]) throws(ModbusFailure) -> [UInt16] {
    let length = table.isBit ? (count + 7) / 8 : count * 2
    let start = Frame.headerLength + 2
    guard Int(reply[8]) == length, reply.count == start + length else {
      throw .nonsense("an answer of \(reply[8]) bytes where \(length) were asked for")
    }
    guard table.isBit else {
      return (0..<count).map { UInt16(Frame.number(reply, start + 2 * $0)) }
    }
    return (0..<count).map { UInt16(reply[start + $0 / 8] >> UInt8($0 % 8) & 1) }
  }

  private func echo(_ reply: [UInt8]) throws(ModbusFailure) -> [UInt16] {
    let end = Frame.headerLength + 5
    guard reply.count == end, reply[8..<end] == bytes[8..<end] else {
      throw .nonsense("a write was answered with another address or value")
    }
    return []
  }

  private static func packed(_ unit: Int, _ transaction: UInt16, _ body: [UInt8]) -> [UInt8] {
    pair(Int(transaction)) + [0, 0] + pair(body.count + 1) + [low(unit)] + body
  }

  private static func pair(_ number: Int) -> [UInt8] { [high(number), low(number)] }
  private static func high(_ number: Int) -> UInt8 { UInt8(truncatingIfNeeded: number >> 8) }
  private static func low(_ number: Int) -> UInt8 { UInt8(truncatingIfNeeded: number) }

  private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
    Int(bytes[place]) << 8 | Int(bytes[place + 1])
  }
}
