import PlantModel
import Quantities

/// Every transition of the change-over, by the name that the table in the docs gives it.
public enum ChangeOverTransition: String, CaseIterable, Sendable, Hashable {
  case rowFound = "row-found"
  case recoverUnknown = "recover-unknown"
  case changeBegun = "change-begun"
  case rowLost = "row-lost"
  case changeCancelled = "change-cancelled"
  case begunAnew = "begun-anew"
  case unitsStopped = "units-stopped"
  case waterReady = "water-ready"
  case flowStopped = "flow-stopped"
  case oldWanted = "old-wanted"
  case oldClosed = "old-closed"
  case closingTimedOut = "closing-timed-out"
  case changeDone = "change-done"
  case openingBlocked = "opening-blocked"
  case openingTimedOut = "opening-timed-out"
  case closedAfterAll = "closed-after-all"
  case rowCameBack = "row-came-back"
  case stuckTooLong = "stuck-too-long"
  case turnedBack = "turned-back"
  case retried

  /// The phase that it leads to.
  public var to: ChangeOverPhase {
    switch self {
    case .rowFound, .changeCancelled, .changeDone, .rowCameBack: .held
    case .recoverUnknown, .changeBegun, .rowLost, .begunAnew, .retried: .stoppingUnits
    case .unitsStopped: .waitingForWater
    case .waterReady: .stoppingFlow
    case .flowStopped, .oldWanted, .openingBlocked, .turnedBack: .closingOld
    case .oldClosed, .closedAfterAll: .openingNew
    case .closingTimedOut, .openingTimedOut: .stuck
    case .stuckTooLong: .goingBack
    }
  }

  /// The phases that it leads from.
  public var from: [ChangeOverPhase] {
    switch self {
    case .rowFound, .recoverUnknown: [.unknown]
    case .changeBegun: [.held]
    case .rowLost: [.held, .stoppingUnits, .waitingForWater, .stoppingFlow]
    case .changeCancelled: [.stoppingUnits, .waitingForWater, .stoppingFlow]
    case .begunAnew: [.stoppingUnits, .waitingForWater, .stoppingFlow, .stuck]
    case .unitsStopped: [.stoppingUnits]
    case .waterReady: [.waitingForWater]
    case .flowStopped: [.stoppingFlow]
    case .oldWanted: [.closingOld, .openingNew, .stuck]
    case .oldClosed, .closingTimedOut: [.closingOld]
    case .changeDone, .openingBlocked, .openingTimedOut: [.openingNew]
    case .closedAfterAll: [.stuck]
    case .rowCameBack: [.stuck, .goingBack]
    case .stuckTooLong:
      [.stoppingUnits, .waitingForWater, .stoppingFlow, .closingOld, .stuck]
    case .turnedBack, .retried: [.goingBack]
    }
  }
}
