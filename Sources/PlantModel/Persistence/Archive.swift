public import Quantities

/// The one way in which state is written and read back: field by field, each by its name.
///
/// The same `persist` method serves both ways, so that what is written can be read. A field that
/// the archive does not know keeps its value when read; a field nobody asks for is left alone. So a
/// newer program reads an older one's state, and the other way round.
public protocol Archive {
  mutating func field(_ name: String, _ value: inout Double)
  mutating func field(_ name: String, _ value: inout Int64)
  mutating func field(_ name: String, _ value: inout Bool)
  mutating func field(_ name: String, _ value: inout String)
  /// Says that the text of the field `name` makes no sense; nothing when it is being written.
  mutating func reject(_ name: String)
  /// Opens the group `name`: fields inside carry its name before theirs.
  mutating func open(_ name: String)
  mutating func close()
}

/// State that survives a restart.
public protocol Persistent {
  mutating func persist(in archive: inout some Archive)
}

extension Archive {
  public mutating func field(_ name: String, _ value: inout Int) {
    var wide = Int64(value)
    field(name, &wide)
    value = Int(wide)
  }

  public mutating func field(_ name: String, _ value: inout Instant) {
    field(name, &value.milliseconds)
  }

  public mutating func field(_ name: String, _ value: inout TimeSpan) {
    field(name, &value.milliseconds)
  }

  public mutating func field<Value: Quantity>(_ name: String, _ value: inout Value) {
    var number = value.value
    field(name, &number)
    value = Value(number)
  }

  /// A figure that may be missing: then `none` is written.
  public mutating func field<Value: Quantity>(_ name: String, _ value: inout Value?) {
    var word = value.map { "\($0.value)" } ?? "none"
    let before = word
    field(name, &word)
    guard word != before else { return }
    if word == "none" {
      value = nil
    } else if let number = Double(word), number.isFinite {
      value = Value(number)
    } else {
      reject(name)
    }
  }

  /// An enumeration by its word; a word that this version does not know leaves the value alone.
  public mutating func field<Value: RawRepresentable<String>>(_ name: String, _ value: inout Value)
  {
    var word = value.rawValue
    field(name, &word)
    if let known = Value(rawValue: word) { value = known } else { reject(name) }
  }

  /// A choice from a list, by its name: the list may be in another order when it is read.
  public mutating func field<Kind>(_ name: String, _ value: inout ID<Kind>?, among names: [String])
  {
    var word = value.map { names[$0.index] } ?? "none"
    let before = word
    field(name, &word)
    guard word != before else { return }
    if word == "none" {
      value = nil
    } else if let place = names.firstIndex(of: word) {
      value = ID(place)
    } else {
      reject(name)
    }
  }

  public mutating func group(_ name: String, _ value: inout some Persistent) {
    open(name)
    value.persist(in: &self)
    close()
  }

  /// A list of states, each under the name of the thing that it belongs to, so that a changed
  /// order or a new thing in the configuration does not mix them up.
  public mutating func groups<Element: Persistent>(
    _ name: String, _ names: [String], _ values: inout [Element]
  ) {
    precondition(names.count == values.count, "one name for each state")
    open(name)
    for index in values.indices { group(names[index], &values[index]) }
    close()
  }
}

/// Writes fields as (path, text) rows, in the order they are met.
public struct ArchiveWriter: Archive {
  public private(set) var rows: [(path: String, text: String)] = []
  private var prefixes: [String] = [""]

  public init() {}

  public static func rows(of state: some Persistent) -> [(path: String, text: String)] {
    var copy = state
    var writer = ArchiveWriter()
    copy.persist(in: &writer)
    return writer.rows
  }

  public mutating func open(_ name: String) { prefixes.append(prefixes.last! + name + "/") }
  public mutating func close() { prefixes.removeLast() }
  public mutating func reject(_ name: String) {}
  public mutating func field(_ name: String, _ value: inout Double) { add(name, "\(value)") }
  public mutating func field(_ name: String, _ value: inout Int64) { add(name, "\(value)") }
  public mutating func field(_ name: String, _ value: inout Bool) { add(name, "\(value)") }
  public mutating func field(_ name: String, _ value: inout String) { add(name, value) }

  private mutating func add(_ name: String, _ text: String) {
    rows.append((prefixes.last! + name, text))
  }
}

/// Reads fields back from their rows, whatever order they come in.
public struct ArchiveReader: Archive {
  private let texts: [String: String]
  private var prefixes: [String] = [""]
  /// Rows whose text was not what the field wants: kept as they were, told to the operator.
  public private(set) var unreadable: [String] = []

  public init(rows: [(path: String, text: String)]) {
    texts = Dictionary(rows.map { ($0.path, $0.text) }, uniquingKeysWith: { _, last in last })
  }

  public mutating func open(_ name: String) { prefixes.append(prefixes.last! + name + "/") }
  public mutating func close() { prefixes.removeLast() }
  public mutating func reject(_ name: String) { unreadable.append(prefixes.last! + name) }
  public mutating func field(_ name: String, _ value: inout Double) {
    read(name, &value) { Double($0).flatMap { $0.isFinite ? $0 : nil } }
  }
  public mutating func field(_ name: String, _ value: inout Int64) {
    // Within bounds that no sum or difference of times leaves.
    let bounds = Instant.distantPast.milliseconds...Instant.distantFuture.milliseconds
    read(name, &value) { Int64($0).flatMap { bounds.contains($0) ? $0 : nil } }
  }
  public mutating func field(_ name: String, _ value: inout Bool) {
    read(name, &value) { Bool($0) }
  }
  public mutating func field(_ name: String, _ value: inout String) { read(name, &value) { $0 } }

  private mutating func read<Value>(
    _ name: String, _ value: inout Value, _ parse: (String) -> Value?
  ) {
    let path = prefixes.last! + name
    guard let text = texts[path], text != "\(value)" else { return }
    if let parsed = parse(text) { value = parsed } else { reject(name) }
  }
}
