public import PlantModel
import Quantities

extension Twin {
  /// Plans a fault.
  public mutating func schedule(_ fault: TimedFault) { timed.append(fault) }

  mutating func applyTimedFaults() {
    guard !timed.isEmpty else { return }
    for fault in timed where fault.from <= now && now < fault.until { inject(fault.fault) }
    for fault in timed where fault.until <= now { clear(fault.fault) }
    timed.removeAll { $0.until <= now }
  }

  /// Makes something break, from now on.
  public mutating func inject(_ fault: Fault) {
    switch fault {
    case .valveSticks(let valve): valves[valve.index].sticks = true
    case .valveLeaks(let valve, let part): valves[valve.index].leak = part.value
    case .valveRunsOn(let valve): valves[valve.index].runOn()
    case .closedSwitchLies(let valve): valves[valve.index].showsClosed = true
    case .openedSwitchLies(let valve): valves[valve.index].showsOpen = true
    case .driveTrips(let pump): pumps[pump.index].tripped = true
    case .unitTrips(let unit): units[unit.index].broken = true
    case .wellTrips(let well): wells[well.index].tripped = true
    case .wellDamage(let well, let part, let figure): damage(well, part, figure)
    case .sensorDrifts(let point, let perHour): instruments.drift(point, perHour, from: now)
    case .sensorFreezes(let point): instruments.freeze(point, at: values[point.index])
    case .sensorJumps(let point, let by): instruments.jump(point, by)
    case .sensorScales(let point, let by): instruments.scale(point, by)
    case .deviceSilent(let device): silent[device.index] = true
    case .leak(let circuit, let flow): circuits[circuit.index].leak = flow.value
    case .powerCut: isPowerCut = true
    }
  }

  /// Mends it.
  public mutating func clear(_ fault: Fault) {
    switch fault {
    case .valveSticks(let valve): valves[valve.index].sticks = false
    case .valveLeaks(let valve, _): valves[valve.index].leak = 0
    case .valveRunsOn(let valve): valves[valve.index].obeyAgain()
    case .closedSwitchLies(let valve): valves[valve.index].showsClosed = false
    case .openedSwitchLies(let valve): valves[valve.index].showsOpen = false
    case .driveTrips(let pump): pumps[pump.index].tripped = false
    case .unitTrips(let unit): units[unit.index].broken = false
    case .wellTrips(let well): wells[well.index].tripped = false
    case .wellDamage(let well, let part, _): damage(well, part, 0)
    case .sensorDrifts(let point, _), .sensorFreezes(let point), .sensorJumps(let point, _),
      .sensorScales(let point, _):
      instruments.mend(point)
    case .deviceSilent(let device): silent[device.index] = false
    case .leak(let circuit, _): circuits[circuit.index].leak = 0
    case .powerCut: isPowerCut = false
    }
  }
}
