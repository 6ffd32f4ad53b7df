public import PlantModel
public import Quantities

/// Which mode a block is to run in: a person's choice, or its rules'.
public struct ModeControl: Sendable, Hashable {
  public let block: BlockID
  public internal(set) var mode: ModeID
  public internal(set) var isAutomatic = false
  /// The mode the rules would choose.
  public internal(set) var proposed: ModeID?
  public internal(set) var changed: Instant
  public internal(set) var user: Int64 = 0
  /// The saved mode, while it is none of the configuration's and nobody has chosen. (`MODE-06`)
  public private(set) var unknown: UnknownMode?
  /// Automatic changes on the day `changeDay`.
  var changes = 0
  var changeDay: Int64 = .min
  /// A person has just asked for the mode, again or anew.
  var isRetry = false

  init(_ block: BlockID, plant: Plant, now: Instant) {
    self.block = block
    let off = plant[block].modes.firstIndex { $0.service == .off } ?? 0
    mode = ModeID(off)
    changed = now - .days(30)
  }

  func service(_ plant: Plant) -> BlockMode.Service { plant[block].modes[mode.index].service }
  func position(_ plant: Plant) -> PositionID? { plant[block].modes[mode.index].position }

  mutating func choose(_ mode: ModeID, by user: UInt32, at now: Instant) {
    if mode != self.mode { changed = now }
    self.mode = mode
    unknown = nil
    self.user = Int64(user)
    isAutomatic = false
    isRetry = true
  }

  mutating func automate(by user: UInt32) {
    isAutomatic = true
    unknown = nil
    self.user = Int64(user)
  }

  /// A change by the rules.
  mutating func follow(_ mode: ModeID, at now: Instant) {
    guard mode != self.mode else { return }
    self.mode = mode
    changed = now
  }

  /// Runs the block in a mode of the row that it holds, in place of one that is not known; false when
  /// it stays off. (`MODE-06`)
  mutating func standIn(_ plant: Plant, row: PositionID, at now: Instant) -> Bool {
    guard service(plant) == .off, let found = unknown?.standIn(for: row, of: plant[block]) else {
      return false
    }
    follow(found, at: now)
    return true
  }

  var reason: Reason {
    Reason(isAutomatic ? .modeAutomatic : .modeByOperator, .block(block), since: changed)
  }
}

/// A mode that was saved and that the configuration does not know: renamed there, or damaged. It is
/// kept as it was saved, so that a name put right again is known again.
public struct UnknownMode: Sendable, Hashable {
  public let name: String
  /// What its units did; nil when that was not saved.
  public internal(set) var service: BlockMode.Service?

  /// The mode to go on in: one of the row that is held, of the saved service before others; nil when
  /// the block was off.
  func standIn(for row: PositionID, of block: ChangeOverBlock) -> ModeID? {
    guard service != .off else { return nil }
    let services = [service].compactMap { $0 } + BlockMode.Service.allCases
    for service in services {
      let found = block.modes.firstIndex { $0.position == row && $0.service == service }
      if let found { return ModeID(found) }
    }
    return nil
  }
}

extension ModeControl {
  mutating func persist(in archive: inout some Archive, block: ChangeOverBlock) {
    let names = block.modes.map(\.name)
    var name = unknown?.name ?? names[mode.index]
    archive.field("mode", &name)
    if let place = names.firstIndex(of: name) {
      mode = ModeID(place)
      unknown = nil
    } else {
      archive.reject("mode")
      unknown = UnknownMode(name: name, service: unknown?.service)
    }
    let known = unknown == nil ? block.modes[mode.index].service : unknown?.service
    var service = known?.rawValue ?? ""
    archive.field("service", &service)
    unknown?.service = BlockMode.Service(rawValue: service)
    archive.field("is_automatic", &isAutomatic)
    archive.field("changed", &changed)
    archive.field("user", &user)
    archive.field("changes", &changes)
    archive.field("change_day", &changeDay)
  }
}
