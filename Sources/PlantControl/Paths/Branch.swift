import PlantModel
import Quantities

/// One side of one unit as a way for water, in one scan.
struct Branch: Sendable, Hashable {
  let unit: UnitID
  let side: Vessel.Side
  let block: BlockID
  /// The valve that shuts it off, as its place among the service valves.
  let isolation: Int?
  private let water: HeatPumpUnit.Water
  /// The row that its circuit was found for; none yet before the first.
  private var row: PositionID??
  /// Where its water comes from now; nil while its block is on the way.
  var circuit: CircuitID?
  /// Open from header to header.
  var isOpen = false
  /// Proven shut off from its vessel.
  var isShut = false
  /// Something wants water through it.
  var isWanted = false

  init(_ id: UnitID, _ side: Vessel.Side, plant: Plant, serviceValves: [ServiceValve]) {
    let unit = plant[id]
    let water = unit.side(side)
    self.unit = id
    self.side = side
    block = unit.block
    isolation = water.isolation.flatMap { valve in
      serviceValves.firstIndex { $0.id == valve }
    }
    self.water = water.water
  }

  /// Turns to the circuit that it is on while its block holds `row`.
  mutating func follow(_ row: PositionID?, _ plant: Plant) {
    guard self.row != .some(row) else { return }
    self.row = row
    switch water {
    case .circuit(let own): circuit = own
    case .vessel(let vessel):
      circuit = row.flatMap { plant[block].circuit(of: vessel, in: $0) }
    }
  }
}

extension HeatPumpUnit {
  func side(_ side: Vessel.Side) -> Side { side == .evaporator ? evaporator : condenser }
}
