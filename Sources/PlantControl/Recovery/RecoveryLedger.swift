public import PlantModel
public import Quantities

/// One change between the ground and the building, and what it cost.
public struct RecoveryChange: Sendable, Hashable {
  /// To the building; else to the ground.
  public var toRecovery = false
  public var rule: Rule = .modeByOperator
  public var begun: Instant = .distantPast
  /// How long hot water was wanted and none was made, until a unit ran again.
  public var withoutHeat: TimeSpan = .zero
  /// Cold made after the change that nobody wanted.
  public var surplusCold: KilowattHours = .zero
  /// A unit has run in the new position.
  public var isDone = false
}

extension RecoveryChange: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("to_recovery", &toRecovery)
    archive.field("rule", &rule)
    archive.field("begun", &begun)
    archive.field("without_heat_milliseconds", &withoutHeat)
    archive.field("surplus_cold_kilowatt_hours", &surplusCold)
    archive.field("is_done", &isDone)
  }
}

/// The record of the last changes, each with its reason and its cost. (`RECOVERY-10`)
public struct RecoveryLedger: Sendable, Hashable {
  /// How many changes are kept: two days of the most that are allowed.
  static let limit = 8

  /// The oldest first.
  public private(set) var changes: [RecoveryChange] = []
  /// Cold beyond what the building wanted, in all.
  public private(set) var surplusCold: KilowattHours = .zero
  private var service: BlockMode.Service = .off

  init() { changes.reserveCapacity(RecoveryLedger.limit) }

  /// - Parameter rule: what wanted the change, when it was not a person.
  mutating func step(
    _ situation: RecoveryControl.Situation, by rule: Rule, _ dt: TimeSpan, _ now: Instant
  ) {
    if situation.service != service {
      let isChange = service.takesPartInRecovery && situation.service.takesPartInRecovery
      service = situation.service
      if isChange {
        if changes.count == RecoveryLedger.limit { changes.removeFirst() }
        changes.append(
          RecoveryChange(
            toRecovery: service == .recovery,
            rule: situation.isAutomatic ? rule : .modeByOperator, begun: now))
      }
    }
    guard let last = changes.indices.last, !changes[last].isDone else { return }
    if situation.isHeld, situation.isUnitRunning {
      changes[last].isDone = true
    } else if situation.hotWanted, !situation.isUnitRunning {
      changes[last].withoutHeat += dt
    }
  }

  mutating func note(surplus: KilowattHours) {
    surplusCold += surplus
    if let last = changes.indices.last { changes[last].surplusCold += surplus }
  }
}

extension BlockMode.Service {
  fileprivate var takesPartInRecovery: Bool {
    switch self {
    case .hotWaterFromGround, .recovery: true
    case .off, .heating, .transition, .cooling: false
    }
  }
}

extension RecoveryLedger: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("surplus_cold_kilowatt_hours", &surplusCold)
    archive.field("service", &service)
    var count = changes.count
    archive.field("change_count", &count)
    count = min(max(count, 0), RecoveryLedger.limit)
    while changes.count < count { changes.append(RecoveryChange()) }
    for index in changes.indices { archive.group("change/\(index)", &changes[index]) }
  }
}
