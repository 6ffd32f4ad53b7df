/// Every named entry of a composed configuration as text, by section: what a reload compares.
public struct ConfigurationEntries: Sendable, Equatable {
  /// What may grow while the plant runs: consumers, and the devices that they are seen by.
  private static let growing = ["buses", "device_types", "devices", "consumers"]
  /// What is no part of the plant's structure: parameters are taken over by themselves, the twin is the
  /// simulator's.
  private static let free = ["parameters", "twin"]

  private let entries: [String: [String: String]]

  init(_ document: Node) {
    var entries: [String: [String: String]] = [:]
    if case .map(let sections) = document.content {
      for (key, value) in sections {
        guard let section = key.text else { continue }
        entries[section] = ConfigurationEntries.named(value)
      }
    }
    self.entries = entries
  }

  /// A plant without a configuration: nothing can be added to it.
  public init() { entries = [:] }

  private static func named(_ section: Node) -> [String: String] {
    guard case .map(let pairs) = section.content else { return ["": ExpandedText.inLine(section)] }
    return Dictionary(
      pairs.map { ($0.key.text ?? "", ExpandedText.inLine($0.value)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The consumers that `other` has more than this, by name, when it is this with nothing else changed but
  /// parameters; nil when anything is gone or another thing differs.
  public func consumersAdded(by other: ConfigurationEntries) -> [String]? {
    let sections = Set(entries.keys).union(other.entries.keys)
      .subtracting(ConfigurationEntries.free)
    for section in sections {
      let (old, new) = (entries[section] ?? [:], other.entries[section] ?? [:])
      let isKept = old.allSatisfy { new[$0.key] == $0.value }
      let grows = ConfigurationEntries.growing.contains(section)
      guard isKept, grows || old.count == new.count else { return nil }
    }
    let before = entries["consumers"] ?? [:]
    let added = (other.entries["consumers"] ?? [:]).keys.filter { before[$0] == nil }.sorted()
    return added.isEmpty ? nil : added
  }
}
