/// The flow network of a plant: circuits with their headers, blocks with their vessels, units and
/// pumps; solved for the pressures at which every header's flows add up to nothing.
///
/// Valves, units and pipes are quadratic resistances (flow = conductance × √Δp), pumps follow their
/// curve by the affinity laws and do not let water back. Newton's method on the nodes, from the last
/// solution on, and only when something has changed.
struct Network: Sendable {
  /// A resistance between two nodes.
  struct Pipe: Sendable {
    let from: Int
    let to: Int
    /// Flow in m³/h at 1 kPa.
    var conductance: Double
    var flow = 0.0
  }

  /// A pump with its check valve, from a circuit's suction to its supply header.
  struct Pump: Sendable {
    let from: Int
    let to: Int
    /// Head at no flow and full speed, kPa.
    let shutOff: Double
    /// Head lost per squared flow.
    let fall: Double
    /// Below this squared flow, (m³/h)², the curve's steep end is straightened.
    var bend = 1.0
    /// Part of full speed; 0 stands behind its check valve.
    var speed = 0.0
    var flow = 0.0

    /// Its head with hardly any flow, kPa.
    var highest: Double { shutOff * speed * speed - 0.05 * bend * fall }
  }

  private(set) var pressures: [Double]
  private(set) var pipes: [Pipe] = []
  private(set) var pumps: [Pump] = []
  /// Nodes whose pressure is given: the suctions, first in the list.
  let fixed: Int
  /// The largest imbalance that the last solution left, in m³/h.
  private(set) var imbalance = 0.0
  private var isStale = true
  private var equations: Equations
  private var direction: [Double]
  private var kept: [Double]

  /// Around this difference, kPa, a resistance passes from straight to quadratic.
  private static let laminar = 0.01
  /// Changes smaller than these do not move the flows by more than an instrument's noise.
  private static let speedTolerance = 5e-4
  private static let pressureTolerance = 1.0
  private static let balance = 1e-6

  init(nodes: Int, fixed: Int) {
    self.fixed = fixed
    pressures = Array(repeating: 250, count: nodes)
    let free = nodes - fixed
    equations = Equations(count: free)
    direction = Array(repeating: 0, count: free)
    kept = direction
  }

  mutating func add(_ pipe: Pipe) { pipes.append(pipe) }
  mutating func add(_ pump: Pump) { pumps.append(pump) }

  mutating func setConductance(_ pipe: Int, _ conductance: Double) {
    guard pipes[pipe].conductance != conductance else { return }
    pipes[pipe].conductance = conductance
    if conductance == 0 { pipes[pipe].flow = 0 }
    isStale = true
  }

  mutating func setSpeed(_ pump: Int, _ speed: Double) {
    let before = pumps[pump].speed
    guard abs(before - speed) > Network.speedTolerance || (speed == 0 && before != 0) else {
      return
    }
    pumps[pump].speed = speed
    if speed == 0 { pumps[pump].flow = 0 }
    isStale = true
  }

  mutating func setPressure(_ node: Int, _ pressure: Double) {
    guard abs(pressures[node] - pressure) > Network.pressureTolerance else { return }
    pressures[node] = pressure
    isStale = true
  }

  /// Solves if anything has changed.
  mutating func solve() {
    guard isStale else { return }
    isStale = false
    releaseHeaders()
    var worst = assemble()
    var rounds = 0
    while worst > Network.balance, rounds < 60 {
      let before = worst
      equations.solve()
      for node in direction.indices {
        direction[node] = equations[node]
        kept[node] = pressures[fixed + node]
      }
      var step = 1.0
      while true {
        for node in direction.indices {
          pressures[fixed + node] = kept[node] + step * direction[node]
        }
        stayUnderShutOff()
        worst = assemble()
        // Around no flow a quadratic resistance throws the next pressure to the other side, as far
        // off as before: only a clear gain is taken.
        if worst < before * (1 - step / 4) || step < 0.02 { break }
        step /= 2
      }
      rounds += 1
    }
    imbalance = worst
  }

  /// A header that was left above its pumps' shut-off head, behind closed ways, starts below it: from
  /// there the pumps' curves lead to the solution.
  private mutating func releaseHeaders() {
    for pump in pumps where pump.speed > 0 && pump.to >= fixed {
      let most = pressures[pump.from] + pump.highest
      if pressures[pump.to] > most { pressures[pump.to] = most }
    }
  }

  /// A header that its pumps fill comes up to their shut-off head and no further, so that the slope of
  /// their curve leads the next step.
  private mutating func stayUnderShutOff() {
    for pump in pumps where pump.speed > 0 && pump.to >= fixed {
      let most = pressures[pump.from] + pump.highest
      if kept[pump.to - fixed] < most, pressures[pump.to] > most { pressures[pump.to] = most }
    }
  }

  /// Flows, imbalances and slopes at the present pressures.
  private mutating func assemble() -> Double {
    equations.clear()
    for index in pipes.indices where pipes[index].conductance > 0 {
      let (from, to) = (pipes[index].from, pipes[index].to)
      let (flow, slope) = pipes[index].flow(drop: pressures[from] - pressures[to])
      pipes[index].flow = flow
      equations.add(from - fixed, to - fixed, flow, slope)
    }
    for index in pumps.indices where pumps[index].speed > 0 {
      let (from, to) = (pumps[index].from, pumps[index].to)
      let found = pumps[index].flow(head: pressures[to] - pressures[from])
      pumps[index].flow = found?.flow ?? 0
      if let (flow, slope) = found { equations.add(from - fixed, to - fixed, flow, slope) }
    }
    return equations.worst
  }
}

extension Network.Pipe {
  /// The flow at a pressure difference in kPa, and how fast it grows with it.
  fileprivate func flow(drop: Double) -> (flow: Double, slope: Double) {
    let smoothed = abs(drop) + Network.laminar
    let root = smoothed.squareRoot()
    return (
      conductance * drop / root,
      conductance * (abs(drop) / 2 + Network.laminar) / (smoothed * root)
    )
  }
}

extension Network.Pump {
  /// The flow against a head in kPa, and how fast it falls with it; nil when the head is too high.
  fileprivate func flow(head: Double) -> (flow: Double, slope: Double)? {
    let spare = (shutOff * speed * speed - head) / fall
    guard spare > 0 else { return nil }
    // As with pipes, the curve's steep end is straightened.
    let smoothed = spare + bend
    let root = smoothed.squareRoot()
    return (spare / root, (spare / 2 + bend) / (smoothed * root * fall))
  }
}
