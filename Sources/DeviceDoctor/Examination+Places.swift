import PlantModel

/// Whether the registers stand where the profile says, and their words in its order.
extension Examination {
  /// A way to read the device that may explain what came.
  private struct Explanation {
    var shift: Int
    var swap: WordSwap
    var signals: [Signal]

    /// Registers that are not there at all, and values that cannot be.
    var faults: Int {
      signals.count { $0.point.writing.isReadBack && $0.verdict == .impossible }
    }
    var weight: Double {
      signals.filter { $0.point.writing.isReadBack }.reduce(0) { $0 + $1.verdict.weight }
    }
  }

  /// Compares the profile with its neighbours: the other tables, addresses one lower and higher, other orders
  /// of the words.
  mutating func findPlaces() {
    findTables()
    let plain = Explanation(shift: 0, swap: .none, signals: signals)
    let misses = identityFits(0) == false
    guard plain.faults > 0 || misses else {
      sound(.address, "every register is where the profile has it")
      return judgeOrder(plain)
    }
    var others: [Explanation] = []
    for swap in [WordSwap.words, .bytes, .both] {
      var own = plain
      own.swap = swap
      own.signals = signals.map { swap.applied(to: $0) }
      others.append(own)
    }
    for shift in [-1, 1] {
      guard let moved = moved(by: shift) else { continue }
      others.append(Explanation(shift: shift, swap: .none, signals: moved))
    }
    let sums = others.map { $0.weight + identityWeight($0.shift) }
    let own = plain.weight + identityWeight(0)
    // The first of the best: an order explains no less than an address, and asks for less.
    let best = sums.indices.max { (sums[$0], -$0) < (sums[$1], -$1) }
    guard let best, sums[best] - own >= 3, others[best].faults < max(plain.faults, 1),
      others[best].faults * 4 <= plain.faults
    else {
      unclear(.address, "no other place or order explains what is odd: see the findings below")
      return judgeOrder(plain)
    }
    let chosen = others[best]
    signals = chosen.signals
    if chosen.shift != 0 { tellShift(chosen.shift, sums[best] - own) }
    judgeOrder(chosen, faultsBefore: plain.faults)
  }

  private mutating func tellShift(_ shift: Int, _ gain: Double) {
    self.shift = shift
    isElsewhere = true
    let why =
      shift > 0
      ? "the numbers of its manual are those on the wire already"
      : "its manual counts from 1, the wire from 0"
    found(
      .address, gain >= 6 ? .certain : .likely,
      "every register stands one \(shift > 0 ? "higher" : "lower") than the profile says: \(why)",
      [Change("address", to: "each \(shift > 0 ? "+1" : "-1")")])
  }

  /// All signals at addresses that are one off; nil when the device refuses most of that.
  private mutating func moved(by shift: Int) -> [Signal]? {
    var moved = signals
    var missed = 0
    for place in readable {
      moved[place].state = fetch(signals[place], by: shift)
      if moved[place].words == nil { missed += 1 }
      if missed > 2, missed * 2 > readable.count { return nil }
    }
    return moved
  }

  /// Whether the identity register, so many addresses off, holds what it always holds; nil without one.
  mutating func identityFits(_ shift: Int) -> Bool? {
    guard let identity = device.profile?.identity else { return nil }
    let address = identity.address + shift
    guard case .words(let words) = ask(identity.table, address..<(address + 1)) else {
      return false
    }
    return words.first.map { identity.oneOf.contains($0) } ?? false
  }

  private mutating func identityWeight(_ shift: Int) -> Double {
    switch identityFits(shift) {
    case true?: 3
    case false?: -3
    case nil: 0
    }
  }

  /// Tables of which nothing is answered, and whether the other function brings it.
  private mutating func findTables() {
    var named: [String] = []
    for table in [Register.Table.coil, .discrete, .input, .holding] {
      let own = readable.filter { signals[$0].point.register.table == table }
      let isRefused = own.allSatisfy { place in
        if case .refused = signals[place].state { true } else { false }
      }
      guard !own.isEmpty, isRefused else { continue }
      let other = twin(of: table)
      var answered = 0
      var moved = signals
      for place in own {
        moved[place].register.table = other
        moved[place].state = fetch(moved[place])
        if moved[place].words != nil { answered += 1 }
      }
      guard answered * 2 > own.count else { continue }
      signals = moved
      isElsewhere = true
      named.append(table.rawValue)
      found(
        .table, answered == own.count ? .certain : .likely,
        "\(own.count == 1 ? "'\(signals[own[0]].name)' is not" : "none of \(own.count) signals is") among the \(title(table)), but among the \(title(other))",
        [
          Change(
            "table", from: table.rawValue, to: other.rawValue,
            signals: own.map { signals[$0].name })
        ])
    }
    if named.isEmpty { sound(.table, "the functions that read are the device's") }
  }

  private func twin(of table: Register.Table) -> Register.Table {
    switch table {
    case .coil: .discrete
    case .discrete: .coil
    case .input: .holding
    case .holding: .input
    case .line, .pulses: table
    }
  }

  private func title(_ table: Register.Table) -> String {
    switch table {
    case .coil: "coils (function 1)"
    case .discrete: "discrete inputs (function 2)"
    case .input: "input registers (function 4)"
    case .holding: "holding registers (function 3)"
    case .line, .pulses: "lines of a GPIO chip"
    }
  }

  /// What is said of the order of words, once the places are known.
  private mutating func judgeOrder(_ chosen: Explanation, faultsBefore: Int = 0) {
    let wide = signals.filter { $0.register.format.width > 1 && $0.point.writing.isReadBack }
    guard !wide.isEmpty else { return }
    guard chosen.swap == .none else {
      var orders: [Register.WordOrder] = []
      for signal in wide where !orders.contains(signal.register.wordOrder) {
        orders.append(signal.register.wordOrder)
      }
      let changes = orders.map { order in
        let names = wide.filter { $0.register.wordOrder == order }.map(\.name)
        return Change(
          "word_order", from: chosen.swap.applied(to: order).rawValue, to: order.rawValue,
          signals: names)
      }
      return found(
        .wordOrder, faultsBefore > 1 ? .certain : .likely,
        "wide values make sense in another order alone: \(sample(wide))", changes)
    }
    let told = wide.filter { $0.verdict > .possible }
    if told.isEmpty {
      unclear(.wordOrder, "wide values are 0 or say nothing: compare them with the display")
    } else if told.count == wide.count || wide.allSatisfy({ $0.verdict > .odd }) {
      sound(.wordOrder, "\(told.count) wide values make sense in the order of the profile")
    } else {
      unclear(.wordOrder, "some wide values make no sense in any order: \(sample(wide))")
    }
  }

  private func sample(_ wide: [Signal]) -> String {
    let shown = wide.filter { $0.value.map { $0 != 0 } ?? false }.prefix(3)
    return shown.map { "\($0.name) \(Figure.text($0.value ?? 0))" }.joined(separator: ", ")
  }
}

/// Words, or the bytes in each, exchanged against the profile's order.
enum WordSwap: Equatable {
  case none, words, bytes, both

  func applied(to order: Register.WordOrder) -> Register.WordOrder {
    let lowFirst = (order == .cdab || order == .dcba) != (self == .words || self == .both)
    let swapped = (order == .badc || order == .dcba) != (self == .bytes || self == .both)
    switch (lowFirst, swapped) {
    case (false, false): return .abcd
    case (true, false): return .cdab
    case (false, true): return .badc
    case (true, true): return .dcba
    }
  }

  func applied(to signal: Signal) -> Signal {
    guard signal.register.format.width > 1 else { return signal }
    var swapped = signal
    swapped.register.wordOrder = applied(to: signal.register.wordOrder)
    return swapped
  }
}
