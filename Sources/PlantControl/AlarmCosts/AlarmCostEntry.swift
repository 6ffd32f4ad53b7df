public import PlantModel
import Quantities

/// One alarm of the year, and what the plant was short of while it stood.
public struct AlarmCostEntry: Sendable, Hashable {
  public private(set) var key: AlarmKey
  public internal(set) var spans = AlarmCostSpans()
  /// It stands.
  public internal(set) var isOpen = false
  /// It stood when the controller stopped; nil once it was seen again.
  var carried: Carried?
  /// Whether it was found among those that stand.
  var isSeen = false
  /// Whether the plant has what it is about.
  private(set) var isKnown = true

  /// An alarm over a restart, until its cause has been seen again.
  struct Carried: Sendable, Hashable {
    /// What counts if it is not.
    var before: AlarmCostSpans
    /// When it was seen last.
    let from: Instant
    /// Until when it may be seen again; nil until the first scan.
    var until: Instant?
  }

  init(_ key: AlarmKey) { self.key = key }

  /// Room for one that is read from what was saved.
  static var unread: AlarmCostEntry {
    var entry = AlarmCostEntry(AlarmKey(.frost, .plant))
    entry.isKnown = false
    return entry
  }

  /// - Parameter last: the last scan.
  mutating func persist(in archive: inout some Archive, plant: Plant, last: Instant) {
    var kind = key.kind.rawValue
    var thing = "\(key.subject.kind)"
    var name = plant.name(of: key.subject)
    archive.field("kind", &kind)
    archive.field("subject_kind", &thing)
    archive.field("subject", &name)
    if !isKnown, let found = AlarmKind(rawValue: kind),
      let list = Subject.Kind.allCases.first(where: { "\($0)" == thing }),
      let subject = plant.subject(list, named: name)
    {
      key = AlarmKey(found, subject)
      isKnown = true
    }
    if carried != nil {
      carried!.before.persist(in: &archive)
    } else {
      spans.persist(in: &archive)
    }
    let stood = isOpen ? carried?.from ?? last : .distantPast
    var read = stood
    archive.field("stood_until", &read)
    guard read != stood else { return }
    isOpen = true
    carried = Carried(before: spans, from: read)
  }
}
