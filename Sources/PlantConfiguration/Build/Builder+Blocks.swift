import PlantModel
import Quantities

extension Builder {
  func readBlocks() {
    for section in sections["blocks"]! {
      let vessels = section.named("vessels").map(vessel)
      var members: [ValveID] = []
      for port in vessels.flatMap(\.ports) {
        if let other = valveOwners[port.valve] {
          diagnostics.error(
            section.mark,
            "the valve '\(valveNames.names[port.valve.index])' stands in '\(other)' and again in '\(section.name)'",
            "a valve is one port of one vessel")
        }
        valveOwners[port.valve] = section.name
        members.append(port.valve)
      }
      for valve in members where valve.index < valves.count {
        let found = valves[valve.index]
        if found.openedSwitch == nil || found.closedSwitch == nil {
          diagnostics.error(
            sections["valves"]![valve.index].mark,
            "the valve '\(found.name)' joins circuits but has not both end switches",
            "wire both and leave 'end_switches' out: its wrong position would mix water")
        }
      }
      let rows = section.named("positions").map { position($0, members, section.name) }
      blocks.append(
        ChangeOverBlock(
          name: section.name, valves: members.sorted(), vessels: vessels, positions: rows,
          modes: [], pairs: section.list("never_open_together").compactMap(pair), units: [],
          dependences: [],
          vesselsHaveRelief: section.flag("vessels_have_relief_valves") ?? false,
          maximumChangesPerDay: section.integer("maximum_changes_a_day") ?? 0,
          unitsOffBefore: .seconds(section.number("units_off_seconds") ?? 900),
          minimumDwell: .seconds(section.number("minimum_dwell_seconds") ?? 0)))
      checkRows(section, blocks.count - 1)
    }
    for (index, section) in sections["blocks"]!.enumerated() {
      let block = BlockID(index)
      blocks[index].modes = section.named("modes").compactMap { mode($0, block) }
      checkServices(section, blocks[index])
      blocks[index].dependences = section.sections("depends_on").compactMap {
        dependence($0, block)
      }
    }
  }

  /// A block's units serve the building, by its load, or hot water, by the tanks: which units run is decided
  /// for a block as a whole, so in one that mixes them the modes of one kind would run none.
  private func checkServices(_ section: Section, _ block: ChangeOverBlock) {
    let building = block.modes.first { [.heating, .transition, .cooling].contains($0.service) }
    guard let building else { return }
    for mode in block.modes where [.hotWaterFromGround, .recovery].contains(mode.service) {
      let mark = section.named("modes").first { $0.name == mode.name }?.mark
      diagnostics.error(
        mark ?? section.mark,
        "the mode '\(mode.name)' of '\(block.name)' makes hot water, but '\(building.name)' heats or cools the building",
        "give hot water a block and a unit of its own, or a unit of '\(block.name)' a 'recovery' of kind second-condenser or desuperheater, and leave the mode out"
      )
    }
  }

  private func vessel(_ section: Section) -> Vessel {
    var ports: [Port] = []
    for (key, end) in [("inlet", Port.End.inlet), ("outlet", Port.End.outlet)] {
      for entry in section.references(key) {
        let name = Node(content: .scalar(entry.name, isPlain: true), mark: entry.mark)
        guard let valve = valveNames.find(name), let circuit = circuitNames.find(entry.target)
        else { continue }
        ports.append(Port(end: end, valve: valve, circuit: circuit))
      }
    }
    return Vessel(
      name: section.name, side: section.choice("side", Vessel.Side.self) ?? .evaporator,
      ports: ports)
  }

  private func position(_ section: Section, _ members: [ValveID], _ block: String) -> Position {
    let open = section.list("open").compactMap { valveNames.find($0) }
    let closed = section.list("closed").compactMap { valveNames.find($0) }
    for valve in members {
      let name = valveNames.names[valve.index]
      switch (open.contains(valve), closed.contains(valve)) {
      case (false, false):
        diagnostics.error(
          section.mark, "the row '\(section.name)' of '\(block)' says nothing of '\(name)'",
          "put it under open or closed: every valve has its place in every row")
      case (true, true):
        diagnostics.error(
          section.mark, "the row '\(section.name)' of '\(block)' has '\(name)' open and closed",
          "keep one of them")
      case (true, false), (false, true): break
      }
    }
    for valve in open + closed where !members.contains(valve) {
      diagnostics.error(
        section.mark,
        "the row '\(section.name)' moves '\(valveNames.names[valve.index])', which is no port of '\(block)'",
        "add it to a vessel of the block, or leave it out of its rows")
    }
    return Position(name: section.name, open: open.sorted())
  }

  private func pair(_ node: Node) -> ValvePair? {
    guard case .list(let items) = node.content, items.count == 2 else {
      diagnostics.error(node.mark, "a pair has two valves", "write [V1, V2]")
      return nil
    }
    guard let one = valveNames.find(items[0]), let other = valveNames.find(items[1]) else {
      return nil
    }
    return ValvePair(one, other)
  }

  /// What the vessels say of the rows and pairs: no row joins two circuits, none leaves an end shut.
  private func checkRows(_ section: Section, _ index: Int) {
    let block = blocks[index]
    let rows = section.named("positions")
    for (place, row) in block.positions.enumerated() {
      for vessel in block.vessels {
        let open = vessel.ports.filter { row.open.contains($0.valve) }
        let reached = Set(open.map(\.circuit))
        if reached.count > 1 {
          let names = reached.map { circuitNames.names[$0.index] }.sorted().joined(
            separator: "' and '")
          diagnostics.error(
            rows[place].mark, "the row '\(row.name)' joins '\(names)' through '\(vessel.name)'",
            "open only valves of one circuit at a vessel")
        }
        for end in Port.End.allCases where !open.contains(where: { $0.end == end }) {
          diagnostics.error(
            rows[place].mark,
            "the row '\(row.name)' leaves the \(end.rawValue) of '\(vessel.name)' shut",
            "open one of its valves")
        }
      }
    }
    let derived = block.forbiddenPairs
    for pair in block.pairs where !derived.contains(pair) {
      let names = [pair.first, pair.second].map { valveNames.names[$0.index] }
      diagnostics.error(
        section.mark(of: "never_open_together"),
        "'\(names[0])' and '\(names[1])' do not join two circuits by the vessels of '\(section.name)'",
        "the drawing and the vessels contradict each other: mend one of them")
    }
    for vessel in block.vessels {
      let kinds = Set(vessel.ports.map { circuits[$0.circuit.index].kind })
      if kinds.contains(.openWell), Set(vessel.ports.map(\.circuit)).count > 1 {
        diagnostics.error(
          section.mark,
          "'\(vessel.name)' of '\(section.name)' is turned between an open well and other water",
          "building water would get into the aquifer: put a plate exchanger between, or use a buried loop"
        )
      }
    }
  }

  func position(of block: BlockID, _ section: Section, _ key: String) -> PositionID? {
    guard blocks.indices.contains(block.index) else { return nil }
    let rows = blocks[block.index].positions.map(\.name)
    return Names<Position>(.position, rows, diagnostics).find(section, key)
  }

  private func mode(_ section: Section, _ block: BlockID) -> BlockMode? {
    guard let service = section.choice("service", BlockMode.Service.self) else { return nil }
    let row = section.has("position") ? position(of: block, section, "position") : nil
    if service != .off, !section.has("position") {
      diagnostics.error(
        section.mark, "the mode '\(section.name)' needs no row", "name the position that it runs in"
      )
    }
    return BlockMode(name: section.name, service: service, position: row)
  }

  private func dependence(_ section: Section, _ block: BlockID) -> BlockDependence? {
    guard let own = position(of: block, section, "position"),
      let other = blockNames.find(section, "block"),
      let row = position(of: other, section, "block_position"),
      let circuit = circuitNames.find(section, "circuit"),
      let limit = section.number("maximum_celsius")
    else { return nil }
    if other == block {
      diagnostics.error(section.mark(of: "block"), "a block that depends on itself", "name another")
    }
    return BlockDependence(
      position: own, requiredBlock: other, requiredPosition: row, circuit: circuit,
      maximumTemperature: Celsius(limit))
  }
}
