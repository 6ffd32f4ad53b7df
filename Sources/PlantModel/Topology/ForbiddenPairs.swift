extension ChangeOverBlock {
  /// Every two valves that would join two circuits if both were open, in order.
  ///
  /// Two ports of one vessel that lead to different circuits: at one end that is a pair of the
  /// drawing, across the ends it is the way through the vessel (V1 with V4). Source: the vessel
  /// rule, `VALVE-01`.
  public var forbiddenPairs: [ValvePair] {
    var pairs: [ValvePair] = []
    for vessel in vessels {
      for (place, one) in vessel.ports.enumerated() {
        for other in vessel.ports[(place + 1)...] where one.circuit != other.circuit {
          pairs.append(ValvePair(one.valve, other.valve))
        }
      }
    }
    return pairs.sorted()
  }

  /// The circuit that `vessel` is turned to in `position`; nil when the row opens none.
  @inlinable
  public func circuit(of vessel: VesselID, in position: PositionID) -> CircuitID? {
    let open = positions[position.index].open
    for port in vessels[vessel.index].ports where open.contains(port.valve) {
      return port.circuit
    }
    return nil
  }

  /// Whether `valve` is open in `position`.
  @inlinable
  public func isOpen(_ valve: ValveID, in position: PositionID) -> Bool {
    positions[position.index].open.contains(valve)
  }
}
