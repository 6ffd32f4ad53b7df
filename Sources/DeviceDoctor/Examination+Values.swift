import PlantModel
import Quantities

/// What the values themselves say of formats, scales and sensors.
extension Examination {
  mutating func judgeIdentity() {
    guard let identity = device.profile?.identity else { return }
    let place = "\(identity.table.rawValue) \(identity.address + shift)"
    switch identityFits(shift) {
    case true?: sound(.identity, "\(place) holds what this make always holds")
    case false?:
      let reply = ask(
        identity.table, identity.address + shift..<identity.address + shift + 1)
      guard case .words(let words) = reply, let word = words.first else {
        return found(.identity, .likely, "\(place), its identity, is not answered: another device?")
      }
      found(
        .identity, .certain,
        "\(place) holds \(word), where the profile's models hold \(identity.oneOf.map { "\($0)" }.joined(separator: " or ")): it is another one",
        [Change("identity: one_of", from: "\(identity.oneOf)", to: "\(word)")])
    case nil: return
    }
  }

  /// Judges what was read, each signal by one cause at most.
  mutating func judgeValues() {
    let numbers = signals.indices.filter {
      signals[$0].isNumber && signals[$0].words != nil && signals[$0].point.writing.isReadBack
    }
    if judgeZeros(numbers) { return }
    var open = numbers
    judgeNoValue(&open)
    judgeFormat(&open)
    judgeBands(&open)
    judgeRanges(&open)
    judgeRatios(&open)
    tellOpen(numbers, open)
    judgeStatus()
  }

  /// Whether everything is 0 where that cannot be.
  private mutating func judgeZeros(_ numbers: [Int]) -> Bool {
    guard numbers.count >= 3, numbers.allSatisfy({ signals[$0].raw == 0 }) else { return false }
    let never = numbers.filter {
      !signals[$0].point.range.contains(signals[$0].value ?? 0) || Band.of(signals[$0]) != nil
    }
    let still = signals.allSatisfy { $0.words.map { $0.allSatisfy { $0 == 0 } } ?? true }
    guard let first = never.first, still else {
      unclear(.values, "every number is 0: examine it again while it is in service")
      return true
    }
    found(
      .values, .certain,
      "every register is 0, '\(signals[first].name)' too, which never is: a gateway that answers for a device that is away, or registers that are there and empty"
    )
    return true
  }

  /// Figures by which makers say that there is nothing.
  private mutating func judgeNoValue(_ open: inout [Int]) {
    for place in open where signals[place].saysNoValue {
      found(
        .noValue, .certain,
        "'\(signals[place].name)' says \"no value\": its sensor is broken, not connected or not fitted; take the signal out if this plant has none"
      )
    }
    open.removeAll { signals[$0].saysNoValue }
    for place in open where isStrangeSentinel(signals[place]) {
      let raw = signals[place].raw ?? 0
      found(
        .noValue, .likely,
        "'\(signals[place].name)' holds \(raw), by which many devices say \"no value\"",
        [Change("no_value", to: "[\(raw)]", signals: [signals[place].name])])
    }
    open.removeAll { isStrangeSentinel(signals[$0]) }
  }

  private func isStrangeSentinel(_ signal: Signal) -> Bool {
    guard signal.verdict == .impossible, let raw = signal.raw else { return false }
    let most = signal.register.format.largestRaw
    return [most, most >> 1, (most >> 1) + 1].contains(raw)
  }

  /// Numbers below zero that are taken for large ones, and the other way round.
  private mutating func judgeFormat(_ open: inout [Int]) {
    var judged: [Int] = []
    for place in open where signals[place].verdict == .impossible {
      guard let other = otherSign(signals[place].register.format),
        let raw = signals[place].raw, let shown = signals[place].value
      else { continue }
      var signal = signals[place]
      signal.register.format = other
      guard let value = signal.value else { continue }
      let most = signal.register.format.largestRaw
      let isNegative = signals[place].register.format.isUnsigned && raw > most - most / 16
      guard isNegative || signal.point.range.contains(value) else { continue }
      judged.append(place)
      let low = signal.point.range.lowerBound
      var changes = [
        Change(
          "format", from: signals[place].register.format.rawValue, to: other.rawValue,
          signals: [signal.name])
      ]
      if value < low {
        changes.append(
          Change("min", from: Figure.text(low), to: "below 0", signals: [signal.name]))
      }
      found(
        .format, .likely,
        "'\(signal.name)' shows \(Figure.text(shown)); as \(other.rawValue) it is \(Figure.text(value))",
        changes)
    }
    open.removeAll { judged.contains($0) }
    if judged.isEmpty { sound(.format, "no number looks like another format") }
  }

  private func otherSign(_ format: Register.Format) -> Register.Format? {
    switch format {
    case .u16: .i16
    case .i16: .u16
    case .u32: .i32
    case .i32: .u32
    case .u64: .i64
    case .i64: .u64
    case .bit, .f32, .f64, .bcd16, .bcd32: nil
    }
  }

  /// States that contradict each other.
  private mutating func judgeStatus() {
    let states = signals.filter { $0.point.unit == .digital && $0.point.direction == .input }
    guard !states.isEmpty else { return }
    let isOn = { (name: String) in states.contains { $0.name == name && $0.value == 1 } }
    var odd: [(Check.Certainty, String)] = []
    if isOn("running"), isOn("tripped") {
      odd.append((.perhaps, "it says that it runs and has tripped: compare both with its panel"))
    }
    for open in states where open.name.hasPrefix("opened") && open.value == 1 {
      let other = "closed" + open.name.dropFirst("opened".count)
      if isOn(other) {
        odd.append((.certain, "'\(open.name)' and '\(other)' are both on: end switches or wiring"))
      }
    }
    for signal in signals where signal.name == "status-word" && signal.raw == 0xFFFF {
      odd.append((.certain, "every bit of its status word is on: that is no status"))
    }
    for (certainty, text) in odd { found(.status, certainty, text) }
    if odd.isEmpty {
      let on = states.filter { $0.value == 1 }.map(\.name)
      sound(.status, on.isEmpty ? "no state is on" : "on: \(Figure.names(on))")
    }
  }

  /// Repeats what is read back, by the functions that the profile names and else by the others.
  mutating func repeatOutputs() {
    let outputs = readable.filter {
      signals[$0].point.direction == .output && signals[$0].words != nil
    }
    guard !outputs.isEmpty else { return unclear(.writes, "it has no output that is read back") }
    var refused: [String] = []
    var codes: [Int] = []
    var other: Device.WriteFunction?
    for place in outputs {
      guard case .words(let words) = fetch(signals[place], by: shift) else { continue }
      let reply = tell(words, place, device.writeFunction)
      guard case .refused(let code) = reply else {
        if reply.isSilence { refused.append(signals[place].name) }
        continue
      }
      refused.append(signals[place].name)
      if !codes.contains(code) { codes.append(code) }
      for function in [Device.WriteFunction.single, .multiple] where other == nil {
        if function != device.writeFunction, case .words = tell(words, place, function) {
          other = function
        }
      }
    }
    guard !refused.isEmpty else {
      return sound(.writes, "\(outputs.count) outputs take what was read back from them")
    }
    if let other {
      return found(
        .writes, .certain, "writes are refused by the function of the profile and taken by another",
        [Change("write_function", from: device.writeFunction.rawValue, to: other.rawValue)])
    }
    let code = codes.first.map { " (exception \($0))" } ?? ""
    found(
      .writes, .certain,
      "refuses to be written: \(Figure.names(refused))\(code): set its source of commands to the bus, and see whether its parameters are locked"
    )
  }

  private mutating func tell(_ words: [UInt16], _ place: Int, _ function: Device.WriteFunction)
    -> Response
  {
    let register = signals[place].register
    return line.write(
      words, register.table, register.address + shift, unit: unit, by: function, pause: pause,
      patience: patience)
  }
}

extension Register.Format {
  var isUnsigned: Bool { self == .u16 || self == .u32 || self == .u64 }
}
