public import PlantModel

/// Where every valve of the plant is, as its end switches say in this scan.
public struct ValveView: Sendable, Hashable {
  public internal(set) var positions: [ValvePosition]

  public init(count: Int) { positions = Array(repeating: .unknown, count: count) }

  public subscript(valve: ValveID) -> ValvePosition {
    get { positions[valve.index] }
    set { positions[valve.index] = newValue }
  }

  mutating func read(_ plant: Plant, _ image: InputImage) {
    for index in plant.valves.indices {
      positions[index] = image.position(of: plant.valves[index])
    }
  }
}

extension ValvePosition {
  /// Seen open or between its ends: surely not closed.
  var isSeenOffClosed: Bool { self == .open || self == .between }
  /// Seen closed or between its ends: surely not open.
  var isSeenOffOpen: Bool { self == .closed || self == .between }
}

/// A block's valves as rows of its position table.
struct RowView {
  let plant: Plant
  let id: BlockID
  let valves: ValveView

  var block: ChangeOverBlock { _read { yield plant[id] } }

  /// The row in which every valve is proven to be where it belongs; nil when there is none.
  var provenRow: PositionID? {
    for index in block.positions.indices where isProven(PositionID(index)) {
      return PositionID(index)
    }
    return nil
  }

  func isProven(_ position: PositionID) -> Bool {
    block.valves.allSatisfy {
      valves[$0] == (block.isOpen($0, in: position) ? .open : .closed)
    }
  }

  /// A valve is seen where the row does not have it. Not seeing a valve is no contradiction: it
  /// has no reason to move, and the units' own flow proofs watch over the water.
  func contradicts(_ position: PositionID) -> Bool {
    block.valves.contains {
      block.isOpen($0, in: position) ? valves[$0].isSeenOffOpen : valves[$0].isSeenOffClosed
    }
  }
}
