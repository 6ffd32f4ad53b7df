import Testing

@testable import PlantSimulation

/// The flow network where no water can go.
struct DeadEndTests {
  @Test("A valve that opens a dead end of another pressure leaves nothing out of balance")
  func openingADeadEndBalances() {
    var network = Network(nodes: 5, fixed: 2)
    network.setPressure(0, 250)
    network.setPressure(1, 199)
    network.add(Network.Pipe(from: 2, to: 1, conductance: 0))
    network.add(Network.Pipe(from: 2, to: 3, conductance: 9.6))
    network.add(Network.Pipe(from: 3, to: 4, conductance: 0))
    network.add(Network.Pipe(from: 4, to: 0, conductance: 50))
    network.solve()
    for scan in 1...30 {
      network.setConductance(0, 0.425 * Double(scan))
      network.solve()
      #expect(network.imbalance < 1e-3, "opening \(scan)")
    }
  }
}
