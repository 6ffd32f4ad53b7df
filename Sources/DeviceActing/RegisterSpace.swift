import PlantModel

/// The four tables of an acted device: what each address holds, and whether it is there at all.
struct RegisterSpace {
  static let size = 65_536
  static let tables: [Register.Table] = [.coil, .discrete, .input, .holding]
  private var words: [[UInt16]]
  private var isThere: [[Bool]]

  init() {
    words = RegisterSpace.tables.map { _ in Array(repeating: 0, count: RegisterSpace.size) }
    isThere = RegisterSpace.tables.map { _ in Array(repeating: false, count: RegisterSpace.size)
    }
  }

  private func place(_ table: Register.Table) -> Int {
    guard let place = RegisterSpace.tables.firstIndex(of: table) else {
      preconditionFailure("a Modbus device has no lines")
    }
    return place
  }

  subscript(table: Register.Table, address: Int) -> UInt16 {
    get { words[place(table)][address] }
    set { words[place(table)][address] = newValue }
  }

  func has(_ table: Register.Table, _ address: Int) -> Bool {
    (0..<RegisterSpace.size).contains(address) && isThere[place(table)][address]
  }

  mutating func define(_ table: Register.Table, _ addresses: Range<Int>) {
    for address in addresses { isThere[place(table)][address] = true }
  }

  mutating func remove(_ address: Int) {
    for table in RegisterSpace.tables { isThere[place(table)][address] = false }
  }

  /// Fills holes between what is there, up to so many addresses: a device that lets them be read along.
  mutating func fillHoles(_ table: Register.Table, upTo gap: Int) {
    let own = isThere[place(table)]
    let taken = own.indices.filter { own[$0] }
    for (low, high) in zip(taken, taken.dropFirst()) where high - low - 1 <= gap {
      define(table, low..<high)
    }
  }
}
