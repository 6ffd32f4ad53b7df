public import PlantModel
public import Quantities

extension Builder {
  /// The valve that a section names, for `owner` alone: two that move one valve would fight over it.
  func ownValve(_ section: Section, _ key: String, for owner: String) -> ValveID? {
    guard let valve = valveNames.find(section, key) else { return nil }
    if let other = valveOwners[valve] {
      diagnostics.error(
        section.mark(of: key),
        "the valve '\(valveNames.names[valve.index])' is moved by '\(other)' already",
        "give '\(owner)' a valve of its own")
      return nil
    }
    valveOwners[valve] = owner
    return valve
  }

  /// Every pump group has its curve and every circuit its loss; one under a wrong name is told already.
  func checkTwin(_ section: Section, _ pumps: [PumpCurve], _ losses: [CircuitLoss]) {
    let advice = "state it: the simulator guesses no hydraulics"
    if pumps.count == section.named("pumps").count {
      let groups = Set(pumps.map(\.group.index))
      for (index, name) in groupNames.names.enumerated() where !groups.contains(index) {
        diagnostics.error(
          section.mark(of: "pumps"), "the twin has no curve for the pump group '\(name)'", advice)
      }
    }
    if losses.count == section.named("circuit_losses").count {
      let circuits = Set(losses.map(\.circuit.index))
      for (index, name) in circuitNames.names.enumerated() where !circuits.contains(index) {
        diagnostics.error(
          section.mark(of: "circuit_losses"), "the twin has no loss for the circuit '\(name)'",
          advice)
      }
    }
  }

  /// A line or gateway whose round takes longer than a proof may be old cannot carry the proofs on it.
  private func checkLines(_ plant: Plant) {
    let requests = ReadPlan.requests(for: plant)
    let most = plant.parameters.proofMaximumAge
    for (index, bus) in plant.buses.enumerated() {
      guard !bus.isGPIO else { continue }
      // A round begins with a scan: one that takes longer misses the next.
      let period = plant.scanPeriod
      let span = period * (plant.round(of: BusID(index), requests) / period).rounded(.up)
      let carries = plant.points.contains { $0.carriesProof && plant[$0.device].bus.index == index }
      let own = plant.points.filter { plant[$0.device].bus.index == index }
      let late = own.first { $0.direction == .input && $0.every + span >= $0.maximumAge }
      let round = "a round of '\(bus.name)' takes \(plain((span.seconds * 10).rounded() / 10)) s"
      let way =
        if case .serial = bus.link {
          "raise its baud, put some of its devices on another line, or ask for slow values seldom"
        } else {
          "put some of its devices on another gateway, see whether it takes several requests_in_flight, or ask for slow values seldom"
        }
      if carries, span >= most {
        diagnostics.error(
          sections["buses"]![index].mark,
          "\(round), and proofs on it may be \(plain(most.seconds)) s old", way)
      } else if let late {
        diagnostics.error(
          sections["buses"]![index].mark,
          late.every > .zero
            ? "\(round), and '\(late.name)', asked every \(plain(late.every.seconds)) s, may be \(plain(late.maximumAge.seconds)) s old"
            : "\(round), and '\(late.name)' may be \(plain(late.maximumAge.seconds)) s old", way)
      } else if plant.load(of: BusID(index), requests) > 1 {
        let share = plain((plant.load(of: BusID(index), requests) * 100).rounded())
        diagnostics.warning(
          sections["buses"]![index].mark,
          "the reads of '\(bus.name)' would take \(share) % of its time: they come every \(plain((span.seconds * 10).rounded() / 10)) s in place of every scan",
          way)
      }
    }
  }

  /// What only the whole plant can show.
  func checkPlant(_ plant: Plant, _ header: Section?) {
    let longest = ScanLimit.longest(for: plant)
    if plant.scanPeriod > longest.period {
      diagnostics.error(
        header?.mark(of: "scan_seconds") ?? root.mark,
        "a scan of \(plain(plant.scanPeriod.seconds)) s is too long for this plant's rules",
        "at most \(plain(longest.period.seconds)) s: \(longest.why)")
    }
    checkLines(plant)
    for (index, block) in plant.blocks.enumerated()
    where block.units.isEmpty && !plant.distributions.contains(where: { $0.block.index == index }) {
      diagnostics.warning(
        sections["blocks"]![index].mark, "no unit's water passes through '\(block.name)'",
        "name the block in its units")
    }
    for (index, point) in plant.points.enumerated()
    where point.direction == .output && boundOutputs[PointID(index)] == nil {
      // Spare channels of remote I/O are no fault: they stay at their safe value.
      guard !point.name.contains("open-"), !point.name.contains("close-") else { continue }
      diagnostics.warning(
        pointMarks[index], "nothing commands '\(point.name)'", "it stays at its safe value")
    }
    let served = Set(plant.pumpGroups.map(\.circuit))
    for (index, circuit) in plant.circuits.enumerated() where !served.contains(CircuitID(index)) {
      diagnostics.error(
        sections["circuits"]![index].mark, "no pump group moves the water of '\(circuit.name)'",
        "add one, or leave the circuit out")
    }
  }
}

/// The longest scan that a plant's rules allow.
public enum ScanLimit {
  /// Half of the shortest deadline, a third of the shortest proof age: else a rule would act on what
  /// is over already.
  public static func longest(for plant: Plant) -> (period: TimeSpan, why: String) {
    let p = plant.parameters
    let candidates: [(TimeSpan, String)] = [
      (p.proofOfRunning * 0.5, "half of proof_of_running_seconds"),
      (p.proofOfFlow * 0.5, "half of proof_of_flow_seconds"),
      (p.strokeLimit * 0.5, "half of stroke_limit_seconds"),
      (p.uncommandedLimit * 0.5, "half of uncommanded_limit_seconds"),
      (p.fillLimit * 0.5, "half of fill_limit_seconds"),
      (p.proofMaximumAge * (1.0 / 3), "a third of proof_maximum_age_seconds"),
    ]
    return candidates.min { $0.0 < $1.0 }.map { (period: $0.0, why: $0.1) }!
  }
}
