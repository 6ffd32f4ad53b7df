import PlantModel

/// Requests and answers, without what frames them on the wire.
extension ActedDevice {
  /// What becomes of one request.
  public enum Answer: Sendable, Equatable {
    /// Function and content, to be sent after so many seconds.
    case reply([UInt8], after: Double)
    /// Nothing comes back.
    case silence
    /// Bytes that are no frame.
    case garbage([UInt8])
  }

  private enum Refusal {
    static let function: UInt8 = 1
    static let address: UInt8 = 2
    static let value: UInt8 = 3
    static let device: UInt8 = 4
  }

  /// The answer to a request of function and content.
  public mutating func answer(_ request: [UInt8], unit: Int, at seconds: Double) -> Answer {
    var own = device.unit
    var delay = 0.0
    for mistake in mistakes {
      switch mistake {
      case .wrongUnit(let unit): own = unit
      case .wrongBaud: return .garbage([0xE6, 0x00, 0x9F, 0xFE, 0x06, 0x78])
      case .slow(let seconds): delay = seconds
      case .tooFast(let pause) where seconds - lastAnswer < pause: return .silence
      default: continue
      }
    }
    guard unit == own, let function = request.first else { return .silence }
    show(at: seconds)
    let body = reply(function, Array(request.dropFirst()))
    lastAnswer = seconds + delay
    return .reply(body, after: delay)
  }

  private mutating func reply(_ function: UInt8, _ content: [UInt8]) -> [UInt8] {
    let refused = { (code: UInt8) in [function | 0x80, code] }
    guard [1, 2, 3, 4, 5, 6, 15, 16].contains(function) else { return refused(Refusal.function) }
    guard content.count >= 4 else { return refused(Refusal.value) }
    let address = ActedDevice.number(content, 0)
    let second = ActedDevice.number(content, 2)
    switch function {
    case 1, 2, 3, 4:
      guard content.count == 4, (1...(function < 3 ? 2000 : 125)).contains(second) else {
        return refused(Refusal.value)
      }
      let tables: [Register.Table] = [.coil, .discrete, .holding, .input]
      return read(asked(tables[Int(function) - 1]), address, second, function)
    case 5 where second == 0 || second == 0xFF00:
      return write(.coil, address, [second == 0 ? 0 : 1], function, content)
    case 6: return write(.holding, address, [UInt16(second)], function, content)
    case 15 where content.count > 5 && content.count == 5 + (second + 7) / 8:
      let bits = (0..<second).map { UInt16(content[5 + $0 / 8] >> UInt8($0 % 8) & 1) }
      return write(.coil, address, bits, function, content)
    case 16 where content.count > 5 && content.count == 5 + 2 * second:
      let words = (0..<second).map { UInt16(ActedDevice.number(content, 5 + 2 * $0)) }
      return write(.holding, address, words, function, content)
    default: return refused(Refusal.value)
    }
  }

  /// The table that stands where a master asks for one.
  private func asked(_ table: Register.Table) -> Register.Table {
    guard mistakes.contains(.wrongTable) else { return table }
    switch table {
    case .coil: return .discrete
    case .discrete: return .coil
    case .input: return .holding
    case .holding: return .input
    case .line, .pulses: return table
    }
  }

  private var shift: Int {
    for case .offByOne(let shift) in mistakes { return shift }
    return 0
  }

  private func read(_ table: Register.Table, _ address: Int, _ count: Int, _ function: UInt8)
    -> [UInt8]
  {
    var limit = table.isBit ? device.maximumBits : device.maximumRead
    var starts = device.blockStarts
    for mistake in mistakes {
      if case .readLimit(let own) = mistake { limit = min(limit, own) }
      if case .blockStart(let own) = mistake { starts.append(own) }
    }
    guard count <= limit else { return [function | 0x80, Refusal.value] }
    let first = address - shift
    let isWhole = (first..<(first + count)).allSatisfy { space.has(table, $0) }
    guard isWhole, !starts.contains(where: { first < $0 && $0 < first + count }) else {
      return [function | 0x80, Refusal.address]
    }
    let words = (first..<(first + count)).map { served(table, $0) }
    if table.isBit {
      var bytes = [UInt8](repeating: 0, count: (count + 7) / 8)
      for (place, word) in words.enumerated() where word != 0 {
        bytes[place / 8] |= 1 << UInt8(place % 8)
      }
      return [function, UInt8(bytes.count)] + bytes
    }
    return [function, UInt8(2 * count)] + words.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
  }

  /// A word as it goes out: in the place and order of the mistakes.
  private func served(_ table: Register.Table, _ address: Int) -> UInt16 {
    if mistakes.contains(.zeros) { return 0 }
    let swapsWords = mistakes.contains(.swappedWords)
    let swapsBytes = mistakes.contains(.swappedBytes)
    guard swapsWords || swapsBytes else { return space[table, address] }
    let wide = points.first {
      $0.register.table == table && $0.register.format.width > 1
        && $0.register.addresses.contains(address)
    }
    guard let own = wide?.register.addresses else { return space[table, address] }
    let place = swapsWords ? own.lowerBound + own.upperBound - 1 - address : address
    let word = space[table, place]
    return swapsBytes ? word.byteSwapped : word
  }

  private mutating func write(
    _ table: Register.Table, _ address: Int, _ words: [UInt16], _ function: UInt8,
    _ content: [UInt8]
  ) -> [UInt8] {
    var allowed = device.writeFunction
    for case .writeFunction(let own) in mistakes { allowed = own }
    let isSingle = function == 5 || function == 6
    if allowed == .single && !isSingle || allowed == .multiple && isSingle {
      return [function | 0x80, Refusal.function]
    }
    if mistakes.contains(.readOnlyCommand) { return [function | 0x80, Refusal.device] }
    let first = address - shift
    let addresses = first..<(first + words.count)
    let isWhole = addresses.allSatisfy { place in
      points.contains {
        $0.direction == .output && $0.register.table == table
          && $0.register.addresses.contains(place)
      }
    }
    guard isWhole else { return [function | 0x80, Refusal.address] }
    for (offset, word) in words.enumerated() { space[table, first + offset] = word }
    take(table, first, words)
    return [function] + content[..<4]
  }

  /// A command or a reference has come.
  private mutating func take(_ table: Register.Table, _ first: Int, _ words: [UInt16]) {
    let place = machine.commandPlace
    let offset = place.address - first
    if machine.hasCommand, place.table == table, words.indices.contains(offset) {
      machine.told(words[offset])
    }
    for (point, name) in zip(points, names)
    where name == "speed-command" && point.register.table == table {
      let own = point.register.addresses.map { space[table, $0] }
      values.hertz = point.register.decode(own) ?? 0
    }
  }

  private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
    Int(bytes[place]) << 8 | Int(bytes[place + 1])
  }
}
