import PlantModel
import Quantities

/// One side of one unit as a way for water, in one scan.
struct Branch: Sendable, Hashable {
  let unit: UnitID
  let side: Vessel.Side
  let block: BlockID
  /// The valve that shuts it off, as its place among the service valves.
  let isolation: Int?
  /// The circuit that it is always on, or else the one of each row of its block.
  private let circuits: [CircuitID?]
  private let isAlwaysOn: Bool
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
    circuits =
      switch water.water {
      case .circuit(let circuit): [circuit]
      case .vessel(let vessel):
        plant[unit.block].positions.indices.map {
          plant[unit.block].circuit(of: vessel, in: PositionID($0))
        }
      }
    isAlwaysOn =
      switch water.water {
      case .circuit: true
      case .vessel: false
      }
  }

  /// Its circuit while its block holds `row`.
  func circuit(in row: PositionID?) -> CircuitID? {
    isAlwaysOn ? circuits[0] : row.flatMap { circuits[$0.index] }
  }
}

extension HeatPumpUnit {
  func side(_ side: Vessel.Side) -> Side { side == .evaporator ? evaporator : condenser }
}
