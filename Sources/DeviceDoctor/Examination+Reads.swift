import PlantModel

/// The reads that the daemon would make, and why some of them fail.
extension Examination {
  /// Makes each planned read; the signals of one that fails are read alone.
  mutating func observe() {
    for request in ReadPlan.requests(of: id, in: plant) {
      let reply = ask(request.table, request.addresses)
      let places = request.points.compactMap { points.firstIndex(of: $0) }
      if case .words(let words) = reply {
        for place in places {
          let start = signals[place].register.address - request.addresses.lowerBound
          let width = signals[place].register.format.width
          signals[place].state = .words(Array(words[start..<(start + width)]))
        }
      } else {
        failed.append(request)
        for place in places { signals[place].state = fetch(signals[place]) }
      }
    }
  }

  /// Says which planned reads are taken, and why others are not.
  mutating func judgeReads() {
    let planned = ReadPlan.requests(of: id, in: plant)
    let longest = planned.filter { !$0.table.isBit }.map(\.addresses.count).max() ?? 0
    nameUnread()
    guard !failed.isEmpty else {
      return sound(
        .reads,
        "all \(planned.count) planned reads are answered"
          + (longest > 0
            ? ", the longest of \(longest) registers; \(device.maximumRead) are allowed" : ""))
    }
    guard !isElsewhere else {
      return unclear(
        .reads, "the planned reads ask at the wrong place: examine it again when that is mended")
    }
    var explained = 0
    var limit: Int?
    for request in failed {
      if !isWhole(request) || limit.map({ request.addresses.count > $0 }) == true {
        explained += 1
        continue
      }
      if let own = explain(request) { limit = own }
      explained += 1
      if explained >= 4 { break }
    }
  }

  /// Whether all its signals are answered when they are asked for alone.
  private func isWhole(_ request: ReadRequest) -> Bool {
    request.points.compactMap { points.firstIndex(of: $0) }.allSatisfy { signals[$0].words != nil }
  }

  /// Signals whose registers bring nothing by themselves.
  private mutating func nameUnread() {
    let unread = readable.filter {
      signals[$0].words == nil && signals[$0].register.address + shift >= 0
    }
    guard unread.count < 4 || unread.count * 2 <= readable.count else {
      return found(
        .registers, .certain,
        "\(unread.count) of \(readable.count) signals are not answered (\(Figure.names(unread.map { signals[$0].name }))): another make or version than the profile's"
      )
    }
    for place in unread {
      let register = signals[place].register
      let why =
        switch signals[place].state {
        case .refused(let code): "is refused with exception \(code)"
        default: "is never answered"
        }
      found(
        .registers, .certain,
        "\(register.table.rawValue) \(register.address + shift) ('\(signals[place].name)') \(why): this device does not have it; take the signal out of its type, or mend its address",
        [Change("address", from: "\(register.address)", to: "?", signals: [signals[place].name])])
    }
  }

  /// Why a read fails whose signals are answered alone; gives the most that the device lets itself be asked for.
  private mutating func explain(_ request: ReadRequest) -> Int? {
    let first = request.addresses.lowerBound
    let count = request.addresses.count
    let isEven =
      request.points.allSatisfy { plant[$0].register.format.width % 2 == 0 } && count % 2 == 0
    let step = isEven ? 2 : 1
    // The shortest that fails, in steps.
    var low = 1
    var high = count / step
    while low < high {
      let middle = (low + high) / 2
      if isTaken(request.table, first..<(first + middle * step)) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    let taken = (low - 1) * step
    let border = first + taken
    let key = request.table.isBit ? "maximum_read_bits" : "maximum_read_registers"
    let most = request.table.isBit ? device.maximumBits : device.maximumRead
    guard taken > 0 else {
      found(.reads, .perhaps, "\(place(request)) fails in no clear way: examine it again")
      return nil
    }
    guard isTaken(request.table, border..<(border + step)) else {
      found(
        .reads, .certain,
        "\(place(request)) fails: \(request.table.rawValue) \(border) between the wanted ones is not there",
        [Change("merge_gap_registers", from: "\(device.mergeGap)", to: "0")])
      return nil
    }
    let beyond = border..<(border + 2 * step)
    let isBlock =
      taken > step
      ? !isTaken(request.table, (border - step)..<(border + step))
      : beyond.upperBound <= request.addresses.upperBound && isTaken(request.table, beyond)
    if isBlock {
      found(
        .reads, .certain, "\(place(request)) fails: a block of the device begins at \(border)",
        [Change("no_read_across", to: "[\(border)]")])
      return nil
    }
    found(
      .readLimit, .certain,
      "reads of up to \(taken) \(request.table.isBit ? "bits" : "registers") are taken, \(taken + step) are not",
      [Change(key, from: "\(most)", to: "\(taken)")])
    return taken
  }

  private mutating func isTaken(_ table: Register.Table, _ addresses: Range<Int>) -> Bool {
    if case .words = ask(table, addresses) { true } else { false }
  }

  private func place(_ request: ReadRequest) -> String {
    "the read of \(request.table.rawValue) \(request.addresses.lowerBound) to \(request.addresses.upperBound - 1)"
  }
}
